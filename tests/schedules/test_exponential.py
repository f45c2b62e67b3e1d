"""The exponential decay: base_lr * factor ** ((t - w) / decay_steps)."""

import numpy as np
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


@pytest.mark.parametrize(
    ("arguments", "rates"),
    [
        ({"factor": 2}, {0: 1, 50: 2**0.5, 100: 2, 300: 8, 100 * 1023: 2.0**1023}),
        ({"factor": 2, "warmup_steps": 20}, {10: 0.5, 20: 1, 220: 4}),
        ({"factor": 4, "decay_steps": 12.5}, {25: 16, 50: 256}),
        ({"factor": 2, "base_lr": 0}, {0: 0, 2**53: 0}),
    ],
)
def test_grows_by_a_factor_above_1(arguments, rates):
    scheduler = ExponentialScheduler(**{"decay_steps": 100, "base_lr": 1} | arguments)

    assert {t: scheduler(t) for t in rates} == rates
    assert scheduler(np.array([*rates])).tolist() == [*rates.values()]


@pytest.mark.parametrize(("t", "base_lr"), [(1024, 1), (1000, 1e300), (2**53, 0.1)])
def test_a_rate_that_is_infinite_is_refused(t, base_lr):
    scheduler = ExponentialScheduler(1, 2, base_lr=base_lr)

    for iterations in (t, np.array([0, 5, t, t + 1 if t < 2**53 else t])):
        with pytest.raises(
            ValueError, match=f"rate of iteration {t} must be finite, got inf: end"
        ):
            scheduler(iterations)


def test_a_growth_from_nothing_or_from_a_tiny_rate():
    nothing = ExponentialScheduler(1e-300, 2, base_lr=0)
    tiny = ExponentialScheduler(1, 10, base_lr=1e-300)

    assert nothing(10**10) == nothing([10**10])[0] == 0
    assert tiny(400) == tiny([400])[0] == pytest.approx(1e100, rel=1e-12)
