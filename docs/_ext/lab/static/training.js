// The digits network: it learns in a worker, and the reader moves through what was recorded.
(() => {
  const { button, find, labelled, make } = explorer;
  const UNITS = 8, PIXELS = 8, GAP = 1; // of the picture of the weights
  const SIDE = UNITS * (PIXELS + GAP) - GAP;
  const LATE = 250; // milliseconds between trainings while a schedule is dragged
  const MOST = 0.7; // change of a weight that is drawn white, or black if it is negative
  const WATCH = 6000; // milliseconds to play the whole training

  /** @type {Lab["training"]} */
  lab.training = (state, { names, mark, finished }) => {
    const place = lab.place("network");
    const chart = make("div", { className: "lab-chart" });
    const places = [0, 1, 2].map((i) => ({ canvas: make("canvas", { width: SIDE, height: SIDE, role: "img", ariaLabel: "Weights of the hidden units" }),
      caption: lab.caption(i, "") }));
    const pictures = make("div", { className: "lab-charts" }, ...places.map(({ canvas, caption }) => make("figure", { className: "lab-weights" }, caption, canvas)));
    const said = make("p", { className: "lab-said" });
    const status = make("p", { className: "lab-message", role: "status" });
    const table = make("div");
    const at = make("input", { type: "range", min: 0, max: 1000, step: 20, value: 1000 });
    const seek = labelled("iteration", at);
    seek.classList.add("lab-seek");
    /** @type {Float64Array[]} */
    let curves = [];
    /** @type {Recording[]} */
    let recordings = [];
    let run = 0;

    const peak = lab.number("peak learning rate", "what height 1 is", [...lab.REACH.netPeak, 0, true, false], state.netPeak,
      (number) => { state.netPeak = number; state.changed(); });
    const scale = lab.number("initial weights", "times as large as usual", [...lab.REACH.scale, 0.5, false, false], state.scale,
      (number) => { state.scale = number; state.changed(); });
    const seed = make("output", { textContent: String(state.seed) });
    const again = button("Another seed", () => {
      state.seed++;
      seed.textContent = String(state.seed);
      state.changed();
    });
    const step = (/** @type {number} */ by) => { stop(); at.value = String(Number(at.value) + by); show(); };
    let playing = 0;
    const stop = () => {
      cancelAnimationFrame(playing);
      playing = 0;
      play.textContent = "Watch it learn";
    };
    const play = button("Watch it learn", () => {
      if (playing) { stop(); return; }
      const from = Number(at.value) >= 1000 ? 0 : Number(at.value), began = performance.now();
      play.textContent = "Pause";
      const frame = (/** @type {number} */ now) => {
        const iteration = Math.min(1000, from + 1000 * (now - began) / WATCH);
        at.value = String(iteration);
        show();
        if (iteration >= 1000) stop(); else playing = requestAnimationFrame(frame);
      };
      playing = requestAnimationFrame(frame);
    });
    at.addEventListener("input", () => { stop(); show(); });

    /**
     * What the 64 hidden units have learned, each as a picture of 8 x 8 pixels.
     * @param {HTMLCanvasElement} canvas
     * @param {Float32Array} weights
     * @param {number} most
     */
    const paint = (canvas, weights, most) => {
      const paper = canvas.getContext("2d");
      if (!paper) return;
      const image = paper.createImageData(SIDE, SIDE);
      for (let unit = 0; unit < 64; unit++) {
        const left = unit % UNITS * (PIXELS + GAP), top = Math.floor(unit / UNITS) * (PIXELS + GAP);
        for (let pixel = 0; pixel < 64; pixel++) {
          const shade = 128 + 127 * Math.max(-1, Math.min(1, weights[pixel * 64 + unit] / most));
          const offset = 4 * ((top + Math.floor(pixel / PIXELS)) * SIDE + left + pixel % PIXELS);
          image.data.fill(shade, offset, offset + 3);
          image.data[offset + 3] = 255;
        }
      }
      paper.putImageData(image, 0, 0);
    };

    // What is shown at an iteration of the recordings.
    const show = () => {
      const iteration = Number(at.value);
      const width = Math.min(1100, Math.max(280, place.clientWidth));
      const lines = recordings.map(({ losses }, i) => ({ x: losses.map((_, k) => 20 * k), y: losses, colour: i, dash: lab.DASHES[i] }));
      const lossesNow = recordings.map(({ losses }, i) => {
        const loss = losses.at(Math.round(iteration / 20));
        return `${names()[i]} ${loss === undefined ? "still trains" : lab.short(loss)}`;
      });
      said.textContent = `Iteration ${Math.round(iteration)}. Loss of 200 training images: ${lossesNow.join("; ")}.`;
      if (iteration < 1000) mark(iteration);
      chart.innerHTML = lab.plot({ width, height: 170, isLog: true, x: [0, 1000], y: [0.02, 5], xName: "iteration",
        label: "Training loss of the digits network", lines, at: iteration });
      recordings.forEach(({ weights, canvas, caption }, i) => {
        const index = Math.min(Math.round(iteration / 20), weights.length - 1);
        if (index < 0) return;
        paint(canvas, weights[index].map((weight, k) => weight - weights[0][k]), MOST);
        find(caption, "span").textContent = names()[i];
        canvas.ariaLabel = `${names()[i]}: what the hidden units have learned by iteration ${20 * index}`;
      });
      at.setAttribute("aria-valuetext", said.textContent);
    };
    const showTable = () => {
      lab.table(table, "After training", ["schedule", "training loss", "test digits read correctly"], recordings.map(({ curve, loss, accuracy }, i) => ({
        colour: i, cells: !curve.length ? [names()[i], "no number", ""]
          : loss === undefined || accuracy === undefined ? [names()[i], "…", "…"]
          : [names()[i], lab.decimal(loss), `${(100 * accuracy).toFixed(1)} %`] })));
    };

    // Trains with the schedules that changed, from the same weights and with the same images.
    const start = () => {
      const settings = `${state.netPeak} ${state.scale} ${state.seed}`;
      const isSame = recordings.length === curves.length
        && recordings.every((each, i) => each.curve === curves[i] && each.settings === settings);
      requestShow(); // the names may have changed
      if (isSame) return;
      run++;
      stop();
      at.value = "1000";
      recordings = curves.map((curve, i) => {
        const old = recordings.find((each) => each.curve === curve && each.settings === settings);
        if (old?.accuracy !== undefined) return { ...old, ...places[i] };
        return { curve, settings, losses: [], weights: [], ...places[i] };
      });
      places.forEach(({ caption }, i) => { caption.closest("figure")?.toggleAttribute("hidden", i >= curves.length); });
      const open = recordings.flatMap(({ accuracy, curve }, i) => accuracy === undefined && curve.length ? [i] : []);
      if (!open.length) return;
      lab.train({ run, seed: state.seed, scale: state.scale, rates: open.map((i) => curves[i].map((height) => height * state.netPeak)) }, (message) => {
        if (message.run !== run) return;
        if ("error" in message) {
          status.textContent = `The network cannot be trained here: ${message.error}.`;
          return;
        }
        const recording = recordings[open[message.index]];
        if ("loss" in message) recording.losses.push(message.loss);
        if ("weights" in message) recording.weights.push(message.weights);
        if ("end" in message) {
          [recording.loss, recording.accuracy] = message.end;
          finished();
        }
        requestShow();
      });
    };
    // While a schedule is dragged, the network is trained when the one before is done.
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let late;
    const startLate = () => {
      late ??= setTimeout(() => {
        late = undefined;
        start();
      }, LATE);
    };
    let isAsked = false;
    const requestShow = () => {
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => {
        isAsked = false;
        show();
        showTable();
      });
    };

    place.append(make("div", { className: "explorer-settings" }, peak, scale, make("div", { className: "explorer-control" }, make("span", { textContent: "seed " }), seed), again),
      chart, said, make("div", { className: "explorer-tools" }, play, button("Back 20", () => step(-20)), button("On 20", () => step(20)),
        seek), pictures, status, table);
    return {
      show: (found, isDragged) => {
        curves = found;
        if (isDragged) startLate(); else start();
      },
      redraw: requestShow,
      results: () => recordings.map(({ loss = NaN, accuracy = NaN }) => ({ loss, accuracy })),
    };
  };
})();
