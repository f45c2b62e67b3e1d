// Loads the explorer when one comes near the viewport, and nothing before.
(() => {
  const FILES = "menu client latest url dom slider forms card code view explorer".split(" ");
  const base = /** @type {HTMLScriptElement} */ (document.currentScript).src;

  /** @type {Explorer["load"]} */
  const load = (file) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(file, base).href;
    script.async = false; // run the files in the order of these calls
    script.onload = resolve;
    script.onerror = () => reject(new Error(`the file ${file} is missing`));
    document.head.append(script);
  });
  window.explorer = /** @type {Explorer} */ ({ base, load });

  /** @type {Promise<unknown> | undefined} */
  let loaded;
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      loaded ??= Promise.all(FILES.map((name) => load(`${name}.js`)));
      loaded.then(() => explorer.show(/** @type {HTMLElement} */ (target))).catch((error) => {
        target.querySelector("[role=status]")?.append(` They cannot be changed here: ${error.message}.`);
      });
    }
  }, { rootMargin: "50%" });
  document.querySelectorAll(".explorer").forEach((widget) => observer.observe(widget));
})();
