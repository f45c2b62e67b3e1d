// The chart of an explorer: the rate under the pointer, and the points that the reader moves.
(() => {
  const { COLOURS, download, find, labelled, latest, make, send, swatch, textOf } = explorer;

  const PULL = 1.05; // how far beyond the end of the x-axis a point is pulled
  const FOLLOW = 100; // milliseconds

  // From the iteration and the rate of a point to those of its schedule, and back.
  /** @type {(handle: Handle, point: Point) => Point} */
  const inside = ({ shift, time_scale, rate_scale }, { t, rate }) => ({ t: round((t - shift) / time_scale), rate: round(rate / rate_scale) });
  /** @type {(handle: Handle, point: Point) => Point} */
  const outside = ({ shift, time_scale, rate_scale }, { t, rate }) => ({ t: round(t * time_scale + shift), rate: round(rate * rate_scale) });
  /** @param {number} number */
  const round = (number) => Number(number.toPrecision(10));
  /** @param {number} number */
  const digits = (number) => Number(number.toPrecision(6));

  /** @type {Explorer["view"]} */
  const view = (chart, { ask, move, release, removeKnot, unit }) => {
    const picture = () => /** @type {SVGSVGElement} */ (find(chart, "svg"));
    // From iterations and rates to the pixels of the picture, and back.
    const axes = () => {
      const svg = picture(), data = svg.dataset;
      const [left, right, last, top, foot, low, high] = ["left", "right", "last", "top", "foot", "low", "high"]
        .map((name) => Number(data[name]));
      const isLog = data.scale === "log";
      /** @param {number} rate */
      const scaled = (rate) => isLog ? Math.log10(Math.max(rate, low)) : rate;
      const perRate = (foot - top) / (scaled(high) - scaled(low));
      return { svg, right, last, foot, low, high, isLog,
        width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height,
        /** @param {number} t */
        x: (t) => left + (right - left) * t / last,
        /** @param {number} rate */
        y: (rate) => foot - perRate * (scaled(rate) - scaled(low)),
        /** @param {number} x */
        iteration: (x) => (x - left) / (right - left) * last,
        /** @param {number} y */
        rate: (y) => {
          const value = scaled(low) + (foot - y) / perRate;
          return isLog ? 10 ** value : value;
        },
      };
    };
    /** @param {PointerEvent} event */
    const place = (event) => {
      const box = picture().getBoundingClientRect(), { width, height } = axes();
      return { x: (event.clientX - box.left) * width / box.width, y: (event.clientY - box.top) * height / box.height };
    };

    // The rates at an iteration, below the axes there, where they cover no curve.
    const marker = make("input", { type: "range", min: 1, max: 1000, step: 1, value: 1 });
    const readout = make("output", { className: "explorer-readout", ariaLive: "off", hidden: true });
    const overlay = make("div", { className: "explorer-overlay" }, readout);
    let isMarked = false;
    const point = latest(() => show(Number(marker.value)));
    /** @param {number} iteration */
    const show = async (iteration) => {
      const rates = await ask(iteration);
      if (!rates?.length) return;
      isMarked = true;
      marker.setAttribute("aria-valuetext", `${timeOf(iteration)}: ${rates.map(({ rate }) => rate).join("; ")}`);
      tell(iteration, rates);
    };
    /**
     * @param {number} iteration
     * @param {{ index: number, rate: string }[]} rates
     */
    const tell = (iteration, rates) => {
      readout.replaceChildren(make("strong", { textContent: timeOf(iteration) }),
        make("span", {}, ...rates.map(({ index, rate }) => make("span", {}, swatch(index), make("span", { textContent: rate })))));
      readout.hidden = false;
      const { svg, x, width, height, foot } = axes();
      const line = find(svg, ".marker");
      line.setAttribute("transform", `translate(${x(iteration).toFixed(1)})`);
      line.removeAttribute("visibility");
      const share = `${x(iteration) / width * 100}%`;
      Object.assign(readout.style, { left: share, top: `${foot / height * 100}%`, transform: `translateX(-${share})` });
    };
    let timeOf = (/** @type {number} */ iteration) => `Iteration ${iteration.toLocaleString("en")}`;
    marker.addEventListener("input", () => point());
    // With a key, the marker moves by about two pixels.
    marker.addEventListener("keydown", (event) => {
      const sign = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
      if (!sign) return;
      event.preventDefault();
      const { last } = axes(), step = grid(last, 300);
      marker.value = String(snapped(Number(marker.value) + sign * step, step));
      point();
    });
    /** @param {PointerEvent} event */
    const onPointer = (event) => {
      if (event.target instanceof HTMLButtonElement || chart.classList.contains("unknown")) return;
      const { iteration, last } = axes();
      marker.value = String(Math.min(last, Math.max(1, Math.round(iteration(place(event).x)))));
      point();
    };
    chart.addEventListener("pointermove", onPointer);
    chart.addEventListener("pointerdown", onPointer);
    const hide = () => { readout.hidden = true; };
    marker.addEventListener("blur", hide);
    // What a finger showed stays until it touches something else.
    chart.addEventListener("pointerleave", ({ pointerType }) => {
      if (pointerType !== "touch" && document.activeElement !== marker) hide();
    });
    chart.addEventListener("pointercancel", hide); // it scrolls the page
    addEventListener("pointerdown", ({ target }) => { if (!chart.contains(/** @type {Node} */ (target))) hide(); });

    // The points of the curves, as buttons over the picture.
    /** @typedef {{ element: HTMLButtonElement, handle: Handle, schedule: number, take(pointer: number): void }} Shown */
    /** @type {Shown[]} */
    let shown = [];
    /** @type {HTMLButtonElement | undefined} */
    let held;
    // The x-axis grows with training, and while the pointer is beyond its end: a held point follows.
    /** @type {(() => void) | undefined} */
    let follow;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let following;
    // A round step in what the x-axis counts, at most this part of the axis, in iterations.
    /**
     * @param {number} last
     * @param {number} parts
     */
    const grid = (last, parts) => Math.max(1, unit() * 10 ** Math.floor(Math.log10(last / unit() / parts)));
    /**
     * @param {number} number
     * @param {number} step
     */
    const snapped = (number, step) => round(Math.round(number / step) * step);
    /**
     * Where a handle goes: an iteration and a rate. They are rounded to what a pixel can tell, in
     * the numbers of the handle's schedule.
     * @param {Handle} handle
     * @param {number} t
     * @param {number} rate
     */
    const rounded = (handle, t, rate) => {
      const { last, low, high, isLog } = axes(), rateScale = Math.abs(handle.rate_scale);
      const isScaled = handle.time_scale !== 1; // the schedule counts in a unit of its own
      const step = isScaled ? Math.max(1, 10 ** Math.floor(Math.log10(last / handle.time_scale / 80))) : grid(last, 80);
      const fine = 10 ** (isLog ? Math.floor(Math.log10(Math.max(rate, low) / rateScale)) - 1
        : Math.floor(Math.log10((high - low) / rateScale / 100)));
      const own = inside(handle, { t, rate });
      return outside(handle, {
        t: Math.max(handle.low, Math.min(Math.round(snapped(own.t, step)), handle.high ?? Infinity)),
        rate: Math.max(0, snapped(own.rate, fine)),
      });
    };
    /** @param {Shown} item */
    const put = ({ element, handle, schedule }) => {
      const { x, y, width, height, last, low, high } = axes();
      element.hidden = element !== held && (handle.t > last || handle.rate > high);
      element.style.left = `${x(handle.t) / width * 100}%`;
      element.style.top = `${y(handle.rate) / height * 100}%`;
      element.className = `explorer-handle colour-${schedule % COLOURS}${handle.x ? "" : " vertical"}${handle.y ? "" : " horizontal"}${handle.rate < low ? " low" : ""}`;
      element.setAttribute("aria-label", `Schedule ${schedule + 1}, ${handle.name}: iteration ${digits(handle.t)}, rate ${digits(handle.rate)}`);
      if (element === held || element.matches(":focus-visible")) say(handle, schedule);
    };
    // Where a held point is.
    /**
     * @param {Handle} handle
     * @param {number} schedule
     */
    const say = ({ t, rate }, schedule) => {
      isMarked = false;
      tell(Math.round(t), [{ index: schedule, rate: String(digits(rate)) }]);
    };
    let raised = 0;
    // Brings the points of a schedule in front of the others, which may be in the same places.
    /** @param {number} schedule */
    const raise = (schedule) => {
      raised = schedule;
      readout.after(...others(shown.filter((each) => each.schedule === schedule).map(({ element }) => element)));
    };
    /** @param {Element[]} elements */
    const others = (elements) => shown.map(({ element }) => element).filter((each) => !elements.includes(each));
    // The point nearest to a finger, of those in one place the last, which is in front.
    /** @param {PointerEvent} event */
    const nearest = ({ clientX, clientY }) => {
      /** @param {Element} element */
      const distance = (element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return Math.round(Math.hypot(clientX - x - width / 2, clientY - y - height / 2));
      };
      const elements = [...overlay.querySelectorAll("button:not([hidden])")];
      const least = Math.min(...elements.map(distance));
      return elements.findLast((each) => distance(each) === least);
    };
    /**
     * @param {number} schedule
     * @param {number} index
     */
    const handleButton = (schedule, index) => {
      const element = make("button", { type: "button", title: "Drag, or press the arrow keys" });
      /** @type {Shown} */
      const item = { element, schedule, handle: /** @type {any} */ ({}), take: () => {} };
      /** @type {(to: Point, change: Change) => void} */
      const go = (to, change) => {
        const { handle } = item;
        item.handle = { ...handle, ...to };
        move(schedule, handle, to, change);
      };
      let isMoved = false;
      element.addEventListener("pointerdown", (event) => {
        const near = shown.find((each) => each.element === nearest(event)) ?? item;
        near.take(event.pointerId);
      });
      item.take = (pointer) => {
        isMoved = false;
        held = element;
        element.setPointerCapture(pointer);
        say(item.handle, schedule);
      };
      /**
       * @param {PointerEvent} event
       * @param {boolean} isRateKept
       */
      const drag = (event, isRateKept = false) => {
        const { x, y } = place(event), found = axes(), { handle } = item;
        const to = rounded(handle, found.iteration(Math.min(x, found.right * PULL)), found.rate(y));
        if (isRateKept) to.rate = handle.rate;
        if (to.t !== handle.t || to.rate !== handle.rate) {
          isMoved = true;
          go(to, { isDragged: true });
        }
        follow = () => drag(event, true);
      };
      element.addEventListener("pointermove", (event) => { if (held === element) drag(event); });
      element.addEventListener("lostpointercapture", () => {
        if (held === element && isMoved) {
          release();
          raise(schedule);
        }
        // A press without a move reaches the point below.
        if (held === element && !isMoved) overlay.append(...others([element]));
        held = follow = undefined;
      });
      element.addEventListener("keydown", (event) => {
        const { t, rate, x, y } = item.handle, { last, low, high, isLog } = axes();
        if (event.key === "Delete" && item.handle.name.startsWith("knot") && x) {
          removeKnot(schedule, item.handle);
          event.preventDefault();
          return;
        }
        const [right, up] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key] ?? [0, 0];
        if ((!right || !x) && (!up || !y)) return;
        event.preventDefault();
        const times = event.shiftKey ? 10 : 1;
        const to = rounded(item.handle, t + right * times * Math.max(item.handle.time_scale, last / 100),
          isLog ? rate * 10 ** (up * times / 20) : rate + up * times * (high - low) / 100);
        // A step that rounding undoes would never leave.
        if (up && isLog && to.rate === rate) to.rate = Math.max(rate, low) * (up > 0 ? 1.1 : 0.9);
        go({ t: right ? to.t : t, rate: up ? to.rate : rate }, { isDragged: true });
        release();
      });
      element.addEventListener("focus", () => { if (element.matches(":focus-visible")) say(item.handle, schedule); });
      element.addEventListener("blur", hide);
      element.dataset.handle = `${schedule}-${index}`;
      return item;
    };
    /** @param {Handle[][]} handles */
    const showHandles = (handles) => {
      const wanted = handles.flatMap((each, schedule) => each.map((handle, index) => ({ handle, schedule, index })));
      const isSame = wanted.length === shown.length
        && wanted.every(({ schedule, index }, i) => shown[i].element.dataset.handle === `${schedule}-${index}`);
      if (!isSame) {
        for (const { element } of shown) element.remove();
        shown = wanted.map(({ schedule, index }) => handleButton(schedule, index));
        overlay.append(...shown.map(({ element }) => element));
        raise(raised);
      }
      shown.forEach((item, i) => {
        item.handle = wanted[i].handle;
        put(item);
      });
    };

    return {
      marker: labelled("iteration", marker, "read the learning rates there"),
      high: () => picture().dataset.high ?? "",
      last: () => Number(picture().dataset.last ?? 0),
      at: (event) => {
        const { x, y } = place(event), { iteration, rate } = axes();
        return { t: iteration(x), rate: rate(y) };
      },
      raise,
      draw: (svg, { handles, time }) => {
        picture().outerHTML = svg;
        if (!overlay.isConnected) chart.append(overlay); // a held point has to stay in the page
        const { x, right, width, last } = axes();
        timeOf = time;
        if (Number(marker.value) > last) {
          marker.value = "1";
          isMarked = false;
          hide();
        }
        marker.max = String(last);
        // The middle of its thumb is where the iteration is in the plot.
        Object.assign(marker.style, { marginLeft: `calc(${100 * x(1) / width}% - 8px)`,
          width: `calc(${100 * (right - x(1)) / width}% + 16px)` });
        if (handles) showHandles(handles);
        else shown.forEach(put); // they have moved on meanwhile
        clearTimeout(following);
        following = setTimeout(() => follow?.(), FOLLOW);
        if (isMarked && !readout.hidden) point();
      },
    };
  };

  // A picture as a file of its own, with the names at the curves and the colours of the page.
  /** @type {Explorer["savePicture"]} */
  const savePicture = async (request, kind, page) => {
    const { chart } = await send({ ...request, want: ["chart"], direct: true, width: 960, height: 420 });
    if (!chart) return;
    const { color, backgroundColor } = getComputedStyle(page);
    const svg = chart.replaceAll("currentColor", color);
    if (kind === "svg") {
      download(new Blob([svg], { type: "image/svg+xml" }), "schedules.svg");
      return;
    }
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
    await image.decode();
    const canvas = make("canvas", { width: 2 * image.width, height: 2 * image.height });
    const paper = canvas.getContext("2d");
    if (!paper) return;
    paper.fillStyle = backgroundColor;
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => { if (blob) download(blob, "schedules.png"); });
  };

  /** @type {(schedule: Schedule, at: Handle["at"]) => any} */
  const insideOf = (schedule, at) => at.reduce((/** @type {any} */ config, key) => config[key], schedule);

  // Writes a moved point into its schedule. What does not move stays as the reader wrote it.
  /** @type {Explorer["moved"]} */
  const moved = (schedule, handle, to, changed) => {
    const { t, rate } = inside(handle, to), config = insideOf(schedule, handle.at);
    /**
     * @param {Handle["x"]} parameter
     * @param {number} number
     */
    const set = (parameter, number) => {
      if (!parameter) return;
      const [name, index] = parameter, old = config[name];
      if (index === undefined) config[name] = textOf(number);
      else if (Array.isArray(old)) config[name] = old.with(index, textOf(number));
      changed?.(name, config[name]);
    };
    if (to.t !== handle.t) set(handle.x, handle.from === undefined ? t : Math.abs(handle.from - t));
    if (to.rate !== handle.rate) set(handle.y, rate);
  };

  /** @type {Explorer["withoutKnot"]} */
  const withoutKnot = (schedule, { at, x: knot }) => {
    const config = insideOf(schedule, at);
    for (const name of ["boundaries", "values"]) {
      const list = config[name];
      if (Array.isArray(list)) config[name] = list.toSpliced(Number(knot?.[1]), 1);
    }
  };

  Object.assign(explorer, { moved, savePicture, view, withoutKnot });
})();
