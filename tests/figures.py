"""The formula of every curve that the pages draw, written out again in plain Python.

Nothing here calls the package. A curve is a function of the iteration, by its label.
"""

import math
from itertools import accumulate, pairwise

# The tutorial's formulas once more, as a loop over the iteration would have them.


def factor(t, base_lr=1, step=250, factor=0.5, floor=1e-8):
    rate = base_lr
    for _ in range(step, t, step):
        rate = max(rate * factor, floor)
    return rate


def multi(t):
    return 0.5 ** ((t > 250) + (t > 750) + (t > 900))


def poly(t, pwr=2, w=0):
    return 1e-3 + (1 - 1e-3) * (1 - (t - w) / (800 - w)) ** pwr if t < 800 else 1e-3


def cosine(t, w=0):
    if t >= 800:
        return 1e-3
    return 1e-3 + (1 - 1e-3) * (1 + math.cos(math.pi * (t - w) / (800 - w))) / 2


def warm(decay, w=100, begin=None):
    """Return a rise from 0, or a wait at `begin`, before the decay."""
    return lambda t: decay(t) if t >= w else t / w if begin is None else begin


def half_cosine(share):
    """Return what is left of 1 when a share of the way has gone, none after the end."""
    return (1 + math.cos(math.pi * min(share, 1))) / 2


def between(t, *knots):
    """Return the height at t of the straight lines from knot to knot."""
    for (start, old), (end, new) in pairwise(knots):
        if t <= end:
            return old * (end - t) / (end - start) + new * (t - start) / (end - start)
    return knots[-1][1]


def one_cycle(t, w=300, peak=1, begin=1 / 25, final=1 / 25 / 10_000):
    """Return peak times the cycle; begin and final are shares of it."""
    if t <= w:
        return peak * (1 + (begin - 1) * half_cosine(t / w))
    return peak * (final + (1 - final) * half_cosine((t - w) / (1000 - w)))


def restarts(t, height=1):
    """Return the rate in cycles of 100, 200 and 400 iterations."""
    for number, (start, end) in enumerate([(0, 100), (100, 300), (300, 700)]):
        if start < t <= end:
            return height**number * half_cosine((t - start) / (end - start))


def warm_cycles(t):
    """Return the rate in three cycles of 200 iterations, and after them."""
    number, i = divmod(min(t, 600) - 1, 200)
    rate = (i + 1) / 40 if i + 1 < 40 else 0.2 + 0.8 * half_cosine((i + 1 - 40) / 160)
    return rate / 2**number


def triangle(t, rise=100):
    """Return the height, up to 1, in cycles of 200 iterations."""
    x = (t - 1) % 200 + 1
    return x / rise if x <= rise else (200 - x) / (200 - rise)


def line(t):
    return max(1 - t / 400, 0)


def rise_and_fall(t):
    return t / 200 if t < 200 else (1000 - t) / 800


def sum_of_cosine(n):
    """Return 500 times the sum of n rates by the sum of 1000, without adding up."""
    half = math.pi / 2000
    return 500 / 499.5 * (n / 2 - 1 / 4 + math.sin((2 * n + 1) * half) / math.sin(half) / 4)


def momentum(t):
    """Return 0.95 less a tenth of a cycle from 0 to 1 and back."""
    return 0.95 - 0.1 * one_cycle(t, begin=0, final=0)


def steps(momentum):
    """Return step 0 of a weight whose gradient is always -1, and a thousand more."""
    rates = [one_cycle(t, peak=0.1) for t in range(1001)]
    return [*accumulate(range(1, 1001), lambda v, t: momentum(t) * v + rates[t], initial=0)]


