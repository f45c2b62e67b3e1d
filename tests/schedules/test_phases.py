"""The one-cycle, and the trapezoid of warm-up, stable phase and decay (WSD)."""

import math

import pytest

from lr_scheduler import (
    CosineScheduler,
    PiecewiseScheduler,
    cooldown,
    join,
    one_cycle,
    warmup_stable_decay,
)

WSD = {"max_update": 10, "decay_steps": 3, "base_lr": 0.01, "warmup_steps": 2}
MODES = pytest.mark.parametrize("mode", ["linear", "cosine", "1-sqrt", "exponential", 2.5])


class TestOneCycle:
    """Up from a 25th of the peak, and down to a 10000th of the start."""

    def test_rises_and_falls_along_half_cosines(self):
        scheduler = one_cycle(100, 30, base_lr=25)

        assert scheduler == PiecewiseScheduler([0, 30, 100], [1.0, 25, 1e-4], "cosine")

    @MODES
    @pytest.mark.parametrize("rates", [(0.5, 1, 0.25), (0.95, 0.85, 0.9)])
    def test_takes_other_rates_and_shapes(self, mode, rates):
        """Also those of a momentum, which falls while the learning rate rises."""
        begin, peak, final = rates
        scheduler = one_cycle(
            100, 50, base_lr=peak, warmup_begin_lr=begin, final_lr=final, mode=mode
        )

        assert scheduler == PiecewiseScheduler([0, 50, 100], rates, mode)

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            ({"warmup_steps": 9}, "max_update must be above warmup_steps = 9, got 9"),
            ({"mode": "constant"}, "mode must be one of .*, got 'constant'"),
            (
                {"mode": "inverse", "final_lr": 0},
                "final_lr must be greater than 0 for mode 'inverse', got 0: use a small rate",
            ),
        ],
    )
    def test_refuses_what_would_be_no_cycle(self, arguments, words):
        with pytest.raises(ValueError, match=words):
            one_cycle(**{"max_update": 9, "warmup_steps": 3, "base_lr": 0.01} | arguments)


@pytest.mark.parametrize(("total_steps", "pct_start"), [(60, 0.3), (55, 0.3), (100, 0.255)])
def test_the_peak_of_pytorchs_one_cycle_may_be_between_two_iterations(total_steps, pct_start):
    """PyTorch's formula: half a cosine from step to step of its phases, counted from 0."""
    scheduler = one_cycle(total_steps - 1, pct_start * total_steps - 1, base_lr=1).delay(1)
    peak, last = pct_start * total_steps - 1, total_steps - 1

    for step in range(total_steps):
        if step <= peak:
            start, end, share = 1 / 25, 1, step / peak
        else:
            start, end, share = 1, 1 / 25 / 10_000, (step - peak) / (last - peak)
        expected = end + (start - end) / 2 * (1 + math.cos(math.pi * share))
        assert scheduler(step + 1) == pytest.approx(expected, rel=1e-12)


class TestWarmupStableDecay:
    """Up, level, and down in the last iterations."""

    @MODES
    @pytest.mark.parametrize(
        ("warmup_steps", "decay_steps", "boundaries", "values", "shapes"),
        [
            (10, 20, [0, 10, 80, 100], [0.5, 1, 1, 0.1], ["linear", "constant"]),
            (10, 1, [0, 10, 99, 100], [0.5, 1, 1, 0.1], ["linear", "constant"]),
            (0, 20, [0, 80, 100], [1, 1, 0.1], ["constant"]),
            (80, 20, [0, 80, 100], [0.5, 1, 0.1], ["linear"]),
            (0, 100, [0, 100], [1, 0.1], []),
            (10.5, 20.25, [0, 10.5, 79.75, 100], [0.5, 1, 1, 0.1], ["linear", "constant"]),
        ],
    )
    def test_every_phase_has_a_knot(
        self, warmup_steps, decay_steps, boundaries, values, shapes, mode
    ):
        rates = {"base_lr": 1, "final_lr": 0.1, "warmup_begin_lr": 0.5}
        scheduler = warmup_stable_decay(
            100, decay_steps, **rates, warmup_steps=warmup_steps, mode=mode
        )

        assert scheduler == PiecewiseScheduler(boundaries, values, [*shapes, mode])

    def test_a_later_end_changes_nothing_before_the_decay(self):
        short, long = (
            warmup_stable_decay(end, 20, base_lr=0.3, warmup_steps=10) for end in (100, 1000)
        )

        assert [short(t) for t in range(81)] == [long(t) for t in range(81)]

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            ({"decay_steps": 9}, r"warmup_steps \+ decay_steps must be .* = 10, got 2 \+ 9"),
            ({"mode": "constant"}, "mode must be one of .*, got 'constant'"),
            (
                {"mode": "exponential"},
                "final_lr must be greater than 0 for mode 'exponential', got 0: use a small",
            ),
        ],
    )
    def test_refuses_what_would_be_no_trapezoid(self, arguments, words):
        with pytest.raises(ValueError, match=words):
            warmup_stable_decay(**WSD | arguments)


class TestCooldown:
    """A schedule up to an iteration, and a decay from its rate there."""

    @MODES
    def test_is_a_join_of_the_schedule_and_the_decay(self, mode):
        cosine = CosineScheduler(100, base_lr=1, final_lr=0.5)
        decay = PiecewiseScheduler([0, 20.5], [cosine(30), 0.1], mode)

        assert cooldown(cosine, 30, 20.5, 0.1, mode) == join([cosine, decay], [30])
        assert cooldown(0.7, 30, 20)(30) == 0.7
        assert cooldown(lambda t: 1 / t, 30, 20)(40) == pytest.approx(1 / 60)

    def test_from_iteration_0_it_is_the_decay_alone(self):
        cosine = CosineScheduler(100, base_lr=1)

        assert cooldown(cosine, 0, 20) == PiecewiseScheduler([0, 20], [1, 0])

    def test_finishes_a_run_as_if_the_end_had_been_planned(self):
        run, planned = (
            warmup_stable_decay(end, 20, base_lr=0.3, warmup_steps=10) for end in (1000, 120)
        )

        assert [cooldown(run, 100, 20)(t) for t in range(140)] == [
            planned(t) for t in range(140)
        ]

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            ({"scheduler": -1}, "the rate of scheduler at `at` must be at least 0, got -1"),
            ({"mode": "inverse"}, "final_lr must be greater than 0 for mode 'inverse', got 0"),
            (
                {"scheduler": 0, "mode": "exponential", "final_lr": 1},
                "the rate of scheduler at `at` must be greater than 0 for mode 'exponential'",
            ),
            ({"mode": "constant"}, "mode must be one of .*, got 'constant'"),
        ],
    )
    def test_refuses_a_rate_from_which_it_cannot_decay(self, arguments, words):
        with pytest.raises(ValueError, match=words):
            cooldown(**{"scheduler": 1, "at": 5, "decay_steps": 3} | arguments)


def test_a_stable_phase_that_rounding_would_make_negative_is_left_out():
    scheduler = warmup_stable_decay(0.3, 0.1, base_lr=1, warmup_steps=0.2)

    assert scheduler.boundaries == (0, 0.2, 0.3)
