"""Time things by turns, so that whatever else the machine does meets both."""

import sys
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

sys.path.append(str(Path(__file__).parents[1] / "integrations"))

import no_deps

NAMES = {"numpy": "NumPy", "torch": "PyTorch", "mxnet": "MXNet"}


def pytest_benchmark_update_machine_info(machine_info):
    """Store the versions of what is measured."""
    no_deps.version("mxnet")  # so that it is found
    machine_info["versions"] = {"lr_scheduler": version("schedule-learning-rate")} | {
        name: no_deps.version(of) for of, name in NAMES.items()
    }


@pytest.fixture
def store(benchmark, request):
    """Return a function that stores a row of a table, and holds it to its limit."""

    def store(row, limited, *, at_most, **cells):
        benchmark.extra_info.update(
            table=request.module.__doc__, row=row, at_most=at_most, **cells
        )
        assert limited <= at_most

    return store


@pytest.fixture
def compare(benchmark, store):
    """Return a function that times two others by turns and holds the ratio to a limit."""

    def compare(row, ours, other, *, at_most, beside, per=1, rounds=40):
        """Store a row of the table; both functions do `per` times what the row says."""
        other_times = []

        def time_other():
            start = perf_counter()
            other()
            other_times.append(perf_counter() - start)

        benchmark.pedantic(ours, setup=time_other, rounds=rounds, warmup_rounds=2)
        times = benchmark.stats.stats.data
        del other_times[:-rounds]  # those of the warm-up
        ratio = median(map(float.__truediv__, times, other_times))
        store(
            row,
            ratio,
            at_most=at_most,
            time=median(times) / per,
            beside=beside,
            beside_time=median(other_times) / per,
            ratio=ratio,
        )

    return compare


@pytest.fixture
def measure(benchmark, store):
    """Return a function that times another and holds the seconds to a limit."""

    def measure(row, ours, *, at_most, per=1, rounds=40):
        """Store a row of the table; the function does `per` times what the row says."""
        benchmark.pedantic(ours, rounds=rounds)
        time = median(benchmark.stats.stats.data) / per
        store(row, time, at_most=at_most, time=time)

    return measure
