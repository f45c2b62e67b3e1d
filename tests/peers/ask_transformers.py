"""The schedules of Hugging Face Transformers, on a real optimizer that makes real updates."""

import torch
from store import value
from transformers import optimization

NAMES = vars(optimization)


def rates(code, updates):
    """Return the rates that the optimizer used."""
    parameter = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    scheduler = value(code, NAMES | {"parameters": [parameter]})
    optimizer = scheduler.optimizer
    used = []
    for _ in range(updates):
        used.append(float(optimizer.param_groups[0]["lr"]))
        parameter.grad = torch.ones_like(parameter)
        optimizer.step()
        scheduler.step()
    return used
