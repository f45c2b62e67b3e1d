// The elements that the controls are made of, and the errors beside them.
(() => {
  let ids = 0;
  /** @type {Explorer["find"]} */
  const find = (root, selector) => {
    const found = root.querySelector(selector);
    if (!found) throw new Error(`the page has no ${selector}`);
    return /** @type {any} */ (found);
  };
  /** @type {Explorer["make"]} */
  const make = (tag, { data = {}, ...properties } = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name in element) Reflect.set(element, name, value); else element.setAttribute(name, String(value));
    }
    Object.assign(element.dataset, data);
    element.append(...children.filter((child) => child instanceof Node));
    return element;
  };
  /** @type {Explorer["button"]} */
  const button = (text, onclick, properties = {}) =>
    make("button", { type: "button", className: "btn btn-sm btn-outline-secondary", textContent: text, onclick, data: { text }, ...properties });
  /** @type {Explorer["options"]} */
  const options = (names, chosen) =>
    names.map((name) => make("option", { value: name, textContent: name, selected: name === chosen }));

  // A control with its label and a place for its error.
  /** @type {Explorer["labelled"]} */
  const labelled = (name, input, ...more) => {
    input.id = `explorer-${++ids}`;
    const error = make("p", { className: "explorer-error", id: `${input.id}-error`, hidden: true });
    return make("div", { className: "explorer-control", data: { name } },
      make("label", { htmlFor: input.id, textContent: name }), input, ...more, error);
  };

  /** @type {Explorer["download"]} */
  const download = (text, type, name) => {
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  /** @type {Explorer["showError"]} */
  const showError = (place, text) => {
    const error = find(place, ":scope > .explorer-error");
    error.textContent = text;
    error.hidden = false;
    const input = place.querySelector(":scope > input, :scope > select");
    input?.setAttribute("aria-invalid", "true");
    input?.setAttribute("aria-describedby", error.id);
  };

  // Shows an error beside the first parameter that it names, in the form of the schedule at `path`.
  /** @type {Explorer["showErrorAt"]} */
  const showErrorAt = (card, path, text) => {
    const forms = [...card.querySelectorAll("fieldset")];
    const form = forms.find((each) => each.dataset.path === path) ?? forms[0];
    /** @type {NodeListOf<HTMLElement>} */
    const controls = form.querySelectorAll(".explorer-control");
    const own = [...controls].filter((each) => each.dataset.name !== "schedule" && each.closest("fieldset") === form);
    const names = own.map((each) => each.dataset.name);
    const named = text.match(/\w+/g)?.find((word) => names.includes(word));
    showError(own.find((each) => each.dataset.name === named) ?? form, text);
  };

  /** @type {Explorer["clearErrors"]} */
  const clearErrors = (root) => {
    /** @type {NodeListOf<HTMLElement>} */
    const errors = root.querySelectorAll(".explorer-error");
    for (const error of errors) error.hidden = true;
    for (const input of root.querySelectorAll("[aria-invalid]")) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  };

  Object.assign(explorer, { button, clearErrors, download, find, labelled, make, options, showError, showErrorAt });
})();
