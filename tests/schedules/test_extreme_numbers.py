"""Extreme numbers give the right rate or a clear error: never a wrong one, never a warning.

The right rate is that of exact fractions, within the rounding of the few operations of the
formula; where there is no fraction, it lies within the bounds of the schedule. An array has the
bits of the single numbers. What is too small for a float is 0, as floats themselves have it.
"""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import label
from support.random_schedulers import Values, schedulers, warmups

from lr_scheduler import (
    ExponentialScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    PolyScheduler,
    PowerScheduler,
    join,
    repeat,
)
from lr_scheduler._piecewise import MODES

LAST, TINY, HUGE = 2**53, 5e-324, 1e308
HALF = Fraction(1, 2**53)  # the largest rounding of one operation, as a share of its result
LEAST = Fraction(1, 2**1074)  # and its largest rounding where floats have a fixed distance


def numbers(extreme, strategy):
    return st.sampled_from(extreme) | strategy


RATES = numbers([0, 1, TINY, 1e-310, 2.0**-1022, 1e-8, 0.1, LAST, HUGE], st.floats(0, HUGE))
FACTORS = numbers([TINY, 1e-310, 1e-16, 0.1, 0.5, 1 - 2.0**-53, 1], st.floats(TINY, 1))
POWERS = numbers([TINY, 1e-8, 0.5, 1, 2, 3, 1e3, LAST, HUGE], st.floats(TINY, HUGE))
EDGES = [1, 2, 3, 10, 2**31, 10**15 + 1, LAST - 1, LAST]
LENGTHS = numbers(EDGES, st.integers(1, LAST))
ITERATIONS = st.lists(numbers([0, *EDGES], st.integers(0, LAST)), min_size=1, max_size=9)


EXTREME = Values(RATES, LENGTHS, FACTORS, POWERS)


@given(schedulers(values=EXTREME), ITERATIONS)
def test_rates_lie_between_0_and_the_highest(scheduler, iterations):
    highest = max(scheduler.base_lr, getattr(scheduler, "final_lr", 0))

    rates = [scheduler(t) for t in iterations]
    with np.errstate(all="raise"):
        array = scheduler(np.array(iterations))

    assert all(0 <= rate <= highest for rate in rates)
    assert array == pytest.approx(rates, rel=2.0**-52, abs=TINY)  # the power is within 1 ulp


@given(st.lists(RATES, min_size=2, max_size=5), st.data(), ITERATIONS)
def test_rates_between_knots_lie_between_theirs(values, data, iterations):
    size = len(values)
    knots = data.draw(st.lists(LENGTHS, unique=True, min_size=size, max_size=size))
    modes = st.sampled_from(MODES if all(values) else MODES[:4])
    scheduler = PiecewiseScheduler(sorted(knots), values, data.draw(modes | POWERS))

    rates = [scheduler(t) for t in iterations]

    assert all(min(values) <= rate <= max(values) for rate in rates)
    assert scheduler(np.array(iterations)) == pytest.approx(rates, rel=2.0**-51, abs=TINY)


def assert_right(rate, exact, *, roundings, of, times=1):
    """Assert that a rate is off by so many roundings of a number, or of what is multiplied."""
    error = abs(Fraction(rate) - exact)
    assert error <= roundings * (HALF * of + LEAST * Fraction(max(times, 1)))


@given(warmups(EXTREME), st.data())
def test_the_warmup_is_right(warmup, data):
    """begin + (base - begin) t / w has four operations, each below base_lr."""
    w, mode = warmup["warmup_steps"], warmup["warmup_mode"]
    if w:
        t = data.draw(st.integers(0, w - 1))
        base, begin = Fraction(warmup["base_lr"]), Fraction(warmup["warmup_begin_lr"])
        exact = begin + (base - begin) * t / w if mode == "linear" else begin

        assert_right(PowerScheduler(5, **warmup)(t), exact, roundings=4, of=base)


@given(RATES, FACTORS, LENGTHS, st.integers(0, 200), st.floats(0, 1))
def test_drops_are_right(base_lr, factor, length, drops, share):
    """base * factor**n is a power, within two roundings, and a product."""
    t = min(drops * length + max(1, int(share * length)), LAST)
    drops = (t - 1) // length
    boundaries = range(length, min((drops + 1) * length, LAST) + 1, length)
    exact = Fraction(base_lr) * Fraction(factor) ** drops

    for rate in (
        FactorScheduler(length, factor, 0, base_lr=base_lr)(t),
        MultiFactorScheduler(boundaries, factor, base_lr=base_lr)(t),
        ExponentialScheduler(length, factor, base_lr=base_lr)(drops * length),
        repeat(base_lr, length, lr_factor=factor)(t),
    ):
        assert_right(rate, exact, roundings=3, of=exact, times=base_lr)


