// Trains the digits network under several schedules, in turns, so that their curves grow together.
// In a worker it receives {run, seed, scale, rates} and sends what `work` reports; a page opened from disk runs it itself.
(() => {
  const lab = self.lab ??= /** @type {Lab} */ ({});
  const EVERY = 20, REST = 100; // iterations between records, and until a newer request is looked for
  const QUICK = 200; // images of the loss of a record

  /** @type {Lab["work"]} */
  lab.work = async ({ run, seed, scale, rates }, report, isLate) => {
    const networks = rates.map(() => new lab.Network(lab.digits, { seed, scale }));
    const record = (/** @type {Network} */ network, /** @type {number} */ index) =>
      report({ run, index, loss: network.loss(QUICK), weights: Float32Array.from(network.layers[0]) });
    networks.forEach(record);
    const length = Math.max(0, ...rates.map((each) => each.length));
    for (let from = 0; from < length; from += EVERY) {
      for (const [index, network] of networks.entries()) {
        if (!rates[index].length) continue;
        for (let k = from; k < from + EVERY; k++) network.step(rates[index][k]);
        record(network, index);
      }
      if (from % REST) continue;
      await new Promise((resolve) => { setTimeout(resolve); });
      if (isLate(run)) return;
    }
    networks.forEach((network, index) => {
      if (rates[index].length) report({ run, index, end: [network.loss(), network.accuracy()] });
    });
  };

  if (typeof importScripts !== "function") return;
  let latest = 0;
  try {
    importScripts("network.js", "digits.js");
    onmessage = ({ data }) => {
      latest = data.run;
      lab.work(data, (message) => postMessage(message), (run) => run !== latest)
        .catch((error) => postMessage({ run: data.run, error: error.message }));
    };
    postMessage({ ready: true });
  } catch (error) {
    postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
})();
