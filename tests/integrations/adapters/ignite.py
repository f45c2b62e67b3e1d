"""Ignite's schedulers, attached to an engine that takes real steps.

A scheduler of an optimizer sets its rate; a scheduler of a state sets `engine.state.lr`.
"""

import torch
from ignite.engine import Engine, Events
from support.run_code import last_value


def rates(code, updates):
    """Return the rates that the iterations of the engine used."""
    parameter = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    scheduler = last_value(code, {"parameters": [parameter]})
    optimizer = getattr(scheduler, "optimizer", None)
    used = []

    def update(engine, batch):
        if optimizer is None:
            used.append(float(engine.state.lr))
        else:
            used.append(float(optimizer.param_groups[0]["lr"]))
            parameter.grad = torch.ones_like(parameter)
            optimizer.step()

    engine = Engine(update)
    scheduler.attach(engine, Events.ITERATION_STARTED)
    engine.run(range(updates))
    return used
