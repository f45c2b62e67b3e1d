"""A compiled JAX schedule."""

import jax
import jax.numpy as jnp
import optax
import pytest

from lr_scheduler import (
    CosineScheduler,
    ExponentialScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    PolyScheduler,
    constant,
    cosine_restarts,
    join,
    linear,
    one_cycle,
    to_optax,
    warmup_stable_decay,
)

STEPS = 20_000
PEAK, LOW = {"base_lr": 0.1}, {"base_lr": 0.1, "final_lr": 0.01}
KNOTS, SCALES = [0, 300, 600, 800], {300: 0.5, 600: 0.4, 800: 0.5}
VALUES = [0.1, 0.05, 0.02, 0.01]
CYCLE = {"init_value": 0.1, "peak_value": 0.1, "warmup_steps": 0, "decay_steps": 250}
# The schedules of optax, and of two that optax joins.
PAIRS = {
    "constant_schedule": (constant(0.1), optax.constant_schedule(0.1)),
    "linear_schedule": (linear(1000, **LOW), optax.linear_schedule(0.1, 0.01, 1000)),
    "polynomial_schedule": (
        PolyScheduler(1000, pwr=0.9, **LOW),
        optax.polynomial_schedule(0.1, 0.01, 0.9, 1000),
    ),
    "cosine_decay_schedule": (
        CosineScheduler(1000, **LOW),
        optax.cosine_decay_schedule(0.1, 1000, 0.1),
    ),
    "exponential_decay": (
        ExponentialScheduler(100, 0.9, **PEAK),
        optax.exponential_decay(0.1, 100, 0.9),
    ),
    "exponential_decay, staircase": (
        FactorScheduler(100, 0.9, **PEAK),
        optax.exponential_decay(0.1, 100, 0.9, staircase=True),
    ),
    "piecewise_constant_schedule": (
        MultiFactorScheduler([300, 600, 800], 0.5, **PEAK),
        optax.piecewise_constant_schedule(0.1, dict.fromkeys((300, 600, 800), 0.5)),
    ),
    "piecewise_interpolate_schedule, linear": (
        PiecewiseScheduler(KNOTS, VALUES),
        optax.piecewise_interpolate_schedule("linear", 0.1, SCALES),
    ),
    "piecewise_interpolate_schedule, cosine": (
        PiecewiseScheduler(KNOTS, VALUES, "cosine"),
        optax.piecewise_interpolate_schedule("cosine", 0.1, SCALES),
    ),
    "warmup_constant_schedule": (
        linear(100, base_lr=0, final_lr=0.1),
        optax.warmup_constant_schedule(0, 0.1, 100),
    ),
    "warmup_cosine_decay_schedule": (
        CosineScheduler(1000, warmup_steps=100, **LOW),
        optax.warmup_cosine_decay_schedule(0, 0.1, 100, 1000, 0.01),
    ),
    "warmup_exponential_decay_schedule": (
        ExponentialScheduler(100, 0.9, warmup_steps=100, **PEAK),
        optax.warmup_exponential_decay_schedule(0, 0.1, 100, 100, 0.9),
    ),
    "cosine_onecycle_schedule": (
        one_cycle(1000, warmup_steps=300, **PEAK),
        optax.cosine_onecycle_schedule(1000, 0.1),
    ),
    "linear_onecycle_schedule": (
        PiecewiseScheduler([0, 300, 850, 1000], [0.004, 0.1, 0.004, 4e-7]),
        optax.linear_onecycle_schedule(1000, 0.1),
    ),
    "sgdr_schedule": (cosine_restarts(250, cycles=4, **PEAK), optax.sgdr_schedule([CYCLE] * 4)),
    "join_schedules": (
        join(
            [linear(300, base_lr=0.1, final_lr=0.05), CosineScheduler(500), 0.001], [300, 800]
        ),
        optax.join_schedules(
            [
                optax.linear_schedule(0.1, 0.05, 300),
                optax.cosine_decay_schedule(0.01, 500),
                optax.constant_schedule(0.001),
            ],
            [300, 800],
        ),
    ),
    "join_schedules, a decay at the end": (
        warmup_stable_decay(1000, 200, warmup_steps=100, **PEAK),
        optax.join_schedules(
            [
                optax.linear_schedule(0, 0.1, 100),
                optax.constant_schedule(0.1),
                optax.linear_schedule(0.1, 0, 200),
            ],
            [100, 800],
        ),
    ),
}
EACH = pytest.mark.parametrize("name", PAIRS)


def looped(schedule):
    """Return a function that runs a schedule for the counts of a training, in one program."""

    @jax.jit
    def run(first):
        def step(state, _):
            t, total = state
            return (t + 1, total + schedule(t)), None

        return jax.lax.scan(step, (first, jnp.float32(0)), length=STEPS)[0]

    run(0)  # compiles
    return lambda: jax.block_until_ready(run(0))


@EACH
def test_a_step(compare, name):
    ours, theirs = PAIRS[name]
    compare(
        f"{name}, a step",
        looped(to_optax(ours)),
        looped(theirs),
        beside="optax",
        per=STEPS,
        rounds=60,
    )


def compiled(schedule):
    """Return a function that traces and compiles a schedule anew."""
    return lambda: jax.jit(lambda t: schedule(t)).lower(0).compile()


@EACH
def test_compiling(compare, name):
    ours, theirs = PAIRS[name]
    compare(
        f"{name}, compiled",
        compiled(to_optax(ours)),
        compiled(theirs),
        beside="optax",
        rounds=20,
    )
