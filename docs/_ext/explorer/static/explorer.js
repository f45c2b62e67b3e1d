// An explorer. Python computes and draws what it shows (see page/answer.py); no script has a formula.
(() => {
  const { MOST, RequestError, button, card, clearErrors, codePanel, entries, find, hash, labelled, latest, make, moved,
    numberOf, parseState, presets, savePicture, send, sentence, showError, swatch, view, withoutKnot } = explorer;
  const REST = 400; // milliseconds without a change, after which all is computed
  const DONE = 1000; // milliseconds without a change, after which the next one is another edit
  const WRITE = 250; // milliseconds without a change, after which the address follows
  const POINTS = 300; // of a curve that moves
  const LATE = 150; // milliseconds after which what was computed before looks outdated
  /** @type {Record<string, string>} */
  const AXES = { "": "iterations", epochs: "epochs", tokens: "tokens", percent: "percent" };
  /** @type {Record<string, string>} */
  const PER = { epochs: "iterations per epoch", tokens: "tokens per iteration" };

  explorer.show = (widget) => {
    const chart = find(widget, ".explorer-chart"), table = find(widget, ".explorer-table");
    const status = find(widget, "[role=status]");
    const isWhole = "whole" in widget.dataset; // a page of its own: the URL holds its state
    const initial = () => parseState(widget.dataset.schedules ?? "");
    const state = initial();
    /** @param {string} text */
    const setStatus = (text) => { if (status.textContent !== text) status.textContent = text; };
    const built = status.textContent; // the status of the values that the build computed
    let problem = "", isComputed = false;
    // The code stays for the framework chosen, unless the other state says another.
    /** @param {State} other */
    const assume = (other) => Object.assign(state, other, { code: other.code || state.code });
    const readHash = () => {
      if (!isWhole || (location.hash && !/\(|%28/.test(location.hash))) return;
      problem = "";
      assume(initial());
      if (location.hash) try {
        assume(parseState(decodeURIComponent(location.hash.slice(1))));
      } catch (error) {
        problem = `The address cannot be read: ${/** @type {Error} */ (error).message}. `;
      }
    };
    readHash();
    // What was computed for other schedules is not shown beside these controls.
    const isBuilt = hash({ ...state, code: "" }) === hash(initial());
    for (const place of [chart, table]) place.classList.toggle("unknown", !isBuilt);

    const names = () => state.schedules.map(({ type }, i) => `${i + 1} ${type}`);
    /** @param {number} iteration */
    const time = (iteration) => {
      const counted = onAxis(iteration);
      return `Iteration ${iteration.toLocaleString("en")}${counted && `, ${counted}`}`;
    };
    // What the x-axis counts at an iteration, where that is no iteration.
    /** @param {number} iteration */
    const onAxis = (iteration) => {
      const number = numberOf(state.per);
      if (state.x === "percent") return `${(100 * iteration / end).toFixed(1)} %`;
      if (!(number > 0)) return "";
      if (state.x === "epochs") return `epoch ${Number((iteration / number).toFixed(2))}`;
      const tokens = iteration * number;
      return state.x === "tokens" ? `${tokens.toLocaleString("en", { notation: "compact", maximumSignificantDigits: 3 })} tokens` : "";
    };
    // Iterations of what the x-axis counts: points move in steps of these.
    const unit = () => {
      const number = numberOf(state.per);
      if (!(number > 0)) return 1;
      return { epochs: number, tokens: 1 / number }[state.x] ?? 1;
    };
    const drawing = view(chart, {
      unit,
      ask: async (iteration) => {
        const { valid, short } = await send({ ...state, last: "1", iterations: String(iteration), want: ["table"] })
          .catch(() => ({ valid: [], short: [] }));
        return valid.map((index, column) => ({ index, rate: short?.[column]?.[0] ?? "" }));
      },
      move: (schedule, handle, to, change) => {
        moved(state.schedules[schedule], handle, to, (name, value) => cards[schedule].follow(handle.at, name, value));
        reach = Math.max(reach, drawing.last(), Math.ceil(to.t));
        if (state.last && reach > drawing.last()) last.value = state.last = String(reach);
        changed(change);
      },
      release: () => changed({ isDropped: true }),
      removeKnot: (schedule, handle) => {
        withoutKnot(state.schedules[schedule], handle);
        cards[schedule].draw();
        changed();
      },
    });

    // The schedules.
    const cardList = make("div", { className: "explorer-cards" });
    /** @type {Card[]} */
    let cards = [];
    const drawCards = () => {
      cards = state.schedules.map((_, i) => card(i, {
        schedule: () => state.schedules[i],
        store: (schedule) => { state.schedules[i] = schedule; },
        changed,
        refused: (error) => {
          code.panel.classList.add("stale");
          setStatus(`Schedule ${i + 1}: ${sentence(error)}`);
        },
        reference: isWhole ? widget.dataset.reference : undefined,
        remove: isWhole && state.schedules.length > 1 ? () => {
          for (const list of [state.schedules, right, committed]) list.splice(i, 1);
          drawCards();
          changed();
          add.focus();
        } : undefined,
      }));
      cardList.replaceChildren(...cards.map(({ place }) => place));
      cards.forEach(({ place }, i) => {
        place.classList.add(`colour-${i}`);
        place.addEventListener("focusin", () => drawing.raise(i));
      });
      add.disabled = state.schedules.length >= MOST;
      drawLegend();
    };
    const legend = make("p", { className: "explorer-legend", ariaHidden: "true" });
    const drawLegend = () => {
      legend.replaceChildren(...names().map((name, i) => make("span", {}, swatch(i), make("span", { textContent: name }))));
      legend.hidden = state.schedules.length < 2;
    };
    /**
     * @param {HTMLButtonElement} pressed
     * @param {string} text
     * @param {() => void} select where the browser refuses to copy
     */
    const copyText = async (pressed, text, select) => {
      try {
        await navigator.clipboard.writeText(text);
        pressed.textContent = "Copied";
        setStatus("Copied.");
      } catch {
        select();
        pressed.textContent = "Press Ctrl+C";
        setStatus("Selected, to be copied.");
      }
      setTimeout(() => { pressed.textContent = pressed.dataset.text ?? ""; }, 2000);
    };
    const code = codePanel(names, copyText, (framework) => {
      state.code = framework;
      write();
    });

    // The settings of chart and table.
    /**
     * @param {"last" | "iterations" | "per"} name
     * @param {object} properties
     */
    const setting = (name, properties = {}) => {
      const input = make("input", { type: "text", autocomplete: "off", spellcheck: false, ...properties });
      input.oninput = () => { state[name] = input.value.trim(); changed({ isTyped: true }); };
      return input;
    };
    const last = setting("last", { inputMode: "numeric" }), iterations = setting("iterations"), per = setting("per");
    const x = make("select", {}, ...Object.entries(AXES).map(([value, textContent]) => make("option", { value, textContent })));
    const y = make("select", {}, make("option", { value: "", textContent: "linear" }), make("option", { value: "log", textContent: "logarithmic" }));
    /** @type {Record<string, string>} */
    const pers = {};
    x.onchange = () => {
      pers[state.x] = state.per;
      state.x = x.value;
      state.per = pers[state.x] ?? "";
      drawSettings();
      changed();
    };
    y.onchange = () => { state.y = y.value; changed(); };
    const perControl = labelled("per", per), lastControl = labelled("last iteration", last), iterationsControl = labelled("iterations of the table", iterations);
    iterationsControl.classList.add("explorer-wide");
    const drawSettings = () => {
      last.value = state.last;
      iterations.value = state.iterations;
      per.value = state.per;
      x.value = state.x;
      y.value = state.y;
      code.choose(state.code);
      perControl.hidden = !(state.x in PER);
      find(perControl, "label").textContent = PER[state.x] ?? "";
    };
    const isExact = make("input", { type: "checkbox" });
    const drawDigits = () => {
      /** @type {NodeListOf<HTMLElement>} */
      const cells = table.querySelectorAll("td[data-exact]");
      for (const cell of cells) {
        cell.dataset.short ??= cell.textContent ?? "";
        cell.textContent = (isExact.checked ? cell.dataset.exact : cell.dataset.short) ?? "";
      }
    };
    isExact.onchange = drawDigits;

    // Buttons.
    const add = button("Add a schedule", () => {
      const used = new Set(state.schedules.map(({ type }) => type));
      const type = Object.keys(entries).find((name) => !used.has(name)) ?? "linear";
      state.schedules.push(structuredClone(entries[type].start));
      drawCards();
      changed();
      find(cardList, ":scope > :last-child select").focus();
    });
    const link = button("Copy link", () => {
      const text = new URL(hash(state), location.href).href;
      copyText(link, text, () => {
        const box = make("input", { readOnly: true, value: text });
        box.setAttribute("aria-label", "Link");
        box.onblur = () => box.remove();
        link.after(box);
        box.select();
      });
    });
    const again = button("Start again", () => replaceState(initial()));
    const svg = button("Download SVG", () => savePicture(state, "svg", document.body));
    const png = button("Download PNG", () => savePicture(state, "png", document.body));
    const page = make("a", { textContent: "Open on a page of its own" });
    const preset = make("select", {}, make("option", { value: "", textContent: "choose …" }),
      ...Object.entries(presets).map(([label, group]) => make("optgroup", { label },
        ...Object.entries(group).map(([textContent, [value, address]]) =>
          make("option", { value: hash(parseState(value)), textContent, data: { source: address } })))));
    const source = make("a", { textContent: "Source" });
    preset.onchange = () => {
      if (preset.value) replaceState(parseState(decodeURIComponent(preset.value.slice(1))));
      else drawPreset();
    };
    // A schedule is famous until something is changed.
    const drawPreset = () => {
      preset.value = hash({ ...state, code: "" });
      preset.selectedIndex = Math.max(0, preset.selectedIndex);
      const { text, dataset } = preset.selectedOptions[0];
      source.hidden = !preset.selectedIndex;
      source.href = dataset.source ?? "";
      source.setAttribute("aria-label", `Source of ${text}`);
    };
    /** @param {State} other */
    const replaceState = (other) => {
      assume(other);
      drawAll();
      changed();
    };

    // What the chart is drawn with: `right` are the schedules at rest, null where they are wrong,
    // and `committed` those before the edit, whose curves stay, faintly, while one is dragged or
    // is wrong.
    /** @type {(Schedule | null)[]} */
    let right = [];
    /** @type {typeof right} */
    let committed = [];
    let isDragged = false, isQuick = false, drawnWidth = 0;
    // During a drag, and after that of a point, the axes are kept as far as they show the curves.
    let isKept = false, reach = 0, end = 1; // iterations at the end of the axis, and of training
    const width = () => Math.min(760, Math.max(280, Math.floor(chart.clientWidth)));
    const height = () => Math.min(320, Math.max(130, Math.round(innerHeight * (innerWidth < 600 ? 0.2 : 0.3))));
    const compute = latest(async () => {
      drawnWidth = width();
      const wasQuick = isQuick, asked = structuredClone(state.schedules);
      const held = isKept ? { high: drawing.high(), reach: Math.max(reach, drawing.last()) } : {};
      const response = await send({ ...state, ...held, width: drawnWidth, height: height(),
        before: committed, isDragged, ...(wasQuick && { want: ["chart"], points: POINTS }) });
      isComputed = true;
      clearErrors(widget);
      if (response.chart) {
        const isCurrent = JSON.stringify(asked) === JSON.stringify(state.schedules);
        end = response.last;
        if (!isDragged) reach = 0;
        drawing.draw(response.chart, { handles: isCurrent ? response.handles : undefined, time });
        widget.style.setProperty("--explorer-chart", `${chart.offsetHeight}px`);
        chart.classList.remove("unknown");
        const counted = onAxis(end);
        find(lastControl, "label").textContent = counted ? `last iteration (${counted})` : "last iteration";
      }
      if (response.table) {
        table.innerHTML = response.table;
        table.classList.remove("unknown");
        drawDigits();
      }
      chart.classList.toggle("stale", !response.chart);
      table.classList.toggle("stale", wasQuick || !response.table);
      code.panel.classList.toggle("stale", wasQuick || Boolean(response.errors.last));
      if (!isDragged) last.placeholder = String(response.last ?? "");
      if (response.iterations) iterations.placeholder = response.iterations.join(", ");
      response.schedules.forEach((found, i) => cards[i]?.show(found)); // it may be removed meanwhile
      if (!wasQuick) {
        code.show(response.schedules.map(({ code: texts, config = "" }) => texts && { ...texts, "JSON config": config }));
        right = response.schedules.map(({ error }, i) => error ? null : asked[i]);
      }
      const errors = response.schedules.flatMap(({ error }, i) => error ? [`Schedule ${i + 1}: ${sentence(error)}`] : []);
      for (const [control, error] of /** @type {const} */ ([
        [lastControl, response.errors.last], [perControl, response.errors.per], [iterationsControl, response.errors.iterations],
      ])) {
        if (!error) continue;
        showError(error, control);
        errors.push(sentence(error));
      }
      setStatus(problem + (errors.join(" ") || "Computed by Python, in this page."));
    });
    let computing = 0;
    const showBusy = () => {
      if (computing || rest) widget.setAttribute("aria-busy", "true");
      else widget.removeAttribute("aria-busy");
    };
    const stale = () => { for (const place of [chart, table, code.panel]) place.classList.add("stale"); };
    /** @param {number} patience milliseconds until what is shown looks outdated */
    const update = async (patience = LATE) => {
      computing++;
      showBusy();
      const late = setTimeout(stale, patience);
      try {
        await compute();
      } catch (error) {
        failed(/** @type {Error} */ (error));
      }
      clearTimeout(late);
      computing--;
      showBusy();
    };
    /** @param {Error} error */
    const failed = (error) => {
      const why = sentence(error.message);
      stale();
      if (error instanceof RequestError) {
        setStatus(`Python cannot compute this: ${why}`);
        isQuick = false; // do not ask again when the change rests
        return;
      }
      setStatus(isComputed ? `The values cannot be changed any more: ${why} Load the page again.`
        : `${built} They cannot be changed here: ${why}`);
      /** @type {NodeListOf<HTMLInputElement>} */
      const controls = widget.querySelectorAll("fieldset, button, input, select, textarea");
      for (const control of controls) control.disabled = true;
    };

    // A change is drawn at once, with few points. When it rests, all is computed.
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let rest;
    /** @type {OnChange} */
    const changed = (change) => {
      problem = "";
      drawLegend();
      isDragged = Boolean(change?.isDragged);
      isKept = isDragged || Boolean(change?.isDropped);
      isQuick = Boolean(change?.isDragged || change?.isTyped);
      if (!isEditing) begin();
      clearTimeout(rest);
      clearTimeout(done);
      done = isDragged ? undefined : setTimeout(() => { isEditing = false; }, DONE);
      clearTimeout(writing);
      if (isNew) write();
      else writing = setTimeout(write, WRITE);
      drawPreset();
      rest = isDragged ? undefined : setTimeout(() => {
        rest = undefined;
        if (isQuick) {
          isQuick = false;
          update();
        }
        showBusy();
      }, REST);
      page.href = widget.dataset.page + hash(state);
      update(isQuick ? LATE : 0);
    };

    // An edit is a series of changes without a pause. Its first change adds an entry to the
    // browser's history, so that Back always undoes one edit; the others replace that. An edit of
    // what is wrong replaces the entry, too, so that undo leads from one right state to another.
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let done;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let writing;
    let isEditing = false, isNew = false, address = location.hash;
    const begin = () => {
      isEditing = true;
      isNew = !widget.querySelector("[aria-invalid]");
      committed = state.schedules.map((_, i) => right[i] ?? committed[i] ?? null);
    };
    // Another press, and another control, begin another edit.
    for (const kind of ["pointerdown", "focusin"]) widget.addEventListener(kind, () => {
      write();
      isEditing = false;
    }, true);
    // Gives the address the state. An address that a link or Back sets in the meantime is left
    // alone: `hashchange` will read it. A browser allows so many entries in a while.
    const write = () => {
      clearTimeout(writing);
      if (!isWhole || isDragged || location.hash !== address || hash(state) === address) return;
      if (isNew) history.pushState({ depth: depth() + 1 }, "", hash(state));
      else history.replaceState(history.state, "", hash(state));
      if (isNew) furthest = depth();
      isNew = false;
      address = location.hash;
      drawUndo();
    };

    // Undo and redo are the browser's Back and Forward.
    let furthest = 0;
    const depth = () => Number(history.state?.depth ?? 0);
    const undo = button("Undo", () => { write(); history.back(); }), redo = button("Redo", () => history.forward());
    const drawUndo = () => {
      undo.disabled = depth() === 0;
      redo.disabled = depth() >= furthest;
    };
    furthest = depth();
    drawUndo();

    const drawAll = () => {
      drawSettings();
      drawCards();
      drawPreset();
    };
    drawAll();
    page.href = widget.dataset.page + hash(state);
    /**
     * @param {string} place
     * @param {string} selector
     */
    const jump = (place, selector) => button(place, () => find(widget, selector).focus(),
      { className: "explorer-jump", "aria-label": `Go to the ${place}` });
    if (isWhole) chart.before(make("div", { className: "explorer-jumps" }, make("span", { textContent: "Go to" }),
      jump("controls", ".explorer-card select"), jump("code", ".explorer-text"), jump("table", ".explorer-table")));
    chart.before(make("div", { className: "explorer-tools" },
      isWhole && labelled("famous schedule", preset), isWhole && source, isWhole && undo, isWhole && redo, isWhole ? link : page, again), legend);
    chart.after(drawing.marker, make("div", { className: "explorer-settings" },
      labelled("x-axis", x), perControl, lastControl, labelled("y-axis", y)));
    find(widget, ".explorer-main").after(make("div", { className: "explorer-schedules" }, cardList,
      make("div", { className: "explorer-tools" }, isWhole && add, svg, png)));
    table.before(code.panel, make("div", { className: "explorer-settings" }, iterationsControl,
      labelled("all digits", isExact)));
    if (isWhole) {
      history.scrollRestoration = "manual"; // undo does not move the page
      addEventListener("hashchange", () => {
        drawUndo();
        address = location.hash;
        if (address === hash(state)) return;
        for (const timer of [done, rest, writing]) clearTimeout(timer);
        rest = undefined;
        isEditing = false;
        readHash();
        drawAll();
        isDragged = isQuick = isKept = isNew = false;
        update(0);
        if (address && !problem) write();
      });
    }
    new ResizeObserver(() => { if (drawnWidth && width() !== drawnWidth) update(); }).observe(chart);
    setStatus(`${built} Python is starting.`);
    if (!isBuilt) setStatus("Python is starting, to compute these schedules.");
    update();
  };
})();
