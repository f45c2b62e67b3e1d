// The lab: three schedules at most, whose rates Python computes, and the panels that train with them.
(() => {
  const { button, encode, find, latest, make, moved, parseState, send, view, withoutKnot } = explorer;
  const LENGTH = 1000, REST = 300; // iterations, milliseconds until a change can be undone
  const STEP = 5; // iterations between the rates that Python computes while a schedule is dragged
  const ITERATIONS = Float64Array.from({ length: LENGTH }, (_, k) => k + 1);
  const IS_STATE = /[(=]|%28/; // a fragment that is not the name of a section
  const STARTING = "Python is starting, to compute the learning rates.";

  // The rates of all iterations; of rates in steps, each holds for the iterations around it.
  /** @type {(rates: number[], step: number) => Float64Array} */
  const held = (rates, step) => Float64Array.from({ length: rates.length && LENGTH }, (_, k) => rates[Math.min(Math.round(k / step), rates.length - 1)]);

  lab.start = () => {
    const place = find(document, ".lab-schedules"), { shapes: text = "{}", start = "", explore = "" } = place.dataset;
    /** @type {Record<string, string>} */
    const shapes = JSON.parse(text);
    const chart = find(place, ".explorer-chart"), status = find(place, ".lab-status");
    const names = () => state.schedules.map((_, i) => `${i + 1} ${labels[i]}`);
    /** @param {Schedule} schedule */
    const named = (schedule) => Object.keys(shapes).find((name) => encode(parseState(shapes[name]).schedules[0]) === encode(schedule))
      ?? (schedule.type === "PiecewiseScheduler" ? lab.names.DRAWN : lab.names.OWN);
    /** @type {LabState} */
    const state = { ...lab.INITIAL, schedules: [], changed: () => changed() };
    /** @type {string[]} */
    let labels = [];

    // The chart, whose points can be moved, and on which a schedule can be drawn.
    let drawn = -1, isDragged = false;
    const drawing = view(chart, {
      unit: () => 1,
      ask: async (iteration) => curves.map((curve, index) => ({ index, rate: lab.short(curve[iteration - 1] ?? NaN, 6) })),
      move: (i, handle, to, change) => {
        moved(state.schedules[i], handle, to);
        labels[i] = named(state.schedules[i]);
        changed(change);
      },
      release: () => changed(),
      removeKnot: (i, knot) => {
        withoutKnot(state.schedules[i], knot);
        changed();
      },
    });
    const hold = lab.pen(chart, {
      at: drawing.at,
      heights: () => curves[drawn]?.length ? curves[drawn].slice() : new Float64Array(LENGTH),
      draw: (schedule) => {
        state.schedules[drawn] = schedule;
        labels[drawn] = lab.names.DRAWN;
        changed({ isDragged: true });
      },
      lift: () => changed(),
    });
    /** @param {number} i */
    const drawWith = (i) => {
      drawn = drawn === i ? -1 : i;
      rows.forEach((row, index) => row.isDrawing(index === drawn));
      hold(drawn >= 0);
      status.textContent = drawn < 0 ? "" : `Draw schedule ${i + 1} on the chart, in as many strokes as you like. Then press "Draw it" again.`;
    };

    // The schedules.
    /** @type {Row[]} */
    let rows = [];
    const list = make("div", { className: "lab-rows" });
    const drawRows = () => {
      rows = state.schedules.map((_, i) => lab.row(i, { shapes, length: LENGTH, explore,
        schedule: () => state.schedules[i],
        name: () => labels[i],
        replace: (schedule, label) => {
          state.schedules[i] = schedule;
          labels[i] = label;
          changed();
        },
        draw: () => drawWith(i),
        remove: state.schedules.length > 1 ? () => {
          state.schedules.splice(i, 1);
          labels.splice(i, 1);
          if (drawn >= 0) drawWith(drawn);
          drawRows();
          changed();
          add.focus();
        } : undefined }));
      rows.forEach((row, i) => row.place.addEventListener("focusin", () => drawing.raise(i)));
      list.replaceChildren(...rows.map((row) => row.place));
      add.disabled = rows.length >= lab.MOST;
      add.title = add.disabled ? `${lab.MOST} schedules at most: remove one first` : "";
    };
    const add = button("Add a schedule", () => {
      const name = Object.keys(shapes).find((each) => !labels.includes(each)) ?? "cosine";
      state.schedules.push(parseState(shapes[name]).schedules[0]);
      labels.push(name);
      drawRows();
      changed();
    });
    const again = button("Start again", () => { location.hash = ""; restore(); });
    const link = button("Copy link", async () => {
      try {
        await navigator.clipboard.writeText(new URL(lab.address(state), location.href).href);
        link.textContent = "Copied";
      } catch {
        history.replaceState(history.state, "", lab.address(state));
        link.textContent = "The address is the link";
      }
      setTimeout(() => { link.textContent = link.dataset.text ?? ""; }, 2000);
    });

    // What is computed, and who is shown it. Python is asked for the schedules that changed.
    /** @type {{ text: string, step: number, sample: Sample, curve: Float64Array }[]} */
    let samples = [];
    let curves = samples.map(({ curve }) => curve);
    const draw = (/** @type {boolean} */ isCurrent) => {
      const width = Math.min(1100, Math.max(280, chart.clientWidth)), height = Math.round(Math.min(150, innerHeight * 0.16));
      const high = Math.max(1, ...curves.map((curve) => curve.reduce((a, b) => Math.max(a, b), 0)));
      drawing.draw(lab.plot({ width, height, x: [0, LENGTH], y: [0, high], xName: "iteration", label: names().join(", "),
        lines: curves.map((y, colour) => ({ x: ITERATIONS, y, colour, dash: lab.DASHES[colour] })) }),
      { time: (t) => `Iteration ${t}`, handles: isCurrent ? samples.map(({ sample }) => sample.handles ?? []) : undefined });
    };
    const compute = latest(async () => {
      const asked = structuredClone(state.schedules), wasDragged = isDragged;
      const found = [];
      for (const [i, schedule] of asked.entries()) {
        const step = wasDragged ? STEP : 1;
        const text = JSON.stringify(schedule), known = samples.find((each) => each.text === text && each.step <= step);
        const sample = known?.sample ?? await send({ sample: schedule, length: LENGTH, step });
        found.push(known ?? { text, step, sample, curve: held(sample.rates ?? [], step) });
        rows[i]?.show(sample);
      }
      samples = found;
      curves = samples.map(({ curve }) => curve);
      const isCurrent = JSON.stringify(asked) === JSON.stringify(state.schedules);
      draw(isCurrent);
      for (const panel of panels) panel.show(curves, wasDragged);
      lesson.show();
      if (isCurrent && wasDragged === isDragged) place.removeAttribute("aria-busy");
      if (status.textContent === STARTING) status.textContent = "";
    });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let rest;
    /** @type {OnChange} */
    const changed = (change) => {
      isDragged = Boolean(change?.isDragged);
      context.improving = undefined;
      place.setAttribute("aria-busy", "true");
      clearTimeout(rest);
      if (!isDragged) rest = setTimeout(() => {
        if (location.hash !== lab.address(state)) history.pushState(null, "", lab.address(state));
      }, REST);
      for (const each of document.querySelectorAll(".lab-improve")) each.dispatchEvent(new Event("lab-names"));
      compute().catch((error) => {
        status.textContent = `Python cannot compute this: ${error.message}.`;
        place.removeAttribute("aria-busy");
      });
    };

    // A line across the schedules, at the iteration that a panel shows.
    /** @param {number} iteration */
    const mark = (iteration) => {
      const svg = find(chart, "svg"), line = find(svg, ".marker"), { left, right } = svg.dataset;
      line.setAttribute("transform", `translate(${Number(left) + (Number(right) - Number(left)) * iteration / LENGTH})`);
      line.removeAttribute("visibility");
    };
    /** @type {Context} */
    const context = { names, mark,
      heights: (i) => curves[i]?.length ? curves[i] : new Float64Array(LENGTH).fill(1),
      follow: (i, schedule) => {
        state.schedules[i] = schedule;
        labels[i] = lab.names.DRAWN;
        isDragged = true;
        return compute();
      },
      finished: () => lesson.show() };
    /** @type {Panel[]} */
    const panels = [];
    /** @type {Lesson} */
    let lesson;
    const drawPanels = () => {
      drawRows();
      panels.splice(0, Infinity, lab.noise(state, context), lab.training(state, context), lab.prediction(state, context));
    };
    // Shows what the address says.
    const restore = () => {
      const fragment = location.hash.slice(1);
      const first = { ...lab.INITIAL, schedules: parseState(start).schedules };
      try {
        const found = IS_STATE.test(fragment) ? lab.read(decodeURIComponent(fragment)) : first;
        Object.assign(state, found, found.schedules.length ? {} : { schedules: first.schedules });
      } catch (error) {
        status.textContent = `The address cannot be read: ${/** @type {Error} */ (error).message}.`;
        Object.assign(state, first);
      }
      labels = state.schedules.map(named);
      drawPanels();
      lesson = lab.lesson(state, { panels, shapes, curves: () => curves, begin: (schedules, settings) => {
        Object.assign(state, lab.INITIAL, { exercise: state.exercise }, settings, { schedules });
        labels = schedules.map(named);
        drawPanels();
        changed();
      } });
      changed();
    };
    place.classList.add("explorer");
    chart.after(status, make("div", { className: "explorer-tools" }, add, again, link), list);
    addEventListener("popstate", () => { if (!location.hash || IS_STATE.test(location.hash)) restore(); });
    new ResizeObserver(() => {
      draw(true);
      for (const panel of panels) panel.redraw();
    }).observe(chart);
    status.textContent = STARTING;
    restore();
  };
})();
