"""The operators: sums, products, limits, and the time moved."""

import operator
import re
from fractions import Fraction

import numpy as np
import pytest

import lr_scheduler
from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    PolyScheduler,
)

HALVING = FactorScheduler(10, 0.5, base_lr=1)
FALLING = PolyScheduler(100, base_lr=1, pwr=1)


def mine(iteration):
    """Return a rate; a plain function."""
    return 1 / iteration


class TestSumsAndProducts:
    """Rates are added and multiplied, with numbers, schedulers and functions."""

    @pytest.mark.parametrize(
        ("scheduler", "expected"),
        [
            (HALVING + 0.25, [1.25, 0.75, 0.5]),
            (0.25 + HALVING, [1.25, 0.75, 0.5]),
            (HALVING * 0.5, [0.5, 0.25, 0.125]),
            (3 * HALVING, [3, 1.5, 0.75]),
            (HALVING + HALVING, [2, 1, 0.5]),
            (HALVING * HALVING, [1, 0.25, 0.0625]),
            (HALVING + mine, [1.1, 0.55, 0.25 + 1 / 30]),
            (mine * HALVING, [0.1, 0.025, 0.25 / 30]),
            (HALVING + -0.25, [0.75, 0.25, 0]),
            (HALVING - 0.25, [0.75, 0.25, 0]),
            (1 - HALVING, [0, 0.5, 0.75]),
            (-HALVING + 1, [0, 0.5, 0.75]),
            (HALVING - HALVING, [0, 0, 0]),
            (HALVING - mine, [0.9, 0.45, 0.25 - 1 / 30]),
            (mine - HALVING, [-0.9, -0.45, 1 / 30 - 0.25]),
            (sum([HALVING, HALVING, HALVING]), [3, 1.5, 0.75]),
        ],
        ids=repr,
    )
    def test_values(self, scheduler, expected):
        assert [scheduler(t) for t in (10, 20, 30)] == expected
        assert scheduler(np.array([10, 20, 30])).tolist() == expected

    def test_integers_stay_integers(self):
        assert repr((2 * HALVING + 1)(5)) == "3"

    @pytest.mark.parametrize(
        "number", [np.float64(0.5), np.float32(0.5), np.int64(3)], ids=repr
    )
    def test_numbers_of_numpy_on_either_side(self, number):
        assert number * HALVING == number.item() * HALVING
        assert HALVING + number == HALVING + number.item()
        assert type((number * HALVING)(1)) in (int, float)

    def test_a_chain_is_taken_from_the_left(self):
        """Floats are not associative: 0.1 + 0.2 + 0.3 differs from 0.1 + (0.2 + 0.3)."""
        tenth, fifth, rest = (MultiFactorScheduler([1], base_lr=x) for x in (0.1, 0.2, 0.3))

        assert (tenth + fifth + rest)(1) == 0.1 + 0.2 + 0.3
        assert (tenth + (fifth + rest))(1) == 0.1 + (0.2 + 0.3)
        assert tenth + fifth + rest == (tenth + fifth) + rest
        assert tenth + fifth + rest != tenth + (fifth + rest)

    def test_long_sums_do_not_nest(self):
        total = sum([HALVING] * 5000)

        assert total(1) == 5000
        assert hash(total) == hash(sum([HALVING] * 5000))

    @pytest.mark.parametrize(
        ("scheduler", "expected"),
        [
            (HALVING + FALLING * 2, "H + F * 2"),
            ((HALVING + FALLING) * 2, "(H + F) * 2"),
            (2 * (HALVING * FALLING), "2 * (H * F)"),
            (0.5 + (HALVING + 1), "0.5 + (H + 1)"),
            ((HALVING + 1).clip(low=0.5), "(H + 1).clip(low=0.5)"),
            (HALVING.shift(-1).stretch(2.5), "H.shift(-1).stretch(2.5)"),
            (HALVING.stretch(50, hold=True), "H.stretch(50, hold=True)"),
            (HALVING.clip(0, 1), "H.clip(low=0, high=1)"),
            (-0.5 * HALVING, "-0.5 * H"),
            (HALVING - FALLING * 2, "H + -1 * (F * 2)"),
            (1 - HALVING - 0.5, "1 + -1 * H + -0.5"),
        ],
    )
    def test_repr_is_the_expression(self, scheduler, expected):
        expected = expected.replace("H", repr(HALVING)).replace("F ", f"{FALLING!r} ")
        expected = expected.replace("F)", f"{FALLING!r})")

        assert repr(scheduler) == expected
        assert eval(repr(scheduler), vars(lr_scheduler)) == scheduler

    @pytest.mark.parametrize("other", ["1", None, [1], True, 1j, np.array([1, 2])], ids=repr)
    @pytest.mark.parametrize("operation", [operator.add, operator.mul, operator.sub])
    def test_refuses_what_is_no_number_and_no_schedule(self, operation, other):
        words = f"^[a-z]+ must be a (real )?number.*, got {re.escape(repr(other))}"
        with pytest.raises(TypeError, match=words):
            operation(HALVING, other)
        with pytest.raises(TypeError, match=words):
            operation(other, HALVING)

    @pytest.mark.parametrize(
        ("expression", "words"),
        [
            (lambda: HALVING + float("nan"), "summand must be finite, got nan"),
            (lambda: HALVING * float("inf"), "factor must be finite, got inf"),
            (lambda: (HALVING + 1).replace(operands=()), "operands must be at least 2"),
            (lambda: (HALVING + 1).replace(operands=(1, 2, HALVING)), "one of the first 2"),
        ],
    )
    def test_refuses_values(self, expression, words):
        with pytest.raises(ValueError, match=words):
            expression()

    def test_refuses_a_class(self):
        with pytest.raises(
            TypeError, match=r"such as CosineScheduler.*, got the class CosineScheduler"
        ):
            HALVING + CosineScheduler


