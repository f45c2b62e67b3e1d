"""Numbers for the rows of other libraries: at random, and at the edges.

A set of numbers is drawn by the names of a row's parameters. A row's text says for which
numbers it holds; a set for which it does not is drawn again.
"""

import random
from functools import partial

LEFT_OUT = "left out"  # of a set in which the library's default arguments are left out
TRIES = 5000


def rate(r):
    """Return a learning rate of three digits."""
    return float(f"{10 ** r.uniform(-6, 0):.3g}")


def low(r):
    """Return a rate at one end of a schedule: 0, or as above."""
    return r.choice([0.0, rate(r), rate(r) / 100])


def whole(least, most, r):
    """Return an integer."""
    return r.randint(least, most)


def real(least, most, r):
    """Return a number of three digits."""
    return float(f"{r.uniform(least, most):.3g}")


def increasing(r):
    """Return some iterations, in order."""
    return sorted(r.sample(range(1, 200), r.randint(1, 6)))


def many(draw, r, like=None, more=0):
    """Return a list of numbers: as long as another list, or of a length at random."""
    return [draw(r) for _ in range(r.randint(2, 6) if like is None else len(like) + more)]


LENGTH = partial(whole, 1, 150), [1, 2]
WARMUP = partial(whole, 0, 60), [0, 1]
EPOCHS = partial(whole, 1, 40), [1, 2]
FACTOR = partial(real, 0.05, 1.1), [0.1, 1.0]
SHARE = partial(real, 0.01, 0.99), [0.25, 0.3]
FRACTION = partial(real, 0.01, 1), [1.0]
POWER = partial(real, 0.2, 4), [0.5, 1.0, 2.0]
GROWTH = partial(whole, 1, 4), [1, 2]
DIVISOR = partial(real, 1, 200), [1.0]
COUNT = partial(whole, 1, 6), [1]
RATE = rate, [1.0, 1e-4]
LOW = low, [0.0]
LISTS = {"milestones": (increasing, [[1]])}
# How a number is drawn, and what its edges are, by what it is called.
DOMAINS = {
    **dict.fromkeys("lr max_lr swa_lr".split(), RATE),
    **dict.fromkeys("eta_min base_lr".split(), LOW),
    **dict.fromkeys(
        "step_size total_iters T_max T_0 step_size_up step_size_down total_steps period "
            "milestone anneal_epochs".split(),
        LENGTH,
    ),
    **dict.fromkeys("warmup".split(), WARMUP),
    **dict.fromkeys("gamma factor decay".split(), FACTOR),
    **dict.fromkeys("start_factor end_factor".split(), FRACTION),
    **dict.fromkeys("pct_start".split(), SHARE),
    **dict.fromkeys("power".split(), POWER),
    **dict.fromkeys("T_mult".split(), GROWTH),
    **dict.fromkeys("div_factor final_div_factor".split(), DIVISOR),
    "milestones": (increasing, [[1]]),
}


def draw(row, seed, **fixed):
    """Return the row with numbers drawn at random, or nothing if none of them is allowed."""
    r = random.Random(seed)
    for _ in range(TRIES):
        numbers = {}
        for name in row.numbers:
            numbers[name] = fixed[name] if name in fixed else DOMAINS[name][0](r)
        drawn = row._replace(numbers=numbers, rates=())
        if drawn.holds:
            return drawn
    return None


def sets(row, key, count):
    """Yield names and rows: `count` sets, or all with the edges if `count` is 0."""
    for number in range(count or 20):
        yield f"{key} {number}", draw(row, f"{key} {number}")
    if count:
        return
    for name in row.numbers:
        for edge in DOMAINS[name][1]:
            seed = f"{key} {name}={edge}"
            if drawn := draw(row, seed, **{name: edge}):
                yield seed, drawn
    if row.defaults and (drawn := draw(row, f"{key} {LEFT_OUT}", **row.defaults)):
        yield f"{key} {LEFT_OUT}", drawn
