"""One rate."""

import math

import pytest
from mxnet_reference import load

from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    PolyScheduler,
)

MXNET = load()[0]
STEPS = 5000
WARM = {"base_lr": 0.5, "final_lr": 0.01, "warmup_steps": 50}


def called(schedule):
    """Return a function that calls a schedule for the iterations of a training."""

    def call():
        for t in range(1, STEPS + 1):
            schedule(t)

    return call


def fresh(make):
    """Return a function that calls a new schedule for the iterations of a training."""

    def call():
        schedule = make()
        for t in range(1, STEPS + 1):
            schedule(t)

    return call


# MXNet remembers the last rate of a stepwise schedule. A decay in a method of its own costs the
# smooth ones a call.
@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        (CosineScheduler, {"max_update": STEPS, **WARM}),
        (PolyScheduler, {"max_update": STEPS, "pwr": 2, **WARM}),
        (FactorScheduler, {"step": 100, "factor": 0.9}),
        (MultiFactorScheduler, {"step": [1000, 2000, 3000], "factor": 0.5}),
    ],
)
def test_beside_mxnet(compare, kind, arguments):
    theirs = getattr(MXNET, kind.__name__)
    compare(
        kind.__name__,
        fresh(lambda: kind(**arguments)),
        fresh(lambda: theirs(**arguments)),
        beside="MXNet",
        per=STEPS,
    )


class WrittenOut(CosineScheduler):
    """The formula, its warm-up and its checks in one method: what that would gain."""

    def __call__(self, t):
        if type(t) is int and self.warmup_steps <= t <= self.max_update:
            angle = math.pi * (t - self.warmup_steps) / self._decay_steps
            return self.final_lr + self._lr_range * ((1 + math.cos(angle)) / 2)
        return super().__call__(t)


def test_written_out(compare):
    compare(
        "CosineScheduler, written out in one method",
        called(WrittenOut(STEPS, **WARM)),
        called(MXNET.CosineScheduler(STEPS, **WARM)),
        beside="MXNet",
        per=STEPS,
    )
