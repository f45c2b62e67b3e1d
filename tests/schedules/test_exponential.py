"""The exponential decay: base_lr * factor ** ((t - w) / decay_steps)."""

import pytest

from lr_scheduler import ExponentialScheduler, FactorScheduler


@pytest.mark.parametrize(
    ("warmup_steps", "rates"),
    [
        (0, {0: 1, 50: 0.5, 100: 0.25, 200: 0.0625, 2**53: 0}),
        (20, {10: 0.5, 20: 1, 70: 0.5, 120: 0.25}),  # the decay starts at 20
    ],
)
def test_falls_by_its_factor_in_decay_steps(warmup_steps, rates):
    scheduler = ExponentialScheduler(100, 0.25, base_lr=1, warmup_steps=warmup_steps)

    assert {t: scheduler(t) for t in rates} == rates


@pytest.mark.parametrize("factor", [0.5, 0.9, 1, 1 / 3])
def test_passes_through_the_drops_of_factor(factor):
    smooth = ExponentialScheduler(7, factor, base_lr=0.3)
    stepwise = FactorScheduler(7, factor, 0, base_lr=0.3)

    for drops in range(40):
        assert smooth(7 * drops) == pytest.approx(stepwise(7 * drops + 1), rel=1e-14)
