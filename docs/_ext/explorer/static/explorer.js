// An explorer. Python computes and draws what it shows (see page/answer.py); no script has a formula.
(() => {
  const { MOST, RequestError, button, chosen, clearErrors, download, entries, entry, find, form, hash, labelled,
    make, options, parseState, send, showError, showErrorAt } = explorer;

  // Runs the work now, and once more if it was called meanwhile; all callers wait for the last run.
  /** @param {() => Promise<void>} work */
  const latest = (work) => {
    let again = false;
    /** @type {Promise<void> | undefined} */
    let running;
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

  explorer.show = (widget) => {
    const chart = find(widget, ".explorer-chart"), table = find(widget, ".explorer-table");
    const status = find(widget, "[role=status]");
    const isWhole = "whole" in widget.dataset; // a page of its own: the URL holds its state
    const initial = () => parseState(widget.dataset.schedules ?? "");
    const state = initial();
    /** @param {string} text */
    const setStatus = (text) => { if (status.textContent !== text) status.textContent = text; };
    const built = status.textContent; // the status of the values that the build computed
    let problem = "", isComputed = false, isDragged = false, framework = "Python";
    const readHash = () => {
      if (!isWhole || (location.hash && !/\(|%28/.test(location.hash))) return;
      problem = "";
      Object.assign(state, initial());
      if (location.hash) try {
        Object.assign(state, parseState(decodeURIComponent(location.hash.slice(1))));
      } catch (error) {
        problem = `The address cannot be read: ${/** @type {Error} */ (error).message}. `;
      }
    };
    readHash();

    // The rate under the pointer.
    const marker = make("input", { type: "range", className: "form-range", min: 1, max: 1000, step: 1, value: 1 });
    const readout = make("output", { className: "explorer-readout",
      ariaLive: "off", textContent: "Point at the curve, or move the slider, to read a rate." });
    let isMarked = false;
    const picture = () => /** @type {SVGSVGElement} */ (find(chart, "svg"));
    const axis = () => {
      const { left, right, last } = picture().dataset;
      return { left: Number(left), perIteration: (Number(right) - Number(left)) / Number(last) };
    };
    const point = latest(async () => {
      const iteration = marker.value;
      const { valid, rates } = await send({ schedules: state.schedules, last: "1", iterations: iteration });
      if (!rates?.length) return;
      const texts = valid.map((i, column) => `${state.schedules.length > 1 ? `${i + 1}: ` : ""}${rates[column][0]}`);
      isMarked = true;
      readout.textContent = `Iteration ${iteration}: ${texts.join("; ")}`;
      marker.setAttribute("aria-valuetext", readout.textContent);
      const line = find(chart, ".marker");
      const { left, perIteration } = axis();
      line.setAttribute("transform", `translate(${(left + perIteration * Number(iteration)).toFixed(1)})`);
      line.removeAttribute("visibility");
    });
    const onPoint = () => point().catch(failed);
    marker.addEventListener("input", onPoint);
    /** @param {PointerEvent} event */
    const onPointer = (event) => {
      const box = picture().getBoundingClientRect(), { left, perIteration } = axis();
      const x = (event.clientX - box.left) * picture().viewBox.baseVal.width / box.width;
      marker.value = String(Math.round((x - left) / perIteration));
      onPoint();
    };
    chart.addEventListener("pointermove", onPointer);
    chart.addEventListener("pointerdown", onPointer);

    // The schedules.
    const cards = make("div", { className: "explorer-cards" });
    /** @type {ReturnType<typeof card>[]} */
    let drawnCards = [];
    /** @param {number} i */
    const card = (i) => {
      const place = make("div", { className: "explorer-card" }), memory = {};
      const select = make("select", { className: "form-select form-select-sm" },
        ...options(["Python", "PyTorch", "optax", "Keras", "JSON config"], framework));
      const code = make("pre");
      // Its box scrolls, since the theme decides which pre the keyboard reaches.
      const box = make("div", { className: "explorer-text", tabIndex: 0, role: "group",
        "aria-label": `Code of schedule ${i + 1}` }, code);
      const copy = button("Copy", () => copyText(copy, code.textContent, () => getSelection()?.selectAllChildren(code)),
        { disabled: true, "aria-label": `Copy the code of schedule ${i + 1}` });
      const json = button("Download JSON", () => download(`${texts?.["JSON config"]}\n`, "application/json", "schedule.json"),
        { disabled: true, "aria-label": `Download JSON of schedule ${i + 1}` });
      /** @type {Record<string, string> | undefined} */
      let texts;
      const drawCode = () => {
        framework = select.value;
        code.textContent = texts?.[framework] ?? "";
        copy.disabled = json.disabled = !texts;
      };
      select.onchange = drawCode;
      /** @param {typeof texts} current */
      const showCode = (current) => {
        texts = current;
        drawCode();
      };
      /** @type {FormSettings["replace"]} */
      const replace = (value, change) => {
        state.schedules[i] = /** @type {Schedule} */ (value); // the form of a card offers no number
        draw();
        find(place, "select").focus();
        changed(change);
      };
      const joined = () => button("Join a warm-up", () => replace(chosen("join", state.schedules[i])),
        { "aria-label": `Join a warm-up before schedule ${i + 1}` });
      const remove = () => button("Remove", () => {
        state.schedules.splice(i, 1);
        drawCards();
        changed();
        add.focus();
      }, { "aria-label": `Remove schedule ${i + 1}` });
      // Explains the focused parameter; hidden from screen readers, which read the control's title.
      const help = make("p", { className: "explorer-help", ariaHidden: "true" });
      place.addEventListener("focusin", (event) => {
        const target = /** @type {HTMLElement} */ (event.target);
        /** @type {HTMLElement | null} */
        const control = target.closest(".explorer-control");
        /** @type {HTMLElement | null | undefined} */
        const titled = control?.querySelector(":scope > [title]");
        help.textContent = titled?.title ? `${control?.dataset.name}: ${titled.title}` : "";
      });
      const draw = () => {
        const { type } = state.schedules[i], { parameters, reference } = entry(type);
        place.replaceChildren(
          form(state.schedules[i], "config", {
            legend: `Schedule ${i + 1}`, changed, replace, memory,
            tools: [
              isWhole && make("a", { href: `${widget.dataset.reference}${reference}`,
                textContent: "Reference", "aria-label": `Reference of ${type}` }),
              !("warmup_steps" in parameters) && joined(),
              isWhole && state.schedules.length > 1 && remove(),
            ],
          }),
          help, make("div", { className: "explorer-code" },
            make("div", { className: "explorer-tools" }, labelled("code for", select), copy, json), box),
        );
      };
      draw();
      return { place, showCode };
    };
    const drawCards = () => {
      drawnCards = state.schedules.map((_, i) => card(i));
      cards.replaceChildren(...drawnCards.map(({ place }) => place));
      add.disabled = state.schedules.length >= MOST;
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
      const type = Object.keys(entries).find((name) => !used.has(name)) ?? "linear";
      state.schedules.push(structuredClone(entries[type].start));
      drawCards();
      changed();
      find(cards, ":scope > :last-child select").focus();
    });
    const link = button("Copy link", () => {
      const text = new URL(hash(state), location.href).href;
      copyText(link, text, () => {
        const box = make("input", { className: "form-control form-control-sm", readOnly: true, value: text });
        box.setAttribute("aria-label", "Link");
        box.onblur = () => box.remove();
        link.after(box);
        box.select();
      });
    });
    const again = button("Start again", () => {
      Object.assign(state, initial());
      drawAll();
      changed();
    });
    const svg = button("Download SVG", () => {
      const copy = /** @type {SVGSVGElement} */ (picture().cloneNode(true));
      find(copy, ".marker").remove();
      download(copy.outerHTML, "image/svg+xml", "schedules.svg");
    });
    const page = make("a", { textContent: "Open on a page of its own" });

    let drawn = 0; // the width of the chart
    const compute = latest(async () => {
      drawn = width();
      // While a slider is dragged the y-axis stays, so that the curve visibly moves.
      const high = isDragged ? picture().dataset.high : "";
      const response = await send({ ...state, width: drawn, high });
      isComputed = true;
      clearErrors(widget);
      if (response.chart) {
        chart.innerHTML = response.chart;
        widget.style.setProperty("--explorer-chart", `${chart.offsetHeight}px`);
        marker.max = String(response.last);
        if (isMarked) onPoint();
      }
      if (response.table) table.innerHTML = response.table;
      chart.classList.toggle("stale", !response.chart);
      table.classList.toggle("stale", !response.table);
      last.placeholder = String(response.last ?? "");
      iterations.placeholder = (response.iterations ?? []).join(", ");
      response.schedules.forEach(({ error, path, code, config = "" }, i) => {
        if (!(i in drawnCards)) return; // it was removed meanwhile
        const { place, showCode } = drawnCards[i];
        if (error) showErrorAt(place, path, error);
        showCode(error ? undefined : { ...code, "JSON config": config });
      });
      const errors = response.schedules.flatMap(({ error }, i) => error ? [`Schedule ${i + 1}: ${error}.`] : []);
      for (const [input, error] of /** @type {const} */ ([
        [last, response.errors.last], [iterations, response.errors.iterations],
      ])) {
        if (!error) continue;
        showError(/** @type {HTMLElement} */ (input.parentElement), error);
        errors.push(`${error}.`);
      }
      setStatus(problem + (errors.join(" ") || "Computed by Python, in this page."));
    });
    const update = async () => {
      widget.setAttribute("aria-busy", "true");
      await compute();
      widget.removeAttribute("aria-busy");
    };
    /** @param {Error} error */
    const failed = (error) => {
      widget.removeAttribute("aria-busy");
      const why = error.message.replace(/\.+$/, "");
      if (error instanceof RequestError) {
        setStatus(`Python cannot compute this: ${why}.`);
        return;
      }
      setStatus(isComputed ? `The values cannot be changed any more: ${why}. Load the page again.`
        : `${built} They cannot be changed here: ${why}.`);
      /** @type {NodeListOf<HTMLInputElement>} */
      const controls = widget.querySelectorAll("fieldset, button, input");
      for (const control of controls) control.disabled = true;
    };
    // Browsers limit how often a page may change its URL, so a drag changes it once, at its end.
    // A URL that a link or Back sets in the meantime is left alone: `hashchange` will read it.
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let later;
    const writeHash = () => {
      page.href = widget.dataset.page + hash(state);
      if (!isWhole) return;
      const before = location.hash;
      clearTimeout(later);
      later = setTimeout(() => {
        if (location.hash === before) history.replaceState(null, "", hash(state));
      }, 250);
    };
    /** @type {OnChange} */
    const changed = (change) => {
      problem = "";
      isDragged = Boolean(change?.isDragged);
      update().catch(failed);
      writeHash();
    };

    const drawAll = () => {
      last.value = state.last;
      iterations.value = state.iterations;
      drawCards();
    };
    drawAll();
    page.href = widget.dataset.page + hash(state);
    chart.after(make("div", { className: "explorer-marker" }, labelled("iteration", marker), readout));
    chart.parentElement?.after(make("div", { className: "explorer-schedules" }, cards,
      make("div", { className: "explorer-tools" }, isWhole && add, isWhole ? link : page, svg, again)));
    table.before(settings);
    if (isWhole) {
      addEventListener("hashchange", () => {
        if (location.hash === hash(state)) return;
        readHash();
        drawAll();
        update().catch(failed);
        if (location.hash && !problem) writeHash();
      });
    }
    new ResizeObserver(() => { if (drawn && width() !== drawn) update().catch(failed); }).observe(chart);
    setStatus(`${built} Python is starting.`);
    update().catch(failed);
  };
})();
