"""Composer's schedulers, as its trainer compiles and steps them.

The package imports far more than this environment has. So its modules of the time and of the
schedulers are imported alone, and the trainer's state is one that has only what they read.
"""

import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import torch
from support.run_code import last_value

FOLDER = Path(importlib.util.find_spec("composer").origin).parent


def package(name, **names):
    """Make a package of Composer that runs no code of its own."""
    module = ModuleType(name)
    module.__path__ = [str(FOLDER.joinpath(*name.split(".")[1:]))]
    vars(module).update(names)
    sys.modules[name] = module


for name in ("composer", "composer.core", "composer.optim", "composer.utils"):
    package(name)
string_enum = importlib.import_module("composer.utils.string_enum")
package("composer.utils", StringEnum=string_enum.StringEnum)
time = importlib.import_module("composer.core.time")
package("composer.core", State=SimpleNamespace, Time=time.Time, TimeUnit=time.TimeUnit)
schedulers = importlib.import_module("composer.optim.scheduler")
package("composer.optim", **vars(schedulers))


def trainer(*_, schedulers, scale_schedule_ratio):
    """Return what a Trainer is given."""
    return schedulers, scale_schedule_ratio


package("composer", Trainer=trainer)


def rates(code, updates):
    """Return the rates that the optimizer used."""
    parameter = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    names = {"parameters": [parameter]}
    optimizer, batches, duration = last_value(f"{code}\noptimizer, batches, duration", names)
    made = last_value(code, names)
    schedule, ratio = made if isinstance(made, tuple) else (made, 1.0)
    state = SimpleNamespace(
        optimizers=(optimizer,),
        dataloader_len=time.Time(batches, "ba"),
        max_duration=time.Time(duration, "ba"),
        timestamp=time.Timestamp(),
    )
    scheduler = schedulers.compile_composer_scheduler(schedule, state, ratio)
    state.max_duration *= ratio  # as the trainer does after it has compiled
    used = []
    for update in range(1, updates + 1):
        used.append(float(optimizer.param_groups[0]["lr"]))
        parameter.grad = torch.ones_like(parameter)
        optimizer.step()
        state.timestamp = state.timestamp.to_next_batch()
        scheduler.step()
        if update % batches == 0:
            state.timestamp = state.timestamp.to_next_epoch()
    return used
