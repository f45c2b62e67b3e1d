"""What the figures of the pages draw: their curves, by their labels, and their axes.

A gallery script is not here if it draws schedules with the arguments of the reference alone.
"""

import math
from functools import partial
from itertools import accumulate

from support import formulas


def of(twin, *symbols):
    """Return the curve of a formula with these values of its symbols."""
    return lambda t: twin(t, *symbols)


def warm(decay, w=100):
    return of(formulas.warm_up, 1, 0, w, "linear", decay)


def waiting(decay):
    return of(formulas.warm_up, 1, 0.1, 100, "constant", decay)


def poly(p=2, w=0):
    return of(formulas.poly, 1, 1e-3, w, 800, p)


def cosine(w=0):
    return of(formulas.cosine, 1, 1e-3, w, 800)


def warm_cosine(peak, end):
    """Return half a cosine, down to 0, behind a warm-up of 50 iterations."""
    return of(formulas.warm_up, peak, 0, 50, "linear", of(formulas.cosine, peak, 0, 50, end))


def sum_of_cosine(n):
    """Return 500 times the sum of n rates by the sum of 1000, without adding up."""
    half = math.pi / 2000
    return 500 / 499.5 * (n / 2 - 1 / 4 + math.sin((2 * n + 1) * half) / math.sin(half) / 4)


def steps(momentum):
    """Return the steps of a weight whose gradient is always -1, from step 0 on."""
    rate = one_cycle(peak=0.1, begin=0.004, final=4e-7)
    move = lambda v, t: momentum(t) * v + rate(t)  # noqa: E731
    return [*accumulate(range(1, 1001), move, initial=0)].__getitem__


def one_cycle(w=300, peak=1, begin=0.04, final=4e-6):
    return of(formulas.one_cycle, peak, begin, final, w, 1000)


def lines(*knots):
    """Return straight lines from knot to knot."""
    return of(formulas.piecewise, *zip(*knots, strict=True), "linear")


def wsd(decay, end=1000, mode="linear", final=0):
    return of(formulas.warmup_stable_decay, 1, 0, final, 100, decay, end, mode)


def restarts(s, m=1, γ=1):
    return of(formulas.cosine_restarts, 1, 0, s, None, m, γ, 1)


def repeated(curve, s, cycles):
    return of(formulas.repeat, curve, s, cycles, 1, 0.5, 1)


def cyclic(s, r=None, γ=1):
    return of(formulas.cyclic, 1, 0.1, s, r, None, γ)


def ramp():
    """Return the tokens of GPT-3's batches: each of 99 sizes has 12 / 99 billion tokens."""
    sizes = [32_000 * k for k in range(1, 101)]
    lengths = (round(12e9 / 99 / size) for size in sizes[:-1])
    return of(formulas.batch_clock, sizes, [*accumulate(lengths)])


def gpt3(clock):
    decay = of(formulas.cosine, 6e-5, 6e-6, 375e6, 260e9)
    return of(formulas.over, of(formulas.warm_up, 6e-5, 0, 375e6, "linear", decay), clock)


def epochs_from_200(epoch):
    """Return ten epochs of a cosine: 50 iterations each up to 200, then as `epoch` says."""
    return lambda t: formulas.cosine(t / 50 if t <= 200 else epoch(t), 0.1, 0, 0, 10)


def plateau(t):
    """Return the rate that is halved at iterations 60, 130 and 240."""
    return 0.5 * min(t / 20, 1) / 2 ** sum(t > drop for drop in (60, 130, 240))


