// The card of a schedule: its controls, its expression as text, and what is wrong with it.
(() => {
  const { button, chosen, entry, find, form, labelled, latest, make, message, send, showError, showErrorAt } = explorer;

  /** @type {Explorer["card"]} */
  const card = (i, { schedule, store, changed, refused, remove, reference }) => {
    const place = make("div", { className: "explorer-card" }), memory = {};
    // Explains the focused parameter, or says what is wrong; its room is kept, so nothing jumps.
    const note = message();
    const controls = make("div");
    const draw = () => {
      const { type } = schedule(), { parameters, reference: anchor } = entry(type);
      controls.replaceChildren(form(schedule(), "config", {
        legend: `Schedule ${i + 1}`, changed, replace, memory,
        tools: [
          reference && make("a", { href: `${reference}${anchor}`, textContent: "Reference", "aria-label": `Reference of ${type}` }),
          !("warmup_steps" in parameters) && button("Join a warm-up",
            async () => {
              place.closest(".explorer")?.setAttribute("aria-busy", "true");
              replace(await chosen("join", schedule()));
            },
            { "aria-label": `Join a warm-up before schedule ${i + 1}` }),
          remove && button("Remove", remove, { "aria-label": `Remove schedule ${i + 1}` }),
        ],
      }));
    };
    /** @type {FormSettings["replace"]} */
    const replace = (value, change) => {
      store(/** @type {Schedule} */ (value)); // the form of a card offers no number
      draw();
      find(place, "select").focus();
      changed(change);
    };

    // The same as text: it follows the controls, and the controls follow it.
    const text = make("textarea", { rows: 2, spellcheck: false, autocomplete: "off" });
    const textControl = labelled("as text", text, "edit it, or paste an expression, a repr or JSON");
    const readText = latest(async () => {
      const { config, error } = await send({ read: text.value });
      if (error) {
        showError(note, error, textControl);
        refused(error);
        return;
      }
      if (!config || document.activeElement !== text) return;
      store(/** @type {Schedule} */ (config));
      draw();
      changed({ isTyped: true });
    });
    text.addEventListener("input", () => readText().catch(({ message: why }) => showError(note, why, textControl)));

    place.append(controls, textControl, note);
    place.addEventListener("focusin", (event) => {
      /** @type {HTMLElement | null} */
      const control = /** @type {HTMLElement} */ (event.target).closest(".explorer-control");
      /** @type {HTMLElement | null | undefined} */
      const titled = control?.querySelector(":scope > [title]");
      if (!note.classList.contains("explorer-error")) note.textContent = titled?.title ? `${control?.dataset.name}: ${titled.title}` : "";
    });
    draw();

    return {
      place, draw,
      // Writes numbers that were changed on the curve into the controls that show them.
      follow: (names) => {
        for (const name of names) {
          const input = /** @type {HTMLInputElement | null} */ (
            controls.querySelector(`fieldset > .explorer-parameters > [data-name="${name}"] > input`));
          const value = schedule()[name];
          if (!input) continue;
          input.value = Array.isArray(value) ? value.join(", ") : String(value ?? entry(schedule().type).parameters[name]?.default ?? "");
          input.dispatchEvent(new Event("follow"));
        }
      },
      show: ({ error, path, expression }) => {
        if (error && document.activeElement !== text) showErrorAt(note, place, path, error);
        else if (error) showError(note, error, textControl);
        if (expression && document.activeElement !== text) text.value = expression;
      },
    };
  };

  Object.assign(explorer, { card });
})();
