// The controls of a schedule: they write into its config, and report each change.
(() => {
  const { button, encode, find, labelled, make, numberOf, options, send, slider } = explorer;
  const NUMBER = "a number"; // the choice of a constant in place of a schedule
  const OTHER = "other …"; // the choice of a number, or a list, in place of a word
  /** @type {Explorer["entries"]} */
  const entries = Object.assign({}, ...Object.values(explorer.menu));
  /** @type {Explorer["entry"]} */
  const entry = (type) => Object.hasOwn(entries, type)
    ? entries[type]
    : { start: { type }, parameters: {}, reference: "Scheduler.html" };

  // What a slider reaches: no more than the other numbers of the schedule allow.
  /** @type {(schedule: Record<string, Value>, name: string, reach: SliderReach) => SliderReach} */
  const bounded = (schedule, name, [low, high, ...more]) => {
    /**
     * @param {string} other
     * @param {number} missing
     */
    const of = (other, missing) => {
      const value = schedule[other], number = typeof value === "string" ? numberOf(value) : NaN;
      return Number.isFinite(number) ? number : missing;
    };
    const warmup = of("warmup_steps", 0), decay = of("decay_steps", 1), end = of("max_update", Infinity);
    const [least, most] = {
      max_update: [warmup + decay, high],
      warmup_steps: [low, end - decay],
      decay_steps: [low, end - warmup],
      period: [of("rise_steps", 0) + 1, high],
      rise_steps: [low, of("period", Infinity) - 1],
      low: [low, of("high", Infinity)],
      high: [of("low", low), high],
    }[name] ?? [low, high];
    return [Math.max(low, least), Math.max(low, least, Math.min(high, most)), ...more];
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
      const isFirst = !(name in schedule);
      if (text === parameter.default) delete schedule[name];
      else if (isList || (text.includes(",") && !parameter.slider)) {
        schedule[name] = text.split(",").map((part) => part.trim()).filter(Boolean);
      } else schedule[name] = text;
      if (isFirst) { // in the order of the controls, whatever was typed first
        const { type, ...given } = schedule, order = Object.keys(entry(String(type)).parameters);
        const names = Object.keys(given).sort((one, other) => order.indexOf(one) - order.indexOf(other));
        for (const each of names) {
          delete schedule[each];
          schedule[each] = given[each];
        }
      }
      changed(change);
    };
    const help = parameter.help ?? "";
    const text = Array.isArray(current) ? current.map(label).join(", ") : label(current);
    const { choices, label: meaning, slider: reach } = parameter;
    const input = make("input", { title: help, type: "text", spellcheck: false, autocomplete: "off",
      value: text, placeholder: parameter.empty ?? "" });
    input.addEventListener("input", () => set(input.value.trim()));
    if (!choices) {
      const whole = labelled(name, input, meaning, reach && slider(name, input, () => bounded(schedule, name, reach), set));
      whole.classList.toggle("explorer-wide", isList);
      return whole;
    }
    const isOther = !choices.includes(text);
    const names = isOther && !parameter.other ? [text, ...choices] : choices;
    const select = make("select", { title: help },
      ...options(parameter.other ? [...names, OTHER] : names, isOther && parameter.other ? OTHER : text, parameter.names));
    input.hidden = !isOther || !parameter.other;
    input.setAttribute("aria-label", `${name}, a number`);
    select.onchange = () => {
      input.hidden = select.value !== OTHER;
      if (input.hidden) set(select.value);
      else {
        input.value = "2";
        set("2");
        input.focus();
      }
    };
    return labelled(name, select, meaning, input);
  };

  // The form of a schedule. `replace` puts another schedule, or a number, in its place.
  /** @type {Explorer["form"]} */
  const form = (schedule, path, { legend, mayBeNumber, changed, replace, memory, tools = [] }) => {
    const type = typeof schedule === "string" ? NUMBER : Array.isArray(schedule) ? encode(schedule) : schedule.type;
    const select = make("select");
    if (mayBeNumber) select.append(...options([NUMBER], type));
    for (const [group, names] of Object.entries(explorer.menu)) {
      select.append(make("optgroup", { label: group }, ...options(Object.keys(names), type)));
    }
    if (select.value !== type) select.prepend(...options([type], type)); // a URL may hold any
    select.onchange = async () => {
      memory[type] = schedule;
      select.closest(".explorer")?.setAttribute("aria-busy", "true");
      replace(memory[select.value] ?? (select.value === NUMBER ? "0.1" : await chosen(select.value, schedule)));
    };
    const body = make("div", { className: "explorer-parameters" });
    if (typeof schedule === "string") {
      body.append(control({ rate: schedule }, "rate", { slider: [1e-8, 10, 0, true, true] }, (change) => {
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
      if (schedule.type === "PiecewiseScheduler") {
        body.append(button("Add a knot", () => replace(withKnot(schedule))));
      }
    }
    return make("fieldset", { data: { path } }, make("legend", { textContent: legend }),
      make("div", { className: "explorer-tools" }, labelled("schedule", select), ...tools), body);
  };

  // A knot in the middle of the longest segment.
  /** @param {Schedule} schedule */
  const withKnot = (schedule) => {
    const { boundaries, values, mode } = schedule;
    if (!Array.isArray(boundaries) || !Array.isArray(values)) return schedule;
    const times = boundaries.map(Number), rates = values.map(Number);
    const lengths = times.slice(1).map((time, i) => time - times[i]);
    const at = lengths.indexOf(Math.max(...lengths)) + 1;
    /** @param {number[]} numbers */
    const middle = (numbers) => (numbers[at - 1] + numbers[at]) / 2;
    return { ...schedule,
      boundaries: boundaries.toSpliced(at, 0, String(Math.round(middle(times)))),
      values: values.toSpliced(at, 0, String(Number(middle(rates).toPrecision(3)))),
      ...(Array.isArray(mode) && { mode: mode.toSpliced(at, 0, mode[at - 1]) }),
    };
  };

  // Another type keeps the values that both have; a schedule made of others takes the previous
  // schedule in, with numbers that Python chooses to suit it.
  /** @type {Explorer["chosen"]} */
  const chosen = async (type, previous) => {
    const { start, parameters } = structuredClone(entry(type));
    if ("scheduler" in start || "schedulers" in start || "operands" in start) {
      const answer = await send({ wrap: type, start, schedule: previous }).catch(() => undefined);
      return answer?.config ?? start;
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
    /** @param {number} i */
    const numbered = (i) => `${name === "operands" ? "operand" : "schedule"} ${i + 1} of the ${schedule.type}`;
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
    }), { "aria-label": `Remove ${numbered(i)}` });
    const draw = () => place.replaceChildren(...parts.map((value, i) => part(
      value, `${path}['${name}'][${i}]`, numbered(i), changed, (other) => { parts[i] = other; }, [remove(i)],
    )), more);
    draw();
    return place;
  };

  Object.assign(explorer, { chosen, entries, entry, form });
})();
