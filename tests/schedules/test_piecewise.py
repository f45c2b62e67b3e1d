"""From knot to knot, and the smooth decays without an end."""

import math

import numpy as np
import pytest

import lr_scheduler
from lr_scheduler import (
    ExponentialScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    PowerScheduler,
)

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
            u = (t - start) / (end - start)
            return RATES[k] * SHAPES[mode](u) + RATES[k + 1] * (1 - SHAPES[mode](u))
    return RATES[-1]


class TestPiecewiseScheduler:
    """It goes through given rates at given iterations; at a boundary the old one rules."""

    @pytest.mark.parametrize(
        "modes",
        [[mode] * 3 for mode in SHAPES]
        + [["1-sqrt", "constant", "cosine"], ["constant", "linear", "constant"]],
        ids=repr,
    )
    def test_every_iteration(self, modes):
        scheduler = PiecewiseScheduler(KNOTS, RATES, modes)
        t = np.arange(0, 200)

        rates = [scheduler(int(i)) for i in t]

        assert scheduler(t).tolist() == rates
        assert rates == pytest.approx([walk(int(i), modes) for i in t], rel=1e-14)

    @pytest.mark.parametrize("mode", ["linear", "cosine", "1-sqrt"])
    def test_meets_every_knot_exactly(self, mode):
        scheduler = PiecewiseScheduler(KNOTS, RATES, mode)

        assert [scheduler(t) for t in KNOTS] == RATES

    def test_constant_is_multi_factor(self):
        constant = PiecewiseScheduler([0, 250, 750, 900], [1, 0.5, 0.25, 0.125], "constant")
        multi = MultiFactorScheduler([250, 750, 900], 0.5, base_lr=1)

        assert [constant(t) for t in range(1001)] == [multi(t) for t in range(1001)]
        assert repr(constant(250)) == "1"

    def test_one_knot_is_a_constant(self):
        scheduler = PiecewiseScheduler([5], [0.3])

        assert [scheduler(t) for t in (0, 5, 6, 2**53)] == [0.3] * 4
        assert scheduler(np.array([[0, 9]])).tolist() == [[0.3, 0.3]]

    def test_equal_shapes_are_one(self):
        each = PiecewiseScheduler(KNOTS, RATES, ["cosine", "cosine", "cosine"])

        assert each == PiecewiseScheduler(np.array(KNOTS), np.array(RATES), "cosine")
        assert PiecewiseScheduler([5], [1], []) == PiecewiseScheduler([5], [1])

    def test_a_string_of_numpy_is_stored_as_one_of_python(self):
        scheduler = PiecewiseScheduler([0, 5], [1, 0], np.str_("cosine"))

        assert repr(scheduler) == "PiecewiseScheduler(step=(0, 5), lr=(1, 0), mode='cosine')"

    def test_is_a_value(self):
        scheduler = PiecewiseScheduler(KNOTS, RATES, ["linear", "constant", "1-sqrt"])

        assert eval(repr(scheduler), vars(lr_scheduler)) == scheduler
        assert hash(scheduler) == hash(scheduler.replace())

    @pytest.mark.parametrize(
        ("arguments", "error", "words"),
        [
            (([], []), ValueError, r"step must hold at least 1 iteration, got \[\]"),
            (([0, 5], [1]), ValueError, r"lr must hold 2 rates, got 1: \[1\]"),
            (([0], [1, 2]), ValueError, r"lr must hold 1 rates, got 2: \[1, 2\]"),
            (([5, 5], [1, 1]), ValueError, r"step must be strictly increasing, got \[5, 5\]"),
            (([5, 5, 6], [1] * 3), ValueError, "step must be strictly increasing, got"),
            (([-1, 5], [1, 1]), ValueError, r"step\[0\] must be at least 0 iterations, got -1"),
            (([0, 2.5], [1, 1]), TypeError, r"step\[1\] must be an integer, got 2\.5"),
            (([0, 5], [1, -1]), ValueError, r"lr\[1\] must be at least 0, got -1"),
            (([0, 5], [1, math.nan]), ValueError, r"lr\[1\] must be finite, got nan"),
            (([0, 5], ["1", 1]), TypeError, r"lr\[0\] must be a real number, got '1'"),
            (([0, 5], 1), TypeError, "lr must be a sequence of rates, got 1"),
            ((5, [1]), TypeError, "step must be a sequence of iterations, got 5"),
            (([0, 5], [1, 2], "cubic"), ValueError, "mode must be one of .*, got 'cubic'"),
            (([0, 5], [1, 2], ["x"]), ValueError, r"mode\[0\] must be one of .*, got 'x'"),
            (([0, 5], [1, 2], [5]), ValueError, r"mode\[0\] must be one of .*, got 5"),
            (([0, 5], [1, 2], []), ValueError, r"mode must hold 1 shapes, got 0: \[\]"),
            (([0, 5], [1, 2], None), TypeError, "mode must be a sequence of shapes, got None"),
        ],
    )
    def test_refuses(self, arguments, error, words):
        with pytest.raises(error, match=words):
            PiecewiseScheduler(*arguments)


