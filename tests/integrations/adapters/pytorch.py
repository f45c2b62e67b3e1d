"""PyTorch's schedulers, on a real optimizer that takes real steps."""

import torch
from support.run_code import last_value


def rates(code, updates, **step):
    """Return the rates that the optimizer used."""
    parameter = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    scheduler = last_value(code, {"parameters": [parameter]})
    optimizer = scheduler.optimizer
    used = []
    for _ in range(updates):
        used.append(float(optimizer.param_groups[0]["lr"]))
        parameter.grad = torch.ones_like(parameter)
        optimizer.step()
        scheduler.step(**step)
    return used
