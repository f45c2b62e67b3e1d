// The controls of an explorer. What they show is computed and drawn by Python (in_page); here
// are no formulas. A schedule is a tree: {type, name: value}, where a value is the text that the
// reader typed, a list of values, or another tree.
(() => {
  const { load, here } = window.explorer;
  const MOST = 6; // schedules in a chart
  const PATIENCE = 30_000; // milliseconds, for one answer
  const entries = Object.assign({}, ...Object.values(explorer.menu));
  const entry = (type) => Object.hasOwn(entries, type) ? entries[type] : { start: {}, parameters: {} };

  // Python ---------------------------------------------------------------------------------

  // Of one question; the next may be answered.
  const unanswered = (text) => Object.assign(new Error(text), { isOfQuestion: true });

  const inWorker = () => new Promise((resolve, reject) => {
    const waiting = new Map();
    const worker = new Worker(new URL("worker.js", here));
    worker.onerror = (event) => {
      event.preventDefault();
      const error = new Error(event.message || "the file worker.js is missing, or may not run");
      reject(error);
      for (const { fail } of waiting.values()) fail(error);
    };
    worker.onmessage = ({ data: { ready, failed, id, answer } }) => {
      if (ready) {
        let last = 0;
        resolve((question) => new Promise((done, fail) => {
          waiting.set(++last, { done, fail });
          worker.postMessage({ id: last, question });
          setTimeout(() => fail(new Error("Python gives no answer")), PATIENCE);
        }));
      } else if (id === undefined) {
        reject(new Error(failed));
      } else {
        const { done, fail } = waiting.get(id);
        waiting.delete(id);
        if (failed) fail(unanswered(failed)); else done(answer);
      }
    };
  });

  // A page that was opened from disk may not start a worker.
  const inPage = async () => {
    for (const name of ["brython.js", "python.js", "worker.js"]) await load(name);
    const python = startPython();
    return async (question) => {
      const { answer, failed } = python(question);
      if (failed) throw unanswered(failed);
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

  const encoded = (sign) => `%${sign.charCodeAt().toString(16).padStart(2, "0")}`;
  const written = (value) => {
    if (typeof value === "string") return value.replace(/[%()[\],=&#\s]/g, encoded);
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
  const hash = (state) => `#${address(state).replace(/[%[\]]/g, encoded)}`;

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
    const names = controls.map((each) => each.dataset.name);
    const named = text.match(/\w+/g).find((word) => names.includes(word));
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
    let problem = "", isComputed = false, isDragged = false, framework = "Python";
    const fromAddress = () => {
      if (!isWhole || (location.hash && !/\(|%28/.test(location.hash))) return;
      problem = "";
      Object.assign(state, readAddress(widget.dataset.schedules));
      if (location.hash) try {
        Object.assign(state, readAddress(decodeURIComponent(location.hash.slice(1))));
      } catch (error) {
        problem = `The address cannot be read: ${error.message}. `;
      }
    };
    fromAddress();

    // The rate under the pointer.
    const marker = make("input", { type: "range", className: "form-range", min: 1, max: 1000, step: 1, value: 1 });
    const readout = make("output", { className: "explorer-readout",
      ariaLive: "off", textContent: "Point at the curve, or move the slider, to read a rate." });
    let isMarked = false;
    const point = latest(async () => {
      const iteration = marker.value;
      const { shown, rates } = await ask({ schedules: state.schedules, last: "1", iterations: iteration });
      if (!rates?.length) return;
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
    const onPointer = (event) => {
      const svg = chart.firstElementChild, box = svg.getBoundingClientRect();
      const { left, right, last } = svg.dataset;
      const x = (event.clientX - box.left) * svg.viewBox.baseVal.width / box.width;
      marker.value = Math.round((x - left) / (right - left) * last);
      onPoint();
    };
    chart.addEventListener("pointermove", onPointer);
    chart.addEventListener("pointerdown", onPointer);

    // The schedules.
    const cards = make("div", { className: "explorer-cards" });
    const card = (i) => {
      const place = make("div", { className: "explorer-card" }), memory = {};
      const select = make("select", { className: "form-select form-select-sm" },
        ...options(["Python", "PyTorch", "optax", "Keras", "JSON config"], framework));
      const code = make("pre");
      // Its box scrolls, since the theme decides which pre the keyboard reaches.
      const box = make("div", { className: "explorer-text", tabIndex: 0, role: "group",
        "aria-label": `Code of schedule ${i + 1}` }, code);
      const copy = button("Copy", () => copied(copy, code.textContent, () => getSelection().selectAllChildren(code)),
        { disabled: true, "aria-label": `Copy the code of schedule ${i + 1}` });
      const json = button("Download JSON", () => download(`${texts["JSON config"]}\n`, "application/json", "schedule.json"),
        { disabled: true, "aria-label": `Download JSON of schedule ${i + 1}` });
      let texts;
      place.showTexts = (given = texts) => {
        texts = given;
        framework = select.value;
        code.textContent = texts?.[framework] ?? "";
        copy.disabled = json.disabled = !texts;
      };
      select.onchange = () => place.showTexts();
      const replace = (tree, how) => {
        state.schedules[i] = tree;
        draw();
        place.querySelector("select").focus();
        changed(how);
      };
      const joined = () => button("Join a warm-up", () => replace(chosen("join", state.schedules[i])),
        { "aria-label": `Join a warm-up before schedule ${i + 1}` });
      const remove = () => button("Remove", () => {
        state.schedules.splice(i, 1);
        drawCards();
        changed();
        add.focus();
      }, { "aria-label": `Remove schedule ${i + 1}` });
      // What the focused parameter is; on the other devices, a title tells it.
      const help = make("p", { className: "explorer-help", ariaHidden: "true" });
      place.addEventListener("focusin", ({ target }) => {
        const { name } = target.closest(".explorer-control")?.dataset ?? {};
        const text = target.title || target.previousElementSibling?.title;
        help.textContent = text ? `${name}: ${text}` : "";
      });
      const draw = () => {
        const { type } = state.schedules[i], method = ["clip", "shift", "stretch"].includes(type);
        const anchor = ["sum", "product"].includes(type) ? "Scheduler" : method ? `Scheduler.${type}` : type;
        place.replaceChildren(
          form(state.schedules[i], "config", {
            legend: `Schedule ${i + 1}`, changed, replace, memory,
            tools: [
              isWhole && make("a", { href: `${widget.dataset.reference}#lr_scheduler.${anchor}`,
                textContent: "Reference", "aria-label": `Reference of ${type}` }),
              !("warmup_steps" in entry(type).parameters) && joined(),
              isWhole && state.schedules.length > 1 && remove(),
            ],
          }),
          help, make("div", { className: "explorer-code" },
            make("div", { className: "explorer-tools" }, labelled("code for", select), copy, json), box),
        );
      };
      draw();
      return place;
    };
    const drawCards = () => {
      cards.replaceChildren(...state.schedules.map((_, i) => card(i)));
      add.disabled = state.schedules.length >= MOST;
    };
    const copied = async (from, text, select) => {
      try {
        await navigator.clipboard.writeText(text);
        from.textContent = "Copied";
        say("Copied.");
      } catch {
        select();
        from.textContent = "Press Ctrl+C";
        say("Selected, to be copied.");
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
    const width = () => Math.min(560, Math.max(280, Math.floor(chart.clientWidth)));
    const add = button("Add a schedule", () => {
      const used = new Set(state.schedules.map(({ type }) => type));
      const type = Object.keys(entries).find((name) => !used.has(name));
      state.schedules.push(structuredClone(entries[type].start));
      drawCards();
      changed();
      cards.lastElementChild.querySelector("select").focus();
    });
    const link = button("Copy link", () => {
      const text = new URL(hash(state), location.href).href;
      copied(link, text, () => {
        const box = make("input", { className: "form-control form-control-sm", readOnly: true, value: text });
        box.setAttribute("aria-label", "Link");
        box.onblur = () => box.remove();
        link.after(box);
        box.select();
      });
    });
    const again = button("Start again", () => {
      Object.assign(state, readAddress(widget.dataset.schedules));
      drawAll();
      changed();
    });
    const svg = button("Download SVG", () => {
      const picture = chart.firstElementChild.cloneNode(true);
      picture.querySelector(".marker").remove();
      download(picture.outerHTML, "image/svg+xml", "schedules.svg");
    });
    const page = make("a", { textContent: "Open on a page of its own" });

    let drawn = 0; // the width of the chart
    const answered = latest(async () => {
      drawn = width();
      // While a slider is dragged the axis stays, so that the curve is seen to move.
      const high = isDragged ? chart.firstElementChild.dataset.high : "";
      const told = await ask({ ...state, width: drawn, high });
      isComputed = true;
      clearErrors(widget);
      if (told.chart) {
        chart.innerHTML = told.chart;
        widget.style.setProperty("--explorer-chart", `${chart.offsetHeight}px`);
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
        place.showTexts(error ? null : { ...code, "JSON config": config });
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
      if (error.isOfQuestion) {
        say(`Python cannot compute this: ${why}.`);
        return;
      }
      say(isComputed ? `The values cannot be changed any more: ${why}. Load the page again.`
        : `These are the values that the site was built with. They cannot be changed here: ${why}.`);
      for (const each of widget.querySelectorAll("fieldset, button, input")) each.disabled = true;
    };
    // A browser refuses an address that changes with each move of a slider.
    let later;
    const keepAddress = () => {
      page.href = widget.dataset.page + hash(state);
      clearTimeout(later);
      if (isWhole) later = setTimeout(() => history.replaceState(null, "", hash(state)), 250);
    };
    const changed = (how) => {
      problem = "";
      isDragged = Boolean(how?.isDragged);
      update().catch(failed);
      keepAddress();
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
      make("div", { className: "explorer-tools" }, isWhole && add, isWhole ? link : page, svg, again)));
    table.before(settings);
    if (isWhole) {
      addEventListener("hashchange", () => {
        if (location.hash === hash(state)) return;
        fromAddress();
        drawAll();
        update().catch(failed);
        if (location.hash && !problem) keepAddress();
      });
    }
    new ResizeObserver(() => { if (drawn && width() !== drawn) update().catch(failed); }).observe(chart);
    say("Python is starting. Until then, these are the values that the site was built with.");
    update().catch(failed);
  };
})();
