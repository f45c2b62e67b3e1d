"""A schedule of an array of iterations; imported when the first array comes."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _scalar
from ._validation import MAX_ITERATION, check_iteration, check_result, shown

if TYPE_CHECKING:
    from ._schedule import Scheduler


class Library:
    """The functions of the formulas, in the array library `xp`.

    `_scalar` has the same names for one number.
    """

    def __init__(self, xp: Any) -> None:
        self.xp = xp
        self.cos = xp.cos
        self.maximum = xp.maximum
        self.minimum = xp.minimum
        self.sqrt = xp.sqrt
        self.where = xp.where
        self.float = xp.asarray(0.0).dtype
        self.integer = xp.asarray(0).dtype
        self.largest = xp.iinfo(self.integer).max
        self.rounding = 4 * xp.finfo(self.float).eps

    def add(self, x: Any, y: Any) -> Any:
        """Return the sum of two rates."""
        return x + y

    def apply(self, function: Callable[..., Any], t: Any) -> Any:
        """Return the function of t; one in plain Python is handed the array."""
        return function(t, self) if _takes_library(function) else function(t)

    def clip(self, t: Any, low: float = 0, high: float = MAX_ITERATION) -> Any:
        """Return the time t, kept from low to high, where its type can hold them."""
        t = self.xp.maximum(t, low)
        return self.xp.minimum(t, high) if high <= self.largest else t

    def count_below(self, boundaries: Sequence[float], t: Any) -> Any:
        """Return how many of the boundaries are less than t."""
        return self.xp.searchsorted(self._table(boundaries), t)

    def multiply(self, x: Any, y: Any) -> Any:
        """Return the product of two rates."""
        return x * y

    def power(self, x: Any, exponent: Any) -> Any:
        """Return x to the exponent."""
        x = self.xp.maximum(self.xp.asarray(x, dtype=self.float), 0)  # XLA may round below 0
        return self.xp.pow(x, exponent)

    def product(self, x: Any, count: Any) -> Any:
        """Return x times itself, so often."""
        return self.power(x, count)

    def snap(self, t: Any) -> Any:
        """Return the integers that t are but for rounding."""
        near = self.xp.round(t)
        return self.where(abs(t - near) <= self.rounding * t, near, t)

    def switch(self, index: Any, count: int, function: Callable[..., Any], t: Any) -> Any:
        """Return function(k, t, library) wherever the index is k; it is less than the count."""
        result = function(0, t, self)
        for k in range(1, count):
            result = self.xp.where(index >= k, function(k, t, self), result)
        return result

    def take(self, values: Sequence[float], index: Any) -> Any:
        """Return the values at an array of indices."""
        return self.xp.take(self._table(values), index)

    def whole(self, x: Any) -> Any:
        """Return numbers that are integers in an integer type."""
        return self.xp.asarray(x, dtype=self.integer)

    def _table(self, values: Sequence[float]) -> Any:
        """Return increasing numbers as an array, without the integers that no t can reach."""
        reached = [v for v in values if isinstance(v, float) or v <= self.largest]
        return self.xp.asarray(reached)


class NumPy(Library):
    """NumPy, in the bits of Python's own `math`."""

    def add(self, x: Any, y: Any) -> Any:
        """Return the sum of two rates; refuse one beyond the largest float."""
        return _check_overflow(np.add(x, y, dtype=np.float64))

    def apply(self, function: Callable[..., Any], t: Any) -> Any:
        """Return the function of t, element by element if it is one in plain Python."""
        if _takes_library(function):
            return function(t, self)
        return np.array([check_result(x, function(x)) for x in t.tolist()], dtype=np.float64)

    def clip(self, t: Any, low: float = 0, high: float = MAX_ITERATION) -> Any:
        """Return the time t, kept from low to high."""
        return np.clip(t, low, high)

    def count_below(self, boundaries: Sequence[float], t: Any) -> Any:
        """Return how many of the boundaries are less than t."""
        if len(boundaries) > t.size or not np.all(t[:-1] <= t[1:]):
            return super().count_below(boundaries, t)
        # Of iterations in order, as most are, only the places of the boundaries are searched.
        ends = np.searchsorted(t, self._table(boundaries), side="right")
        lengths = np.diff(np.concatenate(([0], ends, [t.size])))
        return np.repeat(np.arange(lengths.size), lengths)

    def multiply(self, x: Any, y: Any) -> Any:
        """Return the product of two rates; refuse one beyond the largest float."""
        return _check_overflow(np.multiply(x, y, dtype=np.float64))

    def power(self, x: Any, exponent: Any) -> Any:
        """Return x to the exponent."""
        # numpy.power may use the vector unit, which differs from ** in the last bit.
        return np.float_power(x, exponent)

    def product(self, x: Any, count: Any) -> Any:
        """Return x times itself, so often; iterations that are near share their counts."""
        fewest, most = count.min(), count.max()
        if most - fewest >= count.size:
            return self.power(x, count)
        powers = self.power(x, np.arange(fewest, most + 1))
        return powers[(count - fewest).astype(np.intp, copy=False)]

    def switch(self, index: Any, count: int, function: Callable[..., Any], t: Any) -> Any:
        """Return function(k, t, library) wherever the index is k, computed there only."""
        if index.min() == index.max():
            return function(int(index[0]), t, self)
        result = np.empty(t.shape)
        for k in np.flatnonzero(np.bincount(index)).tolist():
            chosen = index == k
            result[chosen] = function(k, t[chosen], self)
        return result