FIGURES = {
    "README.md": [],
    "docs/index.md": [{"FactorScheduler": factor}],
    "docs/tutorial.md": [
        {"FactorScheduler": factor},
        {"MultiFactorScheduler": multi},
        {"PolyScheduler": poly},
        {"CosineScheduler": cosine},
        {"CosineScheduler": warm(lambda t: cosine(t, w=100))},
        {"MyCosine": cosine},
    ],
    "docs/coming-from/index.md": [],
    "docs/coming-from/pytorch.md": [],
    "docs/conventions.md": [],
    "docs/how-to/config.md": [],
    "docs/how-to/resume.md": [],
    "docs/how-to/training-loop.md": [],
    "docs/how-to/warm-up.md": [
        {
            "without": lambda t: 0.4 * (1 + math.cos(math.pi * t / 1000)) / 2,
            "with a warm-up": lambda t: (
                0.4 * (t / 50 if t < 50 else (1 + math.cos(math.pi * (t - 50) / 950)) / 2)
            ),
        }
    ],
    "docs/how-to/write-a-schedule.md": [{"inverse_time": lambda t: 0.5 / (1 + t / 100)}],
    "gallery/plot_01_verify.py": [{"FactorScheduler": factor}],
    "gallery/plot_02_optimizer.py": [
        {"yours, from 1": factor, "the optimizer's, from 0.1": lambda t: factor(t, 0.1)}
    ],
    "gallery/plot_03_stepwise.py": [
        {"FactorScheduler": factor},
        {
            "halved after every 250": factor,
            "times 0.75 after every 125": lambda t: factor(t, 1, 125, 0.75, 0.3),
        },
    ],
    "gallery/plot_04_chosen.py": [{"MultiFactorScheduler": multi}],
    "gallery/plot_05_polynomial.py": [
        {"PolyScheduler": poly},
        {f"pwr={pwr}": lambda t, pwr=pwr: poly(t, pwr) for pwr in (0.5, 1, 2, 4)},
    ],
    "gallery/plot_06_cosine.py": [
        {"CosineScheduler": cosine},
        {
            "half a cosine": cosine,
            "a straight line": lambda t: poly(t, 1),
            "a parabola": poly,
        },
    ],
    "gallery/plot_07_warmup.py": [
        {"CosineScheduler": warm(lambda t: cosine(t, w=100))},
        {
            "linear, from 0": warm(lambda t: cosine(t, w=100)),
            "constant, at 0.1": warm(lambda t: cosine(t, w=100), begin=0.1),
        },
        {
            "FactorScheduler": warm(factor),
            "MultiFactorScheduler": warm(multi),
            "PolyScheduler": warm(lambda t: poly(t, w=100)),
            "CosineScheduler": warm(lambda t: cosine(t, w=100)),
        },
        {
            "FactorScheduler": warm(factor, begin=0.1),
            "MultiFactorScheduler": warm(multi, begin=0.1),
            "PolyScheduler": warm(lambda t: poly(t, w=100), begin=0.1),
            "CosineScheduler": warm(lambda t: cosine(t, w=100), begin=0.1),
        },
    ],
    "gallery/plot_08_custom.py": [
        {"inverse_sqrt": lambda t: 1 / math.sqrt(t)},
        {"MyCosine": cosine},
        {
            "InverseSqrt": warm(lambda t: 1 / math.sqrt(t), w=4),
            "Noam": warm(lambda t: math.sqrt(4 / t), w=4),
        },
    ],
    "gallery/plot_09_compare.py": [
        {
            "FactorScheduler": warm(factor, w=50),
            "MultiFactorScheduler": warm(multi, w=50),
            "PolyScheduler, pwr=1": warm(lambda t: poly(t, 1, w=50), w=50),
            "PolyScheduler, pwr=2": warm(lambda t: poly(t, 2, w=50), w=50),
            "CosineScheduler": warm(lambda t: cosine(t, w=50), w=50),
        }
    ],
    "gallery/plot_11_one_cycle.py": [
        {"PiecewiseScheduler": one_cycle},
        {
            "peak at 500": lambda t: one_cycle(t, w=500),
            "linear": lambda t: between(t, (0, 0.04), (300, 1), (1000, 4e-6)),
            "from 0.5 to 0.25": lambda t: one_cycle(t, begin=0.5, final=0.25),
        },
        {
            "two phases, cosine": one_cycle,
            "three phases, linear": lambda t: between(
                t, (0, 0.04), (450, 1), (900, 0.04), (1000, 4e-6)
            ),
        },
    ],
    "gallery/plot_12_stable.py": [
        {
            f"until {end}": lambda t, end=end: between(
                t, (0, 0), (100, 1), (end - 200, 1), (end, 0)
            )
            for end in (1400, 1000)
        },
        {
            "linear": lambda t: between(t, (0, 0), (100, 1), (600, 1), (1000, 0)),
            "cosine": warm(lambda t: half_cosine(max(t - 600, 0) / 400)),
            "1-sqrt": warm(lambda t: 1 - math.sqrt(max(t - 600, 0) / 400)),
        },
    ],
    "gallery/plot_13_restarts.py": [
        {
            "of one height": restarts,
            "each half as high": lambda t: restarts(t, height=0.5),
        },
        {"Repeat": warm_cycles},
    ],
    "gallery/plot_14_cyclic.py": [
        {"Repeat": lambda t: 0.1 + 0.9 * triangle(t)},
        {
            f"a rise of {rise}": lambda t, rise=rise: (
                0.1 + 0.9 * 0.5 ** ((t - 1) // 200) * triangle(t, rise)
            )
            for rise in (100, 20)
        },
        {
            "the product": lambda t: 0.1 + 0.9 * triangle(t) * 0.998**t,
            "where it peaks": lambda t: 0.1 + 0.9 * 0.998**t,
        },
    ],
    "gallery/plot_15_inverse_sqrt.py": [
        {"PowerScheduler": warm(lambda t: 10 / math.sqrt(t))},
        {
            "pwr=0.5": warm(lambda t: 10 / math.sqrt(t)),
            "pwr=1": warm(lambda t: 100 / t),
            "pwr=2": warm(lambda t: (100 / t) ** 2),
        },
    ],
    "gallery/plot_16_algebra.py": [
        {
            "line": line,
            "0.5 * line + 0.25": lambda t: 0.25 + line(t) / 2,
            "line.clip(0.1, 0.8)": lambda t: sorted((0.1, line(t), 0.8))[1],
            "line.shift(-200)": lambda t: line(t - 200) if t > 200 else 1,
            "line.stretch(2)": lambda t: max(1 - t / 800, 0),
        },
        {
            "product": lambda t: line(t) / 2 ** ((t - 1) // 100),
            "join": lambda t: 0.5 if t <= 100 else line(max(t - 500, 0)),
        },
    ],
    "gallery/plot_17_epochs.py": [
        {
            "no hold": lambda t: half_cosine(t / 1000),
            "hold=True": lambda t: half_cosine(((t - 1) // 250 + 1) / 4),
        },
        {
            "from 1": lambda t: half_cosine(((t - 1) // 250 + 1) / 4),
            "from 0": lambda t: half_cosine((t - 1) // 250 / 4),
        },
    ],
    "gallery/plot_18_groups.py": [
        {
            f"layer {number}": lambda t, peak=peak: (
                peak * (t / 50 if t < 50 else half_cosine((t - 50) / 450))
            )
            for number, peak in enumerate((0.025, 0.05, 0.1), start=1)
        }
    ],
    "gallery/plot_19_find.py": [
        {"PolyScheduler": rise_and_fall},
        {
            "linear, with a warm-up": lambda n: sum(rise_and_fall(t) for t in range(1, n + 1)),
            "cosine, scaled": sum_of_cosine,
        },
    ],
    "gallery/plot_20_other.py": [
        {"PiecewiseScheduler": lambda t: one_cycle(t, peak=0.1)},
        {"PiecewiseScheduler": momentum},
        {
            "moving momentum": steps(momentum).__getitem__,
            "momentum of 0.95": steps(lambda t: 0.95).__getitem__,
        },
    ],
}


# The figures that do not end at iteration 1000, by their place on the page.
LAST = {
    ("gallery/plot_08_custom.py", 0): 100,
    ("gallery/plot_08_custom.py", 2): 100,
    ("gallery/plot_12_stable.py", 0): 1400,
    ("gallery/plot_13_restarts.py", 0): 700,
    ("gallery/plot_18_groups.py", 0): 500,
}

# The figures whose heights are no learning rates.
HEIGHTS = {
    ("gallery/plot_19_find.py", 1): "Sum of the rates so far",
    ("gallery/plot_20_other.py", 1): "Momentum",
    ("gallery/plot_20_other.py", 2): "Step",
}


# The pages whose figure has a panel for each curve, by the title of the panel.
PANELS = {
    "docs/choose.md": {
        "FactorScheduler": factor,
        "MultiFactorScheduler": lambda t: 10.0 ** -((t > 500) + (t > 750)),
        "PolyScheduler": warm(lambda t: ((1000 - t) / 900) ** 2),
        "linear": warm(lambda t: (1000 - t) / 900),
        "CosineScheduler": warm(lambda t: half_cosine((t - 100) / 900)),
        "ExponentialScheduler": lambda t: 2 ** (-t / 200),
        "inverse_sqrt": warm(lambda t: 10 / math.sqrt(t)),
        "PiecewiseScheduler": lambda t: between(t, (0, 0.2), (200, 1), (600, 0.4), (1000, 0)),
        "one_cycle": one_cycle,
        "warmup_stable_decay": lambda t: between(t, (0, 0), (100, 1), (800, 1), (1000, 0)),
        "cosine_restarts": lambda t: half_cosine(((t - 1) % 250 + 1) / 250),
        "cyclic": lambda t: 0.1 + 0.9 * (1 - abs(((t - 1) % 250 + 1) / 125 - 1)),
        "join": lambda t: 0.1 if t <= 200 else half_cosine((t - 200) / 800),
        "repeat": lambda t: (
            between((t - 1) % 250 + 1, (0, 0), (50, 1), (250, 0)) / 2 ** ((t - 1) // 250)
        ),
    }
}
