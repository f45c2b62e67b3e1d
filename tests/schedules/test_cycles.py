"""The cycles by their names: restarts of a cosine, and triangles."""

import re

import pytest

from lr_scheduler import CosineScheduler, PiecewiseScheduler, cosine_restarts, cyclic, repeat


class TestCosineRestarts:
    """Half a cosine in each cycle, from the peak to final_lr."""

    @pytest.mark.parametrize(
        "cycle",
        [
            {"period_factor": 2},
            {"cycles": 3, "lr_factor": 0.5},
            {"cycles": 4, "period_factor": 1.5, "lr_factor": 2, "count_from": 0},
        ],
        ids=repr,
    )
    def test_is_a_repeated_cosine_on_a_floor_where_one_is_needed(self, cycle):
        for final_lr in (0, 0.25):
            floor = final_lr if final_lr and "lr_factor" in cycle else 0
            cosine = CosineScheduler(10, base_lr=1 - floor, final_lr=final_lr - floor)
            expected = repeat(cosine, 10, **cycle)

            scheduler = cosine_restarts(10, base_lr=1, final_lr=final_lr, **cycle)
            assert scheduler == (floor + expected if floor else expected)

    def test_cycles_that_grow_stay_on_their_floor(self):
        scheduler = cosine_restarts(10, base_lr=1, final_lr=0.5, cycles=2, lr_factor=2)

        assert [scheduler(t) for t in (0, 5, 10, 15, 20, 30)] == [1, 0.75, 0.5, 1, 0.5, 0.5]

    def test_one_cycle_is_a_cosine(self):
        restarts = cosine_restarts(10, base_lr=1, final_lr=0.1, cycles=1)
        cosine = CosineScheduler(10, base_lr=1, final_lr=0.1)

        assert [restarts(t) for t in range(30)] == [cosine(t) for t in range(30)]

    def test_cycles_that_rise_keep_their_height(self):
        words = (
            "final_lr must be at most base_lr = 0.25 where lr_factor is not 1, got 1: subtract "
            "the cycles, 1 - cosine_restarts(..., base_lr=0.75, lr_factor=0.5)"
        )
        with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
            cosine_restarts(10, base_lr=0.25, final_lr=1, lr_factor=0.5)
        scheduler = 1 - cosine_restarts(10, base_lr=0.75, lr_factor=0.5)
        assert [scheduler(t) for t in (0, 5, 10, 15)] == [0.25, 0.625, 1, 0.8125]


class TestCyclic:
    """Triangles."""

    @pytest.mark.parametrize(
        ("arguments", "knots", "floor"),
        [
            ({"lr_factor": 0.5}, [0, 1, 0], 0),
            ({"final_lr": 0.25, "cycles": 3}, [0.25, 1, 0.25], 0),
            ({"final_lr": 0.25, "cycles": 3, "lr_factor": 2}, [0, 0.75, 0], 0.25),
        ],
        ids=repr,
    )
    def test_is_a_repeated_triangle_on_a_floor_where_one_is_needed(
        self, arguments, knots, floor
    ):
        cycle = {n: arguments[n] for n in ("cycles", "lr_factor") if n in arguments}
        for rise_steps, peak in ((None, 5), (3, 3), (9, 9)):
            triangles = repeat(PiecewiseScheduler([0, peak, 10], knots), 10, **cycle)

            scheduler = cyclic(10, rise_steps, base_lr=1, **arguments)
            assert scheduler == (floor + triangles if floor else triangles)

    def test_the_last_rate_is_held(self):
        scheduler = cyclic(10, base_lr=1, final_lr=0.5, cycles=2)

        assert [scheduler(t) for t in (15, 20, 25)] == [1, 0.5, 0.5]

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            ({"rise_steps": 10}, "period must be above rise_steps = 10, got 10"),
            (
                {"final_lr": 1, "lr_factor": 0.5},
                r"where lr_factor is not 1, got 1: .* 1 - cyclic\(\.\.\., base_lr=0.99, lr_f",
            ),
            ({"lr_factor": 2}, "cycles must be given"),
        ],
    )
    def test_refuses_arguments_that_contradict_each_other(self, arguments, words):
        with pytest.raises(ValueError, match=words):
            cyclic(**{"period": 10, "base_lr": 0.01} | arguments)
