"""What operators take: functions, and operators within operators."""

import math
import pickle
import re
from fractions import Fraction

import numpy as np
import pytest

from lr_scheduler import FactorScheduler, join, repeat

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
        scheduler = 0.5 * scheduler
    return scheduler


def test_operators_nest_100_deep_which_pythons_stack_holds():
    deepest = nested(100)

    assert (deepest(1), deepest(np.array([1]))[0]) == (0.5**100, 0.5**100)
    assert pickle.loads(pickle.dumps(deepest)) == deepest
    assert sum([HALVING] * 200).clip(0)(1) == 200  # a long chain is not deep


@pytest.mark.parametrize(
    "make",
    [
        lambda: 0.5 * nested(100),
        lambda: nested(100) + 0.5,
        lambda: nested(100).clip(0),
        lambda: HALVING.over(nested(100)),
        lambda: (HALVING * 2 * nested(99)).clip(0),
        lambda: join([1, nested(100)], [5]),
        lambda: join([1, nested(99)], [5]).delay(-1),
        lambda: repeat(nested(100), 5),
        lambda: repeat(nested(99), 5).delay(-1),
    ],
)
def test_operators_do_not_nest_deeper(make):
    with pytest.raises(ValueError, match="nested at most 100 deep, got 101"):
        make()
