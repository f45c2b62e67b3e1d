// Elements that the controls are made of, and what is said beside them.
(() => {
  let ids = 0;
  const make = (tag, properties = {}, ...children) => {
    const { data = {}, ...rest } = properties;
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(rest)) {
      if (name in element) element[name] = value; else element.setAttribute(name, value);
    }
    Object.assign(element.dataset, data);
    element.append(...children.filter(Boolean));
    return element;
  };
  const button = (text, onclick, more = {}) =>
    make("button", { type: "button", className: "btn btn-sm btn-outline-secondary", textContent: text, onclick, data: { text }, ...more });
  const options = (names, chosen) =>
    names.map((name) => make("option", { value: name, textContent: name, selected: name === chosen }));

  // A control with its label and a place for what is wrong with it.
  const labelled = (name, input, ...more) => {
    input.id = `explorer-${++ids}`;
    const error = make("p", { className: "explorer-error", id: `${input.id}-error`, hidden: true });
    return make("div", { className: "explorer-control", data: { name } },
      make("label", { htmlFor: input.id, textContent: name }), input, ...more, error);
  };

  const download = (text, type, name) => {
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  const showError = (place, text) => {
    const error = place.querySelector(":scope > .explorer-error");
    error.textContent = text;
    error.hidden = false;
    const input = place.querySelector(":scope > input, :scope > select");
    input?.setAttribute("aria-invalid", "true");
    input?.setAttribute("aria-describedby", error.id);
  };

  // Beside the first parameter that the text names, in the form of the schedule that has it.
  const showBeside = (card, path, text) => {
    const forms = [...card.querySelectorAll("fieldset")];
    const place = forms.find((each) => each.dataset.path === path) ?? forms[0];
    const controls = [...place.querySelectorAll(".explorer-control")]
      .filter((each) => each.dataset.name !== "schedule" && each.closest("fieldset") === place);
    const names = controls.map((each) => each.dataset.name);
    const named = text.match(/\w+/g).find((word) => names.includes(word));
    showError(controls.find((each) => each.dataset.name === named) ?? place, text);
  };

  const clearErrors = (root) => {
    for (const error of root.querySelectorAll(".explorer-error")) error.hidden = true;
    for (const input of root.querySelectorAll("[aria-invalid]")) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  };

  Object.assign(explorer, { button, clearErrors, download, labelled, make, options, showBeside, showError });
})();
