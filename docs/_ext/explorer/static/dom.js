// The elements that the controls are made of, and the errors beside them.
(() => {
  const COLOURS = 6;
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
  const options = (names, chosen, texts = {}) =>
    names.map((name) => make("option", { value: name, textContent: texts[name] ?? name, selected: name === chosen }));

  // A control with its label: the name of a parameter, and what that is in a few words.
  /** @type {Explorer["labelled"]} */
  const labelled = (name, input, meaning, ...more) => {
    input.id = `explorer-${++ids}`;
    const label = make("label", { htmlFor: input.id, textContent: name });
    if (meaning) label.append(" ", make("span", { textContent: meaning }));
    return make("div", { className: "explorer-control", data: { name } }, label, input, ...more);
  };

  /** @type {Explorer["sentence"]} */
  const sentence = (text) => /[.?!]$/.test(text) ? text : `${text}.`;

  // A place for what is said of a control.
  /** @type {Explorer["message"]} */
  const message = () => make("p", { className: "explorer-message", id: `explorer-${++ids}` });

  // A piece of the line of a schedule.
  /** @type {Explorer["swatch"]} */
  const swatch = (index) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS(svg.namespaceURI, "path");
    svg.setAttribute("class", `explorer-swatch colour-${index % COLOURS}`);
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", "M0 5h36");
    svg.append(path);
    return svg;
  };

  /** @type {Explorer["download"]} */
  const download = (content, name) => {
    const link = make("a", { href: URL.createObjectURL(content), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  // Shows an error below its control, over what follows, so that nothing moves.
  /** @type {Explorer["showError"]} */
  const showError = (text, control) => {
    const place = message();
    place.textContent = text;
    place.classList.add("explorer-error");
    const inputs = [...control.querySelectorAll(":scope > :is(input, select, textarea)")];
    for (const input of inputs) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", place.id);
    }
    (inputs.findLast((input) => /** @type {HTMLInputElement} */ (input).type !== "range") ?? control).after(place);
  };

  // Shows an error of a schedule at the first control that it names, in the form at `path`, or at
  // the choice of its schedule.
  /** @type {Explorer["showErrorAt"]} */
  const showErrorAt = (card, path, text) => {
    const forms = [...card.querySelectorAll("fieldset")];
    const form = forms.find((each) => each.dataset.path === path) ?? forms[0];
    /** @type {NodeListOf<HTMLElement>} */
    const controls = form.querySelectorAll(".explorer-control");
    const own = [...controls].filter((each) => each.dataset.name !== "schedule" && each.closest("fieldset") === form);
    const named = text.match(/\w+/g)?.find((word) => own.some((each) => each.dataset.name === word));
    showError(text, own.find((each) => each.dataset.name === named) ?? find(form, ".explorer-control"));
  };

  /** @type {Explorer["clearErrors"]} */
  const clearErrors = (root) => {
    for (const place of root.querySelectorAll(".explorer-error")) place.remove();
    for (const input of root.querySelectorAll("[aria-invalid]")) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  };

  Object.assign(explorer, { COLOURS, button, clearErrors, download, find, labelled, make, message, options, sentence, showError, showErrorAt, swatch });
})();
