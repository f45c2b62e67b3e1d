"""Measure where PyTorch's schedulers surprise; `python pitfalls.py` stores the answers."""

import importlib.metadata
import json
import warnings
from pathlib import Path

import torch
from torch.optim.lr_scheduler import (
    ConstantLR,
    CosineAnnealingLR,
    ExponentialLR,
    OneCycleLR,
    SequentialLR,
)

STORED = Path(__file__).parents[2] / "docs" / "_data" / "pytorch-pitfalls.json"


def optimizer():
    """Return a new optimizer with a rate of 0.1."""
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)


def rates(scheduler, steps):
    """Return the rates that so many optimizer steps use."""
    used = []
    for _ in range(steps):
        used.append(scheduler.optimizer.param_groups[0]["lr"])
        scheduler.optimizer.step()
        scheduler.step()
    return used


def sequence(o):
    """Return half the rate for 2 optimizer steps, then an exponential decay."""
    parts = [ConstantLR(o, factor=0.5, total_iters=9), ExponentialLR(o, gamma=0.2)]
    return SequentialLR(o, parts, milestones=[2])


def nested():
    """Measure a sequence, and the same as the only part of another one."""
    o = optimizer()
    return {
        "flat": rates(sequence(optimizer()), 4),
        "nested": rates(SequentialLR(o, [sequence(o)], []), 4),
    }


def resumed():
    """Measure a run that is resumed after 50 of 100 optimizer steps, to train for 200."""
    first = CosineAnnealingLR(optimizer(), T_max=100)
    rates(first, 50)
    second = CosineAnnealingLR(optimizer(), T_max=200)
    second.load_state_dict(first.state_dict())
    return {"T_max": second.T_max, "iteration 101": rates(second, 51)[-1]}


def one_cycle():
    """Measure how many steps a schedule of 10 takes, and one with a rise of a tenth."""
    o = optimizer()
    scheduler, steps = OneCycleLR(o, max_lr=0.1, total_steps=10), 0
    try:
        while True:
            o.step()
            scheduler.step()
            steps += 1
    except ValueError as error:
        refused = type(error).__name__
    try:
        OneCycleLR(optimizer(), max_lr=0.1, total_steps=10, pct_start=0.1)
        short = "accepted"
    except ZeroDivisionError as error:
        short = type(error).__name__
    return {"steps": steps, "then": refused, "pct_start=0.1": short}


def past_the_end():
    """Measure a cosine after its end."""
    used = rates(CosineAnnealingLR(optimizer(), T_max=50), 101)
    return {"iteration 51": used[50], "iteration 76": used[75], "iteration 101": used[100]}


def measure():
    """Return all answers of the installed PyTorch, without its warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {
            "version": importlib.metadata.version("torch").partition("+")[0],
            "nested": nested(),
            "resumed": resumed(),
            "one_cycle": one_cycle(),
            "past_the_end": past_the_end(),
        }


if __name__ == "__main__":
    STORED.write_text(json.dumps(measure(), indent=1) + "\n", "utf-8")
