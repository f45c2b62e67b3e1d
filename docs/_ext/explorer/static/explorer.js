// An explorer: what it shows is computed and drawn by Python (the package page); here are no formulas.
(() => {
  const { MOST, ask, button, chosen, clearErrors, download, entries, entry, form, hash, labelled, make,
    options, readAddress, showBeside, showError } = explorer;

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

  explorer.show = (widget) => {
    const one = (selector) => widget.querySelector(selector);
    const chart = one(".explorer-chart"), table = one(".explorer-table"), status = one("[role=status]");
    const isWhole = "whole" in widget.dataset; // a page of its own: its state is the address
    const state = readAddress(widget.dataset.schedules);
    const say = (text) => { if (status.textContent !== text) status.textContent = text; };
    const built = status.textContent; // what it says of the values that are there already
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
        const { type } = state.schedules[i], { anchor, parameters } = entry(type);
        place.replaceChildren(
          form(state.schedules[i], "config", {
            legend: `Schedule ${i + 1}`, changed, replace, memory,
            tools: [
              isWhole && anchor && make("a", { href: `${widget.dataset.reference}#${anchor}`,
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
        : `${built} They cannot be changed here: ${why}.`);
      for (const each of widget.querySelectorAll("fieldset, button, input")) each.disabled = true;
    };
    // A browser refuses an address that changes with each move of a slider. One that is set in
    // the meantime, by a link or by Back, is about to be read.
    let later;
    const keepAddress = () => {
      page.href = widget.dataset.page + hash(state);
      if (!isWhole) return;
      const before = location.hash;
      clearTimeout(later);
      later = setTimeout(() => {
        if (location.hash === before) history.replaceState(null, "", hash(state));
      }, 250);
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
    say(`${built} Python is starting.`);
    update().catch(failed);
  };
})();
