"""Learning-rate schedules: pure, immutable functions of the iteration."""

from . import optimizer
from ._cosine import CosineScheduler
from ._plot import plot
from ._polynomial import PolyScheduler
from ._schedule import LRScheduler
from ._stepwise import FactorScheduler, MultiFactorScheduler

__all__ = [
    "CosineScheduler",
    "FactorScheduler",
    "LRScheduler",
    "MultiFactorScheduler",
    "PolyScheduler",
    "optimizer",
    "plot",
]
__version__ = "0.1.0"
