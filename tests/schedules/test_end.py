"""`end` is the first iteration from which the rate stays the same."""

import numpy as np
import pytest
from hypothesis import given
from support.random_schedulers import algebra
from support.samples import EVERY

from lr_scheduler import (
    CosineScheduler,
    ExponentialScheduler,
    FactorScheduler,
    LRScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    PolyScheduler,
    PowerScheduler,
    cooldown,
    cosine_restarts,
    cyclic,
    inverse_sqrt,
    join,
    linear,
    one_cycle,
    repeat,
    warmup_stable_decay,
)

COSINE = CosineScheduler(10, base_lr=1)
DROPS = MultiFactorScheduler([3, 6], 0.5, base_lr=1)
FACTOR = FactorScheduler(5, 0.5, base_lr=1)


@pytest.mark.parametrize(
    ("scheduler", "end"),
    [
        (COSINE, 10),
        (PolyScheduler(10), 10),
        (linear(10, base_lr=1, warmup_steps=3), 10),
        (DROPS, 7),  # iteration 6 still has the old rate
        (MultiFactorScheduler([3], 0.5, warmup_steps=9), 9),
        (FACTOR, None),
        (ExponentialScheduler(5, 0.5, base_lr=1), None),
        (PowerScheduler(5, base_lr=1), None),
        (inverse_sqrt(5, base_lr=1), None),
        (PiecewiseScheduler([2, 9], [1, 0]), 9),
        (PiecewiseScheduler([2, 9], [1, 0], "constant"), 10),
        (PiecewiseScheduler([2, 9, 12], [1, 0, 2], ["constant", "linear"]), 12),
        (PiecewiseScheduler([2, 8.5], [1, 0]), 9),
        (PiecewiseScheduler([2, 8.5], [1, 0], "constant"), 9),
        (one_cycle(10, 3, base_lr=1), 10),
        (one_cycle(9.5, 3, base_lr=1), 10),
        (cooldown(COSINE, 5, 2), 7),
        (cooldown(COSINE, 5, 2.5), 8),
        (cooldown(FACTOR, 0, 3), 3),
        (warmup_stable_decay(10, 3, base_lr=1), 10),
        (cosine_restarts(10, base_lr=1), None),
        (cosine_restarts(10, base_lr=1, cycles=3), 30),
        (cosine_restarts(10, base_lr=1, cycles=2, period_factor=1.25), 23),  # 10 + 12.5
        (cyclic(10, base_lr=1, cycles=2), 20),
        (join([COSINE, DROPS], [5]), 12),
        (join([COSINE, 0.1], [5]), 6),
        (join([DROPS, FACTOR], [5]), None),
        (join([FACTOR, COSINE], [5]), 15),
        (COSINE + DROPS, 10),
        (0.5 * DROPS + 1, 7),
        (COSINE * FACTOR, None),
        (COSINE + abs, None),  # of a function nothing is known
        (COSINE.clip(high=0.5), 10),
        (FACTOR.clip(high=0.5), None),
        (COSINE.delay(5), 15),
        (COSINE.delay(0.5), 11),
        (COSINE.delay(-4), 6),
        (FACTOR.delay(1), None),
        (COSINE.stretch(2.5), 25),
        (COSINE.stretch(1.1), 11),  # 11.000000000000002 in floats
        (COSINE.stretch(0.25), 3),
        (DROPS.stretch(50, hold=True), 301),
        (DROPS.stretch(2.5, hold=True), 16),
        (FACTOR.stretch(2), None),
    ],
)
def test_the_end_is_the_first_iteration_of_the_last_rate(scheduler, end):
    assert scheduler.end == end
    assert type(scheduler.end) is type(end)
    assert end is None or scheduler(end - 1) != scheduler(end)


@pytest.mark.parametrize(
    ("scheduler", "end"),
    [
        (PiecewiseScheduler([4], [1]), 4),
        (PiecewiseScheduler([3.5], [1]), 4),
        (join([0.5], []), 0),
        (join([0.5], []).stretch(3, hold=True), 0),
        (COSINE.delay(-20), 0),
        (repeat(0.5, 10, cycles=2), 20),
        (CosineScheduler(2**53).stretch(2), 2**53),
        (CosineScheduler(2**53).stretch(3, hold=True), 2**53),
    ],
)
def test_where_a_rate_that_does_not_change_ends(scheduler, end):
    assert scheduler.end == end


def assert_stays(scheduler):
    if scheduler.end is not None:
        last = scheduler(scheduler.end)
        later = [t for t in (1, 2, 3, 10, 1000, 2**40) if scheduler.end + t <= 2**53]

        assert {scheduler(scheduler.end + t) for t in later} <= {last}


@pytest.mark.parametrize("scheduler", EVERY, ids=lambda s: repr(s)[:60])
def test_the_rate_stays_from_the_end_on(scheduler):
    assert_stays(scheduler)


@given(algebra())
def test_the_rate_of_any_schedule_stays_from_the_end_on(scheduler):
    assert_stays(scheduler)


def test_a_subclass_that_has_an_end_holds_its_last_rate():
    class Fall(LRScheduler):
        steps: int

        @property
        def end(self):
            return self.steps

        def decay(self, t):
            return self.base_lr * (1 - t / self.steps)

    scheduler = Fall(4, base_lr=1)

    assert [scheduler(t) for t in (1, 4, 5, 100)] == [0.75, 0, 0, 0]
    assert scheduler(np.array([1, 4, 5, 100])).tolist() == [0.75, 0, 0, 0]
    assert (scheduler + 1).delay(2).end == 6
