// Starts the worker in which the network learns, for the first training.
(() => {
  /** @type {Promise<(request: TrainRequest) => void> | undefined} */
  let worker;
  /** @type {(message: TrainMessage) => void} */
  let report = () => {};
  let latest = 0;

  const startInWorker = () => new Promise((resolve, reject) => {
    const started = new Worker(new URL("trainer.js", lab.base));
    started.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message || "the file trainer.js is missing, or may not run"));
    };
    started.onmessage = ({ data }) => {
      if (data.ready) resolve((/** @type {TrainRequest} */ request) => started.postMessage(request));
      else if (data.error && !data.run) reject(new Error(data.error));
      else report(data);
    };
  });

  // A page that was opened from disk may not start a worker.
  const startInPage = async () => {
    for (const file of ["trainer.js", "network.js", "digits.js"]) await lab.load(file);
    return (/** @type {TrainRequest} */ request) => {
      lab.work(request, report, (run) => run !== latest).catch(({ message: error }) => report({ run: request.run, error }));
    };
  };

  /** @type {Lab["train"]} */
  lab.train = async (request, told) => {
    report = told;
    latest = request.run;
    try {
      worker ??= location.protocol === "file:" ? startInPage() : startInWorker();
      (await worker)(request);
    } catch (error) {
      told({ run: request.run, error: /** @type {Error} */ (error).message });
    }
  };
})();
