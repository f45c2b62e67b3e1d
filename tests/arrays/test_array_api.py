"""Arrays that speak ``__array_namespace__`` are computed in their own library."""

import math

import numpy as np
import pytest
from support.samples import OF_THE_PACKAGE

from lr_scheduler import (
    CosineScheduler,
    ExponentialScheduler,
    FactorScheduler,
    LRScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    PolyScheduler,
    join,
    linear,
    repeat,
    to_optax,
)
from lr_scheduler._arrays import ArrayBackend


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


def other(function):
    """Return a function of NumPy arrays as one of other arrays."""

    def call(*arguments, **keywords):
        plain = [a.values if isinstance(a, OtherArray) else a for a in arguments]
        return OtherArray(function(*plain, **keywords))

    return call


OPERATORS = (
    "add radd sub rsub mul rmul truediv rtruediv floordiv rfloordiv neg lt gt ge le eq ne abs"
)
for name in OPERATORS.split():
    setattr(OtherArray, f"__{name}__", other(getattr(np.ndarray, f"__{name}__")))


class OtherLibrary:
    """The few names of the array API standard that a schedule may need."""

    isdtype = staticmethod(
        lambda dtype, kind: dtype.kind in {"integral": "iu", "real floating": "f"}[kind]
    )
    iinfo, finfo = np.iinfo, np.finfo
    uint32, uint64 = np.uint32, np.uint64
    pow = staticmethod(other(np.float_power))


NAMES = (
    "asarray broadcast_to ceil cos exp floor log maximum minimum round searchsorted sin sqrt "
    "take tanh where"
)
for name in NAMES.split():
    setattr(OtherLibrary, name, staticmethod(other(getattr(np, name))))


class SmallArray(OtherArray):
    """An array of a library whose integers have 32 bits."""

    def __array_namespace__(self):
        return SmallLibrary


def of_32_bits(function):
    def call(*arguments, **keywords):
        for given in arguments:
            numbers = np.asarray(0 if isinstance(given, OtherArray) else given)
            if numbers.dtype.kind == "i" and np.any(numbers > 2**31 - 1):
                raise OverflowError("Python integer out of bounds for int32")
        return function(*arguments, **keywords)

    return call


def narrow(values, dtype=None):
    array = np.asarray(values.values if isinstance(values, OtherArray) else values, dtype)
    return OtherArray(array, np.int32 if array.dtype == np.int64 else None)


class SmallLibrary(OtherLibrary):
    """Its integers."""

    asarray = staticmethod(of_32_bits(narrow))
    minimum = staticmethod(of_32_bits(OtherLibrary.minimum))


class Array32(OtherArray):
    """An array of a library whose numbers have 32 bits, as in JAX."""

    def __array_namespace__(self):
        return Library32


class Library32(SmallLibrary):
    """Its numbers."""

    @staticmethod
    def asarray(values, dtype=None):
        """Return an array without a float64."""
        array = narrow(values, dtype)
        return OtherArray(array.values, "f4" if array.dtype == np.float64 else None)


MANY_KNOTS = [
    PiecewiseScheduler(range(0, 60, 2), np.linspace(0.1, 1, 30)),
    PiecewiseScheduler(range(0, 20, 2), np.linspace(0.1, 1, 10), ["cosine", 0.7, 0.9] * 3),
    PiecewiseScheduler([0, 1e-320, 5], [0, 1, 0.5]),  # 1 / 1e-320 is no float
    PiecewiseScheduler([3, 9], [0.3, 0.7], "constant"),
    MultiFactorScheduler(range(1, 40, 2), 0.9, base_lr=1),
    FactorScheduler(3, 0.9, base_lr=1).stretch(1.7),
]


@pytest.mark.parametrize("scheduler", OF_THE_PACKAGE + MANY_KNOTS, ids=repr)
@pytest.mark.parametrize("of", [OtherArray, Array32])
def test_gives_an_array_of_the_library(of, scheduler):
    iterations = np.arange(1001)

    rates = scheduler(of(iterations))

    assert type(rates) is OtherArray
    eps = np.finfo(np.float64 if of is OtherArray else np.float32).eps
    np.testing.assert_allclose(rates.values, scheduler(iterations), rtol=0, atol=4 * eps)


def test_the_ends_are_exact_in_float32():
    """Plain rounding misses the higher rate of 3 pairs, and the end of 40 lengths."""
    xp, random = ArrayBackend(Library32), np.random.default_rng(0)
    for low, high in np.sort(random.random((100, 2)), axis=1).tolist():
        reached = np.float32(low) + np.float32(xp.height(low, high))
        assert np.float32(high) <= reached <= np.nextafter(np.float32(high), np.float32(2))
    for length in range(1, 300):
        assert 1 <= np.float32(length) * np.float32(xp.per(length)) < 1 + 2**-22


def test_a_power_in_float32_has_no_error_of_its_rounded_base():
    """Rounded to float32, 0.99999**100_000 is 0.3674."""
    scheduler = ExponentialScheduler(1, 0.99999, base_lr=1)

    assert scheduler(Array32([100_000])).values.tolist() == pytest.approx([0.36787760], 1e-6)


def test_hands_the_array_to_a_subclass():
    class Linear(LRScheduler):
        def decay(self, t):
            return self.base_lr * t

    assert Linear(base_lr=2)(OtherArray([0, 1, 3])).values.tolist() == [0, 2, 6]


