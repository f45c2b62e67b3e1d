"""The same scheduler in many threads, and in other processes, gives the same values."""

import multiprocessing
import sys
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pytest
from support.samples import EVERY


def rates(scheduler):
    """Return the rates one by one, and the same as an array."""
    return [scheduler(t) for t in range(300)], scheduler(np.arange(300)).tolist()


@pytest.fixture
def eager():
    """Let the threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.parametrize("scheduler", EVERY, ids=repr)
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
    with ProcessPoolExecutor(1, context) as pool:
        found = list(pool.map(rates, EVERY))

    assert found == [rates(scheduler) for scheduler in EVERY]
