"""Valid schedulers of every class, for the properties."""

from typing import NamedTuple

from hypothesis import strategies as st

from lr_scheduler import BatchClock, LRScheduler, PiecewiseScheduler, join, repeat
from lr_scheduler._piecewise import MODES
from lr_scheduler._schedule import REGISTRY
from support.docstrings import entries, parameters_of, promised

ITERATIONS = st.integers(0, 3_000)
ZERO = st.sampled_from([0, 0.0])
RATES = st.integers(1, 100) | st.floats(1e-6, 100, allow_subnormal=False)
CLASSES = [c for c in REGISTRY.values() if isinstance(c, type) and issubclass(c, LRScheduler)]
STEPWISE = [c for c in CLASSES if "step" in parameters_of(c)]
ANNEALING = [c for c in CLASSES if "final_lr" in parameters_of(c)]


class Values(NamedTuple):
    """From where the arguments of a scheduler are drawn."""

    rates: st.SearchStrategy = RATES
    lengths: st.SearchStrategy = st.integers(1, 2_000)
    factors: st.SearchStrategy = st.just(1) | st.floats(0.01, 1)
    powers: st.SearchStrategy = st.integers(1, 5) | st.floats(0.1, 5)
    durations: st.SearchStrategy = st.floats(0.1, 2_000)


@st.composite
def warmups(draw, values, longest=2**53):
    """Return the arguments of a warm-up to a rate."""
    base_lr = draw(values.rates)
    longest = min(longest, int(1e308 / max(base_lr, 1)))  # base_lr * warmup_steps is finite
    return {
        "base_lr": base_lr,
        "warmup_steps": min(longest, draw(st.just(0) | values.lengths)),
        "warmup_begin_lr": min(base_lr, draw(ZERO | values.rates)),
        "warmup_mode": draw(st.sampled_from(["linear", "constant"])),
    }


@st.composite
def schedulers(draw, classes=tuple(CLASSES), values=Values()):  # noqa: B008
    """Return a scheduler with a base_lr; its docstring says what its parameters may be."""
    scheduler_class = draw(st.sampled_from(classes))
    own = entries(scheduler_class.__name__)[0]
    times = {name: draw(values.lengths) for name, (kind, _) in own.items() if kind == "int"}
    ends = [times[name] for name, (_, text) in own.items() if "above `warmup_steps`" in text]
    arguments = draw(warmups(values, min(ends, default=2**53 + 1) - 1)) | times
    for name, (kind, text) in own.items():
        if kind == "sequence of int":
            arguments[name] = sorted(draw(st.sets(values.lengths, min_size=1, max_size=9)))
        elif kind.startswith("float"):
            arguments[name] = draw(floats(name, values, text, arguments["base_lr"]))
    return scheduler_class(**arguments)


def floats(name, values, text, base_lr):
    """Return from where a parameter with this description is drawn."""
    if name == "factor":  # a greater one overflows
        return values.factors
    if name == "decay_steps":
        return values.lengths | values.durations
    if "above 0" in promised(text):
        return values.powers
    rates = ZERO | values.rates
    return rates.map(lambda rate: min(rate, base_lr)) if "to `base_lr`" in text else rates


@st.composite
def piecewise(draw):
    """Return a scheduler through knots."""
    times = st.integers(0, 2_000) | st.floats(0, 2_000)
    boundaries = sorted(draw(st.sets(times, min_size=1, max_size=6)))
    rates = draw(st.sampled_from([RATES, st.just(0) | RATES]))
    values = [draw(rates) for _ in boundaries]
    mode = st.sampled_from(MODES if all(values) else MODES[:4]) | st.sampled_from(
        [0.5, 1, 2, 3]
    )
    return PiecewiseScheduler(boundaries, values, [draw(mode) for _ in boundaries[1:]])


@st.composite
def joined(draw, children):
    """Return schedulers one after another."""
    boundaries = sorted(draw(st.sets(st.integers(1, 2_000), max_size=4)))
    return join([draw(children | RATES) for _ in [0, *boundaries]], boundaries)


@st.composite
def repeated(draw, children):
    """Return a scheduler again and again."""
    period_factor = draw(st.sampled_from([1, 2, 3, 1.5, 1.1, 0.9]))
    some = st.integers(1, 5)
    cycles = draw(some if period_factor < 1 else st.none() | some)
    lr_factor = draw(st.sampled_from([1, 0.5, 2] if cycles else [1, 0.5]))
    return repeat(
        draw(children),
        draw(st.integers(2, 500)),
        cycles=cycles,
        period_factor=period_factor,
        lr_factor=lr_factor,
        count_from=draw(st.integers(0, 1)),
    )


@st.composite
def operated(draw, children):
    """Return what an operator makes of schedulers."""
    scheduler, number = draw(children), draw(st.just(2) | st.floats(-3, 3))
    return draw(
        st.sampled_from(
            [
                lambda: scheduler + draw(children),
                lambda: scheduler * draw(children),
                lambda: number + scheduler,
                lambda: scheduler * number,
                lambda: scheduler / (1 + abs(number)),
                lambda: number / (1 + scheduler**2),
                lambda: 2 ** scheduler.clip(high=9),
                lambda: scheduler.clip(high=draw(children)),
                lambda: scheduler.clip(low=number),
                lambda: scheduler.clip(low=-1, high=abs(number)),
                lambda: scheduler.delay(-number),
                lambda: scheduler.delay(1),
                lambda: scheduler.over(BatchClock([3, 0.1 + abs(number)], [50])),
                lambda: scheduler.stretch(0.1 + abs(number)),
                lambda: scheduler.stretch(7, hold=True),
                lambda: scheduler.stretch(2.5, hold=True),
            ]
        )
    )()


def algebra():
    """Return a scheduler of any class, and whatever is made of several."""
    return st.recursive(
        schedulers() | piecewise(),
        lambda children: joined(children) | repeated(children) | operated(children),
        max_leaves=5,
    )
