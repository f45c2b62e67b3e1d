// The state of an explorer as the fragment of a URL, and back: its schedules, joined with & and
// spelled almost as Python spells them, and its settings, such as last=1000.
(() => {
  const MOST = 6; // schedules in a chart
  const LONGEST = 20_000, DEEPEST = 50; // characters, nested brackets: more would make the page deaf
  /** @type {Exclude<keyof State, "schedules">[]} */
  const SETTINGS = ["last", "iterations", "x", "per", "y", "code"];

  /** @param {string} sign */
  const escapeSign = (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`;
  /** @type {Explorer["encode"]} */
  const encode = (value) => {
    if (typeof value === "string") return value.replace(/[%()[\],=&#]/g, escapeSign);
    if (Array.isArray(value)) return `[${value.map(encode).join(",")}]`;
    const { type, ...parameters } = value;
    return `${type}(${Object.entries(parameters).map(([name, item]) => `${name}=${encode(item)}`).join(",")})`;
  };

  // Parses type(name=value,...), [value,...] or a text. Some programs cut closing brackets off a
  // URL, so they may be missing at the end.
  /** @param {string} text */
  const parse = (text) => {
    let at = 0, depth = 0;
    const word = () => {
      const from = at;
      while (at < text.length && !"()[],=".includes(text[at])) at++;
      return decodeURIComponent(text.slice(from, at)).trim();
    };
    /**
     * @template T
     * @param {string} end
     * @param {() => T} one
     */
    const many = (end, one) => {
      const found = [];
      if (++depth > DEEPEST) throw new Error(`schedules are nested more than ${DEEPEST} deep`);
      for (at++; at < text.length && text[at] !== end;) {
        found.push(one());
        if (text[at] === ",") at++;
        else if (at < text.length && text[at] !== end) throw new Error(`unexpected ${text[at]}`);
      }
      at++;
      depth--;
      return found;
    };
    /** @returns {[string, Value]} */
    const pair = () => {
      const name = word();
      if (text[at++] !== "=") throw new Error(`${name || "a parameter"} has no value`);
      return [name, value()];
    };
    /** @returns {Value} */
    const value = () => {
      if (text[at] === "[") return many("]", value);
      const name = word();
      return text[at] === "(" ? { type: name, ...Object.fromEntries(many(")", pair)) } : name;
    };
    const found = value();
    if (at < text.length) throw new Error(`unexpected ${text[at]}`);
    if (typeof found === "string" || Array.isArray(found)) throw new Error(`${text} is no schedule`);
    return found;
  };

  /** @type {Explorer["hash"]} */
  const hash = (state) => {
    const parts = state.schedules.map(encode);
    for (const name of SETTINGS) if (state[name]) parts.push(`${name}=${state[name].replace(/[%&#]/g, escapeSign)}`);
    return `#${parts.join("&").replace(/[%[\]\s]/g, escapeSign)}`;
  };

  /** @type {Explorer["parseState"]} */
  const parseState = (text) => {
    if (text.length > LONGEST) throw new Error(`it has more than ${LONGEST} characters`);
    /** @type {State} */
    const state = { schedules: [], last: "", iterations: "", x: "", per: "", y: "", code: "" };
    for (const part of text.split("&").filter(Boolean)) {
      const name = SETTINGS.find((each) => part.startsWith(`${each}=`));
      if (name) Object.assign(state, { [name]: decodeURIComponent(part.slice(name.length + 1)) });
      else state.schedules.push(parse(part));
    }
    if (state.schedules.length > MOST) throw new Error(`more than ${MOST} schedules`);
    return state;
  };

  Object.assign(explorer, { MOST, encode, hash, parseState });
})();
