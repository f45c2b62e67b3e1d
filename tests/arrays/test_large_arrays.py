"""Arrays that are computed block by block."""

import tracemalloc

import numpy as np
import pytest

from lr_scheduler import (
    CosineScheduler,
    ExponentialScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    PolyScheduler,
    cosine_restarts,
    join,
    warmup_stable_decay,
)
from lr_scheduler._arrays import BLOCK

SIZE = 2 * BLOCK + 1000
SCHEDULES = [
    CosineScheduler(SIZE - 500, base_lr=1, final_lr=0.1, warmup_steps=BLOCK + 7),
    PolyScheduler(SIZE, base_lr=1, pwr=0.9, warmup_steps=5, warmup_mode="constant"),
    ExponentialScheduler(1000, 0.9, base_lr=1),
    FactorScheduler(1, 0.9999, base_lr=1),
    FactorScheduler(BLOCK // 3, 0.3, base_lr=1, warmup_steps=100),
    MultiFactorScheduler([BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK], 0.3, base_lr=1),
    MultiFactorScheduler(range(10, SIZE, 10), 0.999, base_lr=1),
    PiecewiseScheduler(range(0, SIZE, 100), np.linspace(1, 0.1, SIZE // 100 + 1)),
    cosine_restarts(7000, base_lr=1, step_factor=1.5),
    warmup_stable_decay(SIZE, base_lr=1, warmup_steps=10, decay_steps=BLOCK),
    join([0.5, CosineScheduler(BLOCK, base_lr=1)], [BLOCK]) * FactorScheduler(BLOCK, 0.5),
]
IN_ORDER = np.arange(SIZE)
IN_NO_ORDER = np.random.default_rng(0).permutation(SIZE)
FAR = np.random.default_rng(1).integers(0, 2**53, SIZE, endpoint=True)


@pytest.mark.parametrize("scheduler", SCHEDULES, ids=lambda s: f"{type(s).__name__}")
@pytest.mark.parametrize(
    "iterations",
    [IN_ORDER, IN_ORDER[::-1], IN_NO_ORDER, np.repeat(IN_ORDER[:1000], 80), FAR],
    ids=["in order", "backwards", "in no order", "repeated", "far"],
)
def test_every_rate_is_that_of_the_single_iteration(scheduler, iterations):
    assert scheduler(iterations).tolist() == [scheduler(t) for t in iterations.tolist()]


@pytest.mark.parametrize("scheduler", SCHEDULES, ids=lambda s: f"{type(s).__name__}")
def test_the_rates_stand_where_their_iterations_do(scheduler):
    iterations = IN_NO_ORDER.reshape(-1, 2).T
    rates = scheduler(iterations)
    assert rates.shape == iterations.shape
    assert rates[1, -1] == scheduler(int(iterations[1, -1]))


@pytest.mark.parametrize("wrong", [-1, 2**53 + 1])
@pytest.mark.parametrize("place", [0, BLOCK, SIZE - 1])
def test_a_wrong_iteration_is_refused_in_any_block(wrong, place):
    iterations = IN_ORDER.copy()
    iterations[place] = wrong
    with pytest.raises(ValueError, match=f"iteration must be .*, got {wrong}"):
        SCHEDULES[0](iterations)


@pytest.mark.parametrize("scheduler", SCHEDULES, ids=lambda s: f"{type(s).__name__}")
def test_the_memory_is_less_than_twice_that_of_the_rates(scheduler):
    iterations = np.arange(10 * BLOCK)
    tracemalloc.start()
    try:
        rates = scheduler(iterations)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert rates.nbytes <= peak < 2 * rates.nbytes
