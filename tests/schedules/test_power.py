"""The power of the time: inverse square root, inverse time."""

import pytest

from lr_scheduler import PowerScheduler, inverse_sqrt


@pytest.mark.parametrize(
    ("arguments", "rates"),
    [
        ({}, {0: 1, 300: 0.5, 800: 1 / 3, 9900: 0.1}),
        ({"pwr": 1}, {0: 1, 100: 0.5, 300: 0.25}),
        ({"pwr": 2}, {0: 1, 100: 0.25, 300: 0.0625}),
        ({"pwr": 1e300}, {0: 1, 1: 0}),
        ({"warmup_steps": 20}, {10: 0.5, 20: 1, 320: 0.5}),  # the decay starts at 20
    ],
)
def test_falls_as_a_power_of_the_time(arguments, rates):
    scheduler = PowerScheduler(100, base_lr=1, **arguments)

    assert {t: scheduler(t) for t in rates} == rates


def test_the_inverse_square_root_is_that_of_the_paper():
    d, w = 512, 4000
    scheduler = inverse_sqrt(w, base_lr=(d * w) ** -0.5)

    for t in (1, 100, 4000, 4001, 100_000):
        assert scheduler(t) == pytest.approx(d**-0.5 * min(t**-0.5, t * w**-1.5), rel=1e-14)


def test_the_inverse_square_root_is_a_power_that_decays_as_long_as_it_warms_up():
    assert inverse_sqrt(9, base_lr=1, warmup_begin_lr=0.5) == PowerScheduler(
        9, base_lr=1, warmup_steps=9, warmup_begin_lr=0.5
    )


def test_the_inverse_time_decay_of_keras_has_a_fractional_time_scale():
    scheduler = PowerScheduler(1000 / 0.3, pwr=1, base_lr=0.1)

    for t in range(0, 5000, 100):  # the formula of its documentation
        assert scheduler(t) == pytest.approx(0.1 / (1 + 0.3 * t / 1000), rel=1e-15)
