// The controls of an explorer. What they show is computed and drawn by Python (in_page); here
// are no formulas. A schedule is a tree: {type, name: value}, where a value is the text that the
// reader typed, a list of values, or another tree.
(() => {
  const { load, here } = window.explorer;
  const MOST = 6; // schedules in a chart
  const entries = Object.assign({}, ...Object.values(explorer.menu));

  // Python ---------------------------------------------------------------------------------

  const inWorker = () => new Promise((resolve, reject) => {
    const waiting = new Map();
    const worker = new Worker(new URL("worker.js", here));
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message || "the file worker.js is missing, or may not run"));
    };
    worker.onmessage = ({ data: { ready, failed, id, answer } }) => {
      if (ready) {
        let last = 0;
        resolve((question) => new Promise((done, fail) => {
          waiting.set(++last, { done, fail });
          worker.postMessage({ id: last, question });
        }));
      } else if (id === undefined) {
        reject(new Error(failed));
      } else {
        const { done, fail } = waiting.get(id);
        waiting.delete(id);
        if (failed) fail(new Error(failed)); else done(answer);
      }
    };
  });

  // A page that was opened from disk may not start a worker.
  const inPage = async () => {
    for (const name of ["brython.js", "python.js", "worker.js"]) await load(name);
    const python = startPython();
    return async (question) => {
      const { answer, failed } = python(question);
      if (failed) throw new Error(failed);
      return answer;
    };
  };

  let python;
  const ask = async (question) => {
    python ??= location.protocol === "file:" ? inPage() : inWorker();
    return JSON.parse(await (await python)(JSON.stringify(question)));
  };

  // Does the work now, and once more if it was asked for in between; all wait for the last.
  const latest = (work) => {
    let again = false, running;
    const run = async () => {
      while (again) {
        again = false;
        await work();
      }
    };
    return () => {
      again = true;
      return running ??= run().finally(() => { running = undefined; });
    };
  };

  // The address ----------------------------------------------------------------------------

  const written = (value) => {
    if (typeof value === "string") return value.replace(/[%()[\],=&#\s]/g, encodeURIComponent);
    if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
    const { type, ...given } = value;
    return `${type}(${Object.entries(given).map(([name, item]) => `${name}=${written(item)}`).join(",")})`;
  };

  // Reads type(name=value,...), [value,...] or a text; brackets that are missing at the end are
  // added, since some programs take them off an address.
  const read = (text) => {
    let at = 0;
    const word = () => {
      const from = at;
      while (at < text.length && !"()[],=".includes(text[at])) at++;
      return decodeURIComponent(text.slice(from, at)).trim();
    };
    const many = (end, one) => {
      const found = [];
      for (at++; at < text.length && text[at] !== end;) {
        found.push(one());
        if (text[at] === ",") at++;
        else if (at < text.length && text[at] !== end) throw new Error(`unexpected ${text[at]}`);
      }
      at++;
      return found;
    };
    const pair = () => {
      const name = word();
      if (text[at++] !== "=") throw new Error(`${name || "a parameter"} has no value`);
      return [name, value()];
    };
    const value = () => {
      if (text[at] === "[") return many("]", value);
      const name = word();
      return text[at] === "(" ? { type: name, ...Object.fromEntries(many(")", pair)) } : name;
    };
    const found = value();
    if (at < text.length) throw new Error(`unexpected ${text[at]}`);
    if (typeof found === "string" || Array.isArray(found)) throw new Error(`${text} is no schedule`);
    return found;
  };

  const address = ({ schedules, last, iterations }) => [
    ...schedules.map(written),
    ...(last ? [`last=${written(last)}`] : []),
    ...(iterations ? [`iterations=${written(iterations)}`] : []),
  ].join("&");
  const hash = (state) => `#${address(state).replace(/[%[\]]/g, encodeURIComponent)}`;

  const readAddress = (text) => {
    const state = { schedules: [], last: "", iterations: "" };
    for (const part of text.split("&").filter(Boolean)) {
      const [, name, value] = /^(last|iterations)=(.*)$/.exec(part) ?? [];
      if (name) state[name] = decodeURIComponent(value);
      else state.schedules.push(read(part));
    }
    if (state.schedules.length > MOST) throw new Error(`more than ${MOST} schedules`);
    return state;
  };

  // Elements -------------------------------------------------------------------------------

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

  // Forms ----------------------------------------------------------------------------------

  // A slider that reaches as far as the number beside it.
  const slider = (name, input, [low, high, step]) => {
    const range = make("input", { type: "range", className: "form-range", min: low, max: high, step });
    range.setAttribute("aria-label", `${name}, slider`);
    const follow = () => {
      const value = Number(input.value);
      if (input.value.trim() === "") range.value = low;
      if (input.value.trim() === "" || !Number.isFinite(value)) return;
      const isFar = value > Number(range.max) || (value > 0 && value < high / 100 && step < 1);
      if (isFar) {
        const reach = 10 ** Math.ceil(Math.log10(value));
        range.max = reach;
        range.step = step < 1 ? reach / 100 : Math.max(1, reach / 100);
      }
      range.value = value;
    };
    follow();
    input.addEventListener("input", follow);
    range.addEventListener("input", () => {
      input.value = range.value;
      input.dispatchEvent(new Event("change"));
    });
    return range;
  };

  const control = (tree, name, parameter, changed) => {
    const given = tree[name] ?? parameter.default ?? "";
    const set = (text) => {
      const isList = parameter.list || text.includes(",");
      if (text === parameter.default) delete tree[name];
      else tree[name] = isList ? text.split(",").map((part) => part.trim()).filter(Boolean) : text;
      changed();
    };
    if (parameter.choices) {
      const names = parameter.choices.includes(given) ? parameter.choices : [given, ...parameter.choices];
      const select = make("select", { className: "form-select form-select-sm" }, ...options(names, given));
      select.onchange = () => set(select.value);
      return labelled(name, select);
    }
    const input = make("input", {
      type: "text", className: "form-control form-control-sm", spellcheck: false, autocomplete: "off",
      value: Array.isArray(given) ? given.map((item) => typeof item === "string" ? item : written(item)).join(", ") : given,
      placeholder: parameter.default === "" ? "automatic" : "",
    });
    input.oninput = input.onchange = () => set(input.value.trim());
    return labelled(name, input, parameter.slider && slider(name, input, parameter.slider));
  };

  // The parameters of a schedule; `replace` puts another tree, or a number, in its place.
  const form = (tree, path, { legend, number, changed, replace, tools = [] }) => {
    const isNumber = typeof tree === "string";
    const kind = isNumber ? "a number" : tree.type;
    const select = make("select", { className: "form-select form-select-sm" });
    if (number) select.append(...options(["a number"], kind));
    for (const [group, names] of Object.entries(explorer.menu)) {
      select.append(make("optgroup", { label: group }, ...options(Object.keys(names), kind)));
    }
    if (select.value !== kind) select.prepend(...options([kind], kind)); // an address may hold any
    select.onchange = () => replace(select.value === "a number" ? "0.1" : chosen(select.value, tree));
    const body = make("div", { className: "explorer-parameters" });
    const error = make("p", { className: "explorer-error", hidden: true });
    if (isNumber) {
      body.append(control({ rate: tree }, "rate", { slider: [0, 1, 0.01] }, () => {
        replace(body.querySelector("input").value.trim(), { isQuiet: true });
      }));
    } else {
      const known = entries[tree.type]?.parameters ?? {};
      const unknown = Object.keys(tree).filter((name) => name !== "type" && !(name in known));
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

  // A schedule of another kind keeps the values that both have.
  const chosen = (type, { type: _, ...given }) => {
    const { start, parameters } = entries[type];
    const kept = Object.entries(given).filter(([name, value]) =>
      name in parameters && typeof value === "string" && !Array.isArray(start[name]) && name !== "factor" && name !== "step");
    return structuredClone({ ...start, ...Object.fromEntries(kept) });
  };

  const nested = (parent, key, path, legend, changed, tools = []) => {
    const place = make("div", { className: "explorer-nested" });
    const draw = () => place.replaceChildren(form(parent[key], path, {
      legend, number: true, changed, tools,
      replace: (tree, { isQuiet = false } = {}) => {
        parent[key] = tree;
        if (!isQuiet) {
          draw();
          place.querySelector("select").focus();
        }
        changed();
      },
    }));
    draw();
    return place;
  };

  const nestedMany = (tree, name, path, changed) => {
    const place = make("div", { className: "explorer-many" });
    const draw = () => {
      place.replaceChildren(...tree[name].map((_, i) =>
        nested(tree[name], i, `${path}['${name}'][${i}]`, `${name}[${i}]`, changed, [
          button("Remove", () => { tree[name].splice(i, 1); draw(); changed(); },
            { "aria-label": `Remove ${name}[${i}]` }),
        ])), button("One more", () => { tree[name].push("0.1"); draw(); changed(); },
        { "aria-label": `One more in ${name}` }));
    };
    if (Array.isArray(tree[name])) draw();
    return [place];
  };

  // Errors ---------------------------------------------------------------------------------

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
    const names = controls.map((each) => each.dataset.name).join("|");
    const named = new RegExp(`\\b(${names || "$^"})\\b`).exec(text)?.[1];
    showError(controls.find((each) => each.dataset.name === named) ?? place, text);
  };

  const clearErrors = (root) => {
    for (const error of root.querySelectorAll(".explorer-error")) error.hidden = true;
    for (const input of root.querySelectorAll("[aria-invalid]")) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  };

  // The widget -----------------------------------------------------------------------------

  explorer.show = (widget) => {
    const one = (selector) => widget.querySelector(selector);
    const chart = one(".explorer-chart"), table = one(".explorer-table"), status = one("[role=status]");
    const isWhole = "whole" in widget.dataset; // a page of its own: its state is the address
    const state = readAddress(widget.dataset.schedules);
    const say = (text) => { if (status.textContent !== text) status.textContent = text; };
    let problem = "";
    const fromAddress = () => {
      if (!isWhole || !/\(|%28/.test(location.hash)) return;
      try {
        Object.assign(state, readAddress(decodeURIComponent(location.hash.slice(1))));
        problem = "";
      } catch (error) {
        problem = `The address cannot be read: ${error.message}. `;
      }
    };
    fromAddress();

    // The rate under the pointer.
    const marker = make("input", { type: "range", className: "form-range", min: 1, max: 1000, step: 1, value: 1 });
    const readout = make("output", { className: "explorer-readout",
      textContent: "Point at the curve, or move the slider, to read a rate." });
    let isMarked = false;
    const point = latest(async () => {
      const iteration = marker.value;
      const { shown, rates } = await ask({ schedules: state.schedules, last: "1", iterations: iteration });
      if (!rates) return;
      const told = shown.map((i, column) => `${state.schedules.length > 1 ? `${i + 1}: ` : ""}${rates[column][0]}`).join("; ");
      isMarked = true;
      readout.textContent = `Iteration ${iteration}: ${told}`;
      marker.setAttribute("aria-valuetext", readout.textContent);
      const line = chart.querySelector(".marker");
      const { left, right, last } = chart.firstElementChild.dataset;
      const x = Number(left) + (right - left) * iteration / last;
      line.setAttribute("transform", `translate(${x.toFixed(1)})`);
      line.removeAttribute("visibility");
    });
    const onPoint = () => point().catch(failed);
    marker.addEventListener("input", onPoint);
    chart.addEventListener("pointermove", (event) => {
      const svg = chart.firstElementChild, box = svg.getBoundingClientRect();
      const { left, right, last } = svg.dataset;
      const x = (event.clientX - box.left) * svg.viewBox.baseVal.width / box.width;
      marker.value = Math.round((x - left) / (right - left) * last);
      onPoint();
    });

    // The schedules.
    const cards = make("div", { className: "explorer-cards" });
    const card = (i) => {
      const place = make("div", { className: "explorer-card", data: { index: i } });
      const framework = make("select", { className: "form-select form-select-sm" },
        ...options(["Python", "PyTorch", "optax", "Keras", "JSON config"], "Python"));
      const code = make("pre");
      // Its box scrolls, since the theme decides which pre the keyboard reaches.
      const box = make("div", { className: "explorer-text", tabIndex: 0, role: "group",
        "aria-label": `Code of schedule ${i + 1}` }, code);
      place.showCode = () => { code.textContent = place.texts?.[framework.value] ?? ""; };
      framework.onchange = place.showCode;
      const copy = button("Copy", () => copied(copy, code), { "aria-label": `Copy the code of schedule ${i + 1}` });
      const draw = () => {
        const tree = state.schedules[i];
        place.replaceChildren(
          form(tree, "config", {
            legend: `Schedule ${i + 1}`, changed,
            replace: (other) => {
              state.schedules[i] = other;
              draw();
              place.querySelector("select").focus();
              changed();
            },
            tools: [
              button("Join a warm-up", () => {
                state.schedules[i] = structuredClone(
                  { ...entries.join.start, schedulers: [entries.join.start.schedulers[0], state.schedules[i]] });
                draw();
                changed();
              }, { "aria-label": `Join a warm-up before schedule ${i + 1}` }),
              isWhole && state.schedules.length > 1 && button("Remove", () => {
                state.schedules.splice(i, 1);
                drawCards();
                changed();
                add.focus();
              }, { "aria-label": `Remove schedule ${i + 1}` }),
            ],
          }),
          make("div", { className: "explorer-code" },
            make("div", { className: "explorer-tools" }, labelled("write it in", framework), copy,
              button("Download JSON", () => download(`${place.texts["JSON config"]}\n`, "application/json", "schedule.json"),
                { "aria-label": `Download JSON of schedule ${i + 1}` })), box),
        );
      };
      draw();
      return place;
    };
    const drawCards = () => {
      cards.replaceChildren(...state.schedules.map((_, i) => card(i)));
      add.disabled = state.schedules.length >= MOST;
    };
    const copied = async (from, code) => {
      try {
        await navigator.clipboard.writeText(code.textContent ?? code);
        from.textContent = "Copied";
      } catch {
        if (code.nodeType) getSelection().selectAllChildren(code);
        from.textContent = "Press Ctrl+C";
      }
      setTimeout(() => { from.textContent = from.dataset.text; }, 2000);
    };

    // The chart and the table.
    const last = make("input", { type: "text", className: "form-control form-control-sm", inputMode: "numeric", autocomplete: "off" });
    const iterations = make("input", { type: "text", className: "form-control form-control-sm", autocomplete: "off" });
    last.oninput = () => { state.last = last.value.trim(); changed(); };
    iterations.oninput = () => { state.iterations = iterations.value.trim(); changed(); };
    const settings = make("div", { className: "explorer-settings" },
      labelled("last iteration", last), labelled("iterations of the table", iterations));
    const add = button("Add a schedule", () => {
      const used = new Set(state.schedules.map(({ type }) => type));
      const type = Object.keys(entries).find((name) => !used.has(name));
      state.schedules.push(structuredClone(entries[type].start));
      drawCards();
      changed();
      cards.lastElementChild.querySelector("select").focus();
    });
    const link = button("Copy link", () => copied(link, new URL(hash(state), location.href).href));
    const svg = button("Download SVG", () => {
      const picture = chart.firstElementChild.cloneNode(true);
      picture.querySelector(".marker").remove();
      download(picture.outerHTML, "image/svg+xml", "schedules.svg");
    });
    const page = make("a", { textContent: "Open on a page of its own" });

    const answered = latest(async () => {
      const width = Math.min(560, Math.max(280, Math.floor(chart.clientWidth)));
      const told = await ask({ ...state, width });
      clearErrors(widget);
      if (told.chart) {
        chart.innerHTML = told.chart;
        marker.max = told.last;
        if (isMarked) onPoint();
      }
      if (told.table) table.innerHTML = told.table;
      chart.classList.toggle("stale", !told.chart);
      table.classList.toggle("stale", !told.table);
      last.placeholder = told.last ?? "";
      iterations.placeholder = (told.iterations ?? []).join(", ");
      told.schedules.forEach(({ error, path, code, config }, i) => {
        const place = cards.children[i];
        if (!place) return;
        if (error) showBeside(place, path, error);
        place.texts = error ? undefined : { ...code, "JSON config": config };
        place.showCode();
        for (const each of place.querySelectorAll(".explorer-code button")) each.disabled = Boolean(error);
      });
      const errors = told.schedules.flatMap(({ error }, i) => error ? [`Schedule ${i + 1}: ${error}.`] : []);
      for (const [name, input] of [["last", last], ["iterations", iterations]]) {
        if (!told.errors[name]) continue;
        showError(input.parentElement, told.errors[name]);
        errors.push(`${told.errors[name]}.`);
      }
      say(problem + (errors.join(" ") || "Computed by Python, in this page."));
    });
    const update = async () => {
      widget.setAttribute("aria-busy", "true");
      await answered();
      widget.removeAttribute("aria-busy");
    };
    const failed = (error) => {
      widget.removeAttribute("aria-busy");
      const why = error.message.replace(/\.+$/, "");
      say(`These are the values that the site was built with. They cannot be changed here: ${why}.`);
      for (const each of widget.querySelectorAll("fieldset, button, input")) each.disabled = true;
    };
    const changed = () => {
      if (isWhole) history.replaceState(null, "", hash(state));
      page.href = widget.dataset.page + hash(state);
      update().catch(failed);
    };

    const drawAll = () => {
      last.value = state.last;
      iterations.value = state.iterations;
      drawCards();
    };
    drawAll();
    page.href = widget.dataset.page + hash(state);
    chart.after(make("div", { className: "explorer-marker" }, labelled("iteration", marker), readout));
    chart.parentElement.after(make("div", { className: "explorer-schedules" }, cards,
      make("div", { className: "explorer-tools" }, isWhole && add, isWhole ? link : page, svg)));
    table.before(settings);
    if (isWhole) {
      addEventListener("hashchange", () => { fromAddress(); drawAll(); update().catch(failed); });
    }
    say("Python is starting. Until then, these are the values that the site was built with.");
    update().catch(failed);
  };
})();
