"""Schedules of arrays."""

import subprocess
import sys

import numpy as np
import pytest

from lr_scheduler import (
    CosineScheduler,
    ExponentialScheduler,
    FactorScheduler,
    LRScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    PolyScheduler,
    PowerScheduler,
    join,
    repeat,
)
from lr_scheduler._arrays import Library


class Inverse(LRScheduler):
    """A schedule in plain Python."""

    def decay(self, t):
        return self.base_lr / t if t else self.base_lr


SCHEDULERS = [
    FactorScheduler(7, 0.9, base_lr=1),
    MultiFactorScheduler([5, 50, 500], 0.3, base_lr=1, warmup_steps=3),
    PolyScheduler(800, base_lr=1, final_lr=1e-3),
    PolyScheduler(800, base_lr=1, pwr=0.9, warmup_steps=9, warmup_mode="constant"),
    CosineScheduler(800, base_lr=1, final_lr=1e-3, warmup_steps=100),
    ExponentialScheduler(50, 0.9, base_lr=1, warmup_steps=7),
    PowerScheduler(50, base_lr=1),
    PiecewiseScheduler([0, 9, 70, 300], [0.1, 1, 1, 0], ["cosine", "constant", "1-sqrt"]),
    join([0.5, CosineScheduler(90, base_lr=1), 0.1], [5, 100]),
    repeat(PolyScheduler(9, base_lr=1), 9, lr_factor=0.9),
    repeat(PolyScheduler(9, base_lr=1), 9, 1.5, count=8, count_from=0),
    (CosineScheduler(90, base_lr=1).stretch(2.5).shift(-3) * 2 + 0.1).clip(0.2, 1.9),
    MultiFactorScheduler([3, 5], 0.3, base_lr=1).stretch(9, hold=True),
    Inverse(base_lr=1, warmup_steps=4),
]
ALL = pytest.mark.parametrize("scheduler", SCHEDULERS, ids=repr)


@ALL
@pytest.mark.parametrize("dtype", [f"{kind}{size}" for kind in "iu" for size in (1, 2, 4, 8)])
def test_any_integer_dtype(scheduler, dtype):
    iterations = np.array([0, 1, 3, 4, 100, 127], dtype=dtype)

    rates = scheduler(iterations)

    assert rates.dtype == np.float64
    assert rates.tolist() == [scheduler(int(t)) for t in iterations]


@ALL
@pytest.mark.parametrize(
    "iterations",
    [
        np.array(5),
        np.array([], dtype=int),
        np.zeros((0, 3), dtype=int),
        np.arange(24).reshape(2, 3, 4),
        np.arange(24).reshape(4, 6).T,
        np.arange(100)[::-7],
        np.broadcast_to(np.arange(3), (2, 3)),
        np.arange(5).astype(">i4"),
    ],
    ids=[
        "0-d",
        "empty",
        "empty 2-d",
        "3-d",
        "transposed",
        "strided",
        "broadcast",
        "big-endian",
    ],
)
def test_any_shape(scheduler, iterations):
    iterations.flags.writeable = False

    rates = scheduler(iterations)

    assert type(rates) is np.ndarray
    assert rates.dtype == np.float64
    assert rates.shape == iterations.shape
    assert rates.flags.writeable
    assert rates.ravel().tolist() == [scheduler(int(t)) for t in iterations.ravel()]


@ALL
def test_a_long_curve_equals_the_scalars_in_every_bit(scheduler):
    iterations = np.arange(20_000)

    assert scheduler(iterations).tolist() == [scheduler(t) for t in range(20_000)]


@ALL
def test_a_numpy_scalar_gives_a_number(scheduler):
    rate = scheduler(np.int64(5))

    assert type(rate) in (int, float)
    assert rate == scheduler(5)


@ALL
@pytest.mark.parametrize("last", [2**53, np.uint64(2**53)])
def test_goes_as_far_as_integers_are_exact(scheduler, last):
    assert scheduler(np.array([last]))[0] == scheduler(int(last))


@pytest.mark.parametrize(
    ("iterations", "error", "words"),
    [
        (
            np.array([1.0]),
            TypeError,
            "iteration must be an array of integers, got dtype float64",
        ),
        (np.array([True]), TypeError, "array of integers, got dtype bool"),
        (np.array([1j]), TypeError, "array of integers, got dtype complex128"),
        (np.array(["1"]), TypeError, "array of integers, got dtype <U1"),
        (np.array([1], dtype=object), TypeError, "array of integers, got dtype object"),
        (np.array([1], dtype="m8[s]"), TypeError, "array of integers, got dtype timedelta64"),
        (np.array([]), TypeError, "array of integers, got dtype float64"),
        (np.array([3, -1]), ValueError, "iteration must be at least 0, got -1"),
        (
            np.array([1, 2**63], dtype=np.uint64),
            ValueError,
            r"at most 2\*\*53, got 9223372036854775808",
        ),
    ],
)
@ALL
def test_refuses(scheduler, iterations, error, words):
    with pytest.raises(error, match=words):
        scheduler(iterations)


def test_looks_below_a_mask():
    with pytest.raises(ValueError, match="iteration must be at least 0, got -5"):
        CosineScheduler(10)(np.ma.array([1, -5, 3], mask=[0, 1, 0]))


@pytest.mark.parametrize(
    "scheduler",
    [
        FactorScheduler(1, 0.5, 0),
        FactorScheduler(10, 0.5, base_lr=1e300, warmup_steps=10),
        PolyScheduler(10**6, pwr=300),
        CosineScheduler(10**6, base_lr=1e-300),
    ],
    ids=repr,
)
def test_warns_no_more_than_numbers_do(scheduler):
    iterations = np.array([5, 2000, 999_999, 2**53])
    with np.errstate(all="raise"):
        rates = scheduler(iterations)

    assert rates.tolist() == [scheduler(int(t)) for t in iterations]


