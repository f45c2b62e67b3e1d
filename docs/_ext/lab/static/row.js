// A schedule of the lab: which it is, its expression, and what can be done with it.
(() => {
  const { button, clearErrors, hash, labelled, latest, make, parseState, presets, send, showError } = explorer;
  const DRAWN = "drawn", OWN = "your own";

  /** @type {Lab["row"]} */
  lab.row = (i, { shapes, length, schedule, name, replace, draw, remove, explore }) => {
    const select = make("select", {},
      make("option", { value: OWN, textContent: OWN, hidden: true }), make("option", { value: DRAWN, textContent: DRAWN, hidden: true }),
      make("optgroup", { label: "Shapes" }, ...Object.keys(shapes).map((value) => make("option", { value, textContent: value }))),
      ...Object.entries(presets).map(([label, group]) => make("optgroup", { label },
        ...Object.entries(group).map(([textContent, [value]]) => make("option", { value, textContent })))));
    const fit = async (/** @type {Schedule} */ config, last = 0) => {
      const { config: fitted } = await send({ fit: config, length, last });
      return /** @type {Schedule} */ (fitted ?? config);
    };
    select.onchange = async () => {
      const { value } = select;
      const label = select.selectedOptions[0].textContent ?? "";
      if (Object.hasOwn(shapes, value)) replace(parseState(shapes[value]).schedules[0], label);
      else {
        const state = parseState(value);
        replace(await fit(state.schedules[0], Number(state.last)), label);
      }
    };
    const text = make("textarea", { rows: 2, spellcheck: false, autocomplete: "off" });
    const textControl = labelled("as text", text, "edit it, or paste a schedule: longer ones are brought to this length and a peak of 1");
    const readText = latest(async () => {
      const { config, error } = await send({ read: text.value });
      if (error) showError(error, textControl);
      else if (config) replace(await fit(config), OWN);
    });
    text.addEventListener("input", () => { readText().catch(({ message: why }) => showError(why, textControl)); });
    const drawing = button("Draw it", draw, { ariaPressed: "false" });
    const link = make("a", { textContent: "Get its code", title: "Open it in the explorer, which has the code of a training loop" });
    const place = make("div", { className: `lab-row colour-${i}` },
      labelled(`schedule ${i + 1}`, select), textControl,
      make("div", { className: "explorer-tools" }, drawing, link,
        remove && button("Remove", remove, { "aria-label": `Remove schedule ${i + 1}` })));
    const drawName = () => {
      const names = [...select.options].map(({ textContent }) => textContent);
      const index = names.indexOf(name());
      select.selectedIndex = index < 0 ? 0 : index;
    };
    drawName();
    return {
      place,
      isDrawing: (isOn) => { drawing.ariaPressed = String(isOn); },
      show: ({ error, expression }) => {
        drawName();
        clearErrors(place);
        if (error) showError(error, textControl);
        if (expression && document.activeElement !== text) text.value = expression;
        link.href = explore + hash({ ...parseState(""), schedules: [schedule()], last: String(length) });
        link.ariaLabel = `Get its code: schedule ${i + 1}, in the explorer`;
      },
    };
  };
  lab.names = { DRAWN, OWN };
})();
