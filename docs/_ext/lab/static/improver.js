// "Improve it": gradient steps on the knots of a schedule, under what a panel computes.
(() => {
  const { button, labelled, make } = explorer;

  /** @type {Lab["improver"]} */
  lab.improver = (objective, names, improve) => {
    const which = make("select");
    const status = make("p", { className: "lab-message", role: "status" });
    const press = button("Improve it", () => improve(objective, Number(which.value), { press, status }));
    const fill = () => {
      const chosen = which.value;
      which.replaceChildren(...names().map((textContent, value) => make("option", { value: String(value), textContent })));
      which.value = Number(chosen) < names().length && chosen ? chosen : "0";
    };
    which.addEventListener("focus", fill);
    fill();
    const place = make("div", { className: "lab-improve" },
      make("div", { className: "explorer-tools" }, labelled("schedule to improve", which), press), status);
    place.addEventListener("lab-names", fill);
    return place;
  };
})();