NUMPY = NumPy(np)

BLOCK = 2**15  # iterations at once: what the formulas make on the way stays in the cache


def evaluate(scheduler: "Scheduler", iteration: Any) -> Any:
    """Return the rates of an integer array, in the library of the array."""
    if isinstance(iteration, np.ndarray):
        _check_dtype(iteration.dtype, iteration.dtype.kind in "iu")
        return _evaluate_numpy(scheduler, iteration)
    xp = iteration.__array_namespace__()
    _check_dtype(iteration.dtype, xp.isdtype(iteration.dtype, "integral"))
    library = Library(xp)
    # A traced array has no values to refuse: what is below 0 counts as 0.
    t = library.clip(library.whole(iteration))
    try:
        rates = xp.asarray(scheduler._at(t, library), dtype=library.float)
    except OverflowError as error:
        raise ValueError(
            f"every parameter must be at most {library.largest}, the largest {library.integer} "
            f"of the array's library, got {shown(scheduler)}"
        ) from error
    return xp.broadcast_to(rates, t.shape)


def _evaluate_numpy(scheduler: "Scheduler", iteration: Any) -> Any:
    iteration = np.asarray(iteration)  # no mask, no matrix
    rates = np.empty(iteration.size)
    flat = iteration.ravel()
    with np.errstate(all="ignore"):  # as floats do: what is too small is 0
        for start in range(0, flat.size, BLOCK):
            block = slice(start, start + BLOCK)
            t = flat[block]
            check_iteration(int(t.min()))
            check_iteration(int(t.max()))
            rates[block] = scheduler._at(t.astype(np.int64, copy=False), NUMPY)
    return rates.reshape(iteration.shape)


def _takes_library(function: Callable[..., Any]) -> bool:
    """Tell a formula of the package from a function in plain Python."""
    defaults = getattr(function, "__defaults__", None)
    return defaults is not None and len(defaults) == 1 and defaults[0] is _scalar


def _check_overflow(rates: Any) -> Any:
    if np.isinf(rates).any():
        raise ValueError(_scalar.OVERFLOW)
    return rates


def _check_dtype(dtype: Any, is_integer: bool) -> None:
    if not is_integer:
        raise TypeError(f"iteration must be an array of integers, got dtype {dtype}")
