// A small network that learns to read digits: 64 pixels, 64 hidden ReLUs, 10 digits; SGD with momentum.
(() => {
  const lab = self.lab ??= /** @type {Lab} */ ({});
  const PIXELS = 64, UNITS = 64, DIGITS = 10, TRAIN = 1000, STEPS = 1000, BATCH = 4, MOMENTUM = 0.9;

  // Mulberry32: 32 bits of state, of which each call returns another fraction from 0, below 1.
  /** @param {number} state */
  const generator = (state) => () => {
    state = state + 0x6d2b79f5 | 0;
    let bits = Math.imul(state ^ state >>> 15, state | 1);
    bits ^= bits + Math.imul(bits ^ bits >>> 7, bits | 61);
    return ((bits ^ bits >>> 14) >>> 0) / 2 ** 32;
  };

  // Seed 0 starts with the weights and the batches of the gallery; another seed draws normal weights
  // (Box-Muller) and uniform batches.
  /** @param {Digits} data @param {number} seed @returns {{ weights: Float64Array, batches: Uint16Array }} */
  const start = (data, seed) => {
    if (seed === 0) {
      const bytes = Uint8Array.from(atob(data.weights), (byte) => byte.charCodeAt(0));
      const batches = Uint16Array.from({ length: STEPS * BATCH }, (_, i) =>
        32 * (data.batches.charCodeAt(2 * i) - 97) + data.batches.charCodeAt(2 * i + 1) - 97);
      return { weights: new Float64Array(bytes.buffer), batches };
    }
    const random = generator(seed), std = Math.sqrt(2 / PIXELS);
    const normal = () => std * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return {
      weights: Float64Array.from({ length: PIXELS * UNITS + UNITS * DIGITS }, normal),
      batches: Uint16Array.from({ length: STEPS * BATCH }, () => Math.floor(TRAIN * random())),
    };
  };

  lab.Network = class {
    iteration = 0;
    /** @type {[Float64Array, Float64Array]} */
    layers;
    #velocities;
    #images;
    #labels;
    #batches;
    #hidden = new Float64Array(UNITS);
    #scores = new Float64Array(DIGITS);

    /** @param {Digits} data @param {{ seed?: number, scale?: number }} [options] */
    constructor(data, { seed = 0, scale = 1 } = {}) {
      const { weights, batches } = start(data, seed), scaled = weights.map((weight) => scale * weight);
      this.layers = [scaled.slice(0, PIXELS * UNITS), scaled.slice(PIXELS * UNITS)];
      this.#velocities = this.layers.map((layer) => new Float64Array(layer.length));
      this.#images = Float64Array.from(data.images, (pixel) => (pixel.charCodeAt(0) - 97) / 16);
      this.#labels = Uint8Array.from(data.labels, Number);
      this.#batches = batches;
    }

    // Fills `hidden` and `scores`, the logarithms of the probabilities.
    /** @param {number} image */
    #predict(image) {
      const [first, second] = this.layers, hidden = this.#hidden.fill(0), scores = this.#scores.fill(0);
      for (let p = 0; p < PIXELS; p++) {
        const pixel = this.#images[PIXELS * image + p];
        if (pixel) for (let u = 0; u < UNITS; u++) hidden[u] += pixel * first[UNITS * p + u];
      }
      for (let u = 0; u < UNITS; u++) {
        hidden[u] = Math.max(hidden[u], 0);
        if (hidden[u]) for (let d = 0; d < DIGITS; d++) scores[d] += hidden[u] * second[DIGITS * u + d];
      }
      const top = Math.max(...scores);
      let sum = 0;
      for (let d = 0; d < DIGITS; d++) sum += Math.exp(scores[d] -= top);
      sum = Math.log(sum);
      for (let d = 0; d < DIGITS; d++) scores[d] -= sum;
    }

    /** @param {number} rate */
    step(rate) {
      if (this.iteration === STEPS) throw new RangeError(`the batches are for ${STEPS} steps`);
      const [first, second] = this.layers, hidden = this.#hidden, error = this.#scores;
      const [firstGradient, secondGradient] = this.layers.map((layer) => new Float64Array(layer.length));
      const back = new Float64Array(UNITS);
      for (let b = 0; b < BATCH; b++) {
        const image = this.#batches[BATCH * this.iteration + b];
        this.#predict(image);
        for (let d = 0; d < DIGITS; d++) {
          error[d] = (Math.exp(error[d]) - Number(d === this.#labels[image])) / BATCH;
        }
        for (let u = 0; u < UNITS; u++) {
          back[u] = 0;
          if (hidden[u]) {
            for (let d = 0; d < DIGITS; d++) {
              back[u] += error[d] * second[DIGITS * u + d];
              secondGradient[DIGITS * u + d] += hidden[u] * error[d];
            }
          }
        }
        for (let p = 0; p < PIXELS; p++) {
          const pixel = this.#images[PIXELS * image + p];
          if (pixel) for (let u = 0; u < UNITS; u++) firstGradient[UNITS * p + u] += pixel * back[u];
        }
      }
      for (const [layer, velocity, gradient] of [
        [first, this.#velocities[0], firstGradient], [second, this.#velocities[1], secondGradient],
      ]) {
        for (let i = 0; i < layer.length; i++) {
          velocity[i] = MOMENTUM * velocity[i] - rate * gradient[i];
          layer[i] += velocity[i];
        }
      }
      this.iteration++;
    }

    loss(count = TRAIN) {
      let sum = 0;
      for (let image = 0; image < count; image++) {
        this.#predict(image);
        sum -= this.#scores[this.#labels[image]];
      }
      return sum / count;
    }

    accuracy() {
      let right = 0;
      for (let image = TRAIN; image < this.#labels.length; image++) {
        this.#predict(image);
        right += Number(this.#scores.indexOf(Math.max(...this.#scores)) === this.#labels[image]);
      }
      return right / (this.#labels.length - TRAIN);
    }
  };
})();
