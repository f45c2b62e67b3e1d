"""The one-cycle, and the trapezoid of warm-up, stable phase and decay (WSD)."""

import pytest

from lr_scheduler import PiecewiseScheduler, one_cycle, warmup_stable_decay

WSD = {"max_update": 10, "decay_steps": 3, "base_lr": 0.01, "warmup_steps": 2}
MODES = pytest.mark.parametrize("mode", ["linear", "cosine", "1-sqrt"])


class TestOneCycle:
    """Up from a 25th of the peak, and down to a 10000th of the start."""

    def test_rises_and_falls_along_half_cosines(self):
        scheduler = one_cycle(100, 30, base_lr=25)

        assert scheduler == PiecewiseScheduler([0, 30, 100], [1.0, 25, 1e-4], "cosine")

    @MODES
    def test_takes_other_rates_and_shapes(self, mode):
        rates = {"base_lr": 1, "warmup_begin_lr": 0.5, "final_lr": 0.25}
        scheduler = one_cycle(100, 50, **rates, mode=mode)

        assert scheduler == PiecewiseScheduler([0, 50, 100], [0.5, 1, 0.25], mode)

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            ({"warmup_steps": 9}, "max_update must be above warmup_steps = 9, got 9"),
            ({"warmup_begin_lr": 1}, "warmup_begin_lr must be at most base_lr = 0.01, got 1"),
            ({"final_lr": 1}, "final_lr must be at most base_lr = 0.01, got 1"),
            ({"mode": "constant"}, "mode must be one of .*, got 'constant'"),
        ],
    )
    def test_refuses_what_would_be_no_cycle(self, arguments, words):
        with pytest.raises(ValueError, match=words):
            one_cycle(**{"max_update": 9, "warmup_steps": 3, "base_lr": 0.01} | arguments)


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
            ({"final_lr": 1}, "final_lr must be at most base_lr = 0.01, got 1"),
            ({"warmup_begin_lr": 1}, "warmup_begin_lr must be at most base_lr = 0.01, got 1"),
            ({"mode": "constant"}, "mode must be one of .*, got 'constant'"),
        ],
    )
    def test_refuses_what_would_be_no_trapezoid(self, arguments, words):
        with pytest.raises(ValueError, match=words):
            warmup_stable_decay(**WSD | arguments)
