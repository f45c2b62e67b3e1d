"""One schedule again and again: cycles of growing or shrinking length and height."""

from fractions import Fraction
from itertools import accumulate

import numpy as np
import pytest

import lr_scheduler
from lr_scheduler import FactorScheduler, PiecewiseScheduler, linear, repeat

LINE = linear(10, base_lr=1)
SIZE = 200
THIRDS, TENTHS = Fraction(10, 3), Fraction(23, 10)  # no float is these
ENDLESS = [
    *((period, 1) for period in (1, 7, 10, 25, 2.5, 9.75, TENTHS, THIRDS)),
    *((6.5, 1.5), (TENTHS, 2), (THIRDS, Fraction(11, 10))),
    *((period, m) for period in (1, 10) for m in (2, 3, 1.5)),
    *((7, 1e6), (10, 1.001), (25, 1.001), (25, 2.0)),
]
ENDING = [(0.5, 1), (0.5, 5), (0.9, 3), (1, 1), (1, 3), (2, 3), (1.5, 3)]


def rates_and_heights(period, cycles, period_factor, lr_factor, count_from):
    """Yield the rate of LINE in each iteration, and the height of its cycle, as fractions.

    A cycle has a budget of iterations, which may be fractional, and what it exceeds belongs to
    the next cycle. Counted from 1, an iteration takes its place in the budget before it is
    asked, counted from 0 after. Iteration 0 is the first iteration, not yet counted. When the
    last budget is spent, the last rate that it paid is held; counted from 1, that is the end.
    """
    budget, spent, height, left = Fraction(period), Fraction(0), Fraction(1), cycles
    rate = Fraction(1)
    for t in range(SIZE):
        spent += 1 if t > 1 - count_from else 0
        while left != 0 and (spent > budget if count_from else spent >= budget):
            left = left and left - 1
            if left == 0:
                rate = height * max(1 - Fraction(period) / 10, 0) if count_from else rate
                break
            spent -= budget
            budget *= Fraction(period_factor)
            height *= Fraction(lr_factor)
        if left != 0:
            rate = height * max(1 - spent / budget * period / 10, 0)
        yield rate, height


@pytest.mark.parametrize("count_from", [1, 0])
@pytest.mark.parametrize(
    "arguments",
    [(period, None, m, factor) for period, m in ENDLESS for factor in (1, 0.3)]
    + [(s, n, m, factor) for s in (16, 17.3) for m, n in ENDING for factor in (0.5, 2)],
    ids=repr,
)
def test_every_iteration_has_the_rate_of_its_cycle(arguments, count_from):
    names = ("period", "cycles", "period_factor", "lr_factor")
    scheduler = repeat(LINE, **dict(zip(names, arguments, strict=True)), count_from=count_from)

    rates = [scheduler(t) for t in range(SIZE)]

    assert scheduler(np.arange(SIZE)).tolist() == rates
    expected = rates_and_heights(*arguments, count_from)
    for found, (rate, height) in zip(rates, expected, strict=True):
        assert abs(found - rate) <= Fraction(2e-14) * height


def test_the_boundary_that_a_logarithm_misses():
    """10 (1 + 3 + 9 + 27 + 81) = 1210 is the last iteration of the fifth cycle."""
    scheduler = repeat(LINE, 10, period_factor=3)

    assert [scheduler(t) for t in (1210, 1211)] == [0, 1 - 1 / 2430]


@pytest.mark.parametrize("hundredths", [*range(10, 100, 5), *range(105, 400, 5)])
@pytest.mark.parametrize("period", [100, 400, 1000])
def test_a_boundary_that_is_an_integer_is_that_integer(period, hundredths):
    """100 + 230 + 529 = 859 for a factor of 2.3, which no float is."""
    factor, cycles = Fraction(hundredths, 100), 4 if hundredths > 60 else 2
    line = LINE.replace(max_update=period)
    scheduler = repeat(line, period, cycles=cycles, period_factor=float(factor))
    ends = list(accumulate(period * factor**i for i in range(cycles)))
    for end in (int(end) for end in ends[:-1] if end.denominator == 1):
        assert scheduler(end) == 0
        assert scheduler(end + 1) >= 0.9


def test_a_drop_within_a_longer_cycle_stays_at_its_iteration():
    halving = repeat(PiecewiseScheduler([0, 250], [1, 0.5], "constant"), 500, period_factor=1.4)

    assert [halving(t) for t in (850, 851)] == [1, 0.5]


def test_is_exact_up_to_the_largest_iteration():
    """The cycles end at (3**i - 1) / 2; up to there Python's integers are exact."""
    scheduler = repeat(LINE, 1, period_factor=3)
    last = (3**33 - 1) // 2

    for t, rate in ((last, 0.9), (last + 1, 1 - 1 / 3**33 / 10)):
        assert scheduler(t) == scheduler(np.array([t]))[0] == rate


