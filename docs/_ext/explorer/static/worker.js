// Python, in a worker or, on pages opened from disk, in the page: `startPython()` returns the
// function that answers a question. The worker says {ready, imported} or {failed}, then gets
// {id, question} and gives {id, answer} or {id, failed}; questions and answers are JSON text.
(() => {
  const told = (error) => {
    if (error instanceof Error || error instanceof DOMException) return `${error.name}: ${error.message}`;
    try {
      return `${error.ob_type.tp_name}: ${__BRYTHON__.builtins.str.$factory(error)}`;
    } catch {
      return String(error);
    }
  };

  self.startPython = () => {
    const B = __BRYTHON__;
    B.handle_error = (error) => { throw error; }; // else it is only written to the console
    B.make_import_paths = (file) => { // else a missing module is asked from the server
      B.import_info[file] = { meta_path: [B.finders.VFS], path_hooks: [], path: [] };
    };
    brython({ debug: 0, indexedDB: false });
    const answer = B.$getattr(B.importModule("page"), "answer");
    return (question) => {
      try {
        return { answer: B.$call(answer, question) };
      } catch (error) {
        return { failed: told(error) };
      }
    };
  };

  if (typeof importScripts !== "function") return;
  try {
    importScripts("brython.js", "python.js");
    const answer = self.startPython();
    onmessage = ({ data: { id, question } }) => postMessage({ id, ...answer(question) });
    postMessage({ ready: true, imported: Object.keys(__BRYTHON__.imported) });
  } catch (error) {
    postMessage({ failed: told(error) });
  }
})();
