"""The operators: sums, products, limits, and the time moved."""

import math
import operator
import re
from fractions import Fraction

import numpy as np
import pytest
from support import label

import lr_scheduler
from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    as_scheduler,
    constant,
    linear,
)

HALVING = FactorScheduler(10, 0.5, base_lr=1)
FALLING = linear(100, base_lr=1)
TIME = 0 * HALVING + (lambda t: t)
OPERATIONS = [operator.add, operator.sub, operator.mul, operator.truediv, operator.pow]


def assert_rates(scheduler, rates):
    """Assert the rates of iterations, one by one and as an array."""
    assert {t: scheduler(t) for t in rates} == rates
    assert scheduler(np.array([*rates])).tolist() == [*rates.values()]


def drop(*iterations):
    """Return a scheduler that halves the rate 1 after these iterations."""
    return MultiFactorScheduler(iterations, 0.5, base_lr=1)


def mine(iteration):
    """Return a rate; a plain function."""
    return 1 / iteration


class TestArithmetic:
    """Rates are calculated with: with numbers, schedulers and functions."""

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
            (HALVING - 0.25, [0.75, 0.25, 0]),
            (1 - HALVING, [0, 0.5, 0.75]),
            (-HALVING + 1, [0, 0.5, 0.75]),
            (HALVING - HALVING, [0, 0, 0]),
            (HALVING - mine, [0.9, 0.45, 0.25 - 1 / 30]),
            (mine - HALVING, [-0.9, -0.45, 1 / 30 - 0.25]),
            (sum([HALVING, HALVING, HALVING]), [3, 1.5, 0.75]),
            (HALVING / 3, [1 / 3, 0.5 / 3, 0.25 / 3]),
            (3 / HALVING, [3, 6, 12]),
            (HALVING / mine, [10, 10, 7.5]),
            (mine / HALVING, [0.1, 0.1, 1 / 30 / 0.25]),
            (HALVING / 3 / 7, [1 / 3 / 7, 0.5 / 3 / 7, 0.25 / 3 / 7]),
            (HALVING**1, [1, 0.5, 0.25]),
            (HALVING**2, [1, 0.25, 0.0625]),
            ((HALVING - 2) ** 2, [1, 2.25, 3.0625]),
            (HALVING**0.5, [1, math.sqrt(0.5), 0.5]),
            (HALVING**-1, [1, 2, 4]),
            ((HALVING - 2) ** 3, [-1, -3.375, -5.359375]),
            ((0 * HALVING) ** 0, [1, 1, 1]),
            (4**HALVING, [4, 2, math.sqrt(2)]),
            ((-2) ** (4 * HALVING), [16, 4, -2]),
            (HALVING ** (10 * as_scheduler(mine)), [1, 0.5**0.5, 0.25 ** (10 / 30)]),
        ],
        ids=label,
    )
    def test_calculate_with_the_rates(self, scheduler, expected):
        assert_rates(scheduler, dict(zip((10, 20, 30), expected, strict=True)))

    def test_integers_stay_integers(self):
        assert repr((2 * HALVING + 1)(5)) == "3"

    @pytest.mark.parametrize(
        "number", [np.float64(0.5), np.float32(0.5), np.int64(3)], ids=label
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
            (2 * (HALVING * FALLING), "H * F * 2"),
            (0.5 + (HALVING + 1), "H + 1 + 0.5"),
            (HALVING + (FALLING + HALVING), "F + H + H"),
            (HALVING / 2 / FALLING * 3, "H / 2 / F * 3"),
            (HALVING / (FALLING / 2), "H / (F / 2)"),
            (HALVING * (FALLING / 2), "H * (F / 2)"),
            ((HALVING + 1) / (2 * FALLING), "(H + 1) / (2 * F)"),
            ((HALVING**2) ** 0.5, "(H ** 2) ** 0.5"),
            (2 ** (HALVING * 2), "2 ** (H * 2)"),
            ((-2) ** HALVING, "(-2) ** H"),
            ((-0.0) ** HALVING, "(-0.0) ** H"),
            (-(2**HALVING), "-1 * 2 ** H"),
            (HALVING.clip(FALLING, 1), "H.clip(low=F, high=1)"),
            ((HALVING + 1).clip(low=0.5), "(H + 1).clip(low=0.5)"),
            (HALVING.delay(1).stretch(2.5), "H.delay(1).stretch(2.5)"),
            (HALVING.stretch(50, hold=True), "H.stretch(50, hold=True)"),
            (HALVING.clip(0, 1), "H.clip(low=0, high=1)"),
            (-0.5 * HALVING, "-0.5 * H"),
            (HALVING - FALLING * 2, "H + F * 2 * -1"),
            (1 - HALVING - 0.5, "1 + -1 * H + -0.5"),
        ],
    )
    def test_repr_is_the_expression(self, scheduler, expected):
        written = {"H": repr(HALVING), "F": repr(FALLING)}

        assert repr(scheduler) == re.sub("[HF]", lambda name: written[name[0]], expected)
        assert eval(repr(scheduler), vars(lr_scheduler)) == scheduler
        assert hash(eval(repr(scheduler), vars(lr_scheduler))) == hash(scheduler)

    @pytest.mark.parametrize("operation", OPERATIONS)
    def test_an_array_is_a_number_or_is_refused(self, operation):
        half, two = np.array(0.5), np.array([1, 2])

        assert operation(HALVING, half) == operation(HALVING, 0.5)
        assert operation(half, HALVING) == operation(0.5, HALVING)
        for operands in (HALVING, two), (two, HALVING):
            with pytest.raises(
                TypeError, match=r"operand must be a number .*, got array\(\[1, 2"
            ):
                operation(*operands)

    @pytest.mark.parametrize("other", ["1", None, [1], 1j], ids=label)
    @pytest.mark.parametrize("operation", OPERATIONS)
    def test_leave_what_is_no_number_and_no_schedule_to_the_other_class(self, operation, other):
        class Other:
            def reflected(self, scheduler):
                return "reflected"

            __radd__ = __rsub__ = __rmul__ = __rtruediv__ = __rpow__ = reflected

        assert operation(HALVING, Other()) == "reflected"
        for operands in (HALVING, other), (other, HALVING):
            with pytest.raises(TypeError, match=r"operand|concatenate|sequence"):
                operation(*operands)

    @pytest.mark.parametrize(
        ("scheduler", "operands", "words"),
        [
            (HALVING + 1, (), "operands must be at least 2"),
            (HALVING + 1, (1, 2, HALVING), "among the first 2"),
            (HALVING**2, (HALVING, 2, 3), "operands must hold 2 operands, got 3"),
        ],
    )
    def test_replace_refuses_operands_that_no_operator_has(self, scheduler, operands, words):
        with pytest.raises(ValueError, match=words):
            scheduler.replace(operands=operands)


