"""Megatron's scheduler, on a real optimizer that takes real steps."""

from adapters import pytorch
from megatron.core.optimizer_param_scheduler import OptimizerParamScheduler

NAMES = pytorch.NAMES | {"OptimizerParamScheduler": OptimizerParamScheduler}


def rates(code, updates):
    """Return the rates that the optimizer used."""
    return pytorch.rates(code, updates, NAMES, increment=1)