class TestClip:
    """Rates below `low` become `low`, rates above `high` become `high`."""

    @pytest.mark.parametrize(
        ("limits", "expected"),
        [
            ({"low": 0.3}, [1, 0.5, 0.3]),
            ({"high": 0.7}, [0.7, 0.5, 0.25]),
            ({"low": 0.3, "high": 0.7}, [0.7, 0.5, 0.3]),
            ({"low": 0.4, "high": 0.4}, [0.4, 0.4, 0.4]),
        ],
    )
    def test_values(self, limits, expected):
        scheduler = HALVING.clip(**limits)

        assert [scheduler(t) for t in (10, 20, 30)] == expected
        assert scheduler(np.array([10, 20, 30])).tolist() == expected

    def test_makes_a_rate_of_a_difference(self):
        assert (HALVING + -0.5).clip(low=0)(30) == 0

    @pytest.mark.parametrize(
        ("limits", "error", "words"),
        [
            ({}, TypeError, "low or high must be a real number, got None"),
            ({"low": "0"}, TypeError, "low must be a real number, got '0'"),
            ({"high": float("nan")}, ValueError, "high must be finite, got nan"),
            ({"low": 2, "high": 1}, ValueError, "low must be at most high = 1, got 2"),
        ],
    )
    def test_refuses(self, limits, error, words):
        with pytest.raises(error, match=words):
            HALVING.clip(**limits)


class TestShift:
    """The schedule is n iterations ahead; before its start it has the rate of iteration 0."""

    @pytest.mark.parametrize(
        ("iterations", "expected"),
        [(0, [1, 0.5]), (5, [0.5, 0.5]), (-5, [1, 1]), (-100, [1, 1]), (0.5, [0.5, 0.5])],
    )
    def test_values(self, iterations, expected):
        scheduler = HALVING.shift(iterations)

        assert [scheduler(t) for t in (10, 11)] == expected
        assert scheduler(np.array([10, 11])).tolist() == expected

    def test_smooth_between_iterations(self):
        assert FALLING.shift(0.5)(1) == 1 - 1.5 / 100

    def test_a_library_that_counts_from_0(self):
        late = FALLING.shift(-1)

        assert [late(t) for t in (0, 1, 2, 101)] == [1, 1, 0.99, 0]

    def test_ends_at_the_largest_iteration(self):
        scheduler = HALVING.shift(2**53).shift(2**53)

        assert scheduler(2**53) == scheduler(np.array([2**53]))[0] == 1e-8

    @pytest.mark.parametrize(
        ("iterations", "error", "words"),
        [
            ("1", TypeError, "iterations must be a real number, got '1'"),
            (float("inf"), ValueError, "iterations must be finite, got inf"),
            (2**54, ValueError, "iterations must be from -2\\*\\*53 to 2\\*\\*53, got 1801"),
        ],
    )
    def test_refuses(self, iterations, error, words):
        with pytest.raises(error, match=words):
            HALVING.shift(iterations)