NOTHING = linear(20, base_lr=1)  # 0 from iteration 20 on
ROOT = "base must be at least 0 for a fractional exponent, not 0 for a negative one"


@pytest.mark.parametrize(
    ("scheduler", "words"),
    [
        (1 / NOTHING, f"divisor must not be 0, got 0.0 at iteration 20 from {NOTHING}"),
        (HALVING / mine / NOTHING, "divisor must not be 0, got 0.0 at iteration 20 from Poly"),
        (1 / (0 * HALVING), "divisor must not be 0, got 0.0 at iteration 20 from 0 * Fact"),
        (NOTHING**-1, f"{ROOT}, got 0.0 at iteration 20 from {NOTHING}"),
        ((NOTHING - 0.025) ** 0.5, f"{ROOT}, got -0.025 at iteration 20 from {NOTHING} + -0.0"),
        ((-2) ** (HALVING / 2), f"{ROOT}, got -2 at iteration 20 from -2"),
        (1e-300 / (1e-300 * HALVING / 1e300), "divisor must not be 0, got 0.0 at iteration 20"),
        (1e300 / (1e-300 * HALVING), "quotient or power of rates must be finite, got an infi"),
        ((1e300 * HALVING) ** 3, "quotient or power of rates must be finite, got an infinite"),
    ],
)
def test_a_rate_that_cannot_be_computed_names_iteration_and_operand(scheduler, words):
    for iteration in 20, np.array([20]), [20, 21]:
        with pytest.raises(ValueError, match=re.escape(words)):
            scheduler(iteration)


def test_an_array_names_the_first_iteration():
    assert (1 / NOTHING)(range(20))[10] == 2
    with pytest.raises(ValueError, match="at iteration 20 from"):
        (1 / NOTHING)(range(100))