class TestExponentialScheduler:
    """base_lr * factor ** ((t - w) / step)."""

    def test_values(self):
        scheduler = ExponentialScheduler(100, 0.25, base_lr=1)

        assert [scheduler(t) for t in (0, 50, 100, 200)] == [1.0, 0.5, 0.25, 0.0625]

    @pytest.mark.parametrize("factor", [0.5, 0.9, 1, 1 / 3])
    def test_passes_through_the_drops_of_factor(self, factor):
        smooth = ExponentialScheduler(7, factor, base_lr=0.3)
        stepwise = FactorScheduler(7, factor, 0, base_lr=0.3)

        for drops in range(40):
            assert smooth(7 * drops) == pytest.approx(stepwise(7 * drops + 1), rel=1e-14)

    def test_starts_from_the_end_of_the_warmup(self):
        scheduler = ExponentialScheduler(100, 0.25, base_lr=1, warmup_steps=20)

        assert [scheduler(t) for t in (10, 20, 70, 120)] == [0.5, 1.0, 0.5, 0.25]

    def test_falls_to_zero_at_last(self):
        assert ExponentialScheduler(1, 0.5, base_lr=1)(2**53) == 0


class TestPowerScheduler:
    """base_lr * (1 + (t - w) / step) ** -pwr."""

    def test_values(self):
        scheduler = PowerScheduler(100, base_lr=1)

        assert [scheduler(t) for t in (0, 300, 800, 9900)] == [1, 0.5, 1 / 3, 0.1]

    def test_inverse_time(self):
        scheduler = PowerScheduler(100, pwr=1, base_lr=1)

        assert [scheduler(t) for t in (0, 100, 300)] == [1, 0.5, 0.25]

    def test_starts_from_the_end_of_the_warmup(self):
        scheduler = PowerScheduler(100, base_lr=1, warmup_steps=20)

        assert [scheduler(t) for t in (10, 20, 320)] == [0.5, 1, 0.5]


@pytest.mark.parametrize(
    ("scheduler_class", "arguments", "error", "words"),
    [
        (
            ExponentialScheduler,
            {"step": 0, "factor": 0.5},
            ValueError,
            "step must be at least 1 it",
        ),
        (
            ExponentialScheduler,
            {"step": 1.5, "factor": 0.5},
            TypeError,
            "step must be an integer",
        ),
        (
            ExponentialScheduler,
            {"step": 1, "factor": 0},
            ValueError,
            "factor must be greater th",
        ),
        (
            ExponentialScheduler,
            {"step": 1, "factor": 1.1},
            ValueError,
            "factor must be at most 1",
        ),
        (ExponentialScheduler, {"step": 1}, TypeError, "factor"),
        (PowerScheduler, {"step": 0}, ValueError, "step must be at least 1 iteration, got 0"),
        (
            PowerScheduler,
            {"step": 1, "pwr": 0},
            ValueError,
            "pwr must be greater than 0, got 0",
        ),
        (
            PowerScheduler,
            {"step": 1, "pwr": "2"},
            TypeError,
            "pwr must be a real number, got '2'",
        ),
        (PowerScheduler, {"step": 1, "base_lr": -1}, ValueError, "base_lr must be at least 0"),
    ],
)
def test_the_endless_decays_refuse(scheduler_class, arguments, error, words):
    with pytest.raises(error, match=words):
        scheduler_class(**arguments)
