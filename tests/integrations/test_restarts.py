"""Restarts of fractional length: the schedules of other libraries, asked at every step."""

import os

os.environ["KERAS_BACKEND"] = "jax"

import importlib
import sys

import jax
import keras
import numpy as np
import pytest
import torch
from no_deps import version

from lr_scheduler import CosineScheduler, PolyScheduler, cosine_restarts, repeat

STEPS = 400
version("timm")  # makes it importable
importlib.import_module("adapters.timm")
TIMM = vars(importlib.import_module("timm.scheduler"))
sys.path.remove(os.environ["PEERS_WITHOUT_DEPENDENCIES"])  # transformers would find deepspeed


def rates(scheduler):
    return [scheduler(t) for t in range(1, STEPS + 1)]


def timm(name, **arguments):
    """Return what a scheduler of timm gives after each number of steps."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)
    scheduler = TIMM[name](optimizer, t_in_epochs=False, cycle_limit=1000, **arguments)
    return [scheduler._get_lr(u)[0] for u in range(STEPS)]


@pytest.fixture
def float64():
    """Let Keras compute in float64, but for its cosines."""
    keras.config.set_floatx("float64")
    with jax.enable_x64(True):
        yield
    keras.config.set_floatx("float32")


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("t_mul", [1.5, 1.25, 2.3, 1.0])
@pytest.mark.parametrize("first", [10, 7, 2.5, 16.25])
def test_keras(first, t_mul):
    schedule = keras.optimizers.schedules.CosineDecayRestarts(
        0.1, first_decay_steps=first, t_mul=t_mul, m_mul=0.8, alpha=0.1
    )
    theirs = schedule(np.arange(STEPS, dtype="float64")).tolist()

    ours = cosine_restarts(
        first, base_lr=0.1, final_lr=0.01, period_factor=t_mul, lr_factor=0.8, count_from=0
    )
    assert theirs == pytest.approx(rates(ours), abs=1e-8)


@pytest.mark.parametrize("cycle_mul", [1.5, 1.25, 2.3, 1.0])
@pytest.mark.parametrize("first", [10, 7, 2.5, 16.25])
def test_timm(first, cycle_mul):
    arguments = {"t_initial": first, "cycle_mul": cycle_mul, "cycle_decay": 0.8}
    cycles = {"period_factor": cycle_mul, "lr_factor": 0.8, "count_from": 0}

    assert timm("CosineLRScheduler", **arguments) == pytest.approx(
        rates(cosine_restarts(first, base_lr=0.1, **cycles)), abs=1e-12
    )
    line = PolyScheduler(1, base_lr=0.1, pwr=1).stretch(first)
    assert timm("PolyLRScheduler", power=1.0, **arguments) == pytest.approx(
        rates(repeat(line, first, **cycles)), abs=1e-12
    )


@pytest.mark.parametrize("mult", [1, 2, 3])
@pytest.mark.parametrize("batches", [7, 3, 500])
def test_pytorch_within_an_epoch(batches, mult):
    """`step(epoch + i / batches)` after each optimizer step, as PyTorch documents it."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(optimizer, 4, mult)
    theirs = []
    for u in range(STEPS):
        theirs.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step(u / batches)

    epochs = repeat(CosineScheduler(4, base_lr=0.1), 4, period_factor=mult, count_from=0)
    assert theirs == pytest.approx(rates(epochs.delay(-1).stretch(batches).delay(2)), abs=1e-12)
