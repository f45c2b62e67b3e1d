// The multi-power law (Luo et al., 2025, arXiv:2503.12811): the loss of a language model from its rates.
//
// A sample stands for the n iterations after the sample before: their changes of the rate are summed at
// their middle, which is exact for a single iteration and for a jump (n = 0).
(() => {
  const lab = self.lab ??= /** @type {Lab} */ ({});
  const LEAST = 1e-300; // a rate of 0 has the same limit

  // For each sample: the change of the rate, the sum of the rates so far, and of the middle iteration the
  // rate and the sum before it.
  /** @param {ArrayLike<number>} times @param {ArrayLike<number>} rates @param {number} least */
  const prepare = (times, rates, least) => {
    const count = rates.length;
    const [gaps, sums, middles, earlier] = Array.from({ length: 4 }, () => new Float64Array(count));
    for (let j = 0, time = 0, rate = 0, sum = 0; j < count; j++) {
      const n = times[j] - time, gap = Math.max(rates[j], least) - rate;
      const { share, start, rise, end } = weights(n);
      gaps[j] = gap;
      middles[j] = Math.max(rate + share * gap, least); // the sum may be rounded to 0
      earlier[j] = sum + start * rate + rise * gap;
      sum += n * rate + end * gap;
      sums[j] = sum;
      [time, rate] = [times[j], Math.max(rates[j], least)];
    }
    return { gaps, sums, middles, earlier };
  };

  // Of n iterations on a line from `rate` to `rate + gap`: the middle iteration has the rate
  // rate + share * gap, the sum before it is start * rate + rise * gap, and the whole sum is
  // n * rate + end * gap.
  /** @param {number} n */
  const weights = (n) => {
    if (n === 0) return { share: 1, start: 0, rise: 0, end: 0 };
    const start = (n - 1) / 2;
    return { share: (start + 1) / n, start, rise: start * (start + 1) / 2 / n, end: (n + 1) / 2 };
  };

  /** @type {Lab["samples"]} */
  lab.samples = (shape, { length = 24000, peak = 3e-4 } = {}) => {
    /** @param {number} k */
    const change = (k) => 0 < k && k < shape.length ? Math.abs(shape[k] - shape[k - 1]) : 0;
    const times = [], rates = [];
    for (let k = 0; k < shape.length; k++) {
      const isJump = change(k) > 3 * Math.max(change(k - 1), change(k + 1)) + 1e-9;
      if (k === 0 || isJump) { // where the line to this rate starts, if it goes on to the next rate
        times.push(Math.round(k * length / shape.length));
        rates.push(peak * Math.max(0, 2 * shape[k] - (shape[k + 1] ?? shape[k])));
      }
      times.push(Math.round((k + 1) * length / shape.length));
      rates.push(peak * shape[k]);
    }
    return { times: Float64Array.from(times), rates: Float64Array.from(rates) };
  };

  /** @type {Lab["law"]} */
  lab.law = (times, rates, { L0, A, alpha, B, C, beta, gamma }, every = 1) => {
    const { gaps, sums, middles, earlier } = prepare(times, rates, LEAST);
    const scales = middles.map((rate) => C * rate ** -gamma);
    const last = sums.length - 1;
    return Float64Array.from({ length: Math.floor(last / every) + 1 }, (_, n) => {
      const i = last % every + n * every;
      let drop = 0;
      for (let j = 0; j <= i; j++) {
        if (gaps[j]) drop += gaps[j] * (1 - (1 + scales[j] * (sums[i] - earlier[j])) ** -beta);
      }
      return L0 + A * sums[i] ** -alpha + B * drop;
    });
  };

  /** @type {Lab["lawGradient"]} */
  lab.lawGradient = (times, rates, { L0, A, alpha, B, C, beta, gamma }) => {
    const { gaps, sums, middles, earlier } = prepare(times, rates, 1e-10);
    const count = rates.length, last = sums[count - 1];
    const gradient = new Float64Array(count);
    const bySum = new Float64Array(count); // the derivative by each of `sums`
    bySum[count - 1] = -alpha * A * last ** (-alpha - 1);
    let drop = 0;
    /** @param {number} j @param {number} byRate @param {number} byGap */
    const add = (j, byRate, byGap) => { // a change of the rate before sample j, and of its gap
      gradient[j] += byGap;
      if (j) gradient[j - 1] += byRate - byGap;
    };
    for (let j = 0; j < count; j++) {
      const { share, start, rise } = weights(times[j] - (j && times[j - 1]));
      const area = last - earlier[j], scale = C * middles[j] ** -gamma;
      const power = (1 + scale * area) ** -beta;
      drop += gaps[j] * (1 - power);
      const byArea = B * gaps[j] * beta * power / (1 + scale * area) * scale;
      const byMiddle = -gamma * byArea * area / middles[j];
      add(j, byMiddle - byArea * start, B * (1 - power) + byMiddle * share - byArea * rise);
      bySum[count - 1] += byArea;
      if (j) bySum[j - 1] -= byArea;
    }
    for (let j = count - 1, by = 0; j >= 0; j--) {
      const n = times[j] - (j && times[j - 1]);
      by += bySum[j];
      add(j, by * n, by * weights(n).end);
    }
    return { loss: L0 + A * last ** -alpha + B * drop, gradient };
  };
})();
