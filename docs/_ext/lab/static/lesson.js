// Exercises: the reader guesses, sees, and reaches a goal, which the page checks.
(() => {
  const { button, make, parseState } = explorer;
  const [NOISE, NETWORK, LAW] = [0, 1, 2]; // the panels

  // Each asks for a guess, of which the answer is `right`, explains it, and sets a goal. `settings` are what
  // the goal is for, and `start` the schedules that the exercise begins with.
  /** @type {Exercise[]} */
  const EXERCISES = lab.exercises = [
    {
      title: "High or low?", section: "lab-quadratic",
      question: "Over 1000 iterations of the noisy quadratic, which schedule ends with the lowest loss?",
      guesses: ["constant 1", "constant 0.1", "cosine from 1 to 0"], right: 2,
      why: "The constant 1 has no way left, and noise of 0.54. The constant 0.1 has little noise, and 0.11 of the way left. The cosine does first the one and then the other.",
      settings: { peak: 1, noise: 0.3, curvature: 1 }, start: ["constant", "constant, low", "cosine"],
      goal: "Now reach a loss below 0.05.",
      measure: (panels) => Math.min(...panels[NOISE].results().map(({ loss }) => loss).filter(Number.isFinite)),
      reached: (loss) => loss < 0.05, said: "The lowest loss is",
    },
    {
      title: "Half the time", section: "lab-quadratic",
      question: "The schedule may use 500 iterations only, then the rate is 0. The cosine over 1000 ends at 0.056. What is the best loss that you expect?",
      guesses: ["about 0.056, too", "about 0.09", "about 0.2"], right: 1,
      why: "In half the time, more of the way is left in the flat directions when the rate has to fall. A better shape helps a little, and time helps more.",
      settings: { peak: 1, noise: 0.3, curvature: 1 }, start: ["half a cosine"],
      goal: "Reach a loss below 0.09 with a schedule that is 0 from iteration 500 on: drag its end there.",
      measure: (panels, curves) => Math.min(Infinity, ...panels[NOISE].results().map(({ loss }) => loss)
        .filter((loss, i) => Number.isFinite(loss) && curves[i].subarray(499).every((height) => height === 0))),
      reached: (loss) => loss < 0.09, said: "The lowest loss of a schedule that is 0 from iteration 500 on is",
    },
    {
      title: "Why warm up?", section: "lab-network",
      question: "The network starts from weights four times as large, where the loss is steep. Its peak is 0.08. Which cosine ends lower?",
      guesses: ["the one that starts at its peak", "the one that first warms up for 200 iterations", "they end alike"], right: 1,
      why: "At a steep place a large step overshoots, and some hidden units never come back from it. A warm-up takes small steps until the network has left the steep place.",
      settings: { netPeak: 0.08, scale: 4 }, start: ["cosine", "long warm-up and cosine"],
      goal: "One run is one draw. Press \"Another seed\" twice to see whether the warm-up wins again, then find a schedule that reaches a training loss below 0.14.",
      measure: (panels) => Math.min(...panels[NETWORK].results().map(({ loss }) => loss).filter(Number.isFinite)),
      reached: (loss) => loss < 0.14, said: "The lowest training loss is",
    },
    {
      title: "What does WSD buy?", section: "lab-law",
      question: "A model of 400 million parameters, 24,000 updates: does warmup-stable-decay end lower than the cosine?",
      guesses: ["clearly lower, says the law", "clearly higher", "the law sees no difference"], right: 0,
      why: "The law puts WSD lower, as was measured, by three times too much. What WSD surely buys: until its decay begins you need not know when training ends, and one run can be finished at many lengths.",
      settings: { size: "400M", length: 24000 }, start: ["cosine", "warmup-stable-decay (WSD)"],
      goal: "Press \"Improve it\" below the law, for the cosine, and watch which shape grows. Reach a prediction below 2.7 with schedule 1.",
      measure: (panels) => panels[LAW].results()[0].loss,
      reached: (loss) => loss < 2.7, said: "The prediction for schedule 1 is",
    },
  ];

  // The address holds the schedules, and no place of the page.
  const jump = (/** @type {Event} */ event) => {
    event.preventDefault();
    const target = /** @type {HTMLAnchorElement} */ (event.target).hash.slice(1);
    explorer.find(document, `.${target}`).scrollIntoView();
  };
  /** @type {Map<number, number>} by exercise, the first guess */
  const guessed = new Map();

  /** @type {Lab["lesson"]} */
  lab.lesson = (state, { panels, shapes, curves, begin }) => {
    const place = lab.place("lesson");
    const body = make("div"), status = make("p", { className: "lab-message", role: "status" });
    const tabs = EXERCISES.map(({ title }, i) => button(`${i + 1}. ${title}`, () => open(i + 1)));
    const check = () => {
      const exercise = EXERCISES[state.exercise - 1];
      if (!exercise || !guessed.has(state.exercise)) return;
      const wrong = Object.entries(exercise.settings).filter(([name, value]) => Reflect.get(state, name) !== value);
      const measured = exercise.measure(panels, curves());
      const text = wrong.length ? `The goal is for ${wrong.map(([name, value]) => `${name} ${value}`).join(", ")}.`
        : !Number.isFinite(measured) ? "Not yet: there is no result so far."
        : `${exercise.said} ${lab.short(measured, 4)}: ${exercise.reached(measured) ? "you reached the goal." : "not yet."}`;
      if (status.textContent !== text) status.textContent = text;
    };
    /** @param {number} number */
    const draw = (number) => {
      const exercise = EXERCISES[number - 1];
      status.textContent = "";
      tabs.forEach((tab, i) => { tab.ariaPressed = String(i === number - 1); });
      if (!exercise) {
        body.replaceChildren();
        return;
      }
      const { section, question, guesses, right, why, goal, start, settings } = exercise;
      const answer = make("div", { ariaLive: "polite" });
      const tell = () => {
        const guess = guessed.get(number);
        if (guess === undefined) return;
        answer.replaceChildren(
          make("p", { textContent: `${guess === right ? "Right." : `You guessed: ${guesses[guess]}. It is: ${guesses[right]}.`} ${why}` }),
          make("p", { className: "lab-goal" }, make("span", { textContent: `${goal} ` }),
            make("a", { href: `#${section}`, textContent: "Go to the experiment", onclick: jump }), make("span", { textContent: ". Back brings your own schedules back." })));
      };
      tell();
      const choices = guesses.map((text, i) => {
        const radio = make("input", { type: "radio", name: "guess", checked: guessed.get(number) === i });
        radio.onchange = () => {
          if (!guessed.has(number)) guessed.set(number, i);
          tell();
          begin(start.map((name) => parseState(shapes[name] ?? name).schedules[0]), settings);
        };
        return make("label", { className: "lab-guess" }, radio, document.createTextNode(` ${text}`));
      });
      body.replaceChildren(make("fieldset", {}, make("legend", { textContent: question }), ...choices), answer);
    };
    /** @param {number} number */
    const open = (number) => {
      state.exercise = number;
      draw(number);
      state.changed();
    };
    place.append(make("div", { className: "explorer-tools", role: "group", ariaLabel: "Exercises" }, ...tabs), body, status);
    draw(state.exercise);
    return { show: check };
  };
})();
