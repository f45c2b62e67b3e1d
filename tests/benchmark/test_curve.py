"""1,000,000 rates."""

import tracemalloc

import numpy as np
import pytest
from mxnet_reference import load

from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    PolyScheduler,
    cosine_restarts,
    join,
    one_cycle,
    warmup_stable_decay,
)

MXNET = load()[0]
SIZE = 1_000_000
ITERATIONS = np.arange(1, SIZE + 1)
ANGLES = ITERATIONS * (np.pi / SIZE)
OF_MXNET = [
    (CosineScheduler, {"max_update": SIZE, "base_lr": 0.5, "warmup_steps": 1000}),
    (PolyScheduler, {"max_update": SIZE, "base_lr": 0.5, "pwr": 2}),
    (FactorScheduler, {"step": SIZE // 20, "factor": 0.9}),
    (MultiFactorScheduler, {"step": [SIZE // 4, SIZE // 2], "factor": 0.5}),
]
COSINE, POLY, FACTOR, MULTI = (kind(**arguments) for kind, arguments in OF_MXNET)
HALF = CosineScheduler(SIZE // 2, base_lr=1)
ALL = [
    COSINE,
    POLY,
    FACTOR,
    MULTI,
    one_cycle(SIZE, base_lr=1, warmup_steps=SIZE // 3),
    warmup_stable_decay(SIZE, base_lr=1, decay_steps=SIZE // 5, warmup_steps=1000),
    cosine_restarts(SIZE // 7, base_lr=1),
    join([HALF, HALF], [SIZE // 2]),
    PiecewiseScheduler(range(0, SIZE, 1000), np.linspace(1, 0, 1000)),
]


@pytest.mark.parametrize("scheduler", [COSINE, POLY], ids=["Cosine", "Poly"])
def test_beside_a_cosine(compare, scheduler):
    compare(
        type(scheduler).__name__,
        lambda: scheduler(ITERATIONS),
        lambda: np.cos(ANGLES),
        beside="`numpy.cos`",
    )


@pytest.mark.parametrize("scheduler", [FACTOR, MULTI], ids=["Factor", "MultiFactor"])
def test_beside_filling_an_array(compare, scheduler):
    compare(
        type(scheduler).__name__,
        lambda: scheduler(ITERATIONS),
        lambda: np.full(SIZE, 0.5),
        beside="`numpy.full`",
    )


@pytest.mark.parametrize(
    ("kind", "arguments"), OF_MXNET, ids=["Cosine", "Poly", "Factor", "MultiFactor"]
)
def test_beside_a_loop_of_mxnet(compare, kind, arguments):
    ours = kind(**arguments)

    def loop():
        theirs = getattr(MXNET, kind.__name__)(**arguments)
        return np.array([theirs(t) for t in range(1, SIZE + 1)])

    compare(
        kind.__name__,
        lambda: ours(ITERATIONS),
        loop,
        beside="a loop over MXNet",
        rounds=5,
    )


@pytest.mark.parametrize("scheduler", ALL, ids=lambda each: type(each).__name__)
def test_the_memory_is_less_than_twice_that_of_the_rates(scheduler):
    tracemalloc.start()
    try:
        rates = scheduler(ITERATIONS)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1.5 * rates.nbytes
