"""The rates are MXNet's, as its published wheel gave them."""

import json
import math

import pytest
from support import ROOT

import lr_scheduler
from lr_scheduler import CosineScheduler, FactorScheduler, PolyScheduler

STORED = ROOT / "docs" / "_data" / "mxnet-1.9.1.json"
CURVES = json.loads(STORED.read_text(encoding="utf-8"))["curves"]
ENDS = {"base_lr": 0.7, "final_lr": 1e-3}
WARMUPS = pytest.mark.parametrize("warmup_steps", [0, 1, 100, 799])


@pytest.mark.parametrize("curve", CURVES, ids=lambda c: f"{c['scheduler']}-{len(c['rates'])}")
def test_every_stored_rate(curve):
    """Smooth curves in every bit; drops within (drops + 2) * 2**-53, see below."""
    scheduler = getattr(lr_scheduler, curve["scheduler"])(**curve["arguments"])
    stepwise = "factor" in curve["arguments"] or "step" in curve["arguments"]

    for iteration, expected in enumerate(curve["rates"]):
        rate = scheduler(iteration)
        allowed = (iteration + 2) * 2**-53 * expected if stepwise else 0
        assert type(rate) is type(expected)
        assert abs(rate - expected) <= allowed


@pytest.mark.parametrize("factor", [0.5, 0.9, 0.97, 0.1, 1 / 3, 0.9999])
@pytest.mark.parametrize("base_lr", [1, 0.1, 0.37])
def test_drops_are_as_near_as_rounding_allows(base_lr, factor):
    """MXNet multiplies drop by drop."""
    scheduler, expected = FactorScheduler(1, factor, 0, base_lr=base_lr), base_lr

    for drops in range(300):
        assert abs(scheduler(drops + 1) - expected) <= (drops + 2) * 2**-53 * expected
        expected *= factor


@WARMUPS
def test_the_cosine_is_mxnets_formula_in_every_bit(warmup_steps):
    scheduler = CosineScheduler(800, **ENDS, warmup_steps=warmup_steps)

    for t in range(warmup_steps, 801):
        cosine = math.cos(math.pi * (t - warmup_steps) / (800 - warmup_steps))
        assert scheduler(t) == 1e-3 + (0.7 - 1e-3) * (1 + cosine) / 2


@WARMUPS
@pytest.mark.parametrize("pwr", [0.5, 0.9, 1, 2, 3, 7])
def test_the_polynomial_is_mxnets_formula(warmup_steps, pwr):
    """In every bit; sqrt(x) and x * x are rounded once, and may be 1 ulp from MXNet's power."""
    scheduler = PolyScheduler(800, **ENDS, pwr=pwr, warmup_steps=warmup_steps)

    for t in range(warmup_steps, 801):
        remaining = pow(1 - float(t - warmup_steps) / float(800 - warmup_steps), pwr)
        expected = 1e-3 + (0.7 - 1e-3) * remaining
        allowed = math.ulp(expected) if pwr in (0.5, 2) else 0
        assert abs(scheduler(t) - expected) <= allowed
