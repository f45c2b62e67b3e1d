// The controls of a schedule; they write into its tree, and say that it changed.
(() => {
  const { button, labelled, make, options, written } = explorer;
  const entries = Object.assign({}, ...Object.values(explorer.menu));
  const entry = (type) => Object.hasOwn(entries, type) ? entries[type] : { start: {}, parameters: {} };

  // A slider that reaches as far as the number beside it.
  const slider = (name, input, [low, high, step], set) => {
    const range = make("input", { type: "range", className: "form-range", min: low });
    range.setAttribute("aria-label", `${name}, slider`);
    const follow = () => {
      const value = Number(input.value);
      const isShort = value > high, isFine = value > 0 && value < high / 100 && step < 1;
      const reach = isShort || isFine ? 10 ** Math.ceil(Math.log10(value)) : high;
      range.min = isFine ? 0 : low;
      range.max = reach;
      range.step = reach === high ? step : step < 1 ? reach / 100 : Math.max(1, reach / 100);
      range.value = input.value.trim() === "" || !Number.isFinite(value) ? low : value;
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

  const control = (tree, name, parameter, changed) => {
    const given = tree[name] ?? parameter.default ?? "";
    const isList = parameter.list || Array.isArray(given);
    const shown = (value) => typeof value === "string" ? value : written(value);
    const set = (text, how) => {
      if (text === parameter.default) delete tree[name];
      else if (isList || (text.includes(",") && !parameter.slider)) {
        tree[name] = text.split(",").map((part) => part.trim()).filter(Boolean);
      } else tree[name] = text;
      changed(how);
    };
    if (parameter.choices) {
      const names = parameter.choices.includes(given) ? parameter.choices : [shown(given), ...parameter.choices];
      const select = make("select", { className: "form-select form-select-sm" }, ...options(names, shown(given)));
      select.onchange = () => set(select.value);
      if (parameter.help) select.title = parameter.help;
      return labelled(name, select);
    }
    const input = make("input", {
      title: parameter.help ?? "",
      type: "text", className: "form-control form-control-sm", spellcheck: false, autocomplete: "off",
      value: Array.isArray(given) ? given.map(shown).join(", ") : shown(given),
      placeholder: parameter.default === "" ? "automatic" : "",
    });
    input.addEventListener("input", () => set(input.value.trim()));
    return labelled(name, input, parameter.slider && slider(name, input, parameter.slider, set));
  };

  // The parameters of a schedule; `replace` puts another tree, or a number, in its place. The
  // memory has what each kind of schedule was when another one was chosen.
  const form = (tree, path, { legend, number, changed, replace, memory, tools = [] }) => {
    const isNumber = typeof tree === "string";
    const kind = isNumber ? "a number" : tree.type;
    const select = make("select", { className: "form-select form-select-sm" });
    if (number) select.append(...options(["a number"], kind));
    for (const [group, names] of Object.entries(explorer.menu)) {
      select.append(make("optgroup", { label: group }, ...options(Object.keys(names), kind)));
    }
    if (select.value !== kind) select.prepend(...options([kind], kind)); // an address may hold any
    select.onchange = () => {
      memory[kind] = tree;
      replace(memory[select.value] ?? (select.value === "a number" ? "0.1" : chosen(select.value, tree)));
    };
    const body = make("div", { className: "explorer-parameters" });
    const error = make("p", { className: "explorer-error", hidden: true });
    if (isNumber) {
      body.append(control({ rate: tree }, "rate", { slider: [0, 1, 0.01] }, (how) => {
        replace(body.querySelector("input").value.trim(), { isQuiet: true, ...how });
      }));
    } else {
      const known = entry(tree.type).parameters;
      const unknown = Object.keys(tree).filter((name) => name !== "type" && !Object.hasOwn(known, name));
      for (const [name, parameter] of Object.entries(known)) {
        body.append(...parameter.schedules ? nestedMany(tree, name, path, changed)
          : parameter.schedule ? [nested(tree, name, `${path}['${name}']`, name, changed)]
            : [control(tree, name, parameter, changed)]);
      }
      for (const name of unknown) body.append(control(tree, name, {}, changed));
    }
    return make("fieldset", { data: { path } }, make("legend", { textContent: legend }),
      make("div", { className: "explorer-tools" }, labelled("schedule", select), ...tools), error, body);
  };

  // A schedule of another kind keeps the values that both have; one that is made of others
  // takes the schedule in.
  const chosen = (type, tree) => {
    const { start, parameters } = structuredClone(entry(type));
    if ("scheduler" in start) return { ...start, scheduler: tree };
    if (start.schedulers) return { ...start, schedulers: [start.schedulers[0], tree] };
    if (start.operands) return { ...start, operands: [tree, start.operands[1]] };
    const isKept = ([name, value]) => parameters[name]?.slider && typeof value === "string"
      && name !== "factor" && name !== "step";
    return { ...start, ...Object.fromEntries(Object.entries(tree).filter(isKept)) };
  };

  const nested = (parent, key, path, legend, changed, tools = []) => {
    const place = make("div", { className: "explorer-nested" }), memory = {};
    parent[key] ??= structuredClone(entry(parent.type).start[key] ?? "0.1");
    const draw = () => place.replaceChildren(form(parent[key], path, {
      legend, number: true, changed, tools, memory,
      replace: (tree, { isQuiet = false, ...how } = {}) => {
        parent[key] = tree;
        if (!isQuiet) {
          draw();
          place.querySelector("select").focus();
        }
        changed(how);
      },
    }));
    draw();
    return place;
  };

  const nestedMany = (tree, name, path, changed) => {
    const place = make("div", { className: "explorer-many" });
    if (!Array.isArray(tree[name])) tree[name] = [];
    const more = button("One more", () => resize(() => {
      tree[name].push("0.1");
      if (isJoined()) tree.step.push(String(Number(tree.step.at(-1) ?? 0) + 100));
    }), { "aria-label": `One more in ${name}` });
    const isJoined = () => tree.type === "join" && Array.isArray(tree.step);
    const resize = (how) => {
      how();
      draw();
      const step = isJoined() && place.parentElement.querySelector(':scope > [data-name="step"] input');
      if (step) step.value = tree.step.join(", ");
      more.focus();
      changed();
    };
    const remove = (i) => button("Remove", () => resize(() => {
      tree[name].splice(i, 1);
      if (isJoined()) tree.step.splice(Math.max(0, i - 1), 1);
    }), { "aria-label": `Remove ${name}[${i}]` });
    const draw = () => place.replaceChildren(...tree[name].map((_, i) =>
      nested(tree[name], i, `${path}['${name}'][${i}]`, `${name}[${i}]`, changed, [remove(i)])), more);
    draw();
    return [place];
  };

  Object.assign(explorer, { chosen, entries, entry, form });
})();
