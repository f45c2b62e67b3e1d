"""timm's schedulers, on a real optimizer that takes real steps."""

import importlib.util
import sys
import types

import torch
from support.run_code import last_value

package = types.ModuleType("timm")  # its own __init__ needs torchvision
package.__path__ = importlib.util.find_spec("timm").submodule_search_locations
sys.modules["timm"] = package


def rates(code, updates):
    """Return the rates that the optimizer used."""
    parameter = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    names = {"parameters": [parameter]}
    scheduler, epoch = (
        last_value(code, names),
        last_value(f"batches = 5\n{code}\nbatches", names),
    )
    optimizer = scheduler.optimizer
    used = []
    for update in range(1, updates + 1):
        used.append(float(optimizer.param_groups[0]["lr"]))
        parameter.grad = torch.ones_like(parameter)
        optimizer.step()
        scheduler.step_update(update)
        if update % epoch == 0:
            scheduler.step(update // epoch)
    return used
