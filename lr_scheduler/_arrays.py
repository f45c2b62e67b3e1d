"""A schedule of an array of iterations; imported when the first array comes."""

from typing import TYPE_CHECKING, Any

import numpy as np

from . import _scalar
from ._validation import MAX_ITERATION, check_iteration

if TYPE_CHECKING:
    from ._schedule import LRScheduler


class Library:
    """The functions of the formulas, in the array library `xp`.

    `_scalar` has the same names for one number.
    """

    def __init__(self, xp: Any) -> None:
        self._xp = xp
        self.cos = xp.cos
        self.maximum = xp.maximum
        self.float = xp.asarray(0.0).dtype

    def count_below(self, boundaries: tuple[int, ...], t: Any) -> Any:
        """Return how many of the boundaries are less than t."""
        return self._xp.searchsorted(self._xp.asarray(boundaries), t)

    def power(self, x: Any, exponent: Any) -> Any:
        """Return x to the exponent."""
        return self._xp.pow(self._xp.asarray(x, dtype=self.float), exponent)


class NumPy(Library):
    """NumPy, in the bits of Python's own `math`."""

    def power(self, x: Any, exponent: Any) -> Any:
        """Return x to the exponent."""
        # numpy.power may use the vector unit, which differs from ** in the last bit.
        return np.float_power(x, exponent)


def evaluate(scheduler: "LRScheduler", iteration: Any) -> Any:
    """Return the rates of an integer array, in the library of the array."""
    if isinstance(iteration, np.ndarray):
        _check_dtype(iteration.dtype, iteration.dtype.kind in "iu")
        return _evaluate_numpy(scheduler, iteration)
    xp = iteration.__array_namespace__()
    _check_dtype(iteration.dtype, xp.isdtype(iteration.dtype, "integral"))
    t = xp.asarray(iteration, dtype=xp.asarray(0).dtype)
    # A traced array has no values to refuse: what is below 0 counts as 0.
    return _evaluate(scheduler, xp.maximum(t, 0), xp, Library(xp))


def _evaluate_numpy(scheduler: "LRScheduler", iteration: Any) -> Any:
    iteration = np.asarray(iteration)  # no mask, no matrix
    if iteration.size:
        check_iteration(int(iteration.min()))
        check_iteration(int(iteration.max()))
    if not _takes_library(scheduler):
        rates = [scheduler(int(i)) for i in iteration.flat]
        return np.array(rates, dtype=np.float64).reshape(iteration.shape)
    with np.errstate(all="ignore"):  # as floats do: what is too small is 0
        return _evaluate(scheduler, iteration.astype(np.int64), np, NumPy(np))


def _evaluate(scheduler: "LRScheduler", t: Any, xp: Any, library: Library) -> Any:
    """Return the rates: LRScheduler.__call__, written for every element at once."""
    warmup_steps, held_from = scheduler.warmup_steps, scheduler._held_from
    decaying = xp.maximum(t, warmup_steps)
    if held_from < MAX_ITERATION:
        decaying = xp.minimum(decaying, held_from)
    if _takes_library(scheduler):
        rate = scheduler.decay(decaying, library)  # type: ignore[call-arg]  # just asked
    else:
        rate = xp.broadcast_to(xp.asarray(scheduler.decay(decaying)), t.shape)
    if warmup_steps:
        rate = xp.where(t < warmup_steps, scheduler._warm_up(t), rate)
    return xp.asarray(rate, dtype=library.float)


def _takes_library(scheduler: "LRScheduler") -> bool:
    """Tell a formula of the package from one in plain Python."""
    return getattr(type(scheduler).decay, "__defaults__", None) == (_scalar,)


def _check_dtype(dtype: Any, is_integer: bool) -> None:
    if not is_integer:
        raise TypeError(f"iteration must be an array of integers, got dtype {dtype}")
