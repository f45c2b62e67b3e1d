// "Improve it": gradient steps on the knots of a schedule, under what a panel computes. Each picture
// asks Python for the rates again.
(() => {
  const { button, labelled, make } = explorer;
  const KNOTS = 20;
  const BATCH = 6; // milliseconds of steps until they are drawn
  const ENOUGH = 1e-6; // the gain of a batch that ends them

  /** @type {Lab["improver"]} */
  lab.improver = (objective, state, context) => {
    const { names } = context;
    const which = make("select");
    const status = make("p", { className: "lab-message", role: "status" });
    const fill = () => {
      const chosen = Number(which.value);
      which.replaceChildren(...names().map((textContent, value) => make("option", { value: String(value), textContent })));
      which.value = String(chosen < names().length ? chosen : 0);
    };
    fill();

    // The knots of the shape at these parts of training, and steps that improve them.
    /** @param {number} i */
    const steps = (i) => {
      const heights = context.heights(i);
      const isLaw = objective === "law", length = isLaw ? state.length : heights.length, warmup = isLaw ? lab.WARMUP : 0;
      const knots = Array.from({ length: KNOTS }, (_, k) => {
        const part = (warmup + (length - warmup) * k / (KNOTS - 1)) / length;
        return Math.min(1, heights[Math.max(0, Math.round(part * heights.length) - 1)]);
      });
      const { peak, noise, curvature, size } = state;
      return isLaw ? lab.improve({ objective, knots, length, warmup, constants: lab.laws[size] })
        : lab.improve({ objective, knots, length, peak, problem: { noise, curvature } });
    };
    const improve = async () => {
      const i = Number(which.value), wasMine = context.improving === press;
      context.improving = wasMine ? undefined : press;
      if (wasMine) return; // "Stop" was pressed
      press.textContent = "Stop";
      const { length, size, peak, noise, curvature } = state;
      const what = objective === "law" ? `the law for ${size} parameters and ${length.toLocaleString("en")} updates`
        : `the noisy quadratic (peak ${peak}, noise ${noise}, curvature ${curvature})`;
      const all = steps(i), last = objective === "law" ? length : context.heights(i).length;
      let loss = NaN;
      while (context.improving === press) {
        const before = loss, until = performance.now() + BATCH;
        /** @type {Improved | undefined} */
        let found;
        for (let next = all.next(); !next.done; next = all.next()) {
          found = next.value;
          if (performance.now() > until) break;
        }
        if (!found || before - found.loss < ENOUGH) break;
        loss = found.loss;
        status.textContent = `Step ${found.step}: loss ${lab.short(loss, 4)}.`;
        await context.follow(i, { type: "PiecewiseScheduler",
          boundaries: [...found.times].map((t) => String(Math.round(t / last * context.heights(i).length))),
          values: [...found.knots].map((knot) => String(Number(knot.toFixed(3)))) });
        await new Promise(requestAnimationFrame);
      }
      press.textContent = "Improve it";
      status.textContent = `Fitted to ${what}: loss ${lab.short(loss, 4)}. Under another problem it may be worse.`;
      if (context.improving && context.improving !== press) return; // another one goes on
      state.changed();
    };
    const press = button("Improve it", improve);
    const place = make("div", { className: "lab-improve" },
      make("div", { className: "explorer-tools" }, labelled("schedule to improve", which), press), status);
    place.addEventListener("lab-names", fill);
    return place;
  };
})();
