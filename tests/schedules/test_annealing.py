"""Polynomial, linear and cosine: from the base rate to the final one, which holds."""

import math

import numpy as np
import pytest

from lr_scheduler import CosineScheduler, PolyScheduler, _scalar, linear
from lr_scheduler._arrays import NumPyBackend

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


@BOTH
@pytest.mark.parametrize("warmup_steps", [0, 100])
def test_may_rise_to_the_final_rate(scheduler_class, warmup_steps):
    arguments = {"max_update": 800, "warmup_steps": warmup_steps}
    rising = scheduler_class(base_lr=0.25, final_lr=1, **arguments)
    falling = scheduler_class(base_lr=1, final_lr=0.25, **arguments)

    for t in range(warmup_steps, 900, 50):  # mirrored
        assert rising(t) == pytest.approx(1.25 - falling(t), rel=1e-15)


@BOTH
@pytest.mark.parametrize("max_update", [1000, 10**9])
@pytest.mark.parametrize(
    ("base_lr", "final_lr"),
    [(0.01, 0.001), (0.7, 0.1), (0.001, 0.01), (0.1, 0.7), (0.3, 0.1 / 3), (1, 1 / 3)],
)
def test_rounding_leads_to_no_rate_outside_the_range(
    scheduler_class, base_lr, final_lr, max_update
):
    """0.001 + (0.01 - 0.001) is 0.010000000000000002."""
    scheduler = scheduler_class(max_update, base_lr=base_lr, final_lr=final_lr)
    iterations = [*range(200), max_update // 2, *range(max_update - 200, max_update + 1)]

    rates = [scheduler(t) for t in iterations]

    assert (rates[0], rates[-1]) == (base_lr, final_lr)
    assert min(base_lr, final_lr) <= min(rates) <= max(rates) <= max(base_lr, final_lr)
    assert scheduler(np.array(iterations)).tolist() == rates


@pytest.mark.parametrize("pwr", [0.5, 0.9])
def test_past_its_end_the_power_of_what_remains_is_0(pwr):
    scheduler = PolyScheduler(800, base_lr=1, pwr=pwr)

    assert scheduler.decay(900, _scalar) == 0
    assert scheduler.decay(np.array([900]), NumPyBackend()).tolist() == [0]


@pytest.mark.parametrize("x", [0.0, 0.3, 1.0, 39.4, 2.759, 1e150])  # 39.4**0.5 is no sqrt
@pytest.mark.parametrize(
    ("exponent", "form"), [(1, lambda x: x), (2, lambda x: x * x), (0.5, math.sqrt)]
)
def test_a_power_of_1_2_or_a_half_has_an_exact_form(x, exponent, form):
    for each in (exponent, float(exponent)):
        assert _scalar.pow(x, each) == NumPyBackend().pow(np.array([x]), each)[0] == form(x)


@pytest.mark.parametrize(
    ("exponent", "power"), [(1, -2), (2, 4), (3, -8), (0.5, 0), (1.5, 0), (-1, -0.5)]
)
def test_a_fractional_power_of_a_number_below_0_counts_as_0(exponent, power):
    assert (
        _scalar.pow(-2.0, exponent)
        == NumPyBackend().pow(np.array([-2.0]), exponent)[0]
        == power
    )
