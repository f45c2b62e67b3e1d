// A slider beside a number: even, or by the logarithm, so that 3e-4 is as near as 0.3.
(() => {
  const { make } = explorer;
  const PER_DECADE = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9];

  // The numbers at which a logarithmic slider stops, the last of them the highest allowed; of a
  // slider for iterations, integers.
  /** @param {SliderReach} reach */
  const stops = ([low, high, , , hasZero]) => {
    const found = hasZero ? [0, low] : [low];
    for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
      for (const digits of PER_DECADE) {
        const stop = Number(`${digits}e${power}`);
        if (stop > low && stop < high && (low < 1 || Number.isInteger(stop))) found.push(stop);
      }
    }
    return low < high ? [...found, high] : found;
  };
  /**
   * @param {number[]} numbers ascending
   * @param {number} number
   */
  const nearest = (numbers, number) => {
    const above = numbers.findIndex((each) => each >= number);
    if (above <= 0) return above === 0 ? 0 : numbers.length - 1;
    return number / numbers[above - 1] < numbers[above] / number ? above - 1 : above;
  };

  // The number that a text such as 90 * 5005 or 1/3 stands for, as far as a slider can tell.
  /** @type {Explorer["numberOf"]} */
  const numberOf = (text) => {
    const [first, ...rest] = text.replaceAll("_", "").split(/\s*([*/])\s*/);
    let number = first.trim() === "" ? NaN : Number(first);
    for (let i = 0; i < rest.length; i += 2) {
      number = rest[i] === "*" ? number * Number(rest[i + 1]) : number / Number(rest[i + 1]);
    }
    return number;
  };

  /** @type {Explorer["textOf"]} */
  const textOf = (number) => number && Math.abs(number) < 1e-4 ? number.toExponential() : String(number);

  /** @type {Explorer["slider"]} */
  const slider = (name, input, reach, set) => {
    const [low, high, step, isLog] = reach();
    /** @type {number[]} */
    let numbers = [];
    const range = make("input", { type: "range", min: isLog ? 0 : low, max: high, step: isLog ? 1 : step });
    range.setAttribute("aria-label", `${name}, slider`);
    const follow = () => {
      const number = numberOf(input.value);
      const value = Number.isFinite(number) ? number : low;
      if (isLog) numbers = stops(reach()); // another number of the schedule may have changed it
      range.max = String(isLog ? numbers.length - 1 : Math.max(high, value));
      range.value = String(isLog ? nearest(numbers, value) : value);
      range.setAttribute("aria-valuetext", input.value);
    };
    follow();
    input.addEventListener("input", follow);
    input.addEventListener("follow", follow); // the number was changed on the curve
    range.addEventListener("input", () => {
      input.value = isLog ? textOf(numbers[Number(range.value)]) : range.value;
      range.setAttribute("aria-valuetext", input.value);
      set(input.value, { isDragged: true });
    });
    range.addEventListener("change", () => set(input.value));
    // A finger that scrolls the page may begin on a slider, which then goes back.
    let before = input.value;
    range.addEventListener("pointerdown", () => { before = input.value; });
    range.addEventListener("pointercancel", () => {
      input.value = before;
      follow();
      set(before);
    });
    return range;
  };

  Object.assign(explorer, { numberOf, slider, textOf });
})();
