"""The schedules by name: the values of their formulas, and what they refuse."""

import math

import pytest

from lr_scheduler import (
    CosineScheduler,
    PiecewiseScheduler,
    PolyScheduler,
    PowerScheduler,
    cosine_restarts,
    cyclic,
    inverse_sqrt,
    linear,
    one_cycle,
    repeat,
    warmup_stable_decay,
)


def half_cosine(start, end, u):
    """Return the rate when a share u of the way from start to end has gone."""
    return end + (start - end) * (1 + math.cos(math.pi * u)) / 2


class TestLinear:
    """A straight line to the end, after a warm-up."""

    def test_values(self):
        scheduler = linear(100, base_lr=1, final_lr=0.25, warmup_steps=20)

        assert [scheduler(t) for t in (10, 20, 60, 100, 101)] == [0.5, 1, 0.625, 0.25, 0.25]

    def test_is_a_polynomial(self):
        assert linear(9, warmup_steps=2, warmup_begin_lr=0.001) == PolyScheduler(
            9, pwr=1, warmup_steps=2, warmup_begin_lr=0.001
        )
        waiting = linear(9, warmup_steps=2, warmup_mode="constant")
        assert waiting.warmup_mode == "constant"


class TestInverseSqrt:
    """base_lr * min(t / w, sqrt(w / t)), the Transformer's schedule for one base_lr."""

    @pytest.mark.parametrize("w", [1, 16, 4000])
    def test_every_iteration(self, w):
        scheduler = inverse_sqrt(w, base_lr=0.1)

        for t in range(1, 5 * w + 10):
            expected = 0.1 * min(t / w, math.sqrt(w / t))
            assert scheduler(t) == pytest.approx(expected, rel=1e-15)

    def test_is_the_formula_of_the_paper(self):
        d, w = 512, 4000
        scheduler = inverse_sqrt(w, base_lr=(d * w) ** -0.5)

        for t in (1, 100, 4000, 4001, 100_000):
            assert scheduler(t) == pytest.approx(d**-0.5 * min(t**-0.5, t * w**-1.5), rel=1e-14)

    def test_is_a_power(self):
        assert inverse_sqrt(9, base_lr=1, warmup_begin_lr=0.5) == PowerScheduler(
            9, base_lr=1, warmup_steps=9, warmup_begin_lr=0.5
        )

    def test_refuses_no_warmup(self):
        with pytest.raises(
            ValueError, match="warmup_steps must be at least 1 iteration, got 0"
        ):
            inverse_sqrt(0)


class TestOneCycle:
    """Up from a 25th of the peak, and down to a 10000th of that."""

    def test_every_iteration(self):
        scheduler = one_cycle(100, 30, base_lr=0.5)

        for t in range(121):
            if t <= 30:
                expected = half_cosine(0.02, 0.5, t / 30)
            else:
                expected = half_cosine(0.5, 2e-6, min(1, (t - 30) / 70))
            assert scheduler(t) == pytest.approx(expected, rel=1e-12)

    def test_rates_and_shape_of_ones_own(self):
        scheduler = one_cycle(
            100, 50, base_lr=1, warmup_begin_lr=0.5, final_lr=0.25, mode="linear"
        )

        assert [scheduler(t) for t in (0, 25, 50, 75, 100)] == [0.5, 0.75, 1, 0.625, 0.25]

    @pytest.mark.parametrize(
        ("arguments", "error", "words"),
        [
            (
                {"warmup_steps": 0},
                ValueError,
                "warmup_steps must be at least 1 iteration, got 0",
            ),
            (
                {"warmup_steps": 9},
                ValueError,
                "max_update must be above warmup_steps = 9, got 9",
            ),
            ({"warmup_steps": 2.5}, TypeError, "warmup_steps must be an integer, got 2.5"),
            ({"max_update": "9"}, TypeError, "max_update must be an integer, got '9'"),
            (
                {"warmup_begin_lr": 1},
                ValueError,
                "warmup_begin_lr must be at most base_lr = 0.01",
            ),
            ({"final_lr": 1}, ValueError, "final_lr must be at most base_lr = 0.01, got 1"),
            ({"final_lr": -1}, ValueError, "final_lr must be at least 0, got -1"),
            ({"base_lr": None}, TypeError, "base_lr must be a real number, got None"),
            ({"mode": "up"}, ValueError, "mode must be one of .*, got 'up'"),
            ({"mode": "constant"}, ValueError, "mode must be one of .*, got 'constant'"),
            (
                {"mode": ["linear", "cosine"]},
                ValueError,
                r"mode must be one of .*, got \['li",
            ),
        ],
    )
    def test_refuses(self, arguments, error, words):
        with pytest.raises(error, match=words):
            one_cycle(**{"max_update": 9, "warmup_steps": 3} | arguments)


