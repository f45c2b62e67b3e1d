"""MMEngine's schedulers, one or a list of them, on an optimizer that takes real steps."""

import torch
from support.run_code import last_value


def rates(code, updates):
    """Return the rates that the optimizer used."""
    parameter = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    made = last_value(code, {"parameters": [parameter]})
    schedulers = made if isinstance(made, list) else [made]
    optimizer = schedulers[0].optimizer
    used = []
    for _ in range(updates):
        used.append(float(optimizer.param_groups[0]["lr"]))
        parameter.grad = torch.ones_like(parameter)
        optimizer.step()
        for scheduler in schedulers:
            scheduler.step()
    return used
