// Loads the explorer when one comes near the view, and nothing before.
(() => {
  const FILES = ["menu.js", "ask.js", "address.js", "elements.js", "forms.js", "explorer.js"];
  const here = document.currentScript.src;
  const load = (name) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(name, here);
    script.async = false; // in the order in which they are asked for
    script.onload = resolve;
    script.onerror = () => reject(new Error(`the file ${name} is missing`));
    document.head.append(script);
  });
  window.explorer = { here, load };

  let loaded;
  const watch = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watch.unobserve(target);
      loaded ??= Promise.all(FILES.map(load));
      loaded.then(() => explorer.show(target)).catch((error) => {
        target.querySelector("[role=status]").append(` They cannot be changed here: ${error.message}.`);
      });
    }
  }, { rootMargin: "50%" });
  document.querySelectorAll(".explorer").forEach((widget) => watch.observe(widget));
})();
