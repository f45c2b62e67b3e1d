// The card of a schedule: its controls, its expression as text, and what is wrong there.
(() => {
  const { button, chosen, clearErrors, entry, find, form, labelled, latest, make, message, send, showError, showErrorAt, swatch } = explorer;

  // The schedule inside another that takes a warm-up for both, if there is one.
  /**
   * @param {Value} value
   * @returns {Schedule | undefined}
   */
  const warmable = (value) => {
    if (typeof value === "string" || Array.isArray(value)) return undefined;
    if ("warmup_steps" in entry(value.type).parameters) return value;
    if (["clip", "cooldown", "delay", "stretch"].includes(value.type)) return warmable(value.scheduler);
    const operands = value.type === "product" && Array.isArray(value.operands) ? value.operands : [];
    const schedules = operands.filter((operand) => typeof operand !== "string");
    return schedules.length === 1 ? warmable(schedules[0]) : undefined;
  };

  /** @type {Explorer["card"]} */
  const card = (i, { schedule, store, changed, refused, remove, reference }) => {
    const place = make("div", { className: "explorer-card" }), memory = {};
    // Explains the focused parameter; its room is kept, so nothing jumps.
    const note = message();
    const controls = make("div");
    const draw = () => {
      const { type } = schedule(), { parameters, reference: anchor } = entry(type);
      controls.replaceChildren(form(schedule(), "config", {
        legend: `Schedule ${i + 1}`, changed, replace, memory,
        tools: [
          reference && make("a", { href: `${reference}${anchor}`, textContent: "Reference", "aria-label": `Reference of ${type}` }),
          !("warmup_steps" in parameters) && button("Add a warm-up", addWarmup,
            { "aria-label": `Add a warm-up to schedule ${i + 1}` }),
          remove && button("Remove", remove, { "aria-label": `Remove schedule ${i + 1}` }),
        ],
      }));
      find(controls, "legend").prepend(swatch(i), " ");
    };
    // A schedule inside, whose times or rates alone are changed, may have a warm-up of its own.
    const addWarmup = async () => {
      place.closest(".explorer")?.setAttribute("aria-busy", "true");
      const inner = warmable(schedule());
      const joined = await chosen("join", inner ?? schedule());
      if (!inner) {
        replace(joined);
        return;
      }
      if (["", "0", undefined].includes(/** @type {string | undefined} */ (inner.warmup_steps))) [inner.warmup_steps] = /** @type {Value[]} */ (joined.boundaries);
      replace(schedule());
      find(controls, '[data-name="warmup_steps"] input').focus();
    };
    /** @type {FormSettings["replace"]} */
    const replace = (value, change) => {
      store(/** @type {Schedule} */ (value)); // the form of a card offers no number
      draw();
      find(place, "select").focus();
      changed(change);
    };

    // The same as text: it follows the controls, and the controls follow it.
    const text = make("textarea", { rows: 3, spellcheck: false, autocomplete: "off" });
    let isRead = true; // what was typed
    const isEdited = () => !isRead || document.activeElement === text;
    const textControl = labelled("as text", text, "edit it, or paste an expression, a repr or JSON");
    const readText = latest(async () => {
      const { value } = text, before = JSON.stringify(schedule());
      const { config, error } = await send({ read: value });
      if (value !== text.value) return; // it is read again
      isRead = true;
      if (error) {
        clearErrors(textControl);
        showError(error, textControl);
        refused(error);
        return;
      }
      if (!config || JSON.stringify(schedule()) !== before) return; // changed meanwhile, elsewhere
      store(/** @type {Schedule} */ (config));
      draw();
      changed({ isTyped: true });
    });
    text.addEventListener("input", () => {
      isRead = false;
      readText().catch(({ message: why }) => showError(why, textControl));
    });

    place.append(controls, textControl, note);
    place.addEventListener("focusin", (event) => {
      /** @type {HTMLElement | null} */
      const control = /** @type {HTMLElement} */ (event.target).closest(".explorer-control");
      /** @type {HTMLElement | null | undefined} */
      const titled = control?.querySelector(":scope > [title]");
      note.textContent = titled?.title ? `${control?.dataset.name}: ${titled.title}` : "";
    });
    draw();

    return {
      place, draw,
      // Writes a number that was changed on the curve into the control that shows it.
      follow: (at, name, value) => {
        const path = `config${at.map((key) => typeof key === "number" ? `[${key}]` : `['${key}']`).join("")}`;
        const form = [...controls.querySelectorAll("fieldset")].find((each) => each.dataset.path === path);
        /** @type {HTMLInputElement | null | undefined} */
        const input = form?.querySelector(`:scope > .explorer-parameters > [data-name="${name}"] > input`);
        if (!input) return;
        input.value = Array.isArray(value) ? value.join(", ") : String(value);
        input.dispatchEvent(new Event("follow"));
      },
      // While the controls are wrong, the text is that of other values.
      show: ({ error, path, expression }) => {
        if (error && isEdited()) showError(error, textControl);
        else if (error) showErrorAt(place, path, error);
        text.classList.toggle("stale", Boolean(error) && !isEdited());
        if (expression && !isEdited()) text.value = expression;
        // What a slider reaches may have changed with another number.
        for (const input of controls.querySelectorAll("input")) input.dispatchEvent(new Event("follow"));
      },
    };
  };

  Object.assign(explorer, { card });
})();
