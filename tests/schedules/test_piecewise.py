"""From knot to knot."""

import math

import numpy as np
import pytest

import lr_scheduler
from lr_scheduler import MultiFactorScheduler, PiecewiseScheduler

SHAPES = {
    "constant": lambda u: 1,
    "linear": lambda u: 1 - u,
    "cosine": lambda u: 0.5 + 0.5 * math.cos(math.pi * u),
    "1-sqrt": lambda u: 1 - u**0.5,
}
KNOTS = [3, 10, 50, 120]
RATES = [0.2, 1.0, 0.7, 0.1]


def walk(t, modes):
    """Return the rate of an iteration, segment by segment."""
    if t <= KNOTS[0]:
        return RATES[0]
    for k, mode in enumerate(modes):
        start, end = KNOTS[k : k + 2]
        if start < t <= end:
            share = SHAPES[mode]((t - start) / (end - start))
            return RATES[k] * share + RATES[k + 1] * (1 - share)
    return RATES[-1]


@pytest.mark.parametrize(
    "modes",
    [
        *([mode] * 3 for mode in SHAPES),
        ["1-sqrt", "constant", "cosine"],
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


@pytest.mark.parametrize("mode", ["linear", "cosine", "1-sqrt", "constant"])
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
        (([], []), r"boundaries must hold at least 1 iteration, got \[\]"),
        (([0, 5], [1]), r"values must hold 2 rates, got 1: \[1\]"),
        (([0], [1, 2]), r"values must hold 1 rates, got 2: \[1, 2\]"),
        (([0, 5], [1, 2], []), r"mode must hold 1 shapes, got 0: \[\]"),
    ],
)
def test_there_is_a_rate_for_a_knot_and_a_shape_for_a_segment(arguments, words):
    with pytest.raises(ValueError, match=words):
        PiecewiseScheduler(*arguments)
