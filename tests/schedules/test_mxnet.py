"""The rates are MXNet's, as its published wheel gave them."""

import json
import math

import pytest
from support import ROOT

import lr_scheduler

STORED = ROOT / "docs" / "_data" / "mxnet-1.9.1.json"
MXNET = json.loads(STORED.read_text(encoding="utf-8"))
CURVES = pytest.mark.parametrize(
    "curve", MXNET["curves"], ids=lambda curve: f"{curve['scheduler']}-{len(curve['rates'])}"
)


@CURVES
def test_every_stored_rate(curve):
    """Smooth curves in every bit; drops within (drops + 2) * 2**-53, see `MXNet's loop`."""
    scheduler = getattr(lr_scheduler, curve["scheduler"])(**curve["arguments"])
    stepwise = "factor" in curve["arguments"] or "step" in curve["arguments"]

    for iteration, expected in enumerate(curve["rates"]):
        rate = scheduler(iteration)
        allowed = (iteration + 2) * 2**-53 * expected if stepwise else 0
        assert type(rate) is type(expected)
        assert abs(rate - expected) <= allowed


def repeated(base_lr, factor, drops):
    """MXNet's loop: multiply drop by drop."""
    for _ in range(drops):
        base_lr *= factor
    return base_lr


@pytest.mark.parametrize("factor", [0.5, 0.9, 0.97, 0.1, 1 / 3, 0.9999])
@pytest.mark.parametrize("base_lr", [1, 0.1, 0.37])
def test_drops_are_as_near_as_rounding_allows(base_lr, factor):
    scheduler = lr_scheduler.FactorScheduler(1, factor, 0, base_lr=base_lr)

    for drops in range(300):
        expected = repeated(base_lr, factor, drops)
        assert abs(scheduler(drops + 1) - expected) <= (drops + 2) * 2**-53 * expected


@pytest.mark.parametrize("warmup_steps", [0, 1, 100, 799])
def test_the_cosine_is_mxnets_formula_in_every_bit(warmup_steps):
    scheduler = lr_scheduler.CosineScheduler(
        800, base_lr=0.7, final_lr=1e-3, warmup_steps=warmup_steps
    )

    for t in range(warmup_steps, 801):
        cosine = math.cos(math.pi * (t - warmup_steps) / (800 - warmup_steps))
        assert scheduler(t) == 1e-3 + (0.7 - 1e-3) * (1 + cosine) / 2


@pytest.mark.parametrize("warmup_steps", [0, 1, 100, 799])
@pytest.mark.parametrize("pwr", [0.5, 0.9, 1, 2, 3, 7])
def test_the_polynomial_is_mxnets_formula_in_every_bit(warmup_steps, pwr):
    scheduler = lr_scheduler.PolyScheduler(
        800, base_lr=0.7, final_lr=1e-3, pwr=pwr, warmup_steps=warmup_steps
    )

    for t in range(warmup_steps, 801):
        remaining = pow(1 - float(t - warmup_steps) / float(800 - warmup_steps), pwr)
        assert scheduler(t) == 1e-3 + (0.7 - 1e-3) * remaining
