// Loads the lab, and of the explorer what the lab uses, when the page is opened.
(() => {
  const EXPLORER = ["menu.js", "client.js", "latest.js", "url.js", "dom.js", "slider.js", "view.js"];
  const MODELS = ["quadratic.js", "law.js", "improve.js", "laws.js"];
  const PAGE = ["plot.js", "address.js", "panel.js", "improver.js", "draw.js", "pen.js", "row.js", "noise.js", "train.js", "training.js", "prediction.js", "lesson.js", "lab.js"];
  const lab = self.lab ??= /** @type {Lab} */ ({});
  lab.base = /** @type {HTMLScriptElement} */ (document.currentScript).src;

  /** @type {Lab["load"]} */
  lab.load = (file) => explorer.load(`../lab/${file}`);

  document.addEventListener("DOMContentLoaded", () => {
    Promise.all([...EXPLORER.map(explorer.load), ...[...MODELS, ...PAGE].map(lab.load)])
      .then(() => lab.start())
      .catch((error) => {
        for (const status of document.querySelectorAll(".lab-status")) status.textContent = `The lab cannot start: ${error.message}.`;
      });
  });
})();