def test_times_are_not_rounded_in_cycles_of_one_length():
    """2 + 2**-51 is the next time after 2, and after the drop."""
    drops = FactorScheduler(2, 0.5, base_lr=1)

    assert drops.delay(-(2**-51))(2) == 0.5
    assert repeat(drops, 9, count_from=0).delay(-(2**-51))(3) == 0.5


def test_an_integer_stays_an_integer():
    assert repr(repeat(FactorScheduler(3, 0.5, base_lr=1), 5)(12)) == "1"


def test_repeats_whatever_is_a_schedule():
    assert [repeat(lambda t: t, 3)(t) for t in (1, 3, 4, 6)] == [1, 3, 1, 3]
    assert [repeat(lambda t: t, 3, count_from=0)(t) for t in (0, 1, 3, 4)] == [0, 0, 2, 0]
    assert [repeat(2, 3, lr_factor=0.5)(t) for t in (3, 4, 7)] == [2, 1, 0.5]
    triangle = PiecewiseScheduler([0, 2, 4], [0, 1, 0])
    within = repeat(repeat(triangle, 4, cycles=2, lr_factor=0.5), 8)
    assert [within(t) for t in (2, 4, 6, 8, 10, 14)] == [1, 0, 0.5, 0, 1, 0.5]


def test_is_a_value():
    scheduler = repeat(LINE, 10, cycles=3, period_factor=2, lr_factor=0.5, count_from=0)

    assert eval(repr(scheduler), vars(lr_scheduler)) == scheduler
    assert hash(scheduler) == hash(scheduler.replace())
    assert scheduler.replace(period=20)(5) == LINE(4)
    assert repr(repeat(LINE, 10)) == f"repeat({LINE!r}, 10)"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"period_factor": 0.5}, "cycles must be given if period_factor is below 1"),
        ({"lr_factor": 2}, "cycles must be given if .* lr_factor above 1, got"),
        ({"cycles": 1026, "lr_factor": 2}, r"must be finite, got 2 \*\* 1025"),
        ({"cycles": 513, "lr_factor": 4}, r"must be finite, got 4 \*\* 512"),
        ({"cycles": 736, "lr_factor": 2.62660139649114}, "must be finite, got 2.6"),
        ({"cycles": 5, "period_factor": 0.5}, "last cycle at least 1 .*, got 5 with"),
        ({"period_factor": 1.00001}, "at most 100000 cycles .* cycles = None: pass fewer"),
        ({"cycles": 100_001, "period_factor": 1.00001}, "at most 100000 cycles of different"),
    ],
)
def test_refuses_cycles_without_a_length_or_a_height(arguments, words):
    with pytest.raises(ValueError, match=words):
        repeat(LINE, 10, **arguments)


def test_admits_the_highest_cycle_that_is_finite():
    assert repeat(LINE, 10, cycles=512, lr_factor=4)(5111) == 0.9 * 2.0**1022


def test_admits_more_growing_cycles_than_a_float_can_measure():
    scheduler = repeat(LINE, 10, cycles=2000, period_factor=1.5)

    assert [scheduler(t) for t in (10, 25)] == [0, 0]


@pytest.mark.parametrize("period_factor", [1.0005, 0.9995, 1 + 2.0**-52, 1 - 2.0**-53])
def test_admits_any_period_factor_for_a_few_cycles(period_factor):
    assert repeat(LINE, 10, cycles=3, period_factor=period_factor)(10) == 0


def test_admits_as_many_cycles_as_are_stored():
    scheduler = repeat(LINE, 10, cycles=100_000, period_factor=1 + 2.0**-40)

    longer = 10 * 2.0**-40 * (99_998 * 99_999 / 2)  # than 99,999 cycles of 10 iterations
    assert scheduler(999_999) == pytest.approx(1 - (9 - longer) / 10, abs=1e-6)


def test_equal_cycles_share_their_starts():
    one, other = (repeat(lr, 10, period_factor=1.001) for lr in (1, 2))

    assert one._starts is other._starts


def test_admits_a_last_cycle_of_one_iteration():
    assert repeat(LINE, 8, cycles=4, period_factor=0.5)(15) == 1 - 8 / 10


@pytest.mark.parametrize("count_from", [0, 1])
def test_a_last_cycle_beyond_every_iteration(count_from):
    scheduler = repeat(
        1, 2, cycles=2, period_factor=1e308, lr_factor=0.5, count_from=count_from
    )

    assert (scheduler(2), scheduler(3), scheduler(2**53)) == (1, 0.5, 0.5)
