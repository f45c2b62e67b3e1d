// A chart of what the models compute: lines over the iterations, in the style of `_chart.py`.
(() => {
  const FONT = 13, LEFT = 52, RIGHT = 22, TOP = 10, BOTTOM = 40;
  const BAR = 60; // pixels of a bar, at the end of the lines
  /** @param {number} number */
  const text = (number) => number !== 0 && Math.abs(number) < 0.001 ? number.toExponential().replace("+", "")
    : String(Number(number.toPrecision(6)));

  /**
   * Round numbers between two, about as many as wanted.
   * @param {number} low
   * @param {number} high
   * @param {number} count
   */
  const ticks = (low, high, count) => {
    const rough = (high - low) / count, power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((of) => of * power).find((each) => each >= rough * 0.999) ?? rough;
    const first = Math.ceil(low / step - 1e-9), last = Math.floor(high / step + 1e-9);
    return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
  };

  /**
   * @param {number} low
   * @param {number} high
   * @param {number} height
   */
  const decades = (low, high, height) => {
    const first = Math.floor(Math.log10(low) + 1e-9), last = Math.floor(Math.log10(high) + 1e-9);
    const found = Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
    const steps = height / (last - first + 1) > 70 ? [1, 2, 5] : [1];
    return found.flatMap((power) => steps.map((of) => Number((of * power).toPrecision(1)))).filter((each) => each >= low && each <= high);
  };

  // Of the lines, for readers who do not see the colours.
  lab.DASHES = ["", "10 4", "3 3"];

  /** @type {Lab["plot"]} */
  lab.plot = ({ width, height, lines, x: [start, end], y: [low, high], isLog, isLogX, xName, label, bars = [], at }) => {
    const right = width - RIGHT, foot = TOP + height;
    /** @type {(number: number, isLog?: boolean) => number} */
    const scaled = (number, isLogged) => isLogged ? Math.log10(number) : number;
    const perX = (right - LEFT) / (scaled(end, isLogX) - scaled(start, isLogX));
    const perY = height / (scaled(high, isLog) - scaled(low, isLog));
    /** @param {number} number */
    const x = (number) => LEFT + perX * (scaled(number, isLogX) - scaled(start, isLogX));
    /** @param {number} number */
    const y = (number) => foot - perY * (scaled(Math.min(high, Math.max(low, number)), isLog) - scaled(low, isLog));
    const parts = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${foot + BOTTOM}" width="${width}" height="${foot + BOTTOM}" font-size="${FONT}" fill="currentColor" data-left="${LEFT}" data-right="${right}" data-last="${end}" data-top="${TOP}" data-foot="${foot}" data-low="${low}" data-high="${high}" data-scale="${isLog ? "log" : "linear"}" role="img" aria-label="${label}">`];
    for (const each of isLog ? decades(low, high, height) : ticks(low, high, Math.max(2, height / 45))) {
      parts.push(`<path d="M${LEFT} ${y(each).toFixed(1)}H${right}" stroke="currentColor" opacity="0.2"/><text x="${LEFT - 6}" y="${y(each).toFixed(1)}" dy="0.35em" text-anchor="end">${text(each)}</text>`);
    }
    for (const each of isLogX ? decades(start, end, 0) : ticks(start, end, Math.max(2, width / 120))) {
      parts.push(`<path d="M${x(each).toFixed(1)} ${foot}v5" stroke="currentColor"/><text x="${x(each).toFixed(1)}" y="${foot + 19}" text-anchor="middle">${each.toLocaleString("en")}</text>`);
    }
    parts.push(`<path d="M${LEFT} ${foot}H${right}" stroke="currentColor"/><text x="${(LEFT + right) / 2}" y="${foot + 36}" text-anchor="middle">${xName}</text>`);
    for (const { from, to, colour } of bars) {
      parts.push(`<path class="lab-bar colour-${colour}" d="M${right - BAR} ${y(from).toFixed(1)}H${right}V${y(to).toFixed(1)}H${right - BAR}Z"/>`);
    }
    for (const { x: xs, y: ys, colour, dash } of lines) {
      let path = "", isDrawn = false;
      for (let i = 0; i < ys.length; i++) {
        if (Number.isNaN(ys[i])) { isDrawn = false; continue; }
        path += `${isDrawn ? "L" : "M"}${x(xs ? xs[i] : i).toFixed(1)} ${y(ys[i]).toFixed(1)}`;
        isDrawn = true;
      }
      if (path) parts.push(`<path class="lab-line colour-${colour}" d="${path}"${dash ? ` stroke-dasharray="${dash}"` : ""}/>`);
    }
    if (at !== undefined) parts.push(`<path d="M${x(at).toFixed(1)} ${TOP}V${foot}" stroke="currentColor" opacity="0.6"/>`);
    return `${parts.join("")}<path class="marker" d="M0 ${TOP}V${foot}" stroke="currentColor" visibility="hidden"/></svg>`;
  };
})();
