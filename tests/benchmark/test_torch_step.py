"""A step of a PyTorch scheduler."""

import pytest
import torch
from torch.optim import lr_scheduler as of_torch

from lr_scheduler import CosineScheduler, to_torch

STEPS, WARM_UP = 1000, 50
SCHEDULE = CosineScheduler(STEPS, base_lr=0.5, warmup_steps=WARM_UP)


def optimizer(groups):
    weights = [torch.zeros(1, requires_grad=True) for _ in range(groups)]
    return torch.optim.SGD([{"params": [weight]} for weight in weights], lr=0.5)


def stepped(make):
    """Return a function that makes a scheduler and steps it through a training."""

    def step():
        scheduler = make()
        scheduler.optimizer.step()  # PyTorch warns without one
        for _ in range(STEPS):
            scheduler.step()

    return step


def sequential(groups):
    made = optimizer(groups)
    rise = of_torch.LinearLR(made, 0.1, 1, WARM_UP)
    fall = of_torch.CosineAnnealingLR(made, STEPS - WARM_UP)
    return of_torch.SequentialLR(made, [rise, fall], [WARM_UP])


@pytest.mark.parametrize(
    ("row", "groups", "schedules"),
    [
        ("1 parameter group", 1, SCHEDULE),
        ("100 parameter groups", 100, SCHEDULE),
        ("100 parameter groups, a list", 100, [(1 - i / 100) * SCHEDULE for i in range(100)]),
    ],
)
def test_beside_sequential_lr(compare, row, groups, schedules):
    compare(
        row,
        stepped(lambda: to_torch(schedules, optimizer(groups))),
        stepped(lambda: sequential(groups)),
        beside="PyTorch, `SequentialLR`",
        per=STEPS,
        rounds=40,
    )