@pytest.mark.parametrize("base", [CosineScheduler, PolyScheduler, FactorScheduler])
def test_asks_the_decay_of_a_subclass(base):
    """Its base has a formula of its own for these arrays."""

    class Half(base):
        def decay(self, t, xp):
            return super().decay(t, xp) / 2

    class Inverse(base):
        def decay(self, t):
            return 1 / (1 + t)

    assert Half(8, base_lr=1)(OtherArray([2])).values == [base(8, base_lr=1)(2) / 2]
    assert Inverse(8, base_lr=1)(OtherArray([3])).values.tolist() == [1 / 4]


def test_a_rate_that_never_changes_has_the_shape_of_the_array():
    assert repeat(0.5, 9)(OtherArray([[1, 2]])).values.tolist() == [[0.5, 0.5]]


def test_holds_the_last_rate_after_a_constant_part():
    scheduler = PiecewiseScheduler([2, 4], [1, 0.5], "constant")

    assert scheduler(OtherArray([2, 4, 5])).values.tolist() == [1, 1, 0.5]


def test_takes_for_an_integer_what_is_less_than_4_eps_away():
    eps = 2**-52
    times = np.array([1 - 3.5 * eps, 1 - 4 * eps])

    assert ArrayBackend(np).round_if_close(times).tolist() == [1, 1 - 4 * eps]


@pytest.mark.parametrize(("warmup_steps", "rate"), [(0, 1.0), (5, 0.0)])
def test_below_0_counts_as_0(warmup_steps, rate):
    scheduler = PolyScheduler(8, base_lr=1, warmup_steps=warmup_steps)

    assert scheduler(OtherArray([-5])).values.tolist() == [rate]


def test_an_end_beyond_the_integers_of_the_library_is_never_reached():
    drops = MultiFactorScheduler([5, 10**10], 0.5, base_lr=1)
    scheduler = drops * repeat(1, 9, cycles=10**9)

    assert scheduler(SmallArray([5, 6])).values.tolist() == [1, 0.5]
    assert linear(10**10, base_lr=1)(SmallArray([10**9])).values.tolist() == [0.9]
    knots = PiecewiseScheduler([10**9, 10**10], [10**10, 0], ["linear"])
    assert knots(SmallArray([10**9 + 9])).values[0] == pytest.approx(10**10 - 10, rel=1e-15)


LATEST = 2**31 - 1
FALL = linear(10, base_lr=1)
HALVES = repeat(1, 4, period_factor=2, lr_factor=0.5)  # cycle 30 starts at 2**32 - 4


@pytest.mark.parametrize(
    ("scheduler", "rates"),
    [
        (FALL.delay(-LATEST), [0, 0, 0]),
        (FALL.delay(-(2**40)), [0, 0, 0]),
        (FALL.delay(2 - LATEST), [0, 0, 0]),
        (FALL.delay(LATEST - 4), [1, 1, 0.6]),
        (FALL.delay(2**40), [1, 1, 1]),
        (FALL.delay(-1.5), [0.85, 0.35, 0]),
        (FALL.stretch(2.0**-21).delay(-1).stretch(2.0**20), [0, 0, 0]),
        (HALVES.stretch(0.5), [1, 0.5, 0.5**30]),
        (HALVES.replace(count_from=0).stretch(0.5), [1, 0.5, 0.5**30]),
        (join([FALL, 0.5], [2**40]), [1, 0.5, 0]),
        (join([1, 2**40, 5], [2, 9]), [1, 2**40, 5]),
        (MultiFactorScheduler([1], 0.5, base_lr=2**40), [2**40, 2**39, 2**39]),
    ],
    ids=repr,
)
def test_times_and_rates_beyond_the_integers_of_the_library_do_not_wrap(scheduler, rates):
    assert scheduler(SmallArray([0, 5, LATEST])).values.tolist() == rates


@pytest.mark.parametrize("count", [LATEST, LATEST + 1, 2**32 - 1])
def test_a_larger_integer_type_saturates(count):
    scheduler = MultiFactorScheduler([LATEST - 1], 0.5, base_lr=1)
    counts = SmallArray([LATEST - 2, LATEST - 1, count], np.uint32)

    assert scheduler(counts).values.tolist() == [1, 1, 0.5]
    assert to_optax(scheduler)(counts).values.tolist() == [1, 0.5, 0.5]


def test_the_iteration_after_a_count_of_steps():
    count = to_optax(join([lambda t: t], []))

    assert [count(5), count(np.int8(127)), *count(np.array([5, 255], np.uint8))] == [
        *(6, 128),
        *(6, 256),
    ]
    assert count(OtherArray([254, 255], np.uint8)).values.tolist() == [255, 256]
    assert [count(-7), *count(np.array([-7, -1]))] == [1, 1, 1]
    assert count(OtherArray([-7, -1])).values.tolist() == [1, 1]
    assert count([5, 6]).tolist() == [6, 7]
    assert [count(5.0), count(np.float32(5)), *count(np.array([5.0, -1]))] == [6, 6, 6, 1]
    assert count(Array32([5.0, 5.9, -0.5, 1e38], "f4")).values.tolist() == [
        6,
        6,
        1,
        2**31 - 127,
    ]
    for wrong in (2.5, math.nan, "2", np.array([2, 2.5]), np.array(["2"]), OtherArray([2j])):
        with pytest.raises(TypeError, match=r"(count|iteration) must be an"):
            count(wrong)


def test_a_parameter_beyond_the_integers_of_the_library_is_named():
    class Overflowing(LRScheduler):
        def decay(self, t):
            raise OverflowError("Python int too large")

    words = "every parameter must be at most 2147483647, the largest int32 .* got Overflowing"
    with pytest.raises(ValueError, match=words):
        Overflowing(base_lr=1)(SmallArray([5]))


def test_refuses_floats():
    with pytest.raises(TypeError, match="array of integers, got dtype float64"):
        PolyScheduler(8)(OtherArray([1.0]))
