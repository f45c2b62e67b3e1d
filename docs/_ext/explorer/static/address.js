// The state of an explorer as an address, and back: its schedules, with & between them, as Python
// would write them, its last iteration and those of its table.
// A schedule is a tree: {type, name: value}, where a value is the text that the reader typed, a
// list of values, or another tree.
(() => {
  const MOST = 6; // schedules in a chart

  const encoded = (sign) => `%${sign.charCodeAt().toString(16).padStart(2, "0")}`;
  const written = (value) => {
    if (typeof value === "string") return value.replace(/[%()[\],=&#\s]/g, encoded);
    if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
    const { type, ...given } = value;
    return `${type}(${Object.entries(given).map(([name, item]) => `${name}=${written(item)}`).join(",")})`;
  };

  // Reads type(name=value,...), [value,...] or a text; brackets that are missing at the end are
  // added, since some programs take them off an address.
  const read = (text) => {
    let at = 0;
    const word = () => {
      const from = at;
      while (at < text.length && !"()[],=".includes(text[at])) at++;
      return decodeURIComponent(text.slice(from, at)).trim();
    };
    const many = (end, one) => {
      const found = [];
      for (at++; at < text.length && text[at] !== end;) {
        found.push(one());
        if (text[at] === ",") at++;
        else if (at < text.length && text[at] !== end) throw new Error(`unexpected ${text[at]}`);
      }
      at++;
      return found;
    };
    const pair = () => {
      const name = word();
      if (text[at++] !== "=") throw new Error(`${name || "a parameter"} has no value`);
      return [name, value()];
    };
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

  const address = ({ schedules, last, iterations }) => [
    ...schedules.map(written),
    ...(last ? [`last=${written(last)}`] : []),
    ...(iterations ? [`iterations=${written(iterations)}`] : []),
  ].join("&");
  const hash = (state) => `#${address(state).replace(/[%[\]]/g, encoded)}`;

  const readAddress = (text) => {
    const state = { schedules: [], last: "", iterations: "" };
    for (const part of text.split("&").filter(Boolean)) {
      const [, name, value] = /^(last|iterations)=(.*)$/.exec(part) ?? [];
      if (name) state[name] = decodeURIComponent(value);
      else state.schedules.push(read(part));
    }
    if (state.schedules.length > MOST) throw new Error(`more than ${MOST} schedules`);
    return state;
  };

  Object.assign(explorer, { MOST, hash, readAddress, written });
})();
