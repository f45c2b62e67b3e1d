// SGD on a noisy quadratic: the expected loss after each iteration, computed exactly.
(() => {
  const lab = self.lab ??= /** @type {Lab} */ ({});

  /** @param {Problem} [problem] */
  const read = ({ noise = 0.3, curvature = 1, directions = 200 } = {}) => {
    const curvatures = Float64Array.from({ length: directions }, (_, i) => curvature / (i + 1));
    return { curvatures, variances: curvatures.map((h) => noise * h), directions };
  };

  /** @type {Lab["quadratic"]} */
  lab.quadratic = (rates, problem) => {
    const { curvatures, variances, directions } = read(problem);
    const mean = new Float64Array(directions).fill(1), variance = new Float64Array(directions);
    const way = new Float64Array(rates.length + 1), noise = new Float64Array(rates.length + 1);
    way[0] = curvatures.reduce((sum, h) => sum + h, 0) / 2;
    for (let k = 0; k < rates.length; k++) {
      const rate = rates[k], square = rate * rate;
      let left = 0, kept = 0;
      for (let i = 0; i < directions; i++) {
        const shrink = 1 - rate * curvatures[i];
        mean[i] *= shrink;
        variance[i] = shrink * shrink * variance[i] + square * variances[i];
        left += curvatures[i] * mean[i] * mean[i];
        kept += curvatures[i] * variance[i];
      }
      way[k + 1] = left / 2;
      noise[k + 1] = kept / 2;
    }
    return {
      way, noise,
      mean: mean.map((m, i) => curvatures[i] * m * m / 2),
      variance: variance.map((v, i) => curvatures[i] * v / 2),
    };
  };

  // Backwards through the iterations: `dm` and `dv` are the derivatives of the last loss by the mean
  // and the variance of a direction.
  /** @type {Lab["quadraticGradient"]} */
  lab.quadraticGradient = (rates, problem) => {
    const { curvatures, variances, directions } = read(problem), count = rates.length;
    const gradient = new Float64Array(count);
    const means = new Float64Array(count + 1), kept = new Float64Array(count + 1);
    let loss = 0;
    for (let i = 0; i < directions; i++) {
      const h = curvatures[i], c = variances[i];
      means[0] = 1;
      for (let k = 0; k < count; k++) {
        const shrink = 1 - rates[k] * h;
        means[k + 1] = shrink * means[k];
        kept[k + 1] = shrink * shrink * kept[k] + rates[k] * rates[k] * c;
      }
      loss += h * (means[count] * means[count] + kept[count]) / 2;
      let dm = h * means[count], dv = h / 2;
      for (let k = count - 1; k >= 0; k--) {
        const shrink = 1 - rates[k] * h;
        gradient[k] += 2 * dv * (rates[k] * c - shrink * h * kept[k]) - dm * h * means[k];
        dm *= shrink;
        dv *= shrink * shrink;
      }
    }
    return { loss, gradient };
  };
})();
