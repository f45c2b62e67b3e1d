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
    make("button", { type: "button", className: "explorer-button", textContent: text, onclick, data: { text }, ...properties });
  /** @type {Explorer["options"]} */
  const options = (names, chosen) =>
    names.map((name) => make("option", { value: name, textContent: name, selected: name === chosen }));

  // A control with its label: the name of a parameter, and what that is in a few words.
  /** @type {Explorer["labelled"]} */
  const labelled = (name, input, meaning, ...more) => {
    input.id = `explorer-${++ids}`;
    const label = make("label", { htmlFor: input.id, textContent: name });
    if (meaning) label.append(" ", make("span", { textContent: meaning }));
    return make("div", { className: "explorer-control", data: { name } }, label, input, ...more);
  };

  // A place for the error of a control, or of the controls of a schedule.
  /** @type {Explorer["message"]} */
  const message = () => make("p", { className: "explorer-message", id: `explorer-${++ids}` });

  /** @type {Explorer["download"]} */
  const download = (content, name) => {
    const link = make("a", { href: URL.createObjectURL(content), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  /** @type {Explorer["showError"]} */
  const showError = (place, text, control) => {
    place.textContent = text;
    place.classList.add("explorer-error");
    for (const input of control?.querySelectorAll(":scope > input, :scope > select, :scope > textarea") ?? []) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", place.id);
    }
  };

  // Shows an error of a schedule, and marks the first control that it names, in the form at `path`.
  /** @type {Explorer["showErrorAt"]} */
  const showErrorAt = (place, card, path, text) => {
    const forms = [...card.querySelectorAll("fieldset")];
    const form = forms.find((each) => each.dataset.path === path) ?? forms[0];
    /** @type {NodeListOf<HTMLElement>} */
    const controls = form.querySelectorAll(".explorer-control");
    const own = [...controls].filter((each) => each.dataset.name !== "schedule" && each.closest("fieldset") === form);
    const named = text.match(/\w+/g)?.find((word) => own.some((each) => each.dataset.name === word));
    showError(place, text, own.find((each) => each.dataset.name === named));
  };

  /** @type {Explorer["clearErrors"]} */
  const clearErrors = (root) => {
    for (const place of root.querySelectorAll(".explorer-error")) {
      place.textContent = "";
      place.classList.remove("explorer-error");
    }
    for (const input of root.querySelectorAll("[aria-invalid]")) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  };

  Object.assign(explorer, { button, clearErrors, download, find, labelled, make, message, options, showError, showErrorAt });
})();
