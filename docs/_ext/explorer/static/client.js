// Sends requests to Python, and starts Python for the first one.
(() => {
  const { base, load } = explorer;
  const TIMEOUT = 30_000; // milliseconds, for one response

  // Python failed on this request; the next one may succeed.
  class RequestError extends Error {}

  /** @returns {Promise<(request: string) => Promise<string>>} */
  const startInWorker = () => new Promise((resolve, reject) => {
    const pending = new Map();
    const worker = new Worker(new URL("worker.js", base));
    worker.onerror = (event) => {
      event.preventDefault();
      const error = new Error(event.message || "the file worker.js is missing, or may not run");
      reject(error);
      for (const { fail } of pending.values()) fail(error);
    };
    worker.onmessage = ({ data: { ready, error, id, response } }) => {
      if (ready) {
        let last = 0;
        resolve((request) => new Promise((done, fail) => {
          pending.set(++last, { done, fail });
          worker.postMessage({ id: last, request });
          setTimeout(() => fail(new Error("Python does not respond")), TIMEOUT);
        }));
      } else if (id === undefined) {
        reject(new Error(error));
      } else {
        const { done, fail } = pending.get(id);
        pending.delete(id);
        if (error) fail(new RequestError(error)); else done(response);
      }
    };
  });

  // A page that was opened from disk may not start a worker.
  /** @returns {Promise<(request: string) => Promise<string>>} */
  const startInPage = async () => {
    for (const file of ["worker.js", "brython.js", "python.js"]) await load(file);
    const answer = startPython();
    return async (request) => {
      const { response, error } = answer(request);
      if (response === undefined) throw new RequestError(error);
      return response;
    };
  };

  /** @type {ReturnType<typeof startInWorker> | undefined} */
  let python;
  /** @type {Explorer["send"]} */
  const send = async (request) => {
    python ??= location.protocol === "file:" ? startInPage() : startInWorker();
    return JSON.parse(await (await python)(JSON.stringify(request)));
  };

  Object.assign(explorer, { RequestError, send });
})();
