"""Which iterations the explorer shows when none are typed."""

import pytest
from explorer.page.answer import natural, rows, sampled

from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    cosine_restarts,
    inverse_sqrt,
    join,
    repeat,
    warmup_stable_decay,
)

COSINE = CosineScheduler(1000, base_lr=1)
FACTOR = FactorScheduler(250, 0.5, base_lr=1)


@pytest.mark.parametrize(
    ("schedulers", "last"),
    [
        ([COSINE], 1000),
        ([CosineScheduler(810)], 810),
        ([CosineScheduler(100_001)], 100_001),
        ([FACTOR], 1000),  # an endless schedule shows four drops
        ([MultiFactorScheduler([250, 900], 0.5)], 991),
        ([join([1, COSINE], [100])], 1100),
        ([join([1, 2], [100])], 111),
        ([COSINE.stretch(0.5)], 500),
        ([COSINE.stretch(2.5)], 2500),
        ([COSINE.delay(200)], 1200),
        ([repeat(COSINE, 1000)], 4000),
        ([repeat(COSINE, 1000, period_factor=2)], 7000),  # three cycles
        ([repeat(COSINE, 1000, cycles=2)], 2000),
        ([1 + COSINE], 1000),
        ([1 + FACTOR.delay(300)], 1200),
        ([inverse_sqrt(100, base_lr=1)], 400),
        ([COSINE, FACTOR.stretch(10)], 1000),
        ([COSINE, CosineScheduler(2000)], 2000),
        ([], 1000),
        ([repeat(0.5, 1, cycles=1)], 1),
        ([repeat(0.5, 1).delay(-1)], 4),
        ([join([0.5], [])], 1000),
        ([CosineScheduler(2**53)], 1000),  # too long for the chart
    ],
)
def test_the_chart_ends_where_the_schedules_have_shown_their_shape(schedulers, last):
    assert natural(schedulers) == last


@pytest.mark.parametrize("last", [1, 2, 3, 4, 7, 999, 1000, 1001, 10**12])
def test_the_ends_are_among_the_iterations(last):
    for iterations in (rows([COSINE, FACTOR], last), sampled(last)):
        assert (iterations[0], iterations[-1]) == (1, last)
        assert iterations == sorted({*iterations})


MANY = sorted([t for drop in range(10, 90, 10) for t in (drop, drop + 1)])


@pytest.mark.parametrize(
    ("schedulers", "last", "iterations"),
    [
        (
            [CosineScheduler(450_450, warmup_steps=25_025)],
            450_450,
            [1, 25_025, 225_225, 450_450],
        ),
        ([FACTOR], 1000, [1, 250, 251, 500, 501, 750, 751, 1000]),
        (
            [warmup_stable_decay(1000, 200, warmup_steps=100, base_lr=1)],
            1000,
            [1, 100, 500, 800, 1000],
        ),
        ([join([1, COSINE], [100])], 1100, [1, 100, 550, 1100]),
        ([cosine_restarts(100, base_lr=1)], 400, [1, 100, 101, 200, 201, 300, 301, 400]),
        ([CosineScheduler(400), FACTOR], 500, [1, 250, 251, 400, 500]),
        ([FactorScheduler(10, 0.9)], 1000, [1, *MANY, 500, 1000]),
        ([join([0, 1], [300])], 300, [1, 150, 300]),
    ],
)
def test_the_table_has_the_iterations_where_something_happens(schedulers, last, iterations):
    assert rows(schedulers, last) == iterations
