// The noisy quadratic: how far the schedules still have to go, and what the noise keeps up.
(() => {
  const { make } = explorer;
  const LOW = 1e-3, HIGH = 10; // of the charts: losses below and above are drawn at the edge

  /** @type {Lab["noise"]} */
  lab.noise = (state, context) => {
    const place = lab.place("quadratic"), { names } = context;
    const charts = make("div", { className: "lab-charts" });
    const directions = make("div", { className: "lab-charts" });
    const details = make("details", {}, make("summary", { textContent: "What is left in each direction" }),
      make("p", { textContent: "The 200 directions from the steepest (1) to the flattest (200), after the last iteration. High rates finish the flat directions; low rates quiet the steep ones." }),
      directions);
    const message = make("p", { className: "lab-message", role: "status" });
    const table = make("div");
    /** @type {Float64Array[]} */
    let curves = [];
    /** @type {Results[]} */
    let results = [];
    const controls = /** @type {const} */ ([["peak", "what height 1 is"], ["noise", "how noisy the gradients are"], ["curvature", "of the steepest direction"]])
      .map(([name, meaning]) => lab.number(name === "peak" ? "peak learning rate" : name, meaning, [...lab.REACH[name], 0, true, false], state[name], (number) => {
        state[name] = number;
        draw();
        state.changed();
      }));

    const draw = () => {
      results = [];
      const rows = [], problems = [], pictures = [], views = [];
      const width = Math.min(360, Math.max(240, Math.floor((place.clientWidth - 32) / Math.max(1, curves.length))));
      const problem = { noise: state.noise, curvature: state.curvature };
      for (const [i, curve] of curves.entries()) {
        if (!curve.length) {
          results.push({ way: NaN, noise: NaN, loss: NaN });
          continue;
        }
        const rates = curve.map((height) => height * state.peak);
        const { way, noise, mean, variance } = lab.quadratic(rates, problem);
        const ends = [way.at(-1) ?? NaN, noise.at(-1) ?? NaN], loss = ends[0] + ends[1];
        const highest = rates.reduce((a, b) => Math.max(a, b)), limit = 2 / state.curvature;
        if (highest > limit) {
          problems.push(`${names()[i]}: the highest rate, ${lab.short(highest)}, is above 2 / curvature = ${lab.short(limit)}. There each step in the steepest direction overshoots by more than the step before: SGD diverges.`);
        }
        results.push({ way: ends[0], noise: ends[1], loss });
        rows.push({ colour: i, cells: [names()[i], ...[...ends, loss].map(lab.decimal)] });
        const label = `${names()[i]}: way still to go ${lab.short(ends[0])}, noise ${lab.short(ends[1])}`;
        pictures.push(make("figure", {}, lab.caption(i, names()[i])));
        pictures[pictures.length - 1].insertAdjacentHTML("beforeend", lab.plot({ width, height: 150, isLog: true, x: [0, way.length - 1], y: [LOW, HIGH],
          xName: "iteration", label, lines: [{ y: noise, colour: i, dash: "2 4" }, { y: way, colour: i }] }));
        views.push(make("figure", {}, lab.caption(i, names()[i])));
        const x = Float64Array.from(mean, (_, k) => k + 1);
        views[views.length - 1].insertAdjacentHTML("beforeend", lab.plot({ width, height: 130, isLog: true, isLogX: true, x: [1, mean.length], y: [1e-6, 1],
          xName: "direction", label: `${names()[i]}, by direction`, lines: [{ x, y: variance, colour: i, dash: "2 4" }, { x, y: mean, colour: i }] }));
      }
      charts.replaceChildren(...pictures);
      directions.replaceChildren(...views);
      if (message.textContent !== problems.join(" ")) message.textContent = problems.join(" ");
      lab.table(table, `Loss above the lowest possible, after ${curves[0]?.length ?? 0} iterations`,
        ["schedule", "way still to go", "noise", "loss"], rows);
    };
    place.append(make("div", { className: "explorer-settings" }, ...controls),
      make("p", { className: "lab-key", innerHTML: '<span class="lab-solid">way still to go</span> <span class="lab-dotted">what the noise keeps up</span>' }),
      charts, message, table, lab.improver("quadratic", state, context), details);
    return {
      show: (found) => { curves = found; draw(); },
      redraw: draw,
      results: () => results,
    };
  };
})();
