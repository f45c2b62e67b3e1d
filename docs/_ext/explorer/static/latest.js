// Work that is asked for more often than it can be done.
(() => {
  const { RequestError } = explorer;
  // Runs the work now, and once more if it was called meanwhile; all callers wait for the last run.
  /** @type {Explorer["latest"]} */
  const latest = (work) => {
    let again = false;
    /** @type {Promise<void> | undefined} */
    let running;
    const run = async () => {
      while (again) {
        again = false;
        try {
          await work();
        } catch (error) {
          if (!again || !(error instanceof RequestError)) throw error;
        }
      }
    };
    return () => {
      again = true;
      return running ??= run().finally(() => { running = undefined; });
    };
  };

  Object.assign(explorer, { latest });
})();
