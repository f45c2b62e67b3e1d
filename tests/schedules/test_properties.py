"""What holds for every schedule, whatever its parameters."""

import copy
import pickle
from bisect import bisect_left

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from support.random_schedulers import (
    ANNEALING,
    ITERATIONS,
    STEPWISE,
    algebra,
    piecewise,
    schedulers,
)

import lr_scheduler


@given(algebra(), st.lists(ITERATIONS))
def test_an_array_equals_its_elements_in_every_bit(scheduler, iterations):
    rates = scheduler(np.array(iterations, dtype=np.int64))

    assert rates.tolist() == [scheduler(iteration) for iteration in iterations]


@given(algebra(), st.permutations(range(0, 2_000, 97)))
def test_the_order_of_the_questions_does_not_matter(scheduler, iterations):
    answers = {iteration: scheduler(iteration) for iteration in iterations}

    assert all(scheduler(iteration) == answers[iteration] for iteration in sorted(answers))


@given(algebra())
def test_every_copy_is_equal_and_answers_alike(scheduler):
    copies = [
        eval(repr(scheduler), vars(lr_scheduler)),
        pickle.loads(pickle.dumps(scheduler)),
        copy.copy(scheduler),
        copy.deepcopy(scheduler),
        scheduler.replace(),
    ]

    for other in copies:
        assert other == scheduler
        assert hash(other) == hash(scheduler)
        assert repr(other) == repr(scheduler)
        assert [repr(other(t)) for t in (0, 7, 999)] == [
            repr(scheduler(t)) for t in (0, 7, 999)
        ]


@given(schedulers(), st.integers(1, 10**6))
def test_replace_changes_one_thing_and_not_the_original(scheduler, base_lr):
    before = repr(scheduler)
    base_lr += scheduler.base_lr

    other = scheduler.replace(base_lr=base_lr)

    assert other != scheduler
    assert other.replace(base_lr=scheduler.base_lr) == scheduler
    assert repr(scheduler) == before


@given(schedulers(), ITERATIONS)
def test_a_rate_stays_between_its_bounds(scheduler, iteration):
    """Between the first, the base and the final rate, each included: no rounding error."""
    ends = scheduler.warmup_begin_lr, scheduler.base_lr, getattr(scheduler, "final_lr", 0)

    assert min(ends) <= scheduler(iteration) <= max(ends)


@given(schedulers(STEPWISE), st.integers(0, 2_000))
def test_a_decay_never_rises(scheduler, iteration):
    iteration += scheduler.warmup_steps

    assert scheduler(iteration + 1) <= scheduler(iteration)


@given(schedulers(ANNEALING), st.integers(0, 2**53 - 2_000))
def test_the_end_holds(scheduler, later):
    assert scheduler(scheduler.max_update) == scheduler.final_lr
    assert scheduler(scheduler.max_update + later) == scheduler.final_lr


@given(schedulers(ANNEALING))
def test_the_decay_starts_from_the_base_rate(scheduler):
    assert scheduler(scheduler.warmup_steps) == scheduler.base_lr


@given(piecewise(), st.lists(ITERATIONS))
def test_a_rate_between_two_knots_stays_between_theirs(scheduler, iterations):
    knots, values = scheduler.boundaries, scheduler.values
    for t in iterations:
        k = bisect_left(knots, t)
        ends = values[max(k - 1, 0)], values[min(k, len(values) - 1)]
        assert min(ends) <= scheduler(t) <= max(ends)


@given(piecewise())
def test_a_rate_at_a_knot_is_exact(scheduler):
    """Unless a constant segment ends there, which keeps its rate."""
    modes = scheduler.mode
    modes = modes if isinstance(modes, tuple) else [modes] * (len(scheduler.values) - 1)
    for knot, value, mode in zip(
        scheduler.boundaries, scheduler.values, ["", *modes], strict=True
    ):
        if isinstance(knot, int) and mode != "constant":
            assert scheduler(knot) == value