class TestWarmupStableDecay:
    """Up, level, and down in the last iterations."""

    @pytest.mark.parametrize("mode", ["linear", "cosine", "1-sqrt"])
    @pytest.mark.parametrize(("w", "d"), [(10, 20), (0, 20), (80, 20), (0, 100), (10, 1)])
    def test_every_iteration(self, mode, w, d):
        scheduler = warmup_stable_decay(
            100, d, base_lr=1, final_lr=0.1, warmup_steps=w, warmup_begin_lr=0.5, mode=mode
        )
        shape = {
            "linear": lambda u: 1 - u,
            "cosine": lambda u: half_cosine(1, 0, u),
            "1-sqrt": lambda u: 1 - math.sqrt(u),
        }[mode]

        for t in range(121):
            if t < w:
                expected = 0.5 + 0.5 * t / w
            elif t <= 100 - d:
                expected = 1
            else:
                expected = 0.1 + 0.9 * shape(min(1, (t - 100 + d) / d))
            assert scheduler(t) == pytest.approx(expected, rel=1e-12), t

    def test_a_later_end_changes_nothing_before_the_decay(self):
        short, long = (
            warmup_stable_decay(end, 20, base_lr=0.3, warmup_steps=10) for end in (100, 1000)
        )

        assert [short(t) for t in range(81)] == [long(t) for t in range(81)]

    @pytest.mark.parametrize(
        ("arguments", "error", "words"),
        [
            ({"decay_steps": 0}, ValueError, "decay_steps must be at least 1 iteration, got 0"),
            (
                {"decay_steps": 9},
                ValueError,
                r"warmup_steps \+ decay_steps must be .*, got 2 \+ 9",
            ),
            (
                {"warmup_steps": -1},
                ValueError,
                "warmup_steps must be at least 0 iterations, got",
            ),
            ({"max_update": 0}, ValueError, "max_update must be at least 1 iteration, got 0"),
            ({"final_lr": 1}, ValueError, "final_lr must be at most base_lr = 0.01, got 1"),
            (
                {"warmup_begin_lr": 1},
                ValueError,
                "warmup_begin_lr must be at most base_lr = 0.01",
            ),
            ({"base_lr": "1"}, TypeError, "base_lr must be a real number, got '1'"),
            (
                {"mode": None},
                ValueError,
                "mode must be one of 'linear', 'cosine', '1-sqrt', got None",
            ),
            ({"mode": "constant"}, ValueError, "mode must be one of .*, got 'constant'"),
        ],
    )
    def test_refuses(self, arguments, error, words):
        with pytest.raises(error, match=words):
            warmup_stable_decay(
                **{"max_update": 10, "decay_steps": 3, "warmup_steps": 2} | arguments
            )


