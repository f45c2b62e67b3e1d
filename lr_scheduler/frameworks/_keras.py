"""A schedule for Keras optimizers, with any Keras backend; imported by `to_keras`."""

from numbers import Integral
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
from keras import ops

from .. import _validation as check
from .._arrays import ArrayBackend
from .._config import from_config
from .._schedule import REGISTRY, Scheduler

# The functions for formulas, from the backend that Keras runs on.
_OPS = SimpleNamespace(
    asarray=ops.convert_to_tensor,
    ceil=ops.ceil,
    cos=ops.cos,
    exp=ops.exp,
    finfo=lambda _: np.finfo(keras.config.floatx()),
    floor=ops.floor,
    iinfo=lambda _: np.iinfo(np.int32),
    log=ops.log,
    maximum=ops.maximum,
    minimum=ops.minimum,
    pow=ops.power,
    round=ops.round,
    searchsorted=ops.searchsorted,
    sin=ops.sin,
    sqrt=ops.sqrt,
    take=ops.take,
    tanh=ops.tanh,
    where=ops.where,
)

LAST = 2**31 - 1  # of Keras' iterations, which are int32


@keras.saving.register_keras_serializable("lr_scheduler")
class KerasSchedule(keras.optimizers.schedules.LearningRateSchedule):
    """See :func:`to_keras`."""

    __module__ = "lr_scheduler.keras"  # the name in saved models

    def __init__(self, scheduler: Scheduler) -> None:
        if not isinstance(scheduler, Scheduler):
            raise TypeError(
                "scheduler must be a scheduler of this package, so that Keras can save it, "
                f"got {check.short_repr(scheduler)}"
            )
        scheduler.to_config()  # fails now, not when the trained model is saved
        self.scheduler = scheduler

    def __call__(self, step: Any) -> Any:
        """Return the rate of the next optimizer step, after `step` steps."""
        if isinstance(step, Integral):
            step = min(int(step), LAST)
        elif isinstance(step, np.ndarray):
            step = np.minimum(step, np.int64(LAST))
        elif keras.backend.standardize_dtype(step.dtype) in ("uint32", "int64", "uint64"):
            step = ops.minimum(step, LAST)
        t = ops.minimum(ops.cast(step, "int32"), LAST - 1) + 1
        rates = self.scheduler._rate(t, ArrayBackend(_OPS))
        return ops.broadcast_to(ops.cast(rates, keras.config.floatx()), ops.shape(t))

    def get_config(self) -> dict[str, Any]:
        """Return the scheduler's config."""
        return {"scheduler": self.scheduler.to_config()}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "KerasSchedule":
        """Load the schedule from its config, with the user's classes from custom objects."""
        unknown = sorted(_types(config["scheduler"]) - REGISTRY.keys())
        found = [keras.saving.get_registered_object(name) for name in unknown]
        classes = [each for each in found if each is not None]
        return cls(from_config(config["scheduler"], classes=classes))


def _types(config: Any) -> set[str]:
    """Return the names of all classes in a config."""
    if isinstance(config, dict):
        own = {config["type"]} if isinstance(config.get("type"), str) else set[str]()
        return own.union(*map(_types, config.values()))
    return set[str]().union(*map(_types, config)) if isinstance(config, list) else set()
