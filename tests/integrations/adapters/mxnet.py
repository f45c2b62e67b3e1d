"""MXNet's schedulers, asked with the counts that its optimizers ask with: 1 to n."""

import sys
from types import SimpleNamespace

from mxnet_reference import load
from support.run_code import last_value

sys.modules["mxnet"] = SimpleNamespace(lr_scheduler=load()[0])


def rates(code, updates):
    """Return the rates of the numbers of optimizer steps."""
    scheduler = last_value(code, {})
    return [float(scheduler(num_update)) for num_update in range(1, updates + 1)]
