// A schedule drawn with the pointer: the curve is what the pointer passed, in at most 24 knots.
(() => {
  const MOST_KNOTS = 24;

  // The knots of the simplest broken line that stays this close to the rates (Douglas and Peucker, 1973).
  /**
   * @param {Float64Array} rates
   * @param {number} tolerance
   */
  const simplified = (rates, tolerance) => {
    const kept = new Set([0, rates.length - 1]);
    /** @type {[number, number][]} */
    const open = [[0, rates.length - 1]];
    for (let span; (span = open.pop());) {
      const [from, to] = span;
      let farthest = 0, distance = tolerance;
      for (let i = from + 1; i < to; i++) {
        const line = rates[from] + (rates[to] - rates[from]) * (i - from) / (to - from);
        const off = Math.abs(rates[i] - line);
        if (off > distance) [farthest, distance] = [i, off];
      }
      if (!farthest) continue;
      kept.add(farthest);
      open.push([from, farthest], [farthest, to]);
    }
    return [...kept].sort((a, b) => a - b);
  };

  /** @type {Lab["knots"]} */
  lab.knots = (rates) => {
    let tolerance = 0.004, found = simplified(rates, tolerance);
    while (found.length > MOST_KNOTS) found = simplified(rates, tolerance *= 1.5);
    return { type: "PiecewiseScheduler",
      boundaries: found.map((i) => String(i + 1)),
      values: found.map((i) => String(Number(rates[i].toFixed(3)))) };
  };

  // Passes the pointer from one place to the next: each iteration between gets its rate.
  /** @type {Lab["stroke"]} */
  lab.stroke = (rates, from, to) => {
    const [left, right] = from.t <= to.t ? [from, to] : [to, from];
    for (let t = Math.max(1, Math.ceil(left.t)); t <= Math.min(rates.length, right.t); t++) {
      const share = right.t === left.t ? 1 : (t - left.t) / (right.t - left.t);
      rates[t - 1] = Math.max(0, left.rate + (right.rate - left.rate) * share);
    }
  };
})();
