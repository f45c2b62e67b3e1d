// The models of the lab. They are plain scripts, since a page that was opened from disk may not load
// modules: each adds its functions to the global `lab`, in a page or in a worker. `improve.js` needs
// `quadratic.js` and `law.js`; the build writes `digits.js` and `laws.js`, see data.py.

interface Lab {
  // quadratic.js
  // The expected loss of SGD on a noisy quadratic: rates[k] is the rate of iteration k + 1.
  quadratic(rates: ArrayLike<number>, problem?: Problem): QuadraticLoss;
  // The last loss, and its derivative by each rate.
  quadraticGradient(rates: ArrayLike<number>, problem?: Problem): Slope;

  // law.js
  // The multi-power law: the predicted loss at each sample of a schedule. The times are whole
  // iterations, and the rate is linear in between. Two samples at the same time are a jump: the
  // iteration has the first rate, and the line to the next sample starts at the second. The rate is 0
  // at iteration 0, so a first sample at a later iteration ends a linear warm-up, and a first sample at
  // iteration 0 starts without.
  // With `every`, only the last sample and each that is a multiple of `every` before: fast, and as exact.
  law(times: ArrayLike<number>, rates: ArrayLike<number>, constants: Constants, every?: number): Float64Array;
  // The samples of a shape, whose k-th number is the fraction of the peak at iteration k + 1: stretched to
  // `length` iterations (24000) and multiplied by `peak` (3e-4). A change three times as large as those
  // before and after it is a jump. The first sample is at iteration 0, where the loss is infinite.
  samples(shape: ArrayLike<number>, settings?: { length?: number; peak?: number }): { times: Float64Array; rates: Float64Array };
  // The loss predicted at the last sample, and its derivative by each rate. Rates count as 1e-10 or
  // more, since the slope is infinite at 0.
  lawGradient(times: ArrayLike<number>, rates: ArrayLike<number>, constants: Constants): Slope;

  // network.js
  Network: new (data: Digits, options?: { seed?: number; scale?: number }) => Network;

  // improve.js
  // Projected gradient descent: yield the start as step 0, then each step, until none is better.
  improve(settings: ImproveSettings): Generator<Improved, void, undefined>;

  // laws.js, by the number of parameters: "25M", "100M", "400M"
  laws: Record<string, Law>;
  // digits.js
  digits: Digits;
}

// Direction i has curvature `curvature / i`, gradient noise of variance `noise * curvature / i`, and
// starts at 1. A rate above 2 / curvature diverges. Without settings: 0.3, 1 and 200.
interface Problem { noise?: number; curvature?: number; directions?: number }
interface QuadraticLoss {
  way: Float64Array; // still to go, after 0, 1, 2, ... iterations
  noise: Float64Array; // what the noise keeps up, as many
  mean: Float64Array; // the part of each direction in the last `way`
  variance: Float64Array; // and in the last `noise`
}
interface Slope { loss: number; gradient: Float64Array }

interface Constants { L0: number; A: number; alpha: number; B: number; C: number; beta: number; gamma: number }
// The constants of a model, the last measured and predicted loss of each run, such as "cosine_24000",
// and the largest difference of these.
interface Law extends Constants { measured: Record<string, Measured>; error: number }
interface Measured { iteration: number; loss: number; predicted: number }

// 1000 images to train with, then 797 to test. Of seed 0 also the numbers of the 4 images of each
// iteration and the weights at the start.
interface Digits {
  images: string; // 64 pixels an image, from "a" for 0 to "q" for 16
  labels: string; // a digit an image
  batches: string; // two characters a number: 32 * first + second, each from "a" for 0
  weights: string; // both layers as base64 of little-endian float64
}
interface Network {
  readonly iteration: number; // optimizer steps so far, at most 1000
  readonly layers: [Float64Array, Float64Array]; // 64 x 64: [64 * pixel + unit], 64 x 10: [10 * unit + digit]
  step(rate: number): void; // an optimizer step of SGD with momentum 0.9
  loss(count?: number): number; // the mean of the first `count` images to train with, by default of all 1000
  accuracy(): number; // the fraction of the test images that are read correctly
}

interface ImproveSettings {
  objective: "quadratic" | "law";
  knots: ArrayLike<number>; // fractions of the peak, at iterations from `warmup` to `length`
  length?: number; // iterations: 1000 for the quadratic, 24000 for the law
  peak?: number; // the rate of a knot of 1: 1, or 3e-4
  warmup?: number; // iterations from a rate of 0 to the first knot: 0, or 2160
  every?: number; // iterations between samples of the rate: 1, or 24, of the law alone
  problem?: Problem; // of the quadratic
  constants?: Constants; // of the law
}
// PiecewiseScheduler(times, knots) is the shape; after a warm-up it has a knot of 0 at iteration 0, too.
interface Improved { step: number; times: Float64Array; knots: Float64Array; loss: number }

declare var lab: Lab;
