"""FactorScheduler and MultiFactorScheduler."""

import pytest

from lr_scheduler import FactorScheduler, MultiFactorScheduler


class TestFactorScheduler:
    """It "returns the initial learning rate 1 for the first 250 iterations"."""

    @pytest.mark.parametrize(
        ("iteration", "expected"),
        [(0, 1), (1, 1), (250, 1), (251, 0.5), (500, 0.5), (501, 0.25), (10**6, 1e-8)],
    )
    def test_drops_after_each_step(self, iteration, expected):
        scheduler = FactorScheduler(base_lr=1, step=250, factor=0.5)

        assert repr(scheduler(iteration)) == repr(expected)

    @pytest.mark.parametrize("factor", [1, 1.0])
    def test_a_factor_of_1_returns_the_base_rate_for_ever(self, factor):
        assert repr(FactorScheduler(base_lr=3, step=1, factor=factor)(10**9)) == "3"

    @pytest.mark.parametrize(("iteration", "expected"), [(1, 4), (2, 2.0), (3, 1.0), (4, 1.0)])
    def test_the_floor_is_a_float_even_if_given_as_an_integer(self, iteration, expected):
        scheduler = FactorScheduler(step=1, factor=0.5, stop_factor_lr=1, base_lr=4)

        assert repr(scheduler(iteration)) == repr(expected)

    def test_a_floor_above_the_base_rate_does_not_raise_it(self):
        scheduler = FactorScheduler(step=10, factor=0.5, stop_factor_lr=0.1, base_lr=0.01)

        assert [scheduler(10), scheduler(11), scheduler(999)] == [0.01, 0.01, 0.01]

    def test_a_floor_at_the_base_rate_keeps_the_integer(self):
        assert repr(FactorScheduler(5, 0.5, 2, base_lr=1)(1)) == "1"

    def test_takes_three_arguments_by_position(self):
        assert FactorScheduler(5, 0.5, 0.1) == FactorScheduler(
            step=5, factor=0.5, stop_factor_lr=0.1, base_lr=0.01
        )
        with pytest.raises(TypeError, match="positional"):
            FactorScheduler(5, 0.5, 0.1, 1)

    def test_steps_count_from_0_also_with_a_warmup(self):
        """0.5 ** 9 at 100: nine steps of 10 are over."""
        scheduler = FactorScheduler(step=10, factor=0.5, base_lr=1, warmup_steps=100)

        assert [scheduler(99), scheduler(100), scheduler(101)] == [0.99, 0.5**9, 0.5**10]

    def test_underflows_to_the_floor(self):
        scheduler = FactorScheduler(step=1, factor=1e-300, stop_factor_lr=0, base_lr=1)

        assert scheduler(2**53) == 0.0


class TestMultiFactorScheduler:
    """It halves "after the 250th, 750th and 900th"; "the 250th iteration will be 1"."""

    @pytest.mark.parametrize(
        ("iteration", "expected"),
        [(0, 1), (250, 1), (251, 0.5), (750, 0.5), (751, 0.25), (900, 0.25), (901, 0.125)],
    )
    def test_drops_after_each_boundary(self, iteration, expected):
        scheduler = MultiFactorScheduler(base_lr=1, step=[250, 750, 900], factor=0.5)

        assert repr(scheduler(iteration)) == repr(expected)

    def test_a_factor_of_1_returns_the_base_rate_for_ever(self):
        assert repr(MultiFactorScheduler([1, 2], base_lr=3)(10**9)) == "3"

    def test_takes_two_arguments_by_position(self):
        assert MultiFactorScheduler([5], 0.5) == MultiFactorScheduler(step=(5,), factor=0.5)
        with pytest.raises(TypeError, match="positional"):
            MultiFactorScheduler([5], 0.5, 1)

    def test_equal_distances_are_a_factor_scheduler(self):
        multi = MultiFactorScheduler(range(10, 100, 10), 0.5, base_lr=1)
        factor = FactorScheduler(10, 0.5, base_lr=1)

        assert [multi(t) for t in range(101)] == [factor(t) for t in range(101)]
