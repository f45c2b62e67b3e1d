// What the panels are made of: numbers to choose, tables of results, names.
(() => {
  const { find, labelled, make, slider, swatch } = explorer;

  // Six digits at most, as the tables have them.
  /** @type {Lab["short"]} */
  lab.short = (number, digits = 3) => {
    if (Number.isNaN(number)) return "not a number";
    if (!Number.isFinite(number)) return "infinite";
    if (number !== 0 && (Math.abs(number) < 1e-4 || Math.abs(number) >= 1e6)) return number.toExponential(digits - 1).replace("e+", "e");
    return String(Number(number.toPrecision(digits)));
  };

  // A loss as the tables have it: four decimals, so that a reader can compare.
  /** @type {Lab["decimal"]} */
  lab.decimal = (number) => Math.abs(number) < 1e4 ? number.toFixed(4) : lab.short(number);

  // A number of a panel, with a slider; what cannot be used is refused beside it.
  /** @type {Lab["number"]} */
  lab.number = (name, meaning, reach, value, set) => {
    const input = make("input", { type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false, value: String(value) });
    /** @type {(text: string, change?: Change) => void} */
    const change = (text, how) => {
      const number = Number(text);
      const isRight = text.trim() !== "" && number >= reach[0] && number <= reach[1];
      if (isRight) input.removeAttribute("aria-invalid"); else input.setAttribute("aria-invalid", "true");
      input.title = isRight ? "" : `type a number from ${reach[0]} to ${reach[1]}`;
      if (isRight) set(number, how);
    };
    input.addEventListener("input", () => change(input.value));
    return labelled(name, input, meaning, slider(name, input, () => reach, change));
  };

  // The name of a schedule, with its colour and dashes.
  /** @type {Lab["caption"]} */
  lab.caption = (i, name) => make("figcaption", {}, swatch(i), make("span", { textContent: name }));

  /** @type {Lab["table"]} */
  lab.table = (place, caption, heads, rows) => {
    const table = make("table", { className: "table" },
      make("caption", { textContent: caption }),
      make("thead", {}, make("tr", {}, ...heads.map((textContent) => make("th", { scope: "col", textContent })))),
      make("tbody", {}, ...rows.map(({ colour, cells: [first, ...cells] }) => make("tr", {},
        make("th", { scope: "row" }, colour !== undefined && swatch(colour), make("span", { textContent: first })),
        ...cells.map((textContent) => make("td", { textContent }))))));
    const old = place.querySelector("table");
    if (old) old.replaceWith(table); else place.append(make("div", { className: "lab-table" }, table));
  };

  /** @type {Lab["place"]} */
  lab.place = (name) => {
    const place = find(document, `.lab-${name}`);
    place.replaceChildren();
    place.classList.add("lab-live", "explorer");
    return place;
  };
})();
