"""One rate."""

import math

import pytest
import torch
from mxnet_reference import load
from torch.optim import lr_scheduler as of_torch

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


def stepped(make):
    """Return a function that steps a scheduler of PyTorch through a training."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.5)

    def step():
        scheduler = make(optimizer)
        optimizer.step()  # as it asks for, once
        for _ in range(STEPS):
            scheduler.step()

    return step


def warm(make):
    """Return a decay of PyTorch after a warm-up."""

    def make_both(optimizer):
        rise = of_torch.LinearLR(optimizer, 0.1, 1, 50)
        return of_torch.SequentialLR(optimizer, [rise, make(optimizer)], [50])

    return make_both


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


@pytest.mark.parametrize(
    ("ours", "make"),
    [
        (
            CosineScheduler(STEPS, **WARM),
            warm(lambda o: of_torch.CosineAnnealingLR(o, STEPS - 50, 0.01)),
        ),
        (
            PolyScheduler(STEPS, pwr=2, **WARM),
            warm(lambda o: of_torch.PolynomialLR(o, STEPS - 50, 2)),
        ),
        (FactorScheduler(100, 0.9), lambda o: of_torch.StepLR(o, 100, 0.9)),
        (
            MultiFactorScheduler([1000, 2000, 3000], 0.5),
            lambda o: of_torch.MultiStepLR(o, [1000, 2000, 3000], 0.5),
        ),
    ],
    ids=lambda each: type(each).__name__,
)
def test_beside_a_step_of_torch(compare, ours, make):
    compare(
        type(ours).__name__,
        called(ours),
        stepped(make),
        beside="PyTorch, `step()`",
        per=STEPS,
        rounds=10,
    )