def test_no_operator_divides_by_the_number_0():
    with pytest.raises(ValueError, match="divisor must not be 0, got 0"):
        HALVING / 0


def test_numbers_and_functions_become_schedulers():
    scheduler = as_scheduler(mine)

    assert_rates(0 + scheduler.clip(high=0.5), {1: 0.5, 4: 0.25})
    assert scheduler == as_scheduler(mine) != as_scheduler(max)
    assert as_scheduler(HALVING) is HALVING
    assert as_scheduler(2) == constant(2)
    assert repr(as_scheduler(mine)) == f"as_scheduler({mine!r})"
    assert (scheduler.end, constant(2).end) == (None, 0)
    with pytest.raises(TypeError, match=r"schedule must be callable .*, got the class Cos"):
        as_scheduler(CosineScheduler)
    with pytest.raises(ValueError, match="schedule must be at least 0, got -1"):
        as_scheduler(-1)
    with pytest.raises(
        TypeError, match=r"scheduler\.schedule must be .* plain data, got <func"
    ):
        scheduler.to_config()


class TestClip:
    """Rates below `low` become `low`, rates above `high` become `high`."""

    @pytest.mark.parametrize(
        ("limits", "expected"),
        [
            ({"low": 0.3}, [1, 0.5, 0.3]),
            ({"high": 0.7}, [0.7, 0.5, 0.25]),
            ({"low": 0.3, "high": 0.7}, [0.7, 0.5, 0.3]),
            ({"low": 0.4, "high": 0.4}, [0.4, 0.4, 0.4]),
            ({"low": mine}, [1, 0.5, 0.25]),
            ({"low": FALLING}, [1, 0.8, 0.7]),
            ({"high": FALLING}, [0.9, 0.5, 0.25]),
            ({"low": 0.8, "high": FALLING}, [0.9, 0.8, 0.7]),  # high is stronger
        ],
    )
    def test_limits_the_rates(self, limits, expected):
        assert_rates(HALVING.clip(**limits), dict(zip((10, 20, 30), expected, strict=True)))

    def test_a_rate_that_is_a_limit_is_left_as_it_is(self):
        assert repr(HALVING.clip(1.0, 1.0)(5)) == "1"

    @pytest.mark.parametrize(
        ("limits", "error", "words"),
        [
            ({}, TypeError, "low or high must be a number or a schedule, got N"),
            ({"low": 2, "high": 1}, ValueError, "low must be at most high = 1, got 2"),
            ({"low": "1"}, TypeError, "low must be a number or callable .*, got '1'"),
        ],
    )
    def test_needs_a_limit_and_room_between_two(self, limits, error, words):
        with pytest.raises(error, match=words):
            HALVING.clip(**limits)


class TestDelay:
    """The schedule is n iterations late; before its start it has the rate of iteration 0."""

    @pytest.mark.parametrize(
        ("scheduler", "rates"),
        [
            (HALVING.delay(0), {10: 1, 11: 0.5}),
            (HALVING.delay(-5), {5: 1, 6: 0.5}),
            (HALVING.delay(5), {15: 1, 16: 0.5}),
            (HALVING.delay(100), {10: 1, 11: 1}),
            (HALVING.delay(-0.5), {9: 1, 10: 0.5}),
            (FALLING.delay(-0.5), {1: 1 - 1.5 / 100}),
            # Of a library that counts from 0: iteration 1 has the rate of iteration 0.
            (FALLING.delay(1), {0: 1, 1: 1, 2: 0.99, 101: 0}),
            (HALVING.delay(-(2**53)).delay(-(2**53)), {2**53: 1e-8}),
            (TIME.delay(5), {3: 0, 7: 2}),
            (TIME.delay(-(2**53)), {0: 2**53, 5: 2**53}),
            (HALVING.delay(-(2**53)).delay(2**53), {2**53: 1e-8}),
        ],
        ids=label,
    )
    def test_moves_the_time(self, scheduler, rates):
        assert_rates(scheduler, rates)

    @pytest.mark.parametrize("n", [1, 7, 2.5])
    def test_a_positive_n_begins_later_and_a_negative_one_earlier(self, n):
        assert FALLING.delay(n)(10) == pytest.approx(1 - (10 - n) / 100, rel=1e-14)
        assert FALLING.delay(-n)(10) == pytest.approx(1 - (10 + n) / 100, rel=1e-14)


