// The controls of a schedule: they write into its config, and report each change.
(() => {
  const { button, encode, find, labelled, make, options } = explorer;
  const NUMBER = "a number"; // the choice of a constant in place of a schedule
  let lists = 0;
  /** @type {Explorer["entries"]} */
  const entries = Object.assign({}, ...Object.values(explorer.menu));
  /** @type {Explorer["entry"]} */
  const entry = (type) => Object.hasOwn(entries, type)
    ? entries[type]
    : { start: { type }, parameters: {}, reference: "Scheduler.html" };

  // A slider that reaches as far as the number in the input.
  /**
   * @param {string} name
   * @param {HTMLInputElement} input
   * @param {[number, number, number]} reach
   * @param {(text: string, change?: Change) => void} set
   */
  const slider = (name, input, [low, high, step], set) => {
    const range = make("input", { type: "range", className: "form-range", min: low });
    range.setAttribute("aria-label", `${name}, slider`);
    const follow = () => {
      const value = Number(input.value);
      const isShort = value > high, isFine = value > 0 && value < high / 100 && step < 1;
      const reach = isShort || isFine ? 10 ** Math.ceil(Math.log10(value)) : high;
      range.min = String(isFine ? 0 : low);
      range.max = String(reach);
      range.step = String(reach === high ? step : step < 1 ? reach / 100 : Math.max(1, reach / 100));
      range.value = String(input.value.trim() === "" || !Number.isFinite(value) ? low : value);
    };
    follow();
    input.addEventListener("input", follow);
    range.addEventListener("input", () => {
      input.value = range.value;
      set(range.value, { isDragged: true });
    });
    range.addEventListener("change", () => set(range.value));
    return range;
  };

  /**
   * @param {Record<string, Value>} schedule
   * @param {string} name
   * @param {Parameter} parameter
   * @param {OnChange} changed
   */
  const control = (schedule, name, parameter, changed) => {
    const current = schedule[name] ?? parameter.default ?? "";
    const isList = parameter.list || Array.isArray(current);
    /** @param {Value} value */
    const label = (value) => typeof value === "string" ? value : encode(value);
    /** @type {(text: string, change?: Change) => void} */
    const set = (text, change) => {
      if (text === parameter.default) delete schedule[name];
      else if (isList || (text.includes(",") && !parameter.slider)) {
        schedule[name] = text.split(",").map((part) => part.trim()).filter(Boolean);
      } else schedule[name] = text;
      changed(change);
    };
    if (parameter.choices) {
      const value = label(current);
      const names = parameter.choices.includes(value) ? parameter.choices : [value, ...parameter.choices];
      const select = make("select", { className: "form-select form-select-sm" }, ...options(names, value));
      select.onchange = () => set(select.value);
      if (parameter.help) select.title = parameter.help;
      return labelled(name, select);
    }
    const input = make("input", {
      title: parameter.help ?? "",
      type: "text", className: "form-control form-control-sm", spellcheck: false, autocomplete: "off",
      value: Array.isArray(current) ? current.map(label).join(", ") : label(current),
      placeholder: parameter.default === "" ? "automatic" : "",
    });
    input.addEventListener("input", () => set(input.value.trim()));
    const more = parameter.suggestions
      ? make("datalist", { id: `explorer-names-${++lists}` }, ...options(parameter.suggestions, ""))
      : parameter.slider && slider(name, input, parameter.slider, set);
    if (parameter.suggestions) input.setAttribute("list", `explorer-names-${lists}`);
    return labelled(name, input, more);
  };

  // The form of a schedule. `replace` puts another schedule, or a number, in its place.
  /** @type {Explorer["form"]} */
  const form = (schedule, path, { legend, mayBeNumber, changed, replace, memory, tools = [] }) => {
    const type = typeof schedule === "string" ? NUMBER : Array.isArray(schedule) ? encode(schedule) : schedule.type;
    const select = make("select", { className: "form-select form-select-sm" });
    if (mayBeNumber) select.append(...options([NUMBER], type));
    for (const [group, names] of Object.entries(explorer.menu)) {
      select.append(make("optgroup", { label: group }, ...options(Object.keys(names), type)));
    }
    if (select.value !== type) select.prepend(...options([type], type)); // a URL may hold any
    select.onchange = () => {
      memory[type] = schedule;
      replace(memory[select.value] ?? (select.value === NUMBER ? "0.1" : chosen(select.value, schedule)));
    };
    const body = make("div", { className: "explorer-parameters" });
    const error = make("p", { className: "explorer-error", hidden: true });
    if (typeof schedule === "string") {
      body.append(control({ rate: schedule }, "rate", { slider: [0, 1, 0.01] }, (change) => {
        /** @type {HTMLInputElement} */
        const input = find(body, "input");
        replace(input.value.trim(), { isTyped: true, ...change });
      }));
    } else if (!Array.isArray(schedule)) {
      const known = entry(schedule.type).parameters;
      const unknown = Object.keys(schedule).filter((name) => name !== "type" && !Object.hasOwn(known, name));
      for (const [name, parameter] of Object.entries(known)) {
        const draw = parameter.schedules ? nestedMany : parameter.schedule ? nested : null;
        body.append(draw ? draw(schedule, name, path, changed) : control(schedule, name, parameter, changed));
      }
      for (const name of unknown) body.append(control(schedule, name, {}, changed));
    }
    return make("fieldset", { data: { path } }, make("legend", { textContent: legend }),
      make("div", { className: "explorer-tools" }, labelled("schedule", select), ...tools), error, body);
  };

  // Another type keeps the values that both have; a schedule made of others takes the previous
  // schedule in.
  /** @type {Explorer["chosen"]} */
  const chosen = (type, previous) => {
    const { start, parameters } = structuredClone(entry(type));
    if ("scheduler" in start) return { ...start, scheduler: previous };
    for (const [name, at] of /** @type {const} */ ([["schedulers", 1], ["operands", 0]])) {
      const parts = start[name];
      if (Array.isArray(parts)) return { ...start, [name]: parts.with(at, previous) };
    }
    if (typeof previous === "string" || Array.isArray(previous)) return start;
    /** @param {[string, Value]} item */
    const isKept = ([name, value]) => parameters[name]?.slider && typeof value === "string"
      && !["decay_steps", "factor", "step"].includes(name);
    return { ...start, ...Object.fromEntries(Object.entries(previous).filter(isKept)) };
  };

  /**
   * @param {Schedule} schedule
   * @param {string} name
   * @param {string} path
   * @param {OnChange} changed
   */
  const nested = (schedule, name, path, changed) => {
    schedule[name] ??= structuredClone(entry(schedule.type).start[name] ?? "0.1");
    return part(schedule[name], `${path}['${name}']`, name, changed, (value) => { schedule[name] = value; });
  };

  /**
   * @param {Value} value
   * @param {string} path
   * @param {string} legend
   * @param {OnChange} changed
   * @param {(value: Value) => void} store
   * @param {Child[]} tools
   */
  const part = (value, path, legend, changed, store, tools = []) => {
    const place = make("div", { className: "explorer-nested" }), memory = {};
    const draw = () => place.replaceChildren(form(value, path, {
      legend, mayBeNumber: true, changed, tools, memory,
      replace: (other, { isTyped = false, ...change } = {}) => {
        value = other;
        store(value);
        if (!isTyped) {
          draw();
          find(place, "select").focus();
        }
        changed(change);
      },
    }));
    draw();
    return place;
  };

  /**
   * @param {Schedule} schedule
   * @param {string} name
   * @param {string} path
   * @param {OnChange} changed
   */
  const nestedMany = (schedule, name, path, changed) => {
    const place = make("div", { className: "explorer-many" });
    const given = schedule[name];
    const parts = Array.isArray(given) ? given : [];
    schedule[name] = parts;
    const boundaries = () => schedule.type === "join" && Array.isArray(schedule.boundaries) ? schedule.boundaries : undefined;
    const more = button("One more", () => resize(() => {
      parts.push("0.1");
      const texts = boundaries();
      texts?.push(String(Number(texts.at(-1) ?? 0) + 100));
    }), { "aria-label": `One more in ${name}` });
    /** @param {() => void} edit */
    const resize = (edit) => {
      edit();
      draw();
      /** @type {HTMLInputElement | null | undefined} */
      const input = place.parentElement?.querySelector(':scope > [data-name="boundaries"] input');
      const texts = boundaries();
      if (input && texts) input.value = texts.join(", ");
      more.focus();
      changed();
    };
    /** @param {number} i */
    const remove = (i) => button("Remove", () => resize(() => {
      parts.splice(i, 1);
      boundaries()?.splice(Math.max(0, i - 1), 1);
    }), { "aria-label": `Remove ${name}[${i}]` });
    const draw = () => place.replaceChildren(...parts.map((value, i) => part(
      value, `${path}['${name}'][${i}]`, `${name}[${i}]`, changed, (other) => { parts[i] = other; }, [remove(i)],
    )), more);
    draw();
    return place;
  };

  Object.assign(explorer, { chosen, entries, entry, form });
})();
