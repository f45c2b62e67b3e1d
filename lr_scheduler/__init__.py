"""Learning-rate schedules: pure, immutable functions of the iteration."""

from . import optimizer as optimizer  # not for a star import: loops have an `optimizer`
from ._annealing import CosineScheduler, PolyScheduler
from ._as_scheduler import as_scheduler, constant
from ._clock import BatchClock
from ._config import from_config
from ._endless import ExponentialScheduler, PowerScheduler
from ._join import join, repeat
from ._named import (
    cooldown,
    cosine_restarts,
    cyclic,
    inverse_sqrt,
    linear,
    one_cycle,
    warmup_stable_decay,
)
from ._piecewise import PiecewiseScheduler
from ._plateau import PlateauRule, PlateauState
from ._plot import plot
from ._schedule import Scheduler
from ._stepwise import FactorScheduler, MultiFactorScheduler
from ._warmup import LRScheduler
from .frameworks import to_keras, to_optax, to_torch

__all__ = [
    "BatchClock",
    "CosineScheduler",
    "ExponentialScheduler",
    "FactorScheduler",
    "LRScheduler",
    "MultiFactorScheduler",
    "PiecewiseScheduler",
    "PlateauRule",
    "PlateauState",
    "PolyScheduler",
    "PowerScheduler",
    "Scheduler",
    "as_scheduler",
    "constant",
    "cooldown",
    "cosine_restarts",
    "cyclic",
    "from_config",
    "inverse_sqrt",
    "join",
    "linear",
    "one_cycle",
    "plot",
    "repeat",
    "to_keras",
    "to_optax",
    "to_torch",
    "warmup_stable_decay",
]
__version__ = "0.5.0"
