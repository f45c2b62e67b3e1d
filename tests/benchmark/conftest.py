"""Time things by turns, so that whatever else the machine does meets both."""

import sys
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

sys.path.extend(str(Path(__file__).parents[1] / name) for name in ("benchmark", "integrations"))

import no_deps
from limits import LIMITS

NAMES = {
    "numpy": "NumPy",
    "torch": "PyTorch",
    "mxnet": "MXNet",
    "jax": "JAX",
    "optax": "optax",
}


def pytest_benchmark_update_machine_info(machine_info):
    """Store the versions of what is measured."""
    no_deps.version("mxnet")  # so that it is found
    machine_info["versions"] = {"lr_scheduler": version("schedule-learning-rate")} | {
        name: no_deps.version(of) for of, name in NAMES.items()
    }


@pytest.fixture
def store(benchmark, request):
    """Return a function that stores a row of a table, and holds it to its limit or goal."""

    def store(row, *, time, goal=None, beside="", beside_time=0):
        table = request.module.__doc__.rstrip(".")
        at_most = goal or LIMITS[table][row, beside]
        cells = {"time": time, "at_most": at_most}
        if beside:
            cells |= {"beside": beside, "beside_time": beside_time, "ratio": time / beside_time}
        benchmark.extra_info.update(table=table, row=row, **cells)
        assert cells.get("ratio", time) <= at_most

    return store


@pytest.fixture
def compare(benchmark, store):
    """Return a function that times two others by turns and holds the ratio to its limit."""

    def compare(row, ours, other, *, beside, per=1, rounds=40):
        """Store a row of the table; both functions do `per` times what the row says."""
        other_times = []

        def time_other():
            start = perf_counter()
            other()
            other_times.append(perf_counter() - start)

        benchmark.pedantic(ours, setup=time_other, rounds=rounds, warmup_rounds=2)
        time = median(benchmark.stats.stats.data) / per
        beside_time = median(other_times[-rounds:]) / per  # without the warm-up
        store(row, time=time, beside=beside, beside_time=beside_time)

    return compare


@pytest.fixture
def measure(benchmark, store):
    """Return a function that times another and compares the seconds with a goal."""

    def measure(row, ours, *, goal, per=1, rounds=40):
        """Store a row of the table; the function does `per` times what the row says."""
        benchmark.pedantic(ours, rounds=rounds)
        time = median(benchmark.stats.stats.data) / per
        store(row, time=time, goal=goal)

    return measure
