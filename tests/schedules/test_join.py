"""Schedules one after another, and one schedule again and again."""

import math
from fractions import Fraction
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.random_schedulers import schedulers

import lr_scheduler
from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    PiecewiseScheduler,
    PolyScheduler,
    join,
    repeat,
)

LINE = PolyScheduler(10, base_lr=1, pwr=1)
ITERATIONS = np.arange(0, 400)


def every(scheduler):
    """Return the rates of the iterations, which an array gives in the same bits."""
    rates = [scheduler(t) for t in ITERATIONS.tolist()]
    assert scheduler(ITERATIONS).tolist() == rates
    return rates


class TestJoin:
    """Child k sees t - step[k - 1]; at the boundary the old one still rules."""

    def test_both_sides_of_every_boundary(self):
        scheduler = join([LINE, 0.25, FactorScheduler(2, 0.5, base_lr=1)], [5, 8])

        assert [scheduler(t) for t in (0, 1, 5, 6, 8, 9, 10, 11)] == [
            1,
            0.9,
            0.5,
            0.25,
            0.25,
            1,
            1,
            0.5,
        ]

    def test_numbers_alone_are_piecewise_constant(self):
        assert every(join([1, 0.5, 0.125], [30, 60])) == [
            1 if t <= 30 else 0.5 if t <= 60 else 0.125 for t in ITERATIONS
        ]

    def test_a_function_counts_from_1_as_well(self):
        scheduler = join([LINE, lambda t: 1 / t], [5])

        assert [scheduler(t) for t in (5, 6, 7)] == [0.5, 1, 0.5]
        assert scheduler(np.array([5, 6, 7])).tolist() == [0.5, 1, 0.5]

    @given(st.lists(schedulers(), min_size=4, max_size=4))
    def test_nesting_changes_nothing(self, parts):
        a, b, c, d = parts
        flat = join(parts, [50, 90, 200])

        assert every(join([join([a, b], [50]), join([c, d], [110])], [90])) == every(flat)
        assert every(join([a, join([b, join([c, d], [110])], [40])], [50])) == every(flat)
        assert every(join([join([join([a, b], [50]), c], [90]), d], [200])) == every(flat)
        assert every(join([flat], [])) == every(flat)

    def test_is_a_value(self):
        scheduler = join((LINE, 0.25), np.array([5]))

        assert scheduler == join([LINE, 0.25], [5])
        assert hash(scheduler) == hash(join([LINE, 0.25], [5]))
        assert scheduler != join([LINE, 0.5], [5])
        assert eval(repr(scheduler), vars(lr_scheduler)) == scheduler
        assert scheduler.replace(step=[6]) == join([LINE, 0.25], [6])

    @pytest.mark.parametrize(
        ("schedulers", "step", "error", "words"),
        [
            (
                [LINE],
                [5],
                ValueError,
                r"step must hold 0 boundaries between 1 schedulers, got \[5\]",
            ),
            ([], [], ValueError, "schedulers must hold at least 1 schedule"),
            ([LINE, LINE], [], ValueError, "step must hold 1 boundaries between 2 schedulers"),
            ([LINE] * 3, [5, 5], ValueError, r"step must be strictly increasing, got \[5, 5\]"),
            ([LINE, LINE], [0], ValueError, r"step\[0\] must be at least 1 iteration, got 0"),
            ([LINE, LINE], [2.5], TypeError, r"step\[0\] must be an integer, got 2\.5"),
            ([LINE, "x"], [5], TypeError, r"schedulers\[1\] must be a number or callable"),
            ([LINE, True], [5], TypeError, r"schedulers\[1\] must be a real number, got True"),
            ([LINE, math.nan], [5], ValueError, r"schedulers\[1\] must be finite, got nan"),
            ([LINE, FactorScheduler], [5], TypeError, r"schedulers\[1\] must be callable with"),
            (LINE, [5], TypeError, "schedulers must be a sequence of schedules, got PolySch"),
            (5, [5], TypeError, "schedulers must be a sequence of schedules, got 5"),
        ],
    )
    def test_refuses(self, schedulers, step, error, words):
        with pytest.raises(error, match=words):
            join(schedulers, step)


