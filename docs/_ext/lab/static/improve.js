// A schedule that an objective prefers: projected gradient descent on the knots of a piecewise linear rate.
(() => {
  const lab = self.lab ??= /** @type {Lab} */ ({});
  const DEFAULTS = {
    quadratic: { length: 1000, peak: 1, warmup: 0, every: 1 },
    law: { length: 24000, peak: 3e-4, warmup: 2160, every: 24 },
  };

  lab.improve = function* (settings) {
    const { objective, knots: start, length, peak, warmup, every, problem, constants } = {
      ...DEFAULTS[settings.objective], ...settings,
    };
    const count = start.length, spacing = (length - warmup) / (count - 1);
    const times = Float64Array.from({ length: count }, (_, i) => warmup + i * spacing);
    const iterations = Float64Array.from({ length: length / every }, (_, k) => every * (k + 1));
    // The rate of an iteration is left * knots[index] + right * knots[index + 1].
    const index = Uint16Array.from(iterations, (t) => Math.max(0, Math.min(Math.ceil((t - warmup) / spacing) - 1, count - 2)));
    const right = iterations.map((t, k) => Math.max(0, (t - times[index[k]]) / spacing));
    const left = iterations.map((t, k) => t < warmup ? t / warmup : 1 - right[k]);

    /** @param {Float64Array} knots */
    const evaluate = (knots) => {
      const rates = iterations.map((_, k) => peak * (left[k] * knots[index[k]] + right[k] * knots[index[k] + 1]));
      const { loss, gradient } = objective === "quadratic"
        ? lab.quadraticGradient(rates, problem)
        : lab.lawGradient(iterations, rates, /** @type {Constants} */ (constants));
      const byKnot = new Float64Array(count);
      gradient.forEach((by, k) => {
        byKnot[index[k]] += peak * by * left[k];
        byKnot[index[k] + 1] += peak * by * right[k];
      });
      return { knots, loss, gradient: byKnot };
    };

    // The size of a step is the inverse of the curvature along the step before (Barzilai and Borwein,
    // 1988), at most 100, and smaller until the loss falls.
    let now = evaluate(Float64Array.from(start)), size = 1;
    for (let step = 0; ; step++) {
      yield { step, times, knots: now.knots, loss: now.loss };
      const { knots, loss, gradient } = now;
      do {
        now = evaluate(knots.map((knot, i) => Math.max(0, Math.min(knot - size * gradient[i], 1))));
        size /= 4;
      } while (!(now.loss < loss) && size > 1e-12);
      if (!(now.loss < loss)) return;
      const moved = now.knots.map((knot, i) => knot - knots[i]);
      const curvature = moved.reduce((sum, move, i) => sum + move * (now.gradient[i] - gradient[i]), 0);
      size = curvature > 0 ? Math.min(moved.reduce((sum, move) => sum + move * move, 0) / curvature, 100) : 100;
    }
  };
})();
