"""Polynomial, linear and cosine: from the base rate to the final one, which holds."""

import math

import pytest

from lr_scheduler import CosineScheduler, PolyScheduler, linear

BOTH = pytest.mark.parametrize("scheduler_class", [PolyScheduler, CosineScheduler])


class TestPolyScheduler:
    """A "quadratic function that falls from 1 to 0.001 at iteration 800"."""

    def test_falls_and_stays(self):
        scheduler = PolyScheduler(base_lr=1, final_lr=1e-3, max_update=800, pwr=2)

        rates = {0: 1.0, 400: 0.001 + 0.999 * 0.25, 800: 0.001, 801: 0.001, 2**53: 0.001}
        assert {t: repr(scheduler(t)) for t in rates} == {t: repr(rates[t]) for t in rates}

    @pytest.mark.parametrize(
        ("pwr", "rate"), [(1, 0.75), (2, 0.5625), (3, 0.421875), (0.5, math.sqrt(0.75))]
    )
    def test_the_power_bends_the_line(self, pwr, rate):
        assert PolyScheduler(4, base_lr=1, pwr=pwr)(1) == rate

    def test_the_power_1_is_linear(self):
        arguments = {"base_lr": 1, "final_lr": 0.25, "warmup_steps": 20}
        scheduler = linear(100, **arguments, warmup_begin_lr=0.5, warmup_mode="constant")

        assert [scheduler(t) for t in (10, 20, 60, 100, 101)] == [0.5, 1, 0.625, 0.25, 0.25]
        assert linear(100, **arguments) == PolyScheduler(100, pwr=1, **arguments)

    def test_an_end_of_0_is_a_float(self):
        assert repr(PolyScheduler(800, base_lr=1, final_lr=0)(801)) == "0.0"


class TestCosineScheduler:
    """ "After this the learning rate stays at 0.001"."""

    def test_falls_and_stays(self):
        scheduler = CosineScheduler(base_lr=1, final_lr=1e-3, max_update=800)

        for t, rate in {0: 1, 400: 0.5005, 800: 0.001, 801: 0.001, 2**53: 0.001}.items():
            assert scheduler(t) == pytest.approx(rate, rel=1e-15)
            assert type(scheduler(t)) is float

    def test_a_third_of_the_way_is_three_quarters_of_the_rate(self):
        """(1 + cos(60 degrees)) / 2 = 3 / 4."""
        assert CosineScheduler(3, base_lr=1)(1) == pytest.approx(0.75, rel=1e-15)

    def test_is_symmetric_about_the_middle(self):
        scheduler = CosineScheduler(800, base_lr=1)

        for t in range(401):
            assert scheduler(t) + scheduler(800 - t) == pytest.approx(1, rel=1e-15)

    def test_the_largest_rates_do_not_overflow(self):
        assert CosineScheduler(10, base_lr=1.7e308)(1) < 1.7e308


@BOTH
def test_a_flat_schedule_and_a_single_iteration_are_allowed(scheduler_class):
    assert scheduler_class(1, base_lr=1)(1) == 0.0
    assert scheduler_class(10, base_lr=0.5, final_lr=0.5)(3) == 0.5
    assert scheduler_class(10, base_lr=0)(3) == 0.0


@BOTH
def test_only_max_update_goes_by_position(scheduler_class):
    with pytest.raises(TypeError, match="positional"):
        scheduler_class(800, 1)
