"""The warm-ups of pytorch_warmup, over a scheduler of PyTorch or over none."""

import torch
from support.run_code import last_value


def rates(code, updates):
    """Return the rates that the optimizer used."""
    parameter = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    made = last_value(code, {"parameters": [parameter]})
    schedulers, warmup = (made[:1], made[1]) if isinstance(made, tuple) else ((), made)
    optimizer = warmup.optimizer
    used = []
    for _ in range(updates):
        used.append(float(optimizer.param_groups[0]["lr"]))
        parameter.grad = torch.ones_like(parameter)
        optimizer.step()
        with warmup.dampening():
            for scheduler in schedulers:
                scheduler.step()
    return used
