// The lab: three schedules at most, whose rates Python computes, and the panels that train with them.
(() => {
  const { button, encode, find, hash, latest, make, moved, parseState, send, view, withoutKnot } = explorer;
  const LENGTH = 1000, MOST = 3, REST = 300; // iterations, schedules, milliseconds until a change can be undone
  const MARGIN = 60; // iterations from an end of the chart, within which a stroke goes on to the end
  const STEP = 5; // iterations between the rates that Python computes while a schedule is dragged
  const KNOTS = 20, BATCH = 6, ENOUGH = 1e-6; // of "Improve it": milliseconds of steps until they are drawn, the gain that ends them
  const ITERATIONS = Float64Array.from({ length: LENGTH }, (_, k) => k + 1);
  const STARTING = "Python is starting, to compute the learning rates.";
  const PEAK = 3e-4, WARMUP = 2160; // of the runs that the law was fitted to
  const NUMBERS = /** @type {const} */ (["peak", "noise", "curvature", "netPeak", "scale", "seed", "length", "exercise"]);
  const INITIAL = { peak: 1, noise: 0.3, curvature: 1, netPeak: 0.04, scale: 1, seed: 0, length: 24000, exercise: 0, size: "400M" };

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
    const state = { ...INITIAL, schedules: [], changed: () => changed() };
    /** @type {string[]} */
    let labels = [];
    /** @param {string} fragment */
    const read = (fragment) => {
      const parts = fragment.split("&"), own = /^(\w+)=(.*)$/;
      const schedules = parseState(parts.filter((part) => !own.test(part)).join("&")).schedules.slice(0, MOST);
      const numbers = parts.flatMap((part) => {
        const [, name, value] = part.match(own) ?? [];
        return name in INITIAL ? [[name, name === "size" ? value : Number(value)]] : [];
      });
      Object.assign(state, INITIAL, Object.fromEntries(numbers), { schedules: schedules.length ? schedules : parseState(start).schedules });
      labels = state.schedules.map(named);
    };
    const address = () => {
      const parts = [hash({ ...parseState(""), schedules: state.schedules })];
      for (const name of [...NUMBERS, /** @type {const} */ ("size")]) if (state[name] !== INITIAL[name]) parts.push(`${name}=${state[name]}`);
      return parts.join("&");
    };

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
    /** @type {Point | undefined} */
    let pen;
    /** @type {Float64Array} */
    let heights = new Float64Array(LENGTH);
    const pointAt = (/** @type {PointerEvent} */ event) => {
      const { t, rate } = drawing.at(event);
      return { t: Math.round(Math.max(1, Math.min(LENGTH, t))), rate: Math.max(0, rate) };
    };
    chart.addEventListener("pointerdown", (event) => {
      if (drawn < 0) return;
      event.preventDefault();
      chart.setPointerCapture(event.pointerId);
      heights = Float64Array.from(curves[drawn] ?? []);
      if (heights.length !== LENGTH) heights = new Float64Array(LENGTH);
      pen = pointAt(event);
      if (pen.t < MARGIN) lab.stroke(heights, { t: 1, rate: pen.rate }, pen);
    });
    chart.addEventListener("pointermove", (event) => {
      if (drawn < 0 || !pen) return;
      const to = pointAt(event);
      lab.stroke(heights, pen, to);
      pen = to;
      state.schedules[drawn] = lab.knots(heights);
      labels[drawn] = lab.names.DRAWN;
      changed({ isDragged: true });
    });
    chart.addEventListener("lostpointercapture", () => {
      if (!pen) return;
      if (pen.t > LENGTH - MARGIN) {
        lab.stroke(heights, pen, { t: LENGTH, rate: pen.rate });
        state.schedules[drawn] = lab.knots(heights);
      }
      pen = undefined;
      changed();
    });
    /** @param {number} i */
    const drawWith = (i) => {
      drawn = drawn === i ? -1 : i;
      rows.forEach((row, index) => row.isDrawing(index === drawn));
      chart.classList.toggle("lab-drawing", drawn >= 0);
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
      list.replaceChildren(...rows.map((row) => row.place));
      add.disabled = rows.length >= MOST;
      add.title = add.disabled ? `${MOST} schedules at most: remove one first` : "";
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
        await navigator.clipboard.writeText(new URL(address(), location.href).href);
        link.textContent = "Copied";
      } catch {
        history.replaceState(history.state, "", address());
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
      draw(JSON.stringify(asked) === JSON.stringify(state.schedules));
      for (const panel of panels) panel.show(curves, wasDragged);
      lesson.show();
      place.removeAttribute("aria-busy");
      if (status.textContent === STARTING) status.textContent = "";
    });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let rest;
    /** @type {HTMLButtonElement | undefined} the button whose steps are being made; any change ends these */
    let improved;
    /** @type {OnChange} */
    const changed = (change) => {
      isDragged = Boolean(change?.isDragged);
      improved = undefined;
      place.setAttribute("aria-busy", "true");
      clearTimeout(rest);
      if (!isDragged) rest = setTimeout(() => {
        if (location.hash !== address()) history.pushState(null, "", address());
      }, REST);
      for (const each of document.querySelectorAll(".lab-improve")) each.dispatchEvent(new Event("lab-names"));
      compute().catch((error) => {
        status.textContent = `Python cannot compute this: ${error.message}.`;
        place.removeAttribute("aria-busy");
      });
    };

    // Gradient steps on the knots of a schedule; each is drawn, and its rates are asked from Python.
    /** @type {Improve} */
    const improve = async (objective, i, { press, status: said }) => {
      const wasMine = improved === press;
      improved = wasMine ? undefined : press;
      if (wasMine) return; // "Stop" was pressed; another button stops this one, and starts
      press.textContent = "Stop";
      const constants = lab.laws[state.size];
      const isLaw = objective === "law", length = isLaw ? state.length : LENGTH, warmup = isLaw ? WARMUP : 0;
      const shares = Array.from({ length: KNOTS }, (_, k) => (warmup + (length - warmup) * k / (KNOTS - 1)) / length);
      const steps = lab.improve({ objective, length, warmup, peak: isLaw ? PEAK : state.peak, problem: { noise: state.noise, curvature: state.curvature },
        constants, knots: shares.map((share) => Math.min(1, curves[i]?.[Math.max(0, Math.round(share * LENGTH) - 1)] ?? 1)) });
      let loss = NaN;
      while (improved === press) {
        const before = loss, until = performance.now() + BATCH;
        /** @type {Improved | undefined} */
        let found;
        for (let next = steps.next(); !next.done; next = steps.next()) {
          found = next.value;
          if (performance.now() > until) break;
        }
        if (!found || before - found.loss < ENOUGH) break;
        const { step, times, knots } = found;
        loss = found.loss;
        state.schedules[i] = { type: "PiecewiseScheduler", boundaries: [...times].map((t) => String(Math.round(t / length * LENGTH))), values: [...knots].map((each) => String(Number(each.toFixed(3)))) };
        labels[i] = lab.names.DRAWN;
        said.textContent = `Step ${step}: loss ${lab.short(loss, 4)}.`;
        isDragged = true;
        await compute();
        await new Promise(requestAnimationFrame);
      }
      if (improved === press) improved = undefined;
      press.textContent = "Improve it";
      const what = objective === "law" ? `the law for ${state.size} parameters and ${state.length.toLocaleString("en")} updates`
        : `the noisy quadratic (peak ${state.peak}, noise ${state.noise}, curvature ${state.curvature})`;
      said.textContent = `Fitted to ${what}: loss ${lab.short(loss, 4)}. Under another problem it may be worse.`;
      changed();
    };

    // A line across the schedules, at the iteration that a panel shows.
    /** @param {number} iteration */
    const mark = (iteration) => {
      const svg = find(chart, "svg"), line = find(svg, ".marker"), { left, right } = svg.dataset;
      line.setAttribute("transform", `translate(${Number(left) + (Number(right) - Number(left)) * iteration / LENGTH})`);
      line.removeAttribute("visibility");
    };
    const context = { names, improve, mark, finished: () => lesson.show() };
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
      try {
        const fragment = location.hash.slice(1);
        read(decodeURIComponent(/[(=]|%28/.test(fragment) ? fragment : ""));
      } catch (error) {
        status.textContent = `The address cannot be read: ${/** @type {Error} */ (error).message}.`;
        read("");
      }
      drawPanels();
      lesson = lab.lesson(state, { panels, shapes, curves: () => curves, begin: (schedules, settings) => {
        Object.assign(state, INITIAL, { exercise: state.exercise }, settings, { schedules });
        labels = schedules.map(named);
        drawPanels();
        changed();
      } });
      changed();
    };
    place.classList.add("explorer");
    chart.after(status, make("div", { className: "explorer-tools" }, add, again, link), list);
    addEventListener("popstate", restore);
    new ResizeObserver(() => {
      draw(true);
      for (const panel of panels) panel.redraw();
    }).observe(chart);
    status.textContent = STARTING;
    restore();
  };
})();
