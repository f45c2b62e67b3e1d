"""thinc's schedules, in a real optimizer that takes real steps."""

import numpy
from support.run_code import last_value
from thinc import optimizers


def rates(code, updates):
    """Return the rates that the optimizer used: its update is -rate times the gradient."""
    optimizer = optimizers.SGD(last_value(code, {}), L2=0.0, grad_clip=0.0, use_averages=False)
    used = []
    for _ in range(updates):
        weights, _ = optimizer((0, "W"), numpy.zeros(1), numpy.ones(1))
        used.append(-float(weights[0]))
        optimizer.step_schedules()
    return used
