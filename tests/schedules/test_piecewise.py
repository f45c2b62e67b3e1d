"""From knot to knot."""

import math

import numpy as np
import pytest

import lr_scheduler
from lr_scheduler import MultiFactorScheduler, PiecewiseScheduler

# The rate after a fraction u of the way from a to b, other than the package writes it.
SHAPES = {
    "constant": lambda u, a, b: a,
    "linear": lambda u, a, b: a + (b - a) * u,
    "cosine": lambda u, a, b: (a + b) / 2 + (a - b) / 2 * math.cos(math.pi * u),
    "1-sqrt": lambda u, a, b: a + (b - a) * u**0.5,
    "exponential": lambda u, a, b: a * (b / a) ** u,
    "inverse": lambda u, a, b: a * b / (b + (a - b) * u),
} | {p: lambda u, a, b, p=p: a + (b - a) * u**p for p in (0.5, 0.7, 1, 1.5, 2, 2.5, 3.5)}
KNOTS = [3, 10, 50, 120]
RATES = [0.2, 1.0, 0.7, 0.1]


def walk(t, modes):
    """Return the rate of an iteration, segment by segment."""
    if t <= KNOTS[0]:
        return RATES[0]
    for k, mode in enumerate(modes):
        start, end = KNOTS[k : k + 2]
        if start < t <= end:
            return SHAPES[mode]((t - start) / (end - start), *RATES[k : k + 2])
    return RATES[-1]


@pytest.mark.parametrize(
    "modes",
    [
        *([mode] * 3 for mode in SHAPES),
        ["1-sqrt", "constant", "cosine"],
        [3.5, 2.5, 1.5],
        ["exponential", 0.7, "inverse"],
        ["constant", "linear", "constant"],
    ],
    ids=repr,
)
def test_every_iteration_lies_between_its_knots(modes):
    scheduler = PiecewiseScheduler(KNOTS, RATES, modes)

    rates = [scheduler(t) for t in range(200)]

    assert scheduler(np.arange(200)).tolist() == rates
    assert rates == pytest.approx([walk(t, modes) for t in range(200)], rel=1e-14)
    if "constant" not in modes:
        assert [rates[knot] for knot in KNOTS] == RATES


def test_constant_is_multi_factor():
    constant = PiecewiseScheduler([0, 250, 750, 900], [1, 0.5, 0.25, 0.125], "constant")
    multi = MultiFactorScheduler([250, 750, 900], 0.5, base_lr=1)

    assert [constant(t) for t in range(1001)] == [multi(t) for t in range(1001)]
    assert repr(constant(250)) == "1"


def test_an_exponent_is_the_shape_that_has_a_name():
    root, line = (PiecewiseScheduler(KNOTS, RATES, mode) for mode in (0.5, 1.0))

    for t in range(150):
        assert root(t) == PiecewiseScheduler(KNOTS, RATES, "1-sqrt")(t)
        assert line(t) == PiecewiseScheduler(KNOTS, RATES)(t)


@pytest.mark.parametrize("mode", ["exponential", "inverse", 2, 0.7])
@pytest.mark.parametrize("ends", [(1, 1e-8), (0.1, 0.3), (5e-324, 1e308), (1e-310, 1)])
def test_the_ends_are_exact_and_no_rate_is_outside(mode, ends):
    for values in (ends, ends[::-1]):
        scheduler = PiecewiseScheduler([3, 90], values, mode)
        rates = [scheduler(t) for t in range(100)]

        assert (rates[3], rates[90], rates[99]) == (values[0], values[1], values[1])
        assert rates == sorted(rates, reverse=values[0] > values[1])
        assert min(rates) == min(values)
        assert max(rates) == max(values)


def test_rounding_leads_to_no_rate_outside_a_long_segment():
    """0.001 + (0.01 - 0.001) is 0.010000000000000002."""
    scheduler = PiecewiseScheduler([0, 10**9, 2 * 10**9], [0.01, 0.001, 0.01], "cosine")
    iterations = np.concatenate([np.arange(100), 2 * 10**9 - np.arange(100)])

    rates = scheduler(iterations)

    assert max(rates) == 0.01
    assert rates.tolist() == [scheduler(t) for t in iterations]