class OtherArray:
    """An array of a library that NumPy code would not understand."""

    def __init__(self, values, dtype=None):
        self.values = np.asarray(values, dtype=dtype)

    dtype = property(lambda self: self.values.dtype)
    shape = property(lambda self: self.values.shape)

    def __array_namespace__(self):
        return OtherLibrary

    def __getattr__(self, name):
        raise AttributeError(f"{name}: not in the array API standard's reach")


def _other(function):
    def call(*arguments, **keywords):
        plain = [a.values if isinstance(a, OtherArray) else a for a in arguments]
        return OtherArray(function(*plain, **keywords))

    return call


for _name in (
    "add",
    "radd",
    "sub",
    "rsub",
    "mul",
    "rmul",
    "truediv",
    "floordiv",
    "neg",
    "lt",
    "gt",
    "ge",
    "le",
    "eq",
    "ne",
    "abs",
):
    setattr(OtherArray, f"__{_name}__", _other(getattr(np.ndarray, f"__{_name}__")))


class OtherLibrary:
    """The few names of the array API standard that a schedule may need."""

    isdtype = staticmethod(lambda dtype, kind: kind == "integral" and dtype.kind in "iu")
    iinfo, finfo = map(staticmethod, (np.iinfo, np.finfo))
    asarray, cos, sqrt, maximum, minimum, round = map(
        staticmethod,
        map(_other, (np.asarray, np.cos, np.sqrt, np.maximum, np.minimum, np.round)),
    )
    pow, searchsorted, take, where, broadcast_to = map(
        staticmethod,
        map(_other, (np.float_power, np.searchsorted, np.take, np.where, np.broadcast_to)),
    )


class Small(OtherArray):
    """An array of a library whose integers have 32 bits."""

    def __array_namespace__(self):
        return SmallLibrary


def _of_32_bits(function):
    def call(*arguments, **keywords):
        for given in arguments:
            numbers = np.asarray(0 if isinstance(given, OtherArray) else given)
            if numbers.dtype.kind == "i" and np.any(numbers > 2**31 - 1):
                raise OverflowError("Python integer out of bounds for int32")
        return function(*arguments, **keywords)

    return call


class SmallLibrary(OtherLibrary):
    """Its integers."""

    iinfo = staticmethod(lambda dtype: np.iinfo(np.int32))
    asarray, minimum = map(
        staticmethod, map(_of_32_bits, (OtherLibrary.asarray, OtherLibrary.minimum))
    )


class TestAnotherLibrary:
    """Arrays that speak ``__array_namespace__`` are computed in their library."""

    @pytest.mark.parametrize("scheduler", SCHEDULERS[:-1], ids=repr)
    def test_gives_an_array_of_that_library(self, scheduler):
        iterations = np.arange(1001)

        rates = scheduler(OtherArray(iterations))

        assert type(rates) is OtherArray
        assert rates.values.tolist() == scheduler(iterations).tolist()

    def test_hands_the_array_to_a_subclass(self):
        class Linear(LRScheduler):
            def decay(self, t):
                return self.base_lr * t

        assert Linear(base_lr=2)(OtherArray([0, 1, 3])).values.tolist() == [0, 2, 6]

    def test_holds_the_last_rate_after_a_constant_part(self):
        scheduler = PiecewiseScheduler([2, 4], [1, 0.5], "constant")

        assert scheduler(OtherArray([2, 4, 5])).values.tolist() == [1, 1, 0.5]

    def test_takes_for_an_integer_what_is_less_than_4_eps_away(self):
        eps = 2**-52
        times = np.array([1 - 3.5 * eps, 1 - 4 * eps])

        assert Library(np).snap(times).tolist() == [1, 1 - 4 * eps]

    def test_below_0_counts_as_0(self):
        scheduler = PolyScheduler(8, base_lr=1)

        assert scheduler(OtherArray([-5])).values.tolist() == [1.0]
        assert scheduler.replace(warmup_steps=5)(OtherArray([-5])).values.tolist() == [0.0]

    def test_an_end_beyond_its_integers_is_never_reached(self):
        scheduler = MultiFactorScheduler([5, 10**10], 0.5, base_lr=1) * repeat(
            1, 9, count=10**9
        )

        assert scheduler(Small([5, 6])).values.tolist() == [1, 0.5]

    def test_a_parameter_beyond_its_integers_is_named(self):
        class Overflowing(LRScheduler):
            def decay(self, t):
                raise OverflowError("Python int too large")

        words = (
            "every parameter must be at most 2147483647, the largest int64 .* got Overflowing"
        )
        with pytest.raises(ValueError, match=words):
            Overflowing()(Small([5]))

    def test_refuses_floats(self):
        with pytest.raises(TypeError, match="array of integers, got dtype float64"):
            PolyScheduler(8)(OtherArray([1.0]))


def test_numbers_need_neither_numpy_nor_matplotlib():
    """In a new interpreter, since this one has loaded both."""
    code = """
import sys
import lr_scheduler as lr
schedulers = [
    lr.FactorScheduler(5, 0.5, warmup_steps=2), lr.MultiFactorScheduler([5], 0.5),
    lr.PolyScheduler(5), lr.CosineScheduler(5), lr.optimizer.SGD(0.1).learning_rate,
]
print([s(3) for s in schedulers[:4]], sorted({"numpy", "matplotlib"} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.endswith("] []\n")
