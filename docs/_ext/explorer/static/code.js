// The code of the schedules: in Python, as a training loop, as JSON.
(() => {
  const { button, download, labelled, make, options } = explorer;

  /** @type {Explorer["codePanel"]} */
  const codePanel = (names, copyText, chose) => {
    const which = make("select"), language = make("select", {},
      ...options(["Python", "PyTorch", "optax", "Keras", "JSON config"], "Python"));
    /** @type {(framework: string) => void} */
    const choose = (framework) => {
      language.value = framework || "Python";
      language.selectedIndex = Math.max(0, language.selectedIndex);
      draw();
    };
    const pre = make("pre");
    // Its box scrolls, since the theme decides which pre the keyboard reaches.
    const box = make("div", { className: "explorer-text", tabIndex: 0, role: "group", "aria-label": "Code" }, pre);
    const copy = button("Copy", () => copyText(copy, pre.textContent, () => getSelection()?.selectAllChildren(pre)),
      { disabled: true, "aria-label": "Copy the code" });
    const json = button("Download JSON", () => download(
      new Blob([`${current()?.["JSON config"]}\n`], { type: "application/json" }), "schedule.json"), { disabled: true });
    const whichControl = labelled("code of", which);
    whichControl.hidden = true;
    /** @type {(Record<string, string> | undefined)[]} */
    let texts = [];
    const current = () => texts[Number(which.value)];
    const draw = () => {
      pre.textContent = current()?.[language.value] ?? "";
      copy.disabled = json.disabled = !current();
    };
    which.onchange = draw;
    language.onchange = () => {
      draw();
      chose(language.value);
      panel.scrollIntoView({ block: "nearest" });
    };
    const panel = make("div", { className: "explorer-code" },
      make("div", { className: "explorer-tools" }, whichControl, labelled("code for", language), copy, json), box);

    /** @param {typeof texts} found */
    const show = (found) => {
      texts = found;
      const chosen = Math.max(0, Math.min(Number(which.value), texts.length - 1));
      which.replaceChildren(...names().map((name, i) => make("option", { value: String(i), textContent: name, selected: i === chosen })));
      whichControl.hidden = texts.length < 2;
      draw();
    };
    return { panel, choose, show };
  };

  Object.assign(explorer, { codePanel });
})();
