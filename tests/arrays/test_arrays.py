"""An array of iterations gives the array of their rates, in the bits of the single rates."""

import subprocess
import sys
import tracemalloc

import numpy as np
import pytest
from support import ROOT
from support.samples import EVERY, OF_THE_PACKAGE

from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    LRScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    PolyScheduler,
    _arrays,
    join,
    repeat,
)
from lr_scheduler._arrays import BLOCK

LAST = 2**53
LONG = [  # more drops and knots than there are iterations, and rates of every size
    FactorScheduler(1, 0.9999, base_lr=1),
    FactorScheduler(3, 1e-9, stop_factor_lr=0, base_lr=1e300),
    MultiFactorScheduler(range(1, 3000, 3), 0.999, base_lr=1),
    PiecewiseScheduler(range(0, 3000, 7), np.linspace(1, 0.1, 429), "1-sqrt"),
    PolyScheduler(10**6, base_lr=1e-300, pwr=300),
    CosineScheduler(BLOCK + 500, base_lr=1, final_lr=0.1, warmup_steps=BLOCK - 7),
    repeat(CosineScheduler(9, base_lr=1), 9, period_factor=1.001, lr_factor=0.99, count_from=0),
    repeat(CosineScheduler(9, base_lr=1), 8.7, lr_factor=0.999),
    join([k if k % 3 else PolyScheduler(9, base_lr=k) for k in range(150)], range(2, 300, 2)),
    join(range(700), range(2, 1400, 2)),
]
ALL = pytest.mark.parametrize("scheduler", EVERY + LONG, ids=lambda s: repr(s)[:60])


def assert_equals_its_elements(scheduler, iterations):
    with np.errstate(all="raise"):  # what is too small is 0, as floats have it
        rates = scheduler(iterations)
    plain = np.asarray(iterations)
    assert type(rates) is np.ndarray
    assert (rates.dtype, rates.shape) == (np.float64, plain.shape)
    assert rates.flags.writeable
    assert not np.shares_memory(rates, plain)
    assert rates.ravel().tolist() == [scheduler(t) for t in plain.ravel().tolist()]


@ALL
def test_takes_any_integer_dtype_to_its_largest_value(scheduler):
    for dtype in (f"{order}{kind}{size}" for order in "<>" for kind in "iu" for size in "1248"):
        last = min(np.iinfo(dtype).max, LAST)
        small = [0, 1, 3, 4, 5, 100, 127, last - 1, last]

        assert_equals_its_elements(scheduler, np.array(small, dtype))


@ALL
def test_takes_any_shape_and_any_memory(scheduler, tmp_path):
    table = np.arange(99).reshape(9, 11)
    table.flags.writeable = False
    table.tofile(tmp_path / "iterations")

    for shape in (), (0,), (0, 3), (3, 0), (1,), (2, 1, 2):
        assert_equals_its_elements(scheduler, np.full(shape, 9))
    for iterations in (
        *(table, table[::2], table[::-1], table[:, ::-3], table.T, table[1:, 2]),
        np.asfortranarray(table),
        np.broadcast_to(table, (2, 9, 11)),
        np.frombuffer(table.tobytes(), table.dtype),
        np.memmap(tmp_path / "iterations", table.dtype, "r"),
        np.ma.masked_greater(table, 50),
    ):
        assert_equals_its_elements(scheduler, iterations)
    assert table.tolist() == np.arange(99).reshape(9, 11).tolist()


@ALL
@pytest.mark.parametrize("size", [1, 10, 350, 3500])
def test_the_order_and_the_blocks_change_no_rate(scheduler, size, monkeypatch):
    monkeypatch.setattr(_arrays, "BLOCK", 100)
    random, in_order = np.random.default_rng(size), np.arange(size)

    for iterations in (
        *(in_order, in_order[::-1], random.permutation(size), in_order // 7),
        random.integers(0, LAST, size, endpoint=True),
    ):
        assert_equals_its_elements(scheduler, iterations)


@pytest.mark.parametrize("scheduler", OF_THE_PACKAGE + LONG, ids=lambda s: repr(s)[:60])
def test_a_large_array_takes_less_than_its_rates_in_memory_besides(scheduler):
    iterations = np.arange(10 * BLOCK)
    tracemalloc.start()
    try:
        rates = scheduler(iterations)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert rates.nbytes <= peak < 2 * rates.nbytes
    places = [*range(0, rates.size, 9973), *(k * BLOCK + i for k in (1, 2) for i in (-1, 0, 1))]
    assert rates[places].tolist() == [scheduler(t) for t in places]


def test_few_iterations_take_no_table_of_many_boundaries():
    drops = MultiFactorScheduler(range(1, 100_001), 0.9999, base_lr=1)
    cycles = repeat(1, 10, period_factor=1.001, lr_factor=0.5)
    iterations = np.arange(10)
    drops(iterations), cycles(iterations)  # what is imported once takes memory, too
    tracemalloc.start()
    try:
        drops(iterations), cycles(iterations)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20_000


@pytest.mark.parametrize("count_from", [0, 1])
def test_a_table_is_made_once_for_all_blocks(monkeypatch, count_from):
    made, plain = [], np.asarray

    def counted(values, *others, **keywords):
        made.extend([values] if isinstance(values, tuple) else [])
        return plain(values, *others, **keywords)

    cycles = repeat(CosineScheduler(9), 9, period_factor=1.001, count_from=count_from)
    iterations = np.arange(3 * BLOCK)
    cycles(iterations)
    monkeypatch.setattr(np, "asarray", counted)

    cycles(iterations)
    assert made == [cycles._starts]


class Counted(LRScheduler):
    """A decay that counts how often it is asked."""

    asked = 0

    def decay(self, t, xp):
        Counted.asked += 1
        return xp.as_int(t) * self.base_lr


@pytest.mark.parametrize(
    "order", [np.sort, np.random.default_rng(0).permutation], ids=["sorted", "in no order"]
)
def test_each_of_many_schedules_is_asked_once_and_once_more_at_the_edge_of_a_block(order):
    """So the cost grows with the iterations plus the schedules, not with their product."""
    schedulers = [Counted(base_lr=1 + k % 7) for k in range(2000)]
    boundaries = np.arange(50, 100_000, 50)
    iterations = order(np.arange(3 * BLOCK))
    Counted.asked = 0

    rates = join(schedulers, boundaries)(iterations)
    k = np.maximum(iterations - 1, 0) // 50
    assert rates.tolist() == ((1 + k % 7) * (iterations - 50 * k)).tolist()
    assert Counted.asked <= 2000 + 2


@pytest.mark.parametrize("wrong", [-1, LAST + 1])
@pytest.mark.parametrize("place", [0, BLOCK, 2 * BLOCK + 5])
def test_a_wrong_iteration_is_refused_in_any_block(wrong, place):
    iterations = np.arange(2 * BLOCK + 6)
    iterations[place] = wrong
    with pytest.raises(ValueError, match=f"iteration must be .*, got {wrong}"):
        LONG[0](iterations)


def test_numbers_need_neither_numpy_nor_matplotlib():
    """In a new interpreter, since this one has loaded both."""
    code = f"""
import sys
sys.path.append({str(ROOT / "tests")!r})
from lr_scheduler import optimizer
from support.samples import EVERY, OF_THE_PACKAGE
[scheduler(3) for scheduler in EVERY], optimizer.SGD(0.1).learning_rate
print(len(EVERY), sorted({{"numpy", "matplotlib"}} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout == f"{len(EVERY)} []\n"
