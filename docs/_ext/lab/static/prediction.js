// The multi-power law: the loss that it predicts for a language model, beside what was measured.
(() => {
  const { labelled, make } = explorer;
  const WARMUP = lab.WARMUP = 2160; // updates, of all runs that the law was fitted to
  const NEAR = [0.9, 1.1]; // heights of the peak for which the law answers
  /** @type {Record<string, string>} */
  const RUNS = { constant: "constant", cosine: "cosine to 3e-5", wsd: "WSD, exponential decay", wsdld: "WSD, linear decay" };
  const LATEST = 0.98; // part of training after which the rate may be 0
  const EVERY = 8; // samples between the losses that are drawn
  const CLOSEST = 6000; // update from which the losses are drawn

  // A shape as the runs had it: below their warm-up, which rises to height 1.
  /** @type {(heights: Float64Array, length: number) => Float64Array} */
  const warmed = (heights, length) => heights.map((height, k) => Math.min(height, (k + 1) * length / heights.length / WARMUP));

  /** @type {Lab["prediction"]} */
  lab.prediction = (state, context) => {
    const place = lab.place("law"), { names } = context;
    const size = make("select", {}, ...Object.keys(lab.laws).map((value) => make("option", { value, textContent: `${value} parameters` })));
    const length = make("select", {}, ...lab.LENGTHS.map((value) => make("option", { value: String(value), textContent: value.toLocaleString("en") })));
    size.value = state.size;
    length.value = String(state.length);
    const chart = make("div", { className: "lab-chart" }), table = make("div");
    const message = make("p", { className: "lab-message", role: "status" });
    /** @type {Float64Array[]} */
    let curves = [];
    /** @type {number[]} */
    let ends = [];
    // A curve that has not changed is not predicted again.
    /** @type {Map<string, { curve: Float64Array, times: Float64Array, losses: Float64Array }>} */
    const known = new Map();
    /** @type {(curve: Float64Array, updates: number, model: string) => { times: Float64Array, losses: Float64Array }} */
    const predicted = (curve, updates, model) => {
      const key = `${updates} ${model} ${curves.indexOf(curve)}`, old = known.get(key);
      if (old?.curve === curve) return old;
      const { times, rates } = lab.samples(warmed(curve, updates), { length: updates });
      const losses = lab.law(times, rates, lab.laws[model], EVERY), first = (times.length - 1) % EVERY;
      const found = { curve, times: losses.map((_, n) => times[first + n * EVERY]), losses };
      known.set(key, found);
      return found;
    };
    const draw = () => {
      const { measured, error, L0 } = lab.laws[size.value];
      const updates = Number(length.value), lines = [], problems = [], rows = [], bars = [];
      ends = [];
      for (const [i, curve] of curves.entries()) {
        const highest = curve.reduce((a, b) => Math.max(a, b), 0);
        const isNear = highest >= NEAR[0] && highest <= NEAR[1], stops = curve.indexOf(0);
        if (!curve.length || !isNear || (stops >= 0 && stops < curve.length * LATEST)) {
          if (curve.length) problems.push(isNear ? `${names()[i]}: its rate is 0 from iteration ${stops + 1} on, and the law knows runs that train to the end only: no number.`
            : `${names()[i]}: its peak is ${lab.short(highest)} of 3e-4, and the law knows peaks near 3e-4 only: no number.`);
          ends.push(NaN);
          rows.push({ colour: i, cells: [names()[i], "no number", ""], loss: Infinity });
          continue;
        }
        const { times, losses } = predicted(curve, updates, state.size);
        const end = losses.at(-1) ?? NaN;
        ends.push(end);
        lines.push({ x: times, y: losses, colour: i, dash: lab.DASHES[i] });
        bars.push({ from: end - error, to: end + error, colour: i });
        rows.push({ colour: i, cells: [names()[i], `${end.toFixed(3)} ± ${error.toFixed(3)}`, ""], loss: end });
      }
      for (const [run, { loss, predicted, iteration }] of Object.entries(measured)) {
        if (Math.abs(iteration - updates) < 200) rows.push({ cells: [`measured: ${RUNS[run.replace(/(_\d+)+$/, "")] ?? run}`, predicted.toFixed(3), loss.toFixed(3)], loss });
      }
      rows.sort((a, b) => a.loss - b.loss);
      const finite = ends.filter((end) => !Number.isNaN(end));
      const ties = ends.flatMap((end, i) => ends.slice(0, i).flatMap((other, k) =>
        Math.abs(end - other) < 2 * error ? [`${names()[k]} and ${names()[i]}`] : []));
      if (ties.length) problems.push(`A tie, since the bars overlap: ${ties.join("; ")}.`);
      const from = lines.map(({ x, y }) => y[x.findIndex((t) => t >= CLOSEST)]);
      const most = Math.max(...from, L0 + 0.5), least = Math.min(...finite, ...Object.values(measured).map(({ loss }) => loss)) - 0.02;
      chart.innerHTML = lab.plot({ width: Math.min(1100, Math.max(280, place.clientWidth)), height: 190, x: [0, updates], y: [least, most],
        xName: "update", label: `Loss of the model of ${size.value} parameters, as the law predicts`, lines: lines.map(({ x, y, ...rest }) => {
          const first = x.findIndex((t) => t >= CLOSEST);
          return { x: x.slice(first), y: y.slice(first), ...rest };
        }), bars });
      message.textContent = problems.join(" ");
      lab.table(table, `Loss after ${updates.toLocaleString("en")} updates`, ["schedule", "law", "measured"], rows);
    };
    size.onchange = length.onchange = () => {
      state.size = size.value;
      state.length = Number(length.value);
      draw();
      state.changed();
    };
    place.append(make("div", { className: "explorer-settings" }, labelled("model", size), labelled("updates", length)),
      chart, message, table, lab.improver("law", state, context));
    return { show: (found) => { curves = found; draw(); }, redraw: draw, results: () => ends.map((loss) => ({ loss })) };
  };
})();