def test_a_range_test_grows_by_the_same_factor():
    scheduler = PiecewiseScheduler([0, 90], [1e-8, 10], "exponential")

    assert [scheduler(t) for t in range(0, 91, 10)] == pytest.approx(
        [10.0**e for e in range(-8, 2)], rel=1e-14
    )


@pytest.mark.parametrize(
    ("values", "mode", "words"),
    [
        (
            [1, 0],
            "exponential",
            r"values\[1\] must be greater than 0 for mode 'exponential', got 0",
        ),
        (
            [0.0, 0],
            "inverse",
            r"values\[0\] must be greater than 0 for mode 'inverse', got 0.0",
        ),
    ],
)
def test_a_shape_that_cannot_reach_0_is_refused(values, mode, words):
    with pytest.raises(
        ValueError, match=f"^{words}: use a small rate such as 1e-8, or another"
    ):
        PiecewiseScheduler([0, 9], values, mode)

    assert PiecewiseScheduler([0, 9, 12], [1, 1, 0], [mode, "linear"])(12) == 0


def test_a_knot_may_be_between_two_iterations():
    """From 0.25 to 0.75 in 4 iterations: 0.125 for each."""
    scheduler = PiecewiseScheduler([1.5, 5.5], [0.25, 0.75])

    rates = [0.25, 0.25, 0.3125, 0.4375, 0.5625, 0.6875, 0.75]
    assert [scheduler(t) for t in range(7)] == rates
    assert scheduler(np.arange(7)).tolist() == rates
    assert repr(scheduler.replace(boundaries=[2.0, 1e3])).startswith(
        "PiecewiseScheduler(boundaries=(2, 1000), "
    )


@pytest.mark.parametrize("mode", [m for m in SHAPES if isinstance(m, str)])
def test_between_equal_rates_an_integer_stays_an_integer(mode):
    assert repr(PiecewiseScheduler([0, 9], [1, 1], mode)(5)) == "1"


def test_one_knot_is_a_constant():
    scheduler = PiecewiseScheduler([5], [0.3])

    assert [scheduler(t) for t in (0, 5, 6, 2**53)] == [0.3] * 4
    assert scheduler(np.array([[0, 9]])).tolist() == [[0.3, 0.3]]


def test_equal_shapes_are_stored_as_one():
    each = PiecewiseScheduler(KNOTS, RATES, ["cosine", "cosine", "cosine"])

    assert each == PiecewiseScheduler(np.array(KNOTS), np.array(RATES), "cosine")
    assert PiecewiseScheduler([5], [1], []) == PiecewiseScheduler([5], [1])
    assert PiecewiseScheduler(KNOTS, RATES, ["cosine", "linear", "linear"]) != each


def test_a_string_of_numpy_is_stored_as_one_of_python():
    scheduler = PiecewiseScheduler([0, 5], [1, 0], np.str_("cosine"))

    assert (
        repr(scheduler) == "PiecewiseScheduler(boundaries=(0, 5), values=(1, 0), mode='cosine')"
    )


def test_is_a_value():
    scheduler = PiecewiseScheduler(KNOTS, RATES, ["linear", "constant", "1-sqrt"])

    assert eval(repr(scheduler), vars(lr_scheduler)) == scheduler
    assert hash(scheduler) == hash(scheduler.replace())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([], []), r"boundaries must hold at least 1 time, got \[\]"),
        (([0, 5], [1]), r"values must hold 2 rates, got 1: \[1\]"),
        (([0], [1, 2]), r"values must hold 1 rates, got 2: \[1, 2\]"),
        (([0, 5], [1, 2], []), r"mode must hold 1 shapes, got 0: \[\]"),
    ],
)
def test_there_is_a_rate_for_a_knot_and_a_shape_for_a_segment(arguments, words):
    with pytest.raises(ValueError, match=words):
        PiecewiseScheduler(*arguments)


def test_a_block_without_the_shape_of_another_segment():
    """A power of no elements has no smallest element."""
    scheduler = PiecewiseScheduler([0, 5, 9, 12], [1, 2, 3, 4], ["linear", "cosine", 0.3])

    assert scheduler(range(1, 9)).tolist() == [scheduler(t) for t in range(1, 9)]


def test_an_inverse_whose_quotients_underflow():
    scheduler = PiecewiseScheduler([0, 2**53], [1e300, 1e-300], "inverse").stretch(1e308)

    assert scheduler(1) == scheduler([1])[0] == 1e300
