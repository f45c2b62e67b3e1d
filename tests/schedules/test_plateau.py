"""The plateau rule on recorded metrics, worked by hand."""

import copy
import json
import pickle
from dataclasses import asdict, replace
from fractions import Fraction
from math import inf, nan

import numpy as np
import pytest

from lr_scheduler import CosineScheduler, PlateauRule, PlateauState


def scales(rule, metrics):
    """Return the scale after each metric."""
    state, found = rule.start(), []
    for metric in metrics:
        state = rule(state, metric)
        found.append(state.scale)
    return found


HALF = PlateauRule(0.5, patience=1)
NOW = replace(HALF, patience=0)


@pytest.mark.parametrize(
    ("rule", "metrics", "expected"),
    [
        # the defaults: ten bad metrics change nothing, the eleventh reduces
        (PlateauRule(), [1.0] * 12, [1] * 11 + [0.1]),
        # an equal metric is bad, and a better one starts the count again
        (HALF, [3, 3, 2, 2, 2, 2, 2], [1, 1, 1, 1, 0.5, 0.5, 0.25]),
        (NOW, [3, 3, 3, 2], [1, 0.5, 0.25, 0.25]),
        # better than 2 by more than a quarter: below 1.5
        (replace(NOW, threshold=0.25), [2, 1.5, 1.49], [1, 0.5, 0.5]),
        # better than 2 by more than a quarter of 1: below 1.75
        (
            replace(NOW, threshold=0.25, threshold_mode="abs"),
            [2, 1.75, 1.74, 9],
            [1, 0.5, 0.5, 0.25],
        ),
        # above 2.5, above 2.25
        (replace(NOW, mode="max", threshold=0.25), [2, 2.5, 2.51, 0], [1, 0.5, 0.5, 0.25]),
        (
            replace(NOW, mode="max", threshold=0.25, threshold_mode="abs"),
            [2, 2.25, 2.26, 0],
            [1, 0.5, 0.5, 0.25],
        ),
        # more than twice as good is a threshold too, but for a metric to minimize
        (replace(NOW, mode="max", threshold=1), [2, 4, 4.1], [1, 0.5, 0.5]),
        # two metrics after a reduction are not counted
        (replace(NOW, cooldown=2), [1, 1, 1, 1, 1, 1], [1, 0.5, 0.5, 0.5, 0.25, 0.25]),
        # the cooldown takes the count of one bad metric away
        (replace(HALF, cooldown=1), [1] * 7, [1, 1, 0.5, 0.5, 0.5, 0.25, 0.25]),
        # the best metric may fall in the cooldown: 0.9 is bad after 0.5
        (replace(NOW, cooldown=1), [1, 1, 0.5, 0.9], [1, 0.5, 0.5, 0.25]),
        (replace(NOW, min_scale=0.3), [1] * 4, [1, 0.5, 0.3, 0.3]),
        (replace(NOW, min_scale=1), [1] * 3, [1, 1, 1]),
        # from 0.5 to 0.25 is no more than 0.25; from 0.25 to 0.125 is more than 0.1
        (replace(NOW, eps=0.25), [1] * 4, [1, 0.5, 0.5, 0.5]),
        (replace(NOW, eps=0.1), [1] * 5, [1, 0.5, 0.25, 0.125, 0.125]),
        # NaN is never better, nor is the infinity that a rule begins with
        (NOW, [nan, 1, nan, 0.5], [0.5, 0.5, 0.25, 0.25]),
        (NOW, [inf, -inf, -inf], [0.5, 0.5, 0.25]),
        (replace(NOW, mode="max"), [-inf, nan, 0, 1], [0.5, 0.25, 0.25, 0.25]),
    ],
)
def test_the_scale_after_each_metric(rule, metrics, expected):
    assert scales(rule, metrics) == expected


def test_a_reduction_that_eps_leaves_out_starts_the_cooldown_all_the_same():
    state = replace(NOW, eps=0.6, cooldown=3)(PlateauState(best=1.0), 1)

    assert state == PlateauState(best=1.0, cooldown_left=3)


@pytest.mark.parametrize(
    "metric",
    [
        2,
        2.0,
        Fraction(2),
        np.float32(2),
        np.int8(2),
        np.array(2),
        np.array(2.0),
        np.longdouble(2),
    ],
    ids=repr,
)
def test_a_metric_of_any_kind_of_number_is_stored_as_a_float(metric):
    assert repr(HALF(HALF.start(), metric)) == "PlateauState(best=2.0)"


@pytest.mark.parametrize("metric", [np.ones(1), np.ones(2), [1.0], (1,)], ids=repr)
def test_several_metrics_are_refused(metric):
    with pytest.raises(TypeError, match="metric must be a real number, got "):
        HALF(HALF.start(), metric)


@pytest.mark.parametrize(
    "value",
    [PlateauState(0.5, 2.5, bad_count=3, cooldown_left=1), PlateauState(), HALF],
    ids=repr,
)
def test_rules_and_states_are_values(value):
    saved = json.loads(json.dumps(asdict(value), allow_nan=False))

    for other in (
        eval(repr(value)),
        copy.deepcopy(value),
        pickle.loads(pickle.dumps(value)),
        type(value)(**saved),
    ):
        assert (other, hash(other), repr(other)) == (value, hash(value), repr(value))
    assert value != replace(value, **{next(iter(saved)): 0.25})
    with pytest.raises(AttributeError, match="cannot be set"):
        value.scale = 1


def test_a_saved_state_resumes():
    metrics = [3, 2, 2, 2, 2, 1, 1, 1, 1]
    state = HALF.start()
    for metric in metrics[:4]:
        state = HALF(state, metric)

    state = PlateauState(**json.loads(json.dumps(asdict(state))))

    for metric in metrics[4:]:
        state = HALF(state, metric)
    assert state.scale == scales(HALF, metrics)[-1] == 0.25


def test_a_call_leaves_the_state_unchanged():
    state = HALF.start()

    HALF(state, 1)

    assert state == HALF.start() == PlateauState()


def test_the_scale_multiplies_a_schedule_of_any_kind():
    cosine = CosineScheduler(100, base_lr=0.5)
    state = NOW(NOW(NOW.start(), 1), 1)

    assert (state.scale * cosine)(0) == 0.25
    assert repr(NOW.start().scale * cosine) == f"1 * {cosine!r}"


def test_a_relative_threshold_of_1_names_the_way_out():
    with pytest.raises(ValueError, match="got 1: pass threshold_mode='abs' for a difference"):
        PlateauRule(threshold=1)

    assert PlateauRule(threshold=1, threshold_mode="abs").threshold == 1