def restarts(t, step, step_factor, lr_factor, count=math.inf, count_from=1):
    """Return LINE of the cycle that t is in, found by walking through the cycles."""
    start, length, height, number = 0, step, 1, 1
    while t > start + length and number < count:
        start, length, height = start + length, length * step_factor, height * lr_factor
        number += 1
    local = min(t - start, length) + count_from - 1
    return height * max(0, min(1, 1 - local * step / length / 10))


class TestRepeat:
    """Cycle i is step_factor**i as long, and lr_factor**i as high."""

    @pytest.mark.parametrize("step", [1, 7, 10, 25])
    @pytest.mark.parametrize("step_factor", [1, 2, 3, 1.5, 1.001, 2.0, 1e6])
    @pytest.mark.parametrize("lr_factor", [1, 0.5, 1e-30])
    @pytest.mark.parametrize("count_from", [1, 0])
    def test_every_iteration(self, step, step_factor, lr_factor, count_from):
        scheduler = repeat(LINE, step, step_factor, lr_factor, count_from=count_from)

        for t, rate in enumerate(every(scheduler)):
            expected = restarts(t, step, step_factor, lr_factor, count_from=count_from)
            assert rate == pytest.approx(expected, rel=1e-12, abs=1e-12)

    @pytest.mark.parametrize("step_factor", [0.5, 0.9, 1, 2])
    @pytest.mark.parametrize("lr_factor", [0.5, 1, 2])
    @pytest.mark.parametrize("count", [1, 3, 5])
    def test_holds_the_last_rate_after_the_last_cycle(self, step_factor, lr_factor, count):
        scheduler = repeat(LINE, 16, step_factor, lr_factor, count)

        for t, rate in enumerate(every(scheduler)):
            expected = restarts(t, 16, step_factor, lr_factor, count)
            assert rate == pytest.approx(expected, rel=1e-12, abs=1e-12)

    def test_the_boundary_that_a_logarithm_misses(self):
        """10 (1 + 3 + 9 + 27 + 81) = 1210 is the last iteration of the fifth cycle."""
        scheduler = repeat(LINE, 10, step_factor=3)

        assert [scheduler(t) for t in (1210, 1211)] == [0, 1 - 1 / 2430]

    @pytest.mark.parametrize("hundredths", [*range(10, 100, 5), *range(105, 400, 5)])
    @pytest.mark.parametrize("step", [100, 400, 1000])
    def test_a_boundary_that_is_an_integer_is_that_integer(self, step, hundredths):
        """100 + 230 + 529 = 859 for a factor of 2.3, which no float is."""
        factor, count = Fraction(hundredths, 100), 4 if hundredths > 60 else 2
        scheduler = repeat(LINE.replace(max_update=step), step, float(factor), count=count)
        ends = list(accumulate(step * factor**i for i in range(count)))
        for end in (int(end) for end in ends[:-1] if end.denominator == 1):
            assert scheduler(end) == 0
            assert scheduler(end + 1) >= 0.9

    def test_a_boundary_within_a_longer_cycle(self):
        halving = repeat(PiecewiseScheduler([0, 250], [1, 0.5], "constant"), 500, 1.4)

        assert [halving(t) for t in (850, 851)] == [1, 0.5]

    def test_exact_up_to_the_largest_iteration(self):
        """The cycles end at (3**i - 1) / 2; up to there Python's integers are exact."""
        scheduler = repeat(LINE, 1, step_factor=3)
        last = (3**33 - 1) // 2

        for t in (last, last + 1):
            expected = 0.9 if t == last else 1 - 1 / 3**33 / 10
            assert scheduler(t) == scheduler(np.array([t]))[0] == expected

    def test_times_are_not_rounded_in_cycles_of_one_length(self):
        """2 + 2**-51 is the next time after 2, and after the drop."""
        drops = FactorScheduler(2, 0.5, base_lr=1)

        assert drops.shift(2**-51)(2) == 0.5
        assert repeat(drops, 9, count_from=0).shift(2**-51)(3) == 0.5

    def test_integers_stay_integers(self):
        assert repr(repeat(FactorScheduler(3, 0.5, base_lr=1), 5)(12)) == "1"

    def test_repeats_whatever_is_a_schedule(self):
        assert [repeat(lambda t: t, 3)(t) for t in (1, 3, 4, 6)] == [1, 3, 1, 3]
        assert [repeat(2, 3, lr_factor=0.5)(t) for t in (3, 4, 7)] == [2, 1, 0.5]
        triangle = PiecewiseScheduler([0, 2, 4], [0, 1, 0])
        within = repeat(repeat(triangle, 4, lr_factor=0.5, count=2), 8)
        assert [within(t) for t in (2, 4, 6, 8, 10, 14)] == [1, 0, 0.5, 0, 1, 0.5]

    def test_is_a_value(self):
        scheduler = repeat(LINE, 10, 2, lr_factor=0.5, count=3, count_from=0)

        assert eval(repr(scheduler), vars(lr_scheduler)) == scheduler
        assert hash(scheduler) == hash(scheduler.replace())
        assert scheduler.replace(step=20)(5) == LINE(4)
        assert repr(repeat(LINE, 10)) == f"repeat({LINE!r}, 10)"

    @pytest.mark.parametrize(
        ("arguments", "error", "words"),
        [
            ({"step": 0}, ValueError, "step must be at least 1 iteration, got 0"),
            ({"step": 2.5}, TypeError, "step must be an integer, got 2.5"),
            ({"scheduler": "x"}, TypeError, "scheduler must be a number or callable"),
            ({"step_factor": 0}, ValueError, "step_factor must be greater than 0, got 0"),
            (
                {"step_factor": 1.0005},
                ValueError,
                "differ from it by at least 0.001, got 1.0005",
            ),
            ({"step_factor": 0.9995, "count": 2}, ValueError, "at least 0.001, got 0.9995"),
            ({"step_factor": 0.5}, ValueError, "count must be given if step_factor is below 1"),
            ({"lr_factor": 2}, ValueError, "count must be given if .* lr_factor above 1, got"),
            ({"lr_factor": 0}, ValueError, "lr_factor must be greater than 0, got 0"),
            ({"lr_factor": 2, "count": 1026}, ValueError, r"must be finite, got 2 \*\* 1025"),
            ({"lr_factor": 4, "count": 513}, ValueError, r"must be finite, got 4 \*\* 512"),
            (
                {"lr_factor": 2.62660139649114, "count": 736},
                ValueError,
                "must be finite, got 2.6",
            ),
            (
                {"step_factor": 0.5, "count": 5},
                ValueError,
                "last cycle at least 1 .*, got 5 with",
            ),
            ({"count": 0}, ValueError, "count must be at least 1, got 0"),
            ({"count": 1.5}, TypeError, "count must be an integer, got 1.5"),
            ({"count_from": 2}, ValueError, "count_from must be 0 or 1, got 2"),
            ({"count_from": -1}, ValueError, "count_from must be at least 0, got -1"),
        ],
    )
    def test_refuses(self, arguments, error, words):
        with pytest.raises(error, match=words):
            repeat(**{"scheduler": LINE, "step": 10} | arguments)

    def test_admits_the_highest_cycle_that_is_finite(self):
        assert repeat(LINE, 10, lr_factor=4, count=512)(5111) == 0.9 * 2.0**1022

    def test_admits_more_growing_cycles_than_a_float_can_measure(self):
        scheduler = repeat(LINE, 10, step_factor=1.5, count=2000)

        assert [scheduler(t) for t in (10, 25)] == [0, 0]

    @pytest.mark.parametrize("step_factor", [1.001, 0.999])
    def test_admits_what_the_rule_admits(self, step_factor):
        assert repeat(LINE, 10, step_factor, count=3)(10) == 0


def test_restarts_of_a_cosine_are_cosines():
    scheduler = repeat(CosineScheduler(10, base_lr=1, final_lr=0.1), 10, 2)

    for t in range(11, 31):
        cosine = math.cos(math.pi * (t - 10) / 20)
        assert scheduler(t) == pytest.approx(0.1 + 0.9 * (1 + cosine) / 2, rel=1e-14)
