// Python, in a worker or, on pages opened from disk, in the page: `startPython()` returns the
// function that answers a request. The worker sends {ready, imported} or {error}; then it receives
// a request and sends {response} or {error}. Requests and responses are JSON text.
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
    B.$options = B.parse_options({ debug: 0 });
    // What compiled code calls to find a name. Brython has these in its compiler.
    /**
     * @param {string} name
     * @param {Record<string, unknown>[]} spaces
     */
    B.resolve_in_scopes = (name, spaces) => {
      for (const space of spaces) if (Object.hasOwn(space, name)) return space[name];
      throw B.name_error(name);
    };
    /**
     * @param {string} name
     * @param {{frame: any[]}} place
     */
    B.resolve_global = (name, { frame }) => B.resolve_in_scopes(name, [frame[3], B.builtins]);
    /** @param {string} name */
    B.resolve_local = (name) => B.resolve_in_scopes(name, [B.frame_obj.frame[1]]);
    /** @param {number[]} position */
    B.decode_position = (position) => position;
    /**
     * Run a compiled module, and before it the packages that it is in.
     * @param {string} name
     */
    const load = (name) => {
      const dot = name.lastIndexOf("."), parent = name.slice(0, Math.max(dot, 0));
      if (parent) load(parent);
      if (Object.hasOwn(B.imported, name)) return B.imported[name];
      if (!Object.hasOwn(B.modules, name)) B.RAISE(B.builtins.ModuleNotFoundError, `No module named '${name}'`);
      const [isPackage, run] = B.modules[name];
      const module = B.imported[name] = B.module.$factory(name);
      module.$is_package = Boolean(isPackage);
      B.module_setattr(module, "__package__", isPackage ? name : parent);
      run();
      if (parent) B.module_setattr(B.imported[parent], name.slice(dot + 1), module);
      return module;
    };
    /**
     * @param {string} name
     * @param {unknown} globals
     * @param {unknown} locals
     * @param {string[]} names
     */
    B.$__import__ = (name, globals, locals, names) => {
      const module = load(name);
      return names.length ? module : B.imported[name.split(".")[0]];
    };
    const answer = B.module_getattr(load("page"), "answer");
    return (request) => {
      B.frame_obj = null; // an error may have left the frames of the last request
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
    onmessage = ({ data }) => postMessage(answer(data));
    postMessage({ ready: true, imported: Object.keys(__BRYTHON__.imported) });
  } catch (error) {
    postMessage({ error: describe(error) });
  }
})();
