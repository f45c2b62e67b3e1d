"""What operators take: functions, and operators within operators."""

import math
import operator
import pickle
import re
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from lr_scheduler import (
    FactorScheduler,
    LRScheduler,
    PiecewiseScheduler,
    _schedule,
    join,
    repeat,
)

HALVING = FactorScheduler(10, 0.5, base_lr=1)


class TestFunctionsAsOperands:
    """What they return becomes a Python number, or is refused; arrays say the same."""

    @pytest.mark.parametrize(
        "value", [np.float32(0.1), np.float64(0.1), Fraction(1, 10), 3, np.int64(3)]
    )
    def test_numbers_of_all_kinds(self, value):
        scheduler = HALVING + (lambda t: value)

        assert type(scheduler(5)) is (int if value == 3 else float)
        assert scheduler(5) == 1 + float(value)
        assert scheduler(np.array([5])).tolist() == [scheduler(5)]

    @pytest.mark.parametrize("largest", [2**53, -(2**53)])
    def test_an_integer_stays_one_as_far_as_floats_have_all_of_them(self, largest):
        for kind in int, np.int64:
            rate = join([lambda t, kind=kind: kind(largest)], [])(5)
            assert (rate, type(rate)) == (largest, int)
        sign = largest // 2**53
        for beyond, kind in (0, int), (1, float):
            rate = (sign * HALVING + (largest - sign + sign * beyond))(5)
            assert (rate, type(rate)) == (kind(largest), kind)

    @pytest.mark.parametrize("value", [None, "0.5", True, 1j, np.array([0.1])], ids=repr)
    @pytest.mark.parametrize("iteration", [5, np.array([5])], ids=["a number", "an array"])
    def test_what_is_no_number_is_refused(self, value, iteration):
        words = f"the rate of iteration 5 must be a real number, got {re.escape(repr(value))}"
        for scheduler in HALVING + (lambda t: value), join([lambda t: value, 1], [50]):
            with pytest.raises(TypeError, match=words):
                scheduler(iteration)

    def test_a_default_that_is_an_array(self):
        table = np.array([1.0, 2.0])

        def looked_up(t, table=table):
            return table[t % 2]

        assert (0 + join([looked_up], []))(np.array([4, 5])).tolist() == [1, 2]

    def test_what_is_not_a_number_stays_so(self):
        scheduler = (HALVING + (lambda t: math.nan)).clip(0.1, 2)

        assert math.isnan(scheduler(5))
        assert np.isnan(scheduler(np.array([5]))).all()


def nested(depth):
    """Return operators that are nested so deep."""
    scheduler = HALVING
    for _ in range(depth):
        scheduler = scheduler.delay(0)
    return scheduler


def test_operators_nest_100_deep_which_pythons_stack_holds():
    deepest = nested(100)

    assert (deepest(1), deepest(np.array([1]))[0]) == (1, 1)
    assert pickle.loads(pickle.dumps(deepest)) == deepest


@pytest.mark.parametrize("operation", [operator.add, operator.mul])
def test_a_long_chain_is_not_deep_from_either_side(operation):
    left = right = HALVING
    for _ in range(500):
        left, right = operation(left, 1.5), operation(1.5, right)

    assert left.delay(0)(1) == right.delay(0)(1)


def doubled(scheduler, double, times):
    """Return a scheduler that holds itself twice, so many times."""
    for _ in range(times):
        scheduler = double(scheduler)
    return scheduler


@pytest.mark.parametrize(
    "double",
    [
        lambda scheduler: scheduler.delay(0) + scheduler,
        lambda scheduler: join([scheduler, scheduler], [10]),
        lambda scheduler: HALVING.clip(scheduler, scheduler),
        lambda scheduler: Pair(scheduler, scheduler, base_lr=1),
    ],
)
def test_a_scheduler_holds_100_000_schedules_each_use_counted(double):
    """Sixteen doublings hold more than 2**16 schedules, and `repr` would write all of them."""
    large = doubled(HALVING, double, 15)
    with pytest.raises(ValueError, match="at most 100000 schedules, each use counted, got"):
        doubled(large, double, 2)
    with pytest.raises(TypeError, match=r"sequence of iterations, got a .* of .* schedules"):
        join([1, 2], large)


def test_a_scheduler_holds_10_million_values(monkeypatch):
    monkeypatch.setattr(_schedule, "MOST_VALUES", 8)
    table = PiecewiseScheduler([1, 2], [1, 2])  # 4 values

    assert (table + 0)(1) == 1  # and 2 operands
    with pytest.raises(ValueError, match="at most 8 values, each use counted, got 10"):
        table + table


@pytest.mark.parametrize("make", [lambda s: ((0.5, s), (0.5, s)), lambda s: {1: s, 2: [s]}])
def test_schedules_in_nested_parameters_are_counted(make):
    def within(scheduler):
        return Mix(make(scheduler), base_lr=1)

    with pytest.raises(ValueError, match="at most 100000 schedules, each use counted, got"):
        doubled(HALVING, within, 17)


def test_a_list_that_holds_itself_is_too_long(monkeypatch):
    monkeypatch.setattr(_schedule, "MOST_VALUES", 100)
    parts = []
    parts.append(parts)

    with pytest.raises(ValueError, match="at most 100 values, each use counted, got 101"):
        Mix(parts, base_lr=1)


class Mix(LRScheduler):
    """A schedule of one's own that holds schedules in lists."""

    parts: Any

    def decay(self, t):
        return self.base_lr


class Pair(LRScheduler):
    """A schedule of one's own that holds schedules."""

    one: Any
    other: Any

    def decay(self, t):
        return self.one(t) + self.other(t)


@pytest.mark.parametrize(
    "make",
    [
        lambda: 0.5 / nested(100),
        lambda: nested(100) + 0.5,
        lambda: nested(100).clip(0),
        lambda: HALVING.over(nested(100)),
        lambda: (HALVING * 2 * nested(99)).clip(0),
        lambda: HALVING.clip(nested(100)),
        lambda: join([1, nested(100)], [5]),
        lambda: join([1, nested(99)], [5]).delay(-1),
        lambda: repeat(nested(100), 5),
        lambda: repeat(nested(99), 5).delay(-1),
    ],
)
def test_operators_do_not_nest_deeper(make):
    with pytest.raises(ValueError, match="nested at most 100 deep, got 101"):
        make()
