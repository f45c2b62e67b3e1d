// Python, in a worker or, on pages opened from disk, in the page: `startPython()` returns the
// function that answers a request. The worker sends {ready, imported} or {error}; then it receives
// {id, request} and sends {id, response} or {id, error}. Requests and responses are JSON text.
(() => {
  // Brython formats a date in this language when it loads. `navigator.language` may be "C", which
  // `Intl` refuses: so it is in WebKitGTK where no locale is set.
  Object.assign(navigator, { userLanguage: "en" });

  /** @param {any} error */
  const describe = (error) => {
    if (error instanceof Error || error instanceof DOMException) return `${error.name}: ${error.message}`;
    try {
      return `${error.ob_type.tp_name}: ${__BRYTHON__.builtins.str.$factory(error)}`;
    } catch {
      return String(error);
    }
  };

  self.startPython = () => {
    const B = __BRYTHON__;
    /** @param {unknown} error */
    B.handle_error = (error) => { throw error; }; // otherwise Brython only logs it
    /** @param {string} file */
    B.make_import_paths = (file) => { // otherwise Brython requests a missing module from the server
      B.import_info[file] = { meta_path: [B.finders.VFS], path_hooks: [], path: [] };
    };
    brython({ debug: 0, indexedDB: false });
    const answer = B.$getattr(B.importModule("page"), "answer");
    return (request) => {
      try {
        return { response: B.$call(answer, request) };
      } catch (error) {
        return { error: describe(error) };
      }
    };
  };

  if (typeof importScripts !== "function") return;
  try {
    importScripts("brython.js", "python.js");
    const answer = self.startPython();
    onmessage = ({ data: { id, request } }) => postMessage({ id, ...answer(request) });
    postMessage({ ready: true, imported: Object.keys(__BRYTHON__.imported) });
  } catch (error) {
    postMessage({ error: describe(error) });
  }
})();
