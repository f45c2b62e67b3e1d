"""A schedule for the optimizers of Keras, with any of its back-ends.

:func:`to_keras` makes one. Import this module before you load a model that has one.
"""

from typing import Any

import keras
from keras import ops

from . import _validation as check
from ._arrays import Library
from ._config import from_config
from ._schedule import Scheduler

__all__ = ["KerasSchedule"]


@keras.saving.register_keras_serializable("lr_scheduler")
class KerasSchedule(keras.optimizers.schedules.LearningRateSchedule):  # type: ignore[misc]
    """See :func:`to_keras`."""

    def __init__(self, scheduler: Scheduler) -> None:
        if not isinstance(scheduler, Scheduler):
            raise TypeError(
                "scheduler must be a scheduler of this package, which Keras can save, "
                f"got {check.shown(scheduler)}"
            )
        self.scheduler = scheduler

    def __call__(self, step: Any) -> Any:
        """Return the rate of the update that comes after so many."""
        t = ops.cast(step, "int32") + 1
        rates = ops.convert_to_tensor(self.scheduler._at(t, _Keras()), keras.config.floatx())
        return ops.broadcast_to(rates, ops.shape(t))

    def get_config(self) -> dict[str, Any]:
        """Return the scheduler's config."""
        return {"scheduler": self.scheduler.to_config()}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "KerasSchedule":
        """Make the schedule of a config."""
        return cls(from_config(config["scheduler"]))


class _Keras(Library):
    """The functions of the formulas, in the tensors of Keras' back-end."""

    def __init__(self) -> None:
        super().__init__(ops)
        ...
