"""The types of other libraries: for a type checker their own, at run time plain ones.

So `typing.get_type_hints` resolves every annotation, and no library is imported for it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import keras
    import numpy as np
    import optax
    import torch
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Integer: TypeAlias = np.integer[Any]
    Integers: TypeAlias = NDArray[np.integer[Any]]
    Floats: TypeAlias = NDArray[np.floating[Any]]
    Rates: TypeAlias = NDArray[np.float64]
    KerasSchedule: TypeAlias = keras.optimizers.schedules.LearningRateSchedule
    OptaxSchedule: TypeAlias = optax.Schedule
    TorchOptimizer: TypeAlias = torch.optim.Optimizer
    TorchScheduler: TypeAlias = torch.optim.lr_scheduler.LRScheduler
else:
    # A tool that builds values from annotations, such as tyro, builds a list of numbers.
    Integer, Integers, Floats = int, Sequence[int], Sequence[float]
    Rates = Axes = KerasSchedule = OptaxSchedule = TorchOptimizer = TorchScheduler = Any

__all__ = [
    "Axes",
    "Floats",
    "Integer",
    "Integers",
    "KerasSchedule",
    "OptaxSchedule",
    "Rates",
    "TorchOptimizer",
    "TorchScheduler",
]