@given(RATES, RATES, LENGTHS, st.integers(1, 5), st.data())
def test_a_polynomial_is_right(one, other, length, pwr, data):
    """1 - t / T is off by two roundings of 1, and its power by as many times the exponent."""
    final_lr, base_lr = one, other
    t = data.draw(st.sampled_from([0, 1, length // 2, length - 1, length]))
    final, base = Fraction(final_lr), Fraction(base_lr)
    left = 1 - Fraction(t, length)

    rate = PolyScheduler(length, pwr=pwr, final_lr=final_lr, base_lr=base_lr)(t)
    line = PiecewiseScheduler([0, length], [base_lr, final_lr])(t)

    exact, most = final + (base - final) * left**pwr, max(base, final)
    assert_right(rate, exact, roundings=2 * pwr + 5, of=most, times=most)
    assert_right(line, final + (base - final) * left, roundings=5, of=most)


@given(RATES, LENGTHS, st.integers(1, 3), st.integers(0, LAST))
def test_a_power_is_right(base_lr, decay_steps, pwr, t):
    """1 + t / s is off by two roundings, its power by as many times the exponent and two."""
    exact = Fraction(base_lr) / (1 + Fraction(t, decay_steps)) ** pwr

    rate = PowerScheduler(decay_steps, pwr=pwr, base_lr=base_lr)(t)

    assert_right(rate, exact, roundings=2 * pwr + 4, of=exact, times=base_lr)


MOST = FactorScheduler(10, 0.5, 0, base_lr=HUGE)  # 5e307 from iteration 11 on
WHOLE = FactorScheduler(10, 0.5, base_lr=LAST)


class TestTooLarge:
    """A sum or product of rates is a float, or an error."""

    @pytest.mark.parametrize(
        ("scheduler", "refused", "finite"),
        [
            (MOST + MOST, 10, HUGE),
            (MOST + HUGE, 10, 1.5 * HUGE),
            (-MOST - MOST, 10, -HUGE),
            (3 * MOST, 10, 3 * 0.5 * HUGE),
            (MOST * MOST, 11, None),
            (MOST * 10 * 0, 11, None),
            (MOST * 10 + -HUGE, 11, None),
            (repeat(MOST, 5, cycles=2, lr_factor=3), 11, None),
            ((MOST + MOST).clip(high=1), 10, 1),
            (join([MOST + MOST, 0.5], [10]), 10, 0.5),
        ],
        ids=label,
    )
    def test_is_refused_where_it_is(self, scheduler, refused, finite):
        words = "a sum, product, quotient or power of rates must be finite, got an infinite one"
        for t in (refused, np.array([1, refused])):
            with pytest.raises(ValueError, match=words):
                scheduler(t)
        if finite is not None:
            assert scheduler(11) == scheduler(np.array([11]))[0] == finite

    @pytest.mark.parametrize("value", [10**400, Fraction(10**400), -(10**400)], ids=type)
    def test_what_a_function_returns_is_refused(self, value):
        scheduler = join([lambda t: value], [])

        for t in (5, np.array([5])):
            with pytest.raises(ValueError, match="the rate of iteration 5 must be finite, got"):
                scheduler(t)

    @pytest.mark.parametrize(
        ("scheduler", "expected"),
        [
            (WHOLE + 1, LAST),
            (WHOLE + 1 + 1, LAST),  # rounded after each operation
            (WHOLE + 2, LAST + 2),
            (1 + WHOLE + 1, LAST),
            (repeat(LAST, 5) + 1 + 1, LAST),
            (WHOLE * LAST, 2**106),
            (WHOLE.replace(base_lr=LAST - 1) * (LAST - 1), float((LAST - 1) ** 2)),
            (WHOLE * LAST * LAST * LAST, 2**212),
            (join([lambda t: LAST + 1], []), LAST),
            (join([lambda t: np.uint64(2**63 + 1)], []), 2**63),
        ],
        ids=label,
    )
    def test_integers_beyond_2_to_53_are_the_floats_of_an_array(self, scheduler, expected):
        assert type(scheduler(5)) is float
        assert scheduler(5) == scheduler(np.array([5]))[0] == expected

    def test_smaller_integers_stay_integers(self):
        assert repr((WHOLE - 1)(5)) == "9007199254740991"
        assert repr((2 * WHOLE.replace(base_lr=3) + 1)(5)) == "7"
