// Sends requests to Python, one after the other, and starts Python for the first one.
(() => {
  const { base, load } = explorer;
  const ANSWER = 10, START = 120; // seconds, after which the worker is ended
  const MOST_DEATHS = 3; // of workers, without an answer in between

  // Python failed on this request; the next one may succeed.
  class RequestError extends Error {}

  /** @typedef {(request: string) => Promise<string>} Ask */
  /** @type {Promise<Ask> | undefined} */
  let python;
  let deaths = 0;

  /** @returns {Promise<Ask>} */
  const startInWorker = () => new Promise((resolve, reject) => {
    const worker = new Worker(new URL("worker.js", base));
    let isStarted = false, fail = reject;
    /** @type {(response: string) => void} */
    let done;
    /** @type {ReturnType<typeof setTimeout>} */
    let timer;
    /** @param {Error} error */
    const end = (error) => {
      clearTimeout(timer);
      worker.terminate();
      if (isStarted) python = undefined; // the next request starts another
      fail(error);
    };
    /**
     * @param {number} seconds
     * @param {Error} error
     */
    const limit = (seconds, error) => { timer = setTimeout(() => end(error), seconds * 1000); };
    worker.onerror = (event) => {
      event.preventDefault();
      const why = event.message || "the file worker.js is missing, or may not run";
      end(isStarted && ++deaths < MOST_DEATHS ? new RequestError(`Python stopped: ${why}`) : new Error(why));
    };
    worker.onmessage = ({ data: { ready, error, response } }) => {
      clearTimeout(timer);
      if (ready) {
        isStarted = true;
        resolve((request) => new Promise((...settle) => {
          [done, fail] = settle;
          limit(ANSWER, new RequestError(`it takes longer than ${ANSWER} seconds: nest or repeat fewer schedules`));
          worker.postMessage(request);
        }));
      } else if (!isStarted) {
        end(new Error(error));
      } else if (error) {
        fail(new RequestError(error));
      } else {
        deaths = 0;
        done(response);
      }
    };
    limit(START, new Error(`Python has not started within ${START} seconds`));
  });

  // A page that was opened from disk may not start a worker.
  /** @returns {Promise<Ask>} */
  const startInPage = async () => {
    for (const file of ["worker.js", "brython.js", "python.js"]) await load(file);
    const answer = startPython();
    return async (request) => {
      const { response, error } = answer(request);
      if (response === undefined) throw new RequestError(error);
      return response;
    };
  };

  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  /** @type {Explorer["send"]} */
  const send = (request) => {
    const response = last.then(async () => {
      python ??= location.protocol === "file:" ? startInPage() : startInWorker();
      const ask = await python;
      return JSON.parse(await ask(JSON.stringify(request)));
    });
    last = response.catch(() => {});
    return response;
  };

  Object.assign(explorer, { RequestError, send });
})();
