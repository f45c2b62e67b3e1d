"""Valid schedulers of every class, for the properties."""

from hypothesis import strategies as st

from lr_scheduler import CosineScheduler, FactorScheduler, MultiFactorScheduler, PolyScheduler

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


def schedulers():
    """Return a scheduler of any class."""
    return stepwise() | annealing()