class TestCosineRestarts:
    """Half a cosine in each cycle, from the peak to final_lr."""

    @pytest.mark.parametrize("lr_factor", [1, 0.5])
    @pytest.mark.parametrize("final_lr", [0, 0.1])
    @pytest.mark.parametrize("count_from", [1, 0])
    def test_every_iteration(self, lr_factor, final_lr, count_from):
        scheduler = cosine_restarts(
            10,
            base_lr=1,
            final_lr=final_lr,
            step_factor=2,
            lr_factor=lr_factor,
            count_from=count_from,
        )

        start, length, height = 0, 10, 1 - final_lr
        for t in range(1, 151):
            if t > start + length:
                start, length, height = start + length, 2 * length, height * lr_factor
            u = (t - start + count_from - 1) / length
            expected = final_lr + height * (1 + math.cos(math.pi * u)) / 2
            assert scheduler(t) == pytest.approx(expected, rel=1e-12, abs=1e-15)

    def test_cycles_that_grow_stand_on_their_floor(self):
        scheduler = cosine_restarts(10, base_lr=1, final_lr=0.5, lr_factor=2, count=2)

        assert [scheduler(t) for t in (0, 5, 10, 15, 20, 30)] == [1, 0.75, 0.5, 1, 0.5, 0.5]

    def test_one_cycle_is_a_cosine(self):
        restarts = cosine_restarts(10, base_lr=1, final_lr=0.1, count=1)
        cosine = CosineScheduler(10, base_lr=1, final_lr=0.1)

        assert [restarts(t) for t in range(30)] == [cosine(t) for t in range(30)]

    def test_is_written_without_a_floor_where_none_is_needed(self):
        assert cosine_restarts(10, base_lr=1, lr_factor=0.5) == repeat(
            CosineScheduler(10, base_lr=1), 10, lr_factor=0.5
        )
        assert cosine_restarts(10, base_lr=1, final_lr=0.25) == repeat(
            CosineScheduler(10, base_lr=1, final_lr=0.25), 10
        )
        assert cosine_restarts(10, base_lr=1, final_lr=0.25, lr_factor=0.5) == 0.25 + repeat(
            CosineScheduler(10, base_lr=0.75), 10, lr_factor=0.5
        )

    def test_refuses_a_floor_above_the_peak(self):
        with pytest.raises(ValueError, match=r"final_lr must be at most base_lr = 0\.01"):
            cosine_restarts(10, final_lr=1, lr_factor=0.5)


class TestCyclic:
    """Triangles."""

    @pytest.mark.parametrize("rise", [None, 3, 15])
    @pytest.mark.parametrize("final_lr", [0, 0.2])
    @pytest.mark.parametrize("lr_factor", [1, 0.5])
    def test_every_iteration(self, rise, final_lr, lr_factor):
        scheduler = cyclic(16, rise, base_lr=1, final_lr=final_lr, lr_factor=lr_factor)
        r = rise or 8

        for t in range(1, 65):
            cycle, x = divmod(t - 1, 16)
            x += 1
            triangle = x / r if x <= r else (16 - x) / (16 - r)
            expected = final_lr + (1 - final_lr) * lr_factor**cycle * triangle
            assert scheduler(t) == pytest.approx(expected, rel=1e-12, abs=1e-15)

    def test_is_written_without_a_floor_where_none_is_needed(self):
        assert cyclic(10, base_lr=1, lr_factor=0.5) == repeat(
            PiecewiseScheduler([0, 5, 10], [0, 1, 0]), 10, lr_factor=0.5
        )
        assert cyclic(10, base_lr=1, final_lr=0.25) == repeat(
            PiecewiseScheduler([0, 5, 10], [0.25, 1, 0.25]), 10
        )
        assert cyclic(10, base_lr=1, final_lr=0.25, lr_factor=0.5) == 0.25 + repeat(
            PiecewiseScheduler([0, 5, 10], [0, 0.75, 0]), 10, lr_factor=0.5
        )

    def test_a_count_ends_it(self):
        assert [cyclic(10, base_lr=1, final_lr=0.5, count=2)(t) for t in (15, 20, 25)] == [
            1,
            0.5,
            0.5,
        ]

    @pytest.mark.parametrize(
        ("arguments", "error", "words"),
        [
            ({"step": 1}, ValueError, "step must be at least 2 iterations, got 1"),
            ({"step": 9}, ValueError, "rise_steps must be given if step is odd, got None with"),
            ({"rise_steps": 10}, ValueError, "step must be above rise_steps = 10, got 10"),
            ({"rise_steps": 0}, ValueError, "rise_steps must be at least 1 iteration, got 0"),
            ({"final_lr": 1}, ValueError, "final_lr must be at most base_lr = 0.01, got 1"),
            ({"lr_factor": 2}, ValueError, "count must be given"),
            ({"lr_factor": [1]}, TypeError, "lr_factor must be a real number, got \\[1\\]"),
        ],
    )
    def test_refuses(self, arguments, error, words):
        with pytest.raises(error, match=words):
            cyclic(**{"step": 10} | arguments)
