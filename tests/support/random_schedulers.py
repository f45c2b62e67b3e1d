"""Valid schedulers of every class, for the properties."""

from hypothesis import strategies as st

from lr_scheduler import (
    CosineScheduler,
    ExponentialScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    PolyScheduler,
    PowerScheduler,
    join,
    repeat,
)

ITERATIONS = st.integers(0, 3_000)
RATES = st.integers(1, 100) | st.floats(1e-6, 100, allow_subnormal=False)
SHARES = st.floats(0, 1)


@st.composite
def warmups(draw, base_lr, longest):
    """Return the arguments of a warm-up to a rate."""
    return {
        "base_lr": base_lr,
        "warmup_steps": draw(st.integers(0, longest)),
        "warmup_begin_lr": min(base_lr, base_lr * draw(SHARES)),
        "warmup_mode": draw(st.sampled_from(["linear", "constant"])),
    }


@st.composite
def stepwise(draw):
    """Return a scheduler that drops."""
    warmup = draw(warmups(draw(RATES), 500))
    factor = draw(st.just(1) | st.floats(0.01, 1))
    if draw(st.booleans()):
        stop_factor_lr = draw(st.floats(0, 200))
        return FactorScheduler(draw(st.integers(1, 1_000)), factor, stop_factor_lr, **warmup)
    boundaries = draw(st.sets(st.integers(1, 2_000), min_size=1, max_size=9))
    return MultiFactorScheduler(sorted(boundaries), factor, **warmup)


@st.composite
def annealing(draw):
    """Return a scheduler that goes to a final rate."""
    max_update = draw(st.integers(1, 2_000))
    warmup = draw(warmups(draw(RATES), max_update - 1))
    final_lr = min(warmup["base_lr"], warmup["base_lr"] * draw(SHARES))
    if draw(st.booleans()):
        return CosineScheduler(max_update, final_lr=final_lr, **warmup)
    pwr = draw(st.integers(1, 5) | st.floats(0.1, 5))
    return PolyScheduler(max_update, pwr=pwr, final_lr=final_lr, **warmup)


@st.composite
def endless(draw):
    """Return a scheduler that decays for ever."""
    warmup = draw(warmups(draw(RATES), 500))
    step = draw(st.integers(1, 1_000))
    if draw(st.booleans()):
        return ExponentialScheduler(step, draw(st.just(1) | st.floats(0.01, 1)), **warmup)
    return PowerScheduler(step, pwr=draw(st.integers(1, 3) | st.floats(0.1, 3)), **warmup)


def schedulers():
    """Return a scheduler with a base_lr, of any class."""
    return stepwise() | annealing() | endless()


@st.composite
def piecewise(draw):
    """Return a scheduler through knots."""
    step = sorted(draw(st.sets(st.integers(0, 2_000), min_size=1, max_size=6)))
    lr = [draw(st.just(0) | RATES) for _ in step]
    mode = st.sampled_from(["constant", "linear", "cosine", "1-sqrt"])
    return PiecewiseScheduler(step, lr, [draw(mode) for _ in step[1:]])


@st.composite
def joined(draw, children):
    """Return schedulers one after another."""
    step = sorted(draw(st.sets(st.integers(1, 2_000), max_size=4)))
    return join([draw(children | RATES) for _ in [0, *step]], step)


@st.composite
def repeated(draw, children):
    """Return a scheduler again and again."""
    step_factor = draw(st.sampled_from([1, 2, 3, 1.5, 1.1, 0.9]))
    count = draw(st.integers(1, 5)) if step_factor < 1 else draw(st.none() | st.integers(1, 5))
    lr_factor = draw(st.sampled_from([1, 0.5, 2] if count else [1, 0.5]))
    return repeat(
        draw(children),
        draw(st.integers(2, 500)),
        step_factor,
        lr_factor,
        count,
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
                lambda: scheduler.clip(low=number),
                lambda: scheduler.clip(low=-1, high=abs(number)),
                lambda: scheduler.shift(number),
                lambda: scheduler.shift(-1),
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
