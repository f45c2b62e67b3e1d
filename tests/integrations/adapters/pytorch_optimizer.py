"""The schedulers of pytorch_optimizer, on a real optimizer that takes real steps.

Those that are PyTorch schedulers set the first rate when they are made, and step after each
optimizer step. The others set a rate only when they step: that is before each optimizer step.
"""

import torch
from support.run_code import last_value


def rates(code, updates):
    """Return the rates that the optimizer used, or the values of a ProportionScheduler."""
    parameter = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    scheduler = last_value(code, {"parameters": [parameter]})
    inner = getattr(scheduler, "lr_scheduler", scheduler)  # that of a ProportionScheduler
    steps_after = isinstance(inner, torch.optim.lr_scheduler.LRScheduler)
    optimizer = inner.optimizer
    used = []
    for _ in range(updates):
        if not steps_after:
            inner.step()
        rate = optimizer.param_groups[0]["lr"]
        used.append(float(rate if inner is scheduler else scheduler.step()))
        parameter.grad = torch.ones_like(parameter)
        optimizer.step()
        if steps_after:
            inner.step()
    return used
