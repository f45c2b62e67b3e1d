// Draws a schedule on the chart with the pointer, in one stroke or several.
(() => {
  const MARGIN = 60; // iterations from an end of the chart, within which a stroke goes on to the end

  /** @type {Lab["pen"]} */
  lab.pen = (chart, { at, heights, draw, lift }) => {
    let isOn = false;
    /** @type {Point | undefined} */
    let last;
    /** @type {Float64Array} */
    let drawn = new Float64Array();
    /** @param {PointerEvent} event */
    const point = (event) => {
      const { t, rate } = at(event);
      return { t: Math.round(Math.max(1, Math.min(drawn.length, t))), rate: Math.max(0, rate) };
    };
    chart.addEventListener("pointerdown", (event) => {
      if (!isOn) return;
      event.preventDefault();
      chart.setPointerCapture(event.pointerId);
      drawn = heights();
      last = point(event);
      if (last.t < MARGIN) lab.stroke(drawn, { t: 1, rate: last.rate }, last);
    });
    chart.addEventListener("pointermove", (event) => {
      if (!last) return;
      const to = point(event);
      lab.stroke(drawn, last, to);
      last = to;
      draw(lab.knots(drawn));
    });
    chart.addEventListener("lostpointercapture", () => {
      if (!last) return;
      if (last.t > drawn.length - MARGIN) lab.stroke(drawn, last, { t: drawn.length, rate: last.rate });
      last = undefined;
      draw(lab.knots(drawn));
      lift();
    });
    return (wanted) => {
      isOn = wanted;
      chart.classList.toggle("lab-drawing", isOn);
    };
  };
})();