class TestStretch:
    """The schedule sees t / factor; with hold it sees that rounded up, as epochs are."""

    def test_between_its_iterations(self):
        scheduler = FALLING.stretch(10)

        assert [scheduler(t) for t in (5, 10, 500, 1000)] == [0.995, 0.99, 0.5, 0]

    @pytest.mark.parametrize("factor", [50, 50.0, np.int64(50)])
    def test_an_epoch_holds_its_rate(self, factor):
        scheduler = FALLING.stretch(factor, hold=True)
        t = np.arange(0, 151)

        expected = [1.0, *[0.99] * 50, *[0.98] * 50, *[0.97] * 50]
        assert [scheduler(int(i)) for i in t] == expected
        assert scheduler(t).tolist() == expected

    def test_drops_after_the_last_iteration_of_an_epoch(self):
        scheduler = MultiFactorScheduler([30, 60], 0.1, base_lr=1).stretch(7, hold=True)

        assert [scheduler(t) for t in (30 * 7, 30 * 7 + 1, 60 * 7, 60 * 7 + 1)] == [
            1,
            0.1,
            0.1,
            0.1**2,
        ]

    def test_a_function_sees_whole_epochs(self):
        seen = []
        scheduler = (FALLING * (lambda epoch: seen.append(epoch) or 1)).stretch(2.5, hold=True)

        scheduler(3)
        scheduler(np.array([3, 6]))

        assert [(type(epoch), epoch) for epoch in seen] == [(int, 2), (int, 2), (int, 3)]

    @pytest.mark.parametrize(("units", "rate"), [(3, 1), (5, 0.5)])
    def test_a_quotient_is_rounded_up_to_4_units_in_the_last_place(self, units, rate):
        """One unit of 1 is one of the quotient 2 as well, since 0.5 divides exactly."""
        scheduler = MultiFactorScheduler([2], 0.5, base_lr=1).stretch(0.5)
        moved = scheduler.shift(units * 2**-52)

        assert (moved(1), moved(np.array([1]))[0]) == (rate, rate)

    @pytest.mark.parametrize("factor", ["1.13", "10.1", "2.3", "1/3", "1/49", "0.7", "7.25"])
    @pytest.mark.parametrize("hold", [False, True])
    def test_an_epoch_that_ends_with_an_iteration_ends_there(self, factor, hold):
        """Though neither the factor nor the quotient may be what a float can hold."""
        exact, ends = Fraction(factor), 0
        for epoch in range(1, 1000):
            if (epoch * exact).denominator == 1:
                end = int(epoch * exact)
                epochs = MultiFactorScheduler([epoch], 0.5, base_lr=1)
                scheduler = epochs.stretch(float(exact), hold=hold)
                assert [scheduler(t) for t in (end, end + 1)] == [1, 0.5]
                assert scheduler(np.array([end, end + 1])).tolist() == [1, 0.5]
                ends += 1
        assert ends >= 9

    def test_a_tiny_factor_reaches_the_largest_iteration(self):
        scheduler = FALLING.stretch(5e-324)

        assert scheduler(1) == scheduler(np.array([1]))[0] == 0

    @pytest.mark.parametrize(
        ("arguments", "error", "words"),
        [
            ((0,), ValueError, "factor must be greater than 0, got 0"),
            ((float("nan"),), ValueError, "factor must be finite, got nan"),
            (("2",), TypeError, "factor must be a real number, got '2'"),
            ((2, 1), TypeError, "hold must be True or False, got 1"),
        ],
    )
    def test_refuses(self, arguments, error, words):
        with pytest.raises(error, match=words):
            HALVING.stretch(*arguments)


@pytest.mark.parametrize(
    "scheduler",
    [HALVING + 1, HALVING.clip(0.1), HALVING.shift(1), HALVING.stretch(2)],
    ids=repr,
)
def test_there_is_no_base_lr_to_replace(scheduler):
    with pytest.raises(
        TypeError, match=r"base_lr must be one of .*: multiply it instead, got base_lr for"
    ):
        scheduler.replace(base_lr=3)


def test_replace_names_the_parameters_that_there_are():
    late = CosineScheduler(20).shift(-1)

    words = (
        "max_update must be one of scheduler, iterations, .* write it again with another one"
    )
    with pytest.raises(TypeError, match=words):
        late.replace(max_update=40)
    assert late.replace(scheduler=CosineScheduler(40)) == CosineScheduler(40).shift(-1)


def test_from_a_config_only_a_scheduler_has_methods():
    with pytest.raises(TypeError, match=r"scheduler must be a scheduler, got 0\.5"):
        HALVING.clip(0).replace(scheduler=0.5)
