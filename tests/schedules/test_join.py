"""Schedules one after another."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.random_schedulers import schedulers

import lr_scheduler
from lr_scheduler import FactorScheduler, join, linear

LINE = linear(10, base_lr=1)


def test_a_boundary_belongs_to_the_old_schedule_and_the_new_one_begins_with_its_iteration_1():
    scheduler = join([LINE, 0.25, FactorScheduler(2, 0.5, base_lr=1)], [5, 8])

    rates = {0: 1, 1: 0.9, 5: 0.5, 6: 0.25, 8: 0.25, 9: 1, 10: 1, 11: 0.5}
    assert {t: scheduler(t) for t in rates} == rates
    assert scheduler(np.array([*rates])).tolist() == [*rates.values()]


def test_numbers_alone_are_piecewise_constant():
    scheduler = join([1, 0.5, 0.125], [30, 60])

    assert [scheduler(t) for t in range(90)] == [1] * 31 + [0.5] * 30 + [0.125] * 29
    assert repr(scheduler(30)) == "1"


def test_a_function_counts_from_1_as_well():
    scheduler = join([LINE, lambda t: 1 / t], [5])

    assert [scheduler(t) for t in (5, 6, 7)] == [0.5, 1, 0.5]
    assert scheduler(np.array([5, 6, 7])).tolist() == [0.5, 1, 0.5]


@given(st.lists(schedulers(), min_size=4, max_size=4))
def test_nesting_changes_nothing(parts):
    a, b, c, d = parts
    iterations = np.arange(400)
    flat = join(parts, [50, 90, 200])(iterations).tolist()

    for nested in (
        join([join([a, b], [50]), join([c, d], [110])], [90]),
        join([a, join([b, join([c, d], [110])], [40])], [50]),
        join([join([join([a, b], [50]), c], [90]), d], [200]),
        join([join(parts, [50, 90, 200])], []),
    ):
        assert nested(iterations).tolist() == flat


def test_is_a_value():
    scheduler = join((LINE, 0.25), np.array([5]))

    assert scheduler == join([LINE, 0.25], [5])
    assert hash(scheduler) == hash(join([LINE, 0.25], [5]))
    assert scheduler != join([LINE, 0.5], [5])
    assert eval(repr(scheduler), vars(lr_scheduler)) == scheduler
    assert scheduler.replace(boundaries=[6]) == join([LINE, 0.25], [6])


@pytest.mark.parametrize(
    ("schedulers", "boundaries", "words"),
    [
        ([], [], "schedulers must hold at least 1 schedule"),
        ([LINE], [5], r"boundaries must hold 0 boundaries for 1 scheduler, got 1: \[5\]"),
        ([1, LINE], [], r"boundaries must hold 1 boundary for 2 schedulers, got 0: \[\]"),
        ([LINE] * 3, [5], r"boundaries must hold 2 boundaries for 3 schedulers, got 1: "),
        ([LINE] * 3, [5, 5], r"boundaries must be strictly increasing, got \[5, 5\]"),
    ],
)
def test_there_is_a_boundary_between_two_schedules(schedulers, boundaries, words):
    with pytest.raises(ValueError, match=words):
        join(schedulers, boundaries)
