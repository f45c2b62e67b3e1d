"""What every figure of the pages draws: its curves, by their labels, and its axes."""

import math

from support.reference_curves import (
    between,
    cosine,
    factor,
    half_cosine,
    line,
    momentum,
    multi,
    one_cycle,
    poly,
    restarts,
    rise_and_fall,
    steps,
    sum_of_cosine,
    triangle,
    warm,
    warm_cycles,
)

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
