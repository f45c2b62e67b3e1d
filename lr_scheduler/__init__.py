"""Learning-rate schedules: pure, immutable functions of the iteration."""

from . import optimizer
from ._config import from_config
from ._cosine import CosineScheduler
from ._cycles import cosine_restarts, cyclic
from ._exponential import ExponentialScheduler
from ._frameworks import to_keras, to_optax, to_torch
from ._join import join, repeat
from ._phases import one_cycle, warmup_stable_decay
from ._piecewise import PiecewiseScheduler
from ._plot import plot
from ._polynomial import PolyScheduler, linear
from ._power import PowerScheduler, inverse_sqrt
from ._schedule import Scheduler
from ._stepwise import FactorScheduler, MultiFactorScheduler
from ._warmup import LRScheduler

__all__ = [
    "CosineScheduler",
    "ExponentialScheduler",
    "FactorScheduler",
    "LRScheduler",
    "MultiFactorScheduler",
    "PiecewiseScheduler",
    "PolyScheduler",
    "PowerScheduler",
    "Scheduler",
    "cosine_restarts",
    "cyclic",
    "from_config",
    "inverse_sqrt",
    "join",
    "linear",
    "one_cycle",
    "optimizer",
    "plot",
    "repeat",
    "to_keras",
    "to_optax",
    "to_torch",
    "warmup_stable_decay",
]
__version__ = "0.1.0"
