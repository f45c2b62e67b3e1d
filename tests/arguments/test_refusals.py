"""Bad input is refused where it enters: the argument, the rule and the value."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from lr_scheduler import (
    CosineScheduler,
    ExponentialScheduler,
    FactorScheduler,
    LRScheduler,
    MultiFactorScheduler,
    PolyScheduler,
    PowerScheduler,
    Scheduler,
)

F, M, P, C = FactorScheduler, MultiFactorScheduler, PolyScheduler, CosineScheduler
E, W = ExponentialScheduler, PowerScheduler
NAN, INF = float("nan"), float("inf")

NOT_INTEGERS = [
    2.5,
    250.0,
    "250",
    None,
    True,
    1j,
    [250],
    Decimal(2),
    np.float64(2),
    np.True_,
    np.array([1, 2]),
]
NOT_RATES = ["0.1", None, True, 1j, [0.1], np.array([0.1]), Decimal("0.1")]
LENGTHS = [(F, "step"), (P, "max_update"), (C, "max_update"), (E, "step"), (W, "step")]
RATES = [(s, n) for s in (F, M, P, C, E, W) for n in ("base_lr", "warmup_begin_lr")] + [
    (F, "stop_factor_lr"),
    (P, "final_lr"),
    (C, "final_lr"),
]
FACTORS_AND_POWERS = [(F, "factor"), (M, "factor"), (P, "pwr"), (E, "factor"), (W, "pwr")]
REQUIRED = {
    F: {"step": 10},
    M: {"step": [10]},
    P: {"max_update": 10},
    C: {"max_update": 10},
    E: {"step": 10, "factor": 0.5},
    W: {"step": 10},
}
EVERY = pytest.mark.parametrize("scheduler_class", [F, M, P, C, E, W])


def refuses(error, words, scheduler_class, **arguments):
    """Assert that a construction raises an error with the words in its message."""
    with pytest.raises(error) as raised:
        scheduler_class(**REQUIRED[scheduler_class] | arguments)
    assert words in str(raised.value)


class TestLengths:
    """Numbers of iterations: integers, at least 1."""

    @pytest.mark.parametrize(("scheduler_class", "name"), LENGTHS)
    @pytest.mark.parametrize("value", NOT_INTEGERS, ids=repr)
    def test_other_types(self, scheduler_class, name, value):
        refuses(
            TypeError,
            f"{name} must be an integer, got {value!r}",
            scheduler_class,
            **{name: value},
        )

    @pytest.mark.parametrize(("scheduler_class", "name"), LENGTHS)
    @pytest.mark.parametrize(
        ("value", "words"),
        [
            (0, "must be at least 1 iteration, got 0"),
            (-250, "must be at least 1 iteration, got -250"),
            (2**53 + 1, "must be at most 2**53, got 9007199254740993"),
            (10**400, "must be at most 2**53, got 1000"),
            (10**5000, "must be at most 2**53, got an integer of 16610 bits"),
        ],
        ids=["zero", "negative", "beyond floats", "long", "too long to print"],
    )
    def test_out_of_range(self, scheduler_class, name, value, words):
        refuses(ValueError, f"{name} {words}", scheduler_class, **{name: value})

    @EVERY
    @pytest.mark.parametrize("value", NOT_INTEGERS, ids=repr)
    def test_warmup_steps_of_other_types(self, scheduler_class, value):
        words = f"warmup_steps must be an integer, got {value!r}"
        refuses(TypeError, words, scheduler_class, warmup_steps=value)

    @EVERY
    def test_negative_warmup_steps(self, scheduler_class):
        words = "warmup_steps must be at least 0 iterations, got -1"
        refuses(ValueError, words, scheduler_class, warmup_steps=-1)

    @pytest.mark.parametrize("scheduler_class", [P, C])
    @pytest.mark.parametrize("value", [10, 11, 1000])
    def test_a_warmup_that_leaves_nothing(self, scheduler_class, value):
        words = f"warmup_steps must be less than max_update = 10, got {value}"
        refuses(ValueError, words, scheduler_class, warmup_steps=value)


class TestBoundaries:
    """A list of iterations: not empty, strictly increasing."""

    @pytest.mark.parametrize(
        "value",
        [
            250,
            2.5,
            "250",
            b"250",
            bytearray(b"2"),
            None,
            {250: 1},
            {250},
            iter([250]),
            np.array(250),
            np.array([[1, 2]]),
        ],
        ids=repr,
    )
    def test_not_a_list(self, value):
        refuses(TypeError, "step must be a sequence of iterations, got ", M, step=value)

    @pytest.mark.parametrize("value", [[], (), range(0), np.array([], dtype=int)], ids=repr)
    def test_empty(self, value):
        refuses(ValueError, "step must hold at least 1 iteration, got ", M, step=value)

    @pytest.mark.parametrize(
        "value", [[2, 1], (5, 5), range(9, 1, -1), np.array([1, 3, 2])], ids=repr
    )
    def test_not_increasing(self, value):
        refuses(ValueError, "step must be strictly increasing, got ", M, step=value)

    @pytest.mark.parametrize(
        ("value", "error", "words"),
        [
            ([0, 5], ValueError, "step[0] must be at least 1 iteration, got 0"),
            ([1, 2.5], TypeError, "step[1] must be an integer, got 2.5"),
            ([1, True], TypeError, "step[1] must be an integer, got True"),
            (np.array([1.5]), TypeError, "step[0] must be an integer, got np.float64(1.5)"),
        ],
    )
    def test_a_bad_element(self, value, error, words):
        refuses(error, words.replace("np.float64(1.5)", repr(np.float64(1.5))), M, step=value)

    @pytest.mark.parametrize(
        "value",
        [[1, 5], (1, 5), range(1, 9, 4), np.array([1, 5]), [np.int64(1), np.uint8(5)]],
        ids=repr,
    )
    def test_every_kind_of_list_is_stored_alike(self, value):
        scheduler = M(value)

        assert scheduler == M((1, 5))
        assert repr(scheduler) == "MultiFactorScheduler(step=(1, 5))"


@pytest.mark.parametrize(("scheduler_class", "name"), RATES + FACTORS_AND_POWERS)
@pytest.mark.parametrize("value", NOT_RATES, ids=repr)
def test_what_is_no_real_number(scheduler_class, name, value):
    words = f"{name} must be a real number, got {value!r}"
    refuses(TypeError, words, scheduler_class, **{name: value})


class TestRates:
    """Rates: real numbers, finite, at least 0."""

    EACH = pytest.mark.parametrize(("scheduler_class", "name"), RATES)

    @EACH
    @pytest.mark.parametrize(
        ("value", "words"),
        [
            (NAN, "must be finite, got nan"),
            (INF, "must be finite, got inf"),
            (-INF, "must be finite, got -inf"),
            (-0.1, "must be at least 0, got -0.1"),
            (-1, "must be at least 0, got -1"),
            (10**400, "must be finite, got 1000"),
            (Fraction(10**5000), "must be finite, got an unprintable Fraction"),
            (Fraction(-1, 10**400), "must be at least 0, got Fraction(-1, 1000"),
            (2**53 + 1, "must be exactly representable as a float, got 9007199254740993"),
            (2**53 + 3, "must be exactly representable as a float, got 9007199254740995"),
        ],
        ids=["nan", "inf", "-inf", "-0.1", "-1", "1e400", "1e5000", "tiny", "+ 1", "+ 3"],
    )
    def test_out_of_range(self, scheduler_class, name, value, words):
        refuses(ValueError, f"{name} {words}", scheduler_class, **{name: value})

    @EVERY
    def test_a_warmup_that_would_fall(self, scheduler_class):
        words = "warmup_begin_lr must be at most base_lr = 0.1, got 0.2"
        refuses(ValueError, words, scheduler_class, base_lr=0.1, warmup_begin_lr=0.2)

    @pytest.mark.parametrize("scheduler_class", [P, C])
    def test_a_decay_that_would_rise(self, scheduler_class):
        words = "final_lr must be at most base_lr = 0.1, got 0.2"
        refuses(ValueError, words, scheduler_class, base_lr=0.1, final_lr=0.2)

    def test_a_warmup_that_would_overflow(self):
        words = "base_lr * warmup_steps must be finite, got 1e+308 * 100"
        refuses(ValueError, words, F, base_lr=1e308, warmup_steps=100)

    @pytest.mark.parametrize(
        ("given", "stored"),
        [
            (1, "1"),
            (0.5, "0.5"),
            (-0.0, "0.0"),
            (2**53, "9007199254740992"),
            (10**20, "1e+20"),
            (np.int64(2), "2"),
            (np.float64(0.5), "0.5"),
            (np.float32(0.5), "0.5"),
            (Fraction(1, 4), "0.25"),
        ],
        ids=repr,
    )
    def test_is_stored_as_the_int_it_was_or_as_a_float(self, given, stored):
        assert repr(F(10, base_lr=given).base_lr) == stored


class TestFactorsAndPowers:
    """A factor above 0 and at most 1; a power above 0."""

    EACH = pytest.mark.parametrize(("scheduler_class", "name"), FACTORS_AND_POWERS)

    @EACH
    @pytest.mark.parametrize(
        ("value", "words"),
        [
            (0, "must be greater than 0, got 0"),
            (-0.5, "must be greater than 0, got -0.5"),
            (NAN, "must be finite, got nan"),
            (INF, "must be finite, got inf"),
        ],
        ids=repr,
    )
    def test_out_of_range(self, scheduler_class, name, value, words):
        refuses(ValueError, f"{name} {words}", scheduler_class, **{name: value})

    @pytest.mark.parametrize("scheduler_class", [F, M, E])
    @pytest.mark.parametrize("value", [2, 1.0001, np.nextafter(1, 2)], ids=repr)
    def test_a_factor_that_would_raise_the_rate(self, scheduler_class, value):
        words = f"factor must be at most 1, got {value!r}"
        refuses(ValueError, words, scheduler_class, factor=value)


@EVERY
@pytest.mark.parametrize(
    "value", ["cosine", "Linear", "", None, 1, ["linear"], np.array("linear")], ids=repr
)
def test_an_unknown_warmup_mode(scheduler_class, value):
    words = f"warmup_mode must be 'linear' or 'constant', got {value!r}"
    refuses(ValueError, words, scheduler_class, warmup_mode=value)


@EVERY
def test_replace_validates_again(scheduler_class):
    scheduler = scheduler_class(**REQUIRED[scheduler_class])

    with pytest.raises(ValueError, match="base_lr must be at least 0, got -1"):
        scheduler.replace(base_lr=-1)
    with pytest.raises(TypeError, match="lr"):
        scheduler.replace(lr=1)
    with pytest.raises(TypeError, match=r"alpha must be one of .* write it again"):
        scheduler.replace(alpha=1)


@EVERY
def test_cannot_be_changed(scheduler_class):
    scheduler = scheduler_class(**REQUIRED[scheduler_class])

    with pytest.raises(AttributeError, match="cannot assign to field 'base_lr'"):
        scheduler.base_lr = 1
    with pytest.raises(AttributeError, match="cannot delete field 'base_lr'"):
        del scheduler.base_lr


def test_the_root_has_no_schedule():
    with pytest.raises(
        NotImplementedError, match="Scheduler has no schedule of its own: subcl"
    ):
        Scheduler()(1)


def test_the_base_class_has_no_schedule():
    with pytest.raises(
        NotImplementedError, match=r"LRScheduler has no schedule .* define decay\(t\)"
    ):
        LRScheduler()(1)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("x" * 78, "'" + "x" * 78 + "'"),
        ("x" * 79, "'" + "x" * 59 + "... (81 characters)"),
        ("x" * 1000, "'" + "x" * 59 + "... (1002 characters)"),
    ],
)
def test_a_value_of_more_than_80_characters_is_cut(value, shown):
    with pytest.raises(TypeError) as raised:
        F(step=value)
    assert str(raised.value) == f"step must be an integer, got {shown}"
