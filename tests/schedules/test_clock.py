"""A batch clock counts samples, and a schedule of samples follows it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lr_scheduler import (
    BatchClock,
    CosineScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    _schedule,
    join,
    linear,
    repeat,
)

COSINE = CosineScheduler(10_000, base_lr=1)
GROWING = BatchClock([256, 512], [1000])
SIZES = st.integers(1, 10**7) | st.floats(0.01, 1e7)


@pytest.mark.parametrize(
    ("clock", "times"),
    [
        (BatchClock([3]), {0: 0, 1: 3, 10: 30, 2**53 // 3: 2**53 - 2, 2**53: 2**53}),
        (GROWING, {0: 0, 1: 256, 1000: 256_000, 1001: 256_512, 10**9: 511_999_744_000}),
        # 1 + 2 * 2, then 3 at a time; the boundaries have the old size
        (BatchClock([1, 2, 3], [1, 3]), {0: 0, 1: 1, 2: 3, 3: 5, 4: 8, 5: 11}),
        (BatchClock([0.5, 2], [3]), {0: 0, 1: 0.5, 3: 1.5, 4: 3.5, 2**53: 2**53}),
        (BatchClock([2**53, 1], [2]), {0: 0, 1: 2**53, 2: 2**53, 3: 2**53}),
        (BatchClock([1e308, 5e-324], [2]), {0: 0, 1: 2**53, 2: 2**53, 3: 2**53}),
        (BatchClock([2**52, 1], [1]), {1: 2**52, 2: 2**52 + 1, 2**52 + 1: 2**53}),
    ],
    ids=repr,
)
def test_the_clock_counts_the_samples_up_to_2_53(clock, times):
    assert {t: clock(t) for t in times} == times
    assert clock(np.array([*times])).tolist() == [*times.values()]


def test_whole_batch_sizes_give_integers():
    assert [repr(GROWING(t)) for t in (0, 1, 2**53)] == ["0", "256", str(2**53)]


def test_between_two_iterations_the_clock_is_a_line():
    halved = GROWING.stretch(2)

    assert [halved(t) for t in (1, 3, 2001)] == [128, 384, 256_256]
    assert halved(np.array([1, 3, 2001])).tolist() == [128, 384, 256_256]


@pytest.mark.parametrize("size", [1, 3, 49, 256, 2.5, 4_000_000])
def test_one_batch_size_is_a_stretch(size):
    over, stretched = COSINE.over(BatchClock([size])), COSINE.stretch(1 / size)
    t = np.arange(10_000)

    assert over(t).tolist() == stretched(t).tolist()
    assert over.end == stretched.end


@given(st.lists(SIZES, min_size=3, max_size=3), st.integers(0, 2**31), st.integers(1, 10**6))
def test_a_clock_never_falls_and_is_as_exact_as_an_array(sizes, t, length):
    clock = BatchClock(sizes, [length, 2 * length + 7])
    iterations = np.array([0, length, length + 1, 2 * length + 7, 2 * length + 8, t, t + 1])
    times = clock(iterations)

    assert times.tolist() == [clock(int(each)) for each in iterations]
    assert (np.diff(times[np.argsort(iterations)]) >= 0).all()


@pytest.mark.parametrize(
    ("make", "times"),
    [
        (lambda s: s.over(GROWING), {0: 0, 1: 256, 1001: 256_512}),
        (lambda s: s.over(GROWING).delay(5), {5: 0, 6: 256, 1006: 256_512}),
        (lambda s: s.stretch(8).over(GROWING), {0: 0, 1: 32, 39: 1248}),
        (lambda s: s.over(GROWING).over(lambda t: 2 * t), {0: 0, 1: 512, 10: 5120}),
        (lambda s: s.over(GROWING + 1000), {0: 1000, 1: 1256, 1000: 257_000}),
        (lambda s: s.over(GROWING.delay(1)), {0: 0, 1: 0, 2: 256}),
        (lambda s: s.over(PiecewiseScheduler([5], [9])), {0: 9, 3: 9}),  # it may stop
        (lambda s: repeat(s.over(GROWING), 1001), {1: 256, 1001: 256_512, 1002: 256}),
        (lambda s: join([s, s.over(GROWING)], [7]), {7: 7, 8: 256}),
    ],
)
def test_over_asks_the_schedule_at_the_time_of_the_clock(make, times):
    scheduler = make(linear(2**40, base_lr=2**40))  # the rate is the time that is left

    assert {t: 2**40 - scheduler(t) for t in times} == times
    assert (2**40 - scheduler(np.array([*times]))).tolist() == [*times.values()]


@pytest.mark.parametrize(
    ("scheduler", "end"),
    [
        (COSINE.over(BatchClock([256])), 40),  # 39 * 256 = 9984
        (COSINE.over(BatchClock([100])), 100),
        (COSINE.over(BatchClock([100, 50], [40])), 160),
        (COSINE.over(BatchClock([0.1])), 100_000),
        (CosineScheduler(230).over(BatchClock([2.3])), 100),  # 229.99999999999997 in floats
        (COSINE.over(BatchClock([1e-300])), 2**53),
        (FactorScheduler(5, 0.5, base_lr=1).over(GROWING), None),
        (PiecewiseScheduler([0, 5], [1, 1]).delay(-9).over(lambda t: t), 0),
        (COSINE.over(lambda t: t), None),
        (COSINE.over(GROWING.delay(1)), None),
    ],
)
def test_the_end_is_the_first_iteration_that_reaches_the_end_of_the_schedule(scheduler, end):
    assert scheduler.end == end


def test_a_time_that_misses_an_integer_by_rounding_is_the_integer():
    scheduler = MultiFactorScheduler([100], 0.5, base_lr=1).over(lambda t: t / 2.3)

    assert 230 / 2.3 > 100
    assert [scheduler(t) for t in (230, 231)] == [1, 0.5]


def test_a_time_above_2_53_counts_as_2_53():
    time = 0 * COSINE + (lambda t: t)

    assert time.over(lambda t: 1e300 * t)(1) == 2**53


NOT_FINITE = r"^clock must be finite and at least 0, got {} at iteration 2 from "
NOT_REAL = r"^the clock of iteration 2 must be a real number, got {}$"


@pytest.mark.parametrize(
    ("clock", "error", "message"),
    [
        (BatchClock([9]) - 30, ValueError, NOT_FINITE.format(r"-12(\.0)?")),
        (lambda t: -t, ValueError, NOT_FINITE.format(r"-2(\.0)?")),
        (lambda t: t * np.inf, ValueError, NOT_FINITE.format("inf")),
        (lambda t: np.nan, ValueError, NOT_FINITE.format("nan")),
        (lambda t: 9.5 - t, ValueError, "^clock must never fall, got 7.5 at iteration 2 "),
        (COSINE, ValueError, r"^clock must never fall, got 0.9\d+ at .* 2 from Cos"),
        (lambda t: "1", TypeError, NOT_REAL.format("'1'")),
        (lambda t: None, TypeError, NOT_REAL.format("None")),
        (lambda t: 10**400, ValueError, "^the clock of iteration 2 must be finite, got 1000"),
    ],
)
def test_a_clock_that_goes_wrong_is_refused_for_a_number_and_an_array_alike(
    clock, error, message
):
    for asked in (2, np.array([2, 3])):
        with pytest.raises(error, match=message):
            COSINE.over(clock)(asked)


def test_the_array_names_the_first_wrong_iteration():
    scheduler = COSINE.over(lambda t: min(t, 10 - t))

    with pytest.raises(ValueError, match=r"never fall, got 4\.0 at iteration 6 from "):
        scheduler(np.arange(9))


@pytest.mark.parametrize(
    ("sizes", "boundaries", "message"),
    [
        ([1, 2, 3], [5], r"boundaries must hold 2 boundaries for 3 batch sizes, got 1: \[5\]"),
        ([1], [5], r"boundaries must hold 0 boundaries for 1 batch size, got 1: \[5\]"),
    ],
)
def test_there_is_one_more_batch_size_than_boundaries(sizes, boundaries, message):
    with pytest.raises(ValueError, match=message):
        BatchClock(sizes, boundaries)


def test_a_clock_counts_its_numbers_as_values(monkeypatch):
    monkeypatch.setattr(_schedule, "MOST_VALUES", 3)

    assert BatchClock([1, 2], [5])(6) == 7
    with pytest.raises(ValueError, match="at most 3 values, each use counted, got 4"):
        BatchClock([1, 2, 3], [5, 6])


def test_the_repr_rebuilds_a_schedule_over_a_clock():
    assert repr((COSINE + 1).over(GROWING)) == (
        "(CosineScheduler(max_update=10000, base_lr=1) + 1)"
        ".over(BatchClock(batch_sizes=(256, 512), boundaries=(1000,)))"
    )


def test_a_clock_over_a_clock_has_no_known_end_and_is_checked():
    tenth = BatchClock([0.1]).over(BatchClock([2]))  # 0.2 per optimizer step

    assert linear(100, base_lr=1).over(tenth).end is None
    assert linear(100, base_lr=1).over(tenth)(250) == 0.5
    falling = (100 - BatchClock([1])).over(BatchClock([2]))
    with pytest.raises(ValueError, match="clock must never fall, got 98 at iteration 1 from"):
        linear(100, base_lr=1).over(falling)(1)
