"""FactorScheduler and MultiFactorScheduler."""

import pytest

from lr_scheduler import FactorScheduler, MultiFactorScheduler


class TestFactorScheduler:
    """It "returns the initial learning rate 1 for the first 250 iterations"."""

    @pytest.mark.parametrize(
        ("scheduler", "rates"),
        [
            (
                FactorScheduler(base_lr=1, step=250, factor=0.5),
                {0: 1, 1: 1, 250: 1, 251: 0.5, 500: 0.5, 501: 0.25, 10**6: 1e-8},
            ),
            (FactorScheduler(step=1, factor=1, base_lr=3), {10**9: 3}),
            (FactorScheduler(step=1, factor=1.0, base_lr=3), {10**9: 3}),
            # The floor is a float, even if it is given as an integer.
            (FactorScheduler(1, 0.5, 1, base_lr=4), {1: 4, 2: 2.0, 3: 1.0, 4: 1.0}),
            # A floor above the base rate does not raise it, and keeps the integer.
            (FactorScheduler(10, 0.5, 0.1), {10: 0.01, 11: 0.01, 999: 0.01}),
            (FactorScheduler(5, 0.5, 2, base_lr=1), {1: 1}),
            # Steps count from 0, also with a warm-up: at 100 nine steps of 10 are over.
            (
                FactorScheduler(10, 0.5, base_lr=1, warmup_steps=100),
                {99: 0.99, 100: 0.5**9, 101: 0.5**10},
            ),
            (FactorScheduler(1, 1e-300, 0, base_lr=1), {2**53: 0.0}),
        ],
        ids=repr,
    )
    def test_drops_after_each_step_down_to_its_floor(self, scheduler, rates):
        assert {t: repr(scheduler(t)) for t in rates} == {t: repr(rates[t]) for t in rates}

    def test_takes_three_arguments_by_position(self):
        assert FactorScheduler(5, 0.5, 0.1) == FactorScheduler(
            step=5, factor=0.5, stop_factor_lr=0.1, base_lr=0.01
        )
        with pytest.raises(TypeError, match="positional"):
            FactorScheduler(5, 0.5, 0.1, 1)


class TestMultiFactorScheduler:
    """It halves "after the 250th, 750th and 900th"; "the 250th iteration will be 1"."""

    @pytest.mark.parametrize(
        ("factor", "rates"),
        [
            (0.5, {0: 1, 250: 1, 251: 0.5, 750: 0.5, 751: 0.25, 900: 0.25, 901: 0.125}),
            (1, {10**9: 1}),
        ],
    )
    def test_drops_after_each_boundary(self, factor, rates):
        scheduler = MultiFactorScheduler(base_lr=1, step=[250, 750, 900], factor=factor)

        assert {t: repr(scheduler(t)) for t in rates} == {t: repr(rates[t]) for t in rates}

    def test_takes_two_arguments_by_position(self):
        assert MultiFactorScheduler([5], 0.5) == MultiFactorScheduler(step=(5,), factor=0.5)
        with pytest.raises(TypeError, match="positional"):
            MultiFactorScheduler([5], 0.5, 1)

    def test_equal_distances_are_a_factor_scheduler(self):
        multi = MultiFactorScheduler(range(10, 100, 10), 0.5, base_lr=1)
        factor = FactorScheduler(10, 0.5, base_lr=1)

        assert [multi(t) for t in range(101)] == [factor(t) for t in range(101)]
