"""Megatron's scheduler, on a real optimizer that makes real updates."""

import ask_pytorch
from megatron.core.optimizer_param_scheduler import OptimizerParamScheduler

NAMES = ask_pytorch.NAMES | {"OptimizerParamScheduler": OptimizerParamScheduler}


def rates(code, updates):
    """Return the rates that the optimizer used."""
    return ask_pytorch.rates(code, updates, NAMES, increment=1)
