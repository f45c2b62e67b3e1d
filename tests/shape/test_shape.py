"""What is shown of a schedule: how far, at which iterations, and what happens where."""

from itertools import islice

import pytest
from support.samples import SAMPLES, Inverse

from lr_scheduler import (
    BatchClock,
    CosineScheduler,
    ExponentialScheduler,
    FactorScheduler,
    LRScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    PolyScheduler,
    as_scheduler,
    constant,
    cosine_restarts,
    cyclic,
    inverse_sqrt,
    join,
    linear,
    one_cycle,
    repeat,
    warmup_stable_decay,
)
from lr_scheduler._shape import MOST_MARKS, extent, marks, sampled

COSINE = CosineScheduler(1000, base_lr=1, warmup_steps=100)
DROPS = MultiFactorScheduler([30, 60], 0.5, base_lr=1)


class Failing(LRScheduler):
    """It has a rate up to iteration 10 alone."""

    def decay(self, t):
        return ([self.base_lr] * 11)[t]


def texts(schedule, stop=1000, start=1):
    return {
        mark.iteration: mark.text
        for mark in marks(schedule, start, stop, max(schedule(t) for t in range(stop)))
    }


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (COSINE, {100: "warm-up ends at 100", 1000: "0 from 1,000 on"}),
        (2 * COSINE, {100: "warm-up ends at 100", 1000: "0 from 1,000 on"}),
        (COSINE.replace(warmup_mode="constant"),
         {100: "warm-up ends at 100", 1000: "0 from 1,000 on"}),
        (linear(1000, base_lr=1, warmup_steps=100, final_lr=0.1),
         {100: "warm-up ends at 100", 1000: "0.1 from 1,000 on"}),
        (FactorScheduler(400, 0.5, base_lr=1),
         {400: "drops after 400", 800: "drops after 800"}),
        (FactorScheduler(400, base_lr=1), {}),
        (DROPS, {30: "drops after 30", 60: "drops after 60"}),
        (DROPS.stretch(10, hold=True), {300: "drops after 300", 600: "drops after 600"}),
        (DROPS.delay(5), {35: "drops after 35", 65: "drops after 65"}),
        (DROPS.over(BatchClock([2, 4], [10])), {12: "drops after 12", 20: "drops after 20"}),
        (DROPS.clip(low=0.5), {30: "drops after 30"}),
        (DROPS.over(lambda t: t), {}),  # nothing is known of the clock
        (join([0.1, 0.5, linear(100, base_lr=0.5)], [50, 90]),
         {50: "jumps after 50", 90: "decays from 90", 190: "0 from 190 on"}),
        (one_cycle(1000, 300, base_lr=1), {300: "peaks at 300", 1000: "4e-6 from 1,000 on"}),
        (warmup_stable_decay(1000, 200, base_lr=1, warmup_steps=100),
         {100: "warm-up ends at 100", 800: "decays from 800", 1000: "0 from 1,000 on"}),
        (PiecewiseScheduler([0, 10, 20, 30], [1, 0.5, 0.2, 1]),
         {10: "", 20: "rises from 20", 30: "1 from 30 on"}),
        (PiecewiseScheduler([10, 20], [0, 1]), {10: "rises from 10", 20: "1 from 20 on"}),
        (PolyScheduler(100, base_lr=1, warmup_steps=10).delay(20),
         {20: "rises from 20", 30: "peaks at 30", 120: "0 from 120 on"}),
        (cosine_restarts(300, base_lr=1, cycles=2),
         {300: "jumps after 300", 600: "0 from 600 on"}),
        (repeat(DROPS, 100, cycles=2, period_factor=2),
         {30: "drops after 30", 60: "drops after 60", 100: "jumps after 100",
          160: "drops after 160", 220: "drops after 220"}),
        (cyclic(500, base_lr=1), {250: "peaks at 250", 500: "rises from 500",
                                  750: "peaks at 750", 1000: "rises from 1,000"}),
        (inverse_sqrt(100, base_lr=1), {100: "warm-up ends at 100"}),
        (constant(0.1), {}),
        (Inverse(base_lr=1), {}),
        (as_scheduler(lambda t: 1 / (1 + t)), {}),
        (FactorScheduler(10, 0.9, base_lr=1), {}),  # too many
    ],
)  # fmt: skip
def test_what_happens_is_marked(schedule, expected):
    found = texts(schedule, start=0)

    assert found == expected
    assert [mark.rate for mark in marks(schedule, 0, 1000, 1)] == [*map(schedule, found)]


