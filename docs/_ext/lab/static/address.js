// The address of the lab: its schedules, and the settings of its experiments that are not the first ones.
(() => {
  const { hash, parseState } = explorer;
  const MOST = lab.MOST = 3; // schedules
  // What the settings begin with, and what they may be.
  const INITIAL = lab.INITIAL = { peak: 1, noise: 0.3, curvature: 1, netPeak: 0.04, scale: 1, seed: 0, size: "400M", length: 24000, exercise: 0 };
  /** @type {Lab["REACH"]} */
  const REACH = lab.REACH = { peak: [0.01, 4], noise: [0.01, 3], curvature: [0.1, 10], netPeak: [0.001, 1], scale: [0.5, 5] };
  /** @type {Lab["LENGTHS"]} */
  const LENGTHS = lab.LENGTHS = [24000, 72000];
  const NAMES = /** @type {(keyof typeof INITIAL)[]} */ (Object.keys(INITIAL));

  /**
   * The value of a setting, as a number where it is one.
   * @param {keyof typeof INITIAL} name
   * @param {string} text
   */
  const setting = (name, text) => {
    const number = Number(text), reach = REACH[name];
    /** @param {unknown} isRight @param {string} allowed */
    const check = (isRight, allowed) => {
      if (!isRight) throw new Error(`${name} must be ${allowed}, got ${text || "nothing"}`);
    };
    if (name === "size") check(Object.hasOwn(lab.laws, text), Object.keys(lab.laws).join(" or "));
    else if (name === "length") check(LENGTHS.includes(number), LENGTHS.join(" or "));
    else if (reach) check(text && number >= reach[0] && number <= reach[1], `from ${reach[0]} to ${reach[1]}`);
    else check(text && Number.isInteger(number) && number >= 0 && number < 2 ** 32, "an integer from 0 on");
    return name === "size" ? text : number;
  };

  /** @type {Lab["read"]} */
  lab.read = (fragment) => {
    const own = /^(\w+)=(.*)$/, parts = fragment.split("&");
    const { schedules } = parseState(parts.filter((part) => !own.test(part)).join("&"));
    if (schedules.length > MOST) throw new Error(`the lab compares ${MOST} schedules, got ${schedules.length}`);
    const settings = parts.flatMap((part) => {
      const [, name, text] = part.match(own) ?? [];
      if (name === undefined) return [];
      const known = NAMES.find((each) => each === name);
      if (!known) throw new Error(`${name} is no setting of the lab: use ${NAMES.join(", ")}`);
      return [[known, setting(known, text)]];
    });
    return { ...INITIAL, ...Object.fromEntries(settings), schedules };
  };

  /** @type {Lab["address"]} */
  lab.address = (state) => [hash({ ...parseState(""), schedules: state.schedules }),
    ...NAMES.filter((name) => state[name] !== INITIAL[name]).map((name) => `${name}=${state[name]}`)].join("&");
})();