stretched = partial(of, formulas.stretch)
delayed = partial(of, formulas.delay)
factor = of(formulas.factor, 1, 0.5, 250, 1e-8)
multi = of(formulas.multi_factor, 1, 0.5, [250, 750, 900])
line = of(formulas.linear, 1, 0, 0, 400)
epochs = of(formulas.cosine, 1, 0, 0, 4)
rise_and_fall = warm(of(formulas.linear, 1, 0, 200, 1000), 200)
sums = [*accumulate(map(rise_and_fall, range(1, 1001)), initial=0)]
falling = of(formulas.power, 1, 100, 0.5, 0)
momentum = one_cycle(peak=0.85, begin=0.95, final=0.95)
DECAYS = {
    "FactorScheduler": factor,
    "MultiFactorScheduler": multi,
    "PolyScheduler": poly(w=100),
    "CosineScheduler": cosine(w=100),
}
FIGURES = {
    "docs/index.md": [{"FactorScheduler": factor}],
    "docs/tutorial.md": [
        {"FactorScheduler": factor},
        {"MultiFactorScheduler": multi},
        {"PolyScheduler": poly()},
        {"CosineScheduler": cosine()},
        {"CosineScheduler": warm(cosine(w=100))},
        {"MyCosine": cosine()},
    ],
    "docs/how-to/resume.md": [
        {
            "only stretched": epochs_from_200(lambda t: t / 75),
            "joined": epochs_from_200(lambda t: 4 + (t - 200) / 75),
        }
    ],
    "docs/how-to/warm-up.md": [
        {
            "without": of(formulas.cosine, 0.4, 0, 0, 1000),
            "with a warm-up": warm_cosine(0.4, 1000),
        }
    ],
    "docs/how-to/write-a-schedule.md": [{"inverse_time": of(formulas.power, 0.5, 100, 1, 0)}],
    "gallery/plot_02_optimizer.py": [
        {"yours, from 1": factor, "the optimizer's, from 0.1": lambda t: factor(t) / 10}
    ],
    "gallery/plot_03_stepwise.py": [
        {"FactorScheduler": factor},
        {
            "halved after every 250": factor,
            "times 0.75 after every 125": of(formulas.factor, 1, 0.75, 125, 0.3),
        },
    ],
    "gallery/plot_05_polynomial.py": [
        {"PolyScheduler": poly()},
        {f"pwr={pwr}": poly(pwr) for pwr in (0.5, 1, 2, 4)},
    ],
    "gallery/plot_06_cosine.py": [
        {"CosineScheduler": cosine()},
        {"half a cosine": cosine(), "a straight line": poly(1), "a parabola": poly()},
    ],
    "gallery/plot_07_warmup.py": [
        {"CosineScheduler": warm(cosine(w=100))},
        {"linear, from 0": warm(cosine(w=100)), "constant, at 0.1": waiting(cosine(w=100))},
        {name: warm(decay) for name, decay in DECAYS.items()},
        {name: waiting(decay) for name, decay in DECAYS.items()},
    ],
    "gallery/plot_08_custom.py": [
        {"inverse_sqrt": lambda t: 1 / math.sqrt(t)},
        {"MyCosine": cosine()},
        {
            "InverseSqrt": warm(lambda t: 1 / math.sqrt(t), w=4),
            "Noam": warm(lambda t: math.sqrt(4 / t), w=4),
        },
    ],
    "gallery/plot_09_compare.py": [
        {
            "FactorScheduler": warm(factor, w=50),
            "MultiFactorScheduler": warm(multi, w=50),
            "PolyScheduler, pwr=1": warm(poly(1, w=50), w=50),
            "PolyScheduler, pwr=2": warm(poly(2, w=50), w=50),
            "CosineScheduler": warm(cosine(w=50), w=50),
        }
    ],
    "gallery/plot_11_one_cycle.py": [
        {"PiecewiseScheduler": one_cycle()},
        {
            "peak at 500": one_cycle(w=500),
            "linear": lines((0, 0.04), (300, 1), (1000, 4e-6)),
            "from 0.5 to 0.25": one_cycle(begin=0.5, final=0.25),
        },
        {
            "two phases, cosine": one_cycle(),
            "three phases, linear": lines((0, 0.04), (450, 1), (900, 0.04), (1000, 4e-6)),
        },
    ],
    "gallery/plot_12_stable.py": [
        {f"until {end}": wsd(200, end) for end in (1400, 1000)},
        {mode: wsd(400, mode=mode) for mode in ("linear", "cosine", "1-sqrt")},
        {
            f"mode={mode!r}": wsd(400, mode=mode, final=0.01)
            for mode in ("exponential", "inverse", 2)
        },
        {
            "the run": wsd(200),
            **{
                f"finished from {at}": of(formulas.cooldown, wsd(200), at, 200, 0, "linear")
                for at in (200, 400, 600)
            },
        },
    ],
    "gallery/plot_13_restarts.py": [
        {"of one height": restarts(100, 2), "each half as high": restarts(100, 2, 0.5)},
        {"repeat": repeated(warm(of(formulas.cosine, 1, 0.2, 40, 200), 40), 200, 3)},
    ],
    "gallery/plot_14_cyclic.py": [
        {"repeat": cyclic(200)},
        {f"a rise of {rise}": cyclic(200, rise, 0.5) for rise in (100, 20)},
        {
            "the product": lambda t: 0.1 + (cyclic(200)(t) - 0.1) * 0.998**t,
            "where it peaks": lambda t: 0.1 + 0.9 * 0.998**t,
        },
    ],
    "gallery/plot_15_inverse_sqrt.py": [
        {"PowerScheduler": warm(of(formulas.power, 1, 100, 0.5, 100))},
        {f"pwr={pwr}": warm(of(formulas.power, 1, 100, pwr, 100)) for pwr in (0.5, 1, 2)},
    ],
    "gallery/plot_16_algebra.py": [
        {
            "line": line,
            "0.5 * line + 0.25": lambda t: 0.25 + line(t) / 2,
            "line.clip(0.1, 0.8)": of(formulas.clip, line, 0.1, 0.8),
            "line.delay(200)": delayed(line, 200),
            "line.stretch(2)": stretched(line, 2, False),
        },
        {
            "product": lambda t: line(t) / 2 ** ((t - 1) // 100),
            "join": of(formulas.join, [0.5, delayed(line, 400)], [100]),
        },
        {
            "constant": lambda t: 0.5,
            "inverse square root": falling,
            "at most the line": lambda t: min(falling(t), line(t)),
        },
    ],
    "gallery/plot_17_epochs.py": [
        {"no hold": stretched(epochs, 250, False), "hold=True": stretched(epochs, 250, True)},
        {
            "from 1": stretched(epochs, 250, True),
            "from 0": stretched(delayed(epochs, 1), 250, True),
        },
    ],
    "gallery/plot_18_groups.py": [
        {
            f"layer {number}": warm_cosine(peak, 500)
            for number, peak in enumerate((0.025, 0.05, 0.1), start=1)
        }
    ],
    "gallery/plot_23_sum.py": [
        {"PolyScheduler": rise_and_fall},
        {"linear, with a warm-up": sums.__getitem__, "cosine, scaled": sum_of_cosine},
    ],
    "gallery/plot_20_other.py": [
        {"PiecewiseScheduler": one_cycle(peak=0.1, begin=0.004, final=4e-7)},
        {"PiecewiseScheduler": momentum},
        {"moving momentum": steps(momentum), "momentum of 0.95": steps(lambda t: 0.95)},
    ],
    "gallery/plot_21_batch.py": [
        {
            "a batch that grows": gpt3(ramp()),
            "3.2 million tokens from the start": gpt3(lambda t: 3.2e6 * t),
        },
        {"BatchClock": ramp()},
    ],
    "gallery/plot_22_plateau.py": [{"scale * schedule": plateau}],
}
# The figures that do not end at iteration 1000, by their place on the page.
LAST = {
    ("docs/how-to/resume.md", 0): 750,
    ("gallery/plot_08_custom.py", 0): 100,
    ("gallery/plot_08_custom.py", 2): 100,
    ("gallery/plot_12_stable.py", 0): 1400,
    ("gallery/plot_13_restarts.py", 0): 700,
    ("gallery/plot_18_groups.py", 0): 500,
    ("gallery/plot_21_batch.py", 0): 10_000,
    ("gallery/plot_21_batch.py", 1): 10_000,
    ("gallery/plot_22_plateau.py", 0): 300,
}
# The figures whose heights are no learning rates.
HEIGHTS = {
    ("gallery/plot_23_sum.py", 1): "Sum of the rates so far",
    ("gallery/plot_20_other.py", 1): "Momentum",
    ("gallery/plot_20_other.py", 2): "Step",
    ("gallery/plot_21_batch.py", 1): "Tokens",
}
# The pages whose figure has a panel for each curve, by the title of the panel.
PANELS = {
    "docs/choose.md": {
        "FactorScheduler": factor,
        "MultiFactorScheduler": of(formulas.multi_factor, 1, 0.1, [500, 750]),
        "PolyScheduler": warm(of(formulas.poly, 1, 0, 100, 1000, 2)),
        "linear": warm(of(formulas.linear, 1, 0, 100, 1000)),
        "CosineScheduler": warm(of(formulas.cosine, 1, 0, 100, 1000)),
        "ExponentialScheduler": of(formulas.exponential, 1, 0.5, 200, 0),
        "inverse_sqrt": of(formulas.inverse_sqrt, 1, 0, 100),
        "PiecewiseScheduler": lines((0, 0.2), (200, 1), (600, 0.4), (1000, 0)),
        "one_cycle": one_cycle(),
        "warmup_stable_decay": wsd(200),
        "cosine_restarts": restarts(250),
        "cyclic": cyclic(250),
        "join": of(formulas.join, [0.1, of(formulas.cosine, 1, 0, 0, 800)], [200]),
        "repeat": repeated(warm(of(formulas.linear, 1, 0, 50, 250), 50), 250, None),
    }
}
