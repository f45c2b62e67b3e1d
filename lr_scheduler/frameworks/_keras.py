"""A schedule for Keras optimizers, with any Keras backend; imported by `to_keras`."""

import operator
from collections.abc import Callable, Iterable
from importlib import import_module
from numbers import Real
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
from keras import ops

from .. import _validation as check
from .._arrays import ArrayBackend, after, compute
from .._config import from_config
from .._schedule import REGISTRY, Scheduler

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
        if isinstance(step, (Real, np.ndarray)):
            t = np.minimum(after(np.asarray(step)), LAST).astype(np.int32)
        else:
            step = ops.convert_to_tensor(step)
            t = ops.maximum(ops.cast(step, "int32"), 0)
            if keras.backend.standardize_dtype(step.dtype).endswith(("32", "64")):
                t = ops.where(step > LAST - 1, LAST - 1, t)  # the cast may have wrapped around
            t = t + 1
        xp = _backend()
        rates = compute(self.scheduler, xp.as_int(ops.convert_to_tensor(t)), xp)
        rates = rates.value if isinstance(rates, _Tensor) else rates
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


def _backend() -> ArrayBackend:
    """Return the functions for formulas, from the library that Keras runs on."""
    if namespace := {"jax": "jax.numpy", "numpy": "numpy"}.get(keras.config.backend()):
        return ArrayBackend(import_module(namespace))
    return _TensorBackend(_FUNCTIONS)


class _TensorBackend(ArrayBackend):
    """The functions for formulas, for tensors."""

    def call(self, function: Callable[[Any], Any], t: Any, what: str = "rate") -> Any:
        """Call a user's function with Keras' own tensor of the times, as floats."""
        return self.as_float(function(self.as_float(t).value))


def _float() -> str:
    """Return the type in which rates are computed: that of Keras, but at least float32."""
    return "float64" if keras.config.floatx() == "float64" else "float32"


def _common(operands: Iterable[Any]) -> str:
    """Return the type in which operands are combined."""
    types = [each.dtype if isinstance(each, _Tensor) else type(each) for each in operands]
    return "int32" if {"int32", "bool", int, bool}.issuperset(types) else _float()


def _value(x: Any, dtype: str) -> Any:
    """Return a tensor of Keras, in a type."""
    if not isinstance(x, _Tensor):
        if isinstance(x, int) and dtype == "int32" and abs(x) > LAST:
            raise OverflowError(
                f"{x} is too large for int32"
            )  # TensorFlow would wrap it around
        return ops.convert_to_tensor(x, dtype)
    return x.value if x.dtype == dtype else ops.cast(x.value, dtype)


def _of_one_type(
    function: Callable[..., Any], *, floats: bool = False, result: str = ""
) -> Callable[..., Any]:
    """Return a function of tensors and numbers, which are made of one type for it."""

    def call(*operands: Any) -> "_Tensor":
        dtype = _float() if floats else _common(operands)
        value = function(*(_value(each, dtype) for each in operands))
        return _Tensor(value, result or dtype)

    return call


class _Tensor:
    """A tensor that computes with numbers as NumPy does, which TensorFlow's do not.

    Its type is bool, int32 or that of `_float`. Some of Keras' own functions would make a
    float64 of PyTorch a float32.
    """

    def __init__(self, value: Any, dtype: str) -> None:
        self.value, self.dtype = value, dtype

    __add__ = __radd__ = _of_one_type(operator.add)
    __sub__ = _of_one_type(operator.sub)
    __rsub__ = _of_one_type(lambda x, y: y - x)
    __mul__ = __rmul__ = _of_one_type(operator.mul)
    __truediv__ = _of_one_type(operator.truediv, floats=True)
    __rtruediv__ = _of_one_type(lambda x, y: y / x, floats=True)
    __floordiv__ = _of_one_type(operator.floordiv)
    __neg__, __abs__ = _of_one_type(operator.neg), _of_one_type(abs)
    __lt__ = _of_one_type(operator.lt, result="bool")
    __le__ = _of_one_type(operator.le, result="bool")
    __gt__ = _of_one_type(operator.gt, result="bool")
    __ge__ = _of_one_type(operator.ge, result="bool")
    __eq__ = _of_one_type(operator.eq, result="bool")
    __ne__ = _of_one_type(operator.ne, result="bool")


def _asarray(x: Any, dtype: str = "") -> _Tensor:
    """Return a tensor of a number, a list of numbers or a tensor."""
    dtype = dtype or _common(x if isinstance(x, list) else [x])
    return _Tensor(_value(x, dtype), dtype)


def _searchsorted(values: _Tensor, t: _Tensor, side: str = "left") -> _Tensor:
    """Return where the times belong in the values; TensorFlow takes a vector only."""
    found = ops.searchsorted(values.value, ops.reshape(t.value, (-1,)), side)
    return _Tensor(ops.cast(ops.reshape(found, ops.shape(t.value)), "int32"), "int32")


def _where(condition: _Tensor, x: Any, y: Any) -> _Tensor:
    """Return x where the condition holds, and y elsewhere."""
    dtype = _common([x, y])
    value = _NATIVE.where(_value(condition, "bool"), _value(x, dtype), _value(y, dtype))
    return _Tensor(value, dtype)


_NATIVE = import_module("torch") if keras.config.backend() == "torch" else ops
_UNARY = ("ceil", "cos", "exp", "floor", "log", "round", "sin", "sqrt", "tanh")
_FUNCTIONS = SimpleNamespace(
    **{name: _of_one_type(getattr(ops, name), floats=True) for name in _UNARY},
    asarray=_asarray,
    finfo=np.finfo,
    iinfo=np.iinfo,
    maximum=_of_one_type(_NATIVE.maximum),
    minimum=_of_one_type(_NATIVE.minimum),
    pow=_of_one_type(operator.pow, floats=True),
    searchsorted=_searchsorted,
    take=lambda values, index: _Tensor(ops.take(values.value, index.value), values.dtype),
    uint32="int32",
    where=_where,
)
