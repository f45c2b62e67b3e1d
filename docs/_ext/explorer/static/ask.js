// Asks Python a question, and starts it for the first one.
(() => {
  const { here, load } = explorer;
  const PATIENCE = 30_000; // milliseconds, for one answer

  // Of one question; the next may be answered.
  const unanswered = (text) => Object.assign(new Error(text), { isOfQuestion: true });

  const inWorker = () => new Promise((resolve, reject) => {
    const waiting = new Map();
    const worker = new Worker(new URL("worker.js", here));
    worker.onerror = (event) => {
      event.preventDefault();
      const error = new Error(event.message || "the file worker.js is missing, or may not run");
      reject(error);
      for (const { fail } of waiting.values()) fail(error);
    };
    worker.onmessage = ({ data: { ready, failed, id, answer } }) => {
      if (ready) {
        let last = 0;
        resolve((question) => new Promise((done, fail) => {
          waiting.set(++last, { done, fail });
          worker.postMessage({ id: last, question });
          setTimeout(() => fail(new Error("Python gives no answer")), PATIENCE);
        }));
      } else if (id === undefined) {
        reject(new Error(failed));
      } else {
        const { done, fail } = waiting.get(id);
        waiting.delete(id);
        if (failed) fail(unanswered(failed)); else done(answer);
      }
    };
  });

  // A page that was opened from disk may not start a worker.
  const inPage = async () => {
    for (const name of ["brython.js", "python.js", "worker.js"]) await load(name);
    const python = startPython();
    return async (question) => {
      const { answer, failed } = python(question);
      if (failed) throw unanswered(failed);
      return answer;
    };
  };

  let python;
  const ask = async (question) => {
    python ??= location.protocol === "file:" ? inPage() : inWorker();
    return JSON.parse(await (await python)(JSON.stringify(question)));
  };

  explorer.ask = ask;
})();