class TestStretch:
    """The schedule sees t / factor; with hold it sees that rounded up, as epochs are."""

    @pytest.mark.parametrize(
        ("scheduler", "rates"),
        [
            (FALLING.stretch(10), {5: 0.995, 10: 0.99, 500: 0.5, 1000: 0}),
            (drop(30, 60).stretch(7, hold=True), {210: 1, 211: 0.5, 420: 0.5, 421: 0.25}),
            (drop(2**50).stretch(3, hold=True), {3 * 2**50: 1, 3 * 2**50 + 1: 0.5}),
            (FALLING.stretch(5e-324), {1: 0}),
            (FALLING.stretch(1e-320, hold=True), {1: 0}),
        ],
        ids=label,
    )
    def test_slows_the_time(self, scheduler, rates):
        assert_rates(scheduler, rates)

    @pytest.mark.parametrize("factor", [50, 50.0, np.int64(50)])
    def test_an_epoch_holds_its_rate(self, factor):
        epochs = [1.0, *[0.99] * 50, *[0.98] * 50, *[0.97] * 50]

        assert_rates(FALLING.stretch(factor, hold=True), dict(enumerate(epochs)))

    def test_a_function_sees_whole_epochs(self):
        seen = []
        scheduler = (FALLING * (lambda epoch: seen.append(epoch) or 1)).stretch(2.5, hold=True)

        scheduler(3)
        scheduler(np.array([3, 6]))

        assert [(type(epoch), epoch) for epoch in seen] == [(int, 2), (int, 2), (int, 3)]

    @pytest.mark.parametrize(("units", "rate"), [(3, 1), (5, 0.5)])
    def test_a_quotient_is_rounded_up_to_4_units_in_the_last_place(self, units, rate):
        """One unit of 1 is one of the quotient 2 as well, since 0.5 divides exactly."""
        assert_rates(drop(2).stretch(0.5).delay(-units * 2**-52), {1: rate})

    @pytest.mark.parametrize("factor", ["1.13", "10.1", "2.3", "1/3", "1/49", "0.7", "7.25"])
    @pytest.mark.parametrize("hold", [False, True])
    def test_an_epoch_that_ends_with_an_iteration_ends_there(self, factor, hold):
        """Though neither the factor nor the quotient may be what a float can hold."""
        exact = Fraction(factor)
        ends = [(n, n * exact) for n in range(1, 1000) if (n * exact).denominator == 1]
        for epoch, end in ends:
            scheduler = drop(epoch).stretch(float(exact), hold=hold)
            assert_rates(scheduler, {int(end): 1, int(end) + 1: 0.5})
        assert len(ends) >= 9


def test_other_arguments_make_another_scheduler():
    clips = [HALVING.clip(0.1), HALVING.clip(0.2), HALVING.clip(0.1, 1)]
    moves = [HALVING.delay(-1), HALVING.delay(-2)]
    stretches = [HALVING.stretch(2), HALVING.stretch(3), HALVING.stretch(2, hold=True)]

    assert len({*clips, *moves, *stretches}) == 8


@pytest.mark.parametrize(
    ("scheduler", "words"),
    [
        (HALVING + 1, "base_lr must be one of operands, .*, got base_lr for .*: multiply"),
        (
            HALVING.clip(0.1),
            "base_lr must be one of scheduler, low, high, .*: multiply the sch",
        ),
    ],
)
def test_there_is_no_base_lr_to_replace(scheduler, words):
    with pytest.raises(TypeError, match=words):
        scheduler.replace(base_lr=3)


def test_replace_names_the_parameters_that_there_are():
    late = CosineScheduler(20).delay(1)

    words = "max_update must be one of scheduler, n, .*, got max_update for .*: make a new one"
    with pytest.raises(TypeError, match=words):
        late.replace(max_update=40)
    assert late.replace(scheduler=CosineScheduler(40)) == CosineScheduler(40).delay(1)


def test_only_a_scheduler_has_methods():
    with pytest.raises(TypeError, match=r"scheduler must be a scheduler, got 0\.5"):
        HALVING.clip(0).replace(scheduler=0.5)