def test_marks_are_within_the_curve():
    assert texts(COSINE, 500) == {100: "warm-up ends at 100"}
    assert texts(COSINE, 1000, 200) == {1000: "0 from 1,000 on"}


def test_a_function_has_no_marks():
    assert marks(lambda t: 1 / t, 1, 9, 1) == []


def test_a_formula_that_fails_beyond_the_curve_has_no_mark_there():
    assert marks(Failing(base_lr=1) + join([1, 2, 2], [3, 9]), 1, 10, 3) == marks(
        join([2, 3], [3]), 1, 10, 3
    )


def test_many_marks_are_none():
    steps = [*range(10, 10 * MOST_MARKS + 1, 10)]

    assert len(marks(MultiFactorScheduler(steps, 0.5), 1, 200, 0.01)) == MOST_MARKS
    assert marks(MultiFactorScheduler([*steps, 190], 0.9), 1, 200, 0.01) == []


@pytest.mark.parametrize(
    ("schedule", "iterations"),
    [
        (COSINE, 1000),
        (DROPS, 67),  # a tenth more than its end at 61, to see the final rate
        (FactorScheduler(250, 0.5), 1000),
        (inverse_sqrt(4000, base_lr=1), 16_000),
        (cosine_restarts(100, base_lr=1), 400),
        (cosine_restarts(100, base_lr=1, period_factor=2), 700),  # three cycles
        (cosine_restarts(100, base_lr=1, period_factor=10).delay(5), 11_100),
        (cosine_restarts(100, base_lr=1, period_factor=1.1), 400),
        (0.5 * ExponentialScheduler(50, 0.5, base_lr=1), 200),
        (PiecewiseScheduler([0, 70], [1, 2], "exponential") + Inverse(base_lr=1), 280),
        (constant(0.1), 1000),
        (as_scheduler(abs), 1000),
        (Inverse(base_lr=0.1), 1000),
        (abs, 1000),
        (0.1, 1000),
    ],
)
def test_the_extent_shows_the_shape(schedule, iterations):
    assert extent(schedule) == iterations


def test_few_iterations_are_all_sampled():
    assert sampled(COSINE, 3, 9, 7) == [*range(3, 10)]


def test_of_many_iterations_some_are_sampled_and_those_at_the_bends():
    found = sampled(MultiFactorScheduler([12_345], 0.1), 1, 100_000, 11)

    assert found == sorted({1 + 99_999 * i // 10 for i in range(11)} | {12_345, 12_346})


@pytest.mark.parametrize("name", SAMPLES)
def test_the_bends_of_every_schedule_are_times(name):
    for schedule in SAMPLES[name]:
        assert sampled(schedule, 1, 10**9, 5) == sorted({*sampled(schedule, 1, 10**9, 5)})


def test_a_sample_of_an_endless_schedule_is_finite():
    assert len(sampled(FactorScheduler(1, 0.5), 1, 10**12, 10)) < 2100


WARM = CosineScheduler(10, base_lr=1, warmup_steps=2)


@pytest.mark.parametrize(
    ("schedule", "stop", "expected"),
    [
        # The end of the first schedule, 50, comes after its part.
        (join([CosineScheduler(50, warmup_steps=10),
               CosineScheduler(100, warmup_steps=25)], [30]),
         200, {10, 30, 55, 130}),
        (repeat(WARM, 10, period_factor=2, cycles=2), 100, {2, 10, 14, 30}),
        (repeat(CosineScheduler(15, warmup_steps=2), 10, cycles=2), 100, {2, 10, 12, 20}),
        (repeat(WARM, 10), 25, {2, 10, 12, 20, 22, 30}),
        (repeat(WARM, 10), 20, {2, 10, 12, 20}),
    ],
)  # fmt: skip
def test_a_cycle_bends_where_its_schedule_does(schedule, stop, expected):
    assert {*islice(schedule._bends(stop), 100)} == expected
