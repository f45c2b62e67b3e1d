"""The same scheduler in many threads, and in other processes, gives the same values."""

import multiprocessing
import sys
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pytest

from lr_scheduler import (
    CosineScheduler,
    ExponentialScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    PolyScheduler,
    PowerScheduler,
    cosine_restarts,
    cyclic,
    join,
    one_cycle,
)

COSINE = CosineScheduler(1000, base_lr=1, warmup_steps=100)
SCHEDULERS = [
    COSINE,
    ExponentialScheduler(30, 0.5, base_lr=1),
    FactorScheduler(30, 0.9, base_lr=1),
    MultiFactorScheduler([50, 500, 900], 0.1, base_lr=1),
    PiecewiseScheduler([0, 100, 1000], [0, 1, 0.1]),
    PolyScheduler(1000, base_lr=1),
    PowerScheduler(100, base_lr=1),
    cosine_restarts(70, base_lr=1, step_factor=1.5),
    cyclic(90, base_lr=1, lr_factor=0.9),
    join([0.1, one_cycle(500, 100, base_lr=1)], [200]),
    (COSINE * 0.5 + 0.1).clip(low=0.2).shift(30).stretch(1.5),
]


def rates(scheduler):
    """Return the rates one by one, and the same as an array."""
    one_by_one = [scheduler(t) for t in range(1200)]
    return one_by_one, scheduler(np.arange(1200)).tolist()


@pytest.fixture
def eager():
    """Let the threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.parametrize("scheduler", SCHEDULERS, ids=str)
def test_threads_get_the_same_values(scheduler, eager):
    expected = rates(scheduler)
    together = threading.Barrier(8)

    def work(_):
        together.wait()
        return rates(scheduler)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(work, range(8)))

    assert found == [expected] * 8


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_processes_get_the_same_values(method):
    if method not in multiprocessing.get_all_start_methods():
        method = "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(2, context) as pool:
        found = list(pool.map(rates, SCHEDULERS))

    assert found == [rates(scheduler) for scheduler in SCHEDULERS]
