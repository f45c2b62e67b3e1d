"""The backends for arrays of iterations, imported with the first array."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from . import _scalar
from . import _validation as check
from ._validation import MAX_ITERATION


class ArrayBackend:
    """The functions for formulas, in the namespace `xp` of any array library."""

    exact = False

    def __init__(self, xp: Any) -> None:
        self.xp = xp
        self.ceil, self.floor = xp.ceil, xp.floor
        self.cos, self.sin, self.tanh = xp.cos, xp.sin, xp.tanh
        self.exp, self.log, self.sqrt = xp.exp, xp.log, xp.sqrt
        self.maximum, self.minimum, self.where = xp.maximum, xp.minimum, xp.where
        self.float = xp.asarray(0.0).dtype
        self.integer = xp.asarray(0).dtype
        self.largest = xp.iinfo(self.integer).max
        self.rounding = 4 * xp.finfo(self.float).eps

    def add(self, x: Any, y: Any) -> Any:
        """Return the sum of two rates."""
        return x + y

    def as_int(self, x: Any) -> Any:
        """Return integers as the library's integer type."""
        return self.xp.asarray(x, dtype=self.integer)

    def call(self, function: Callable[[Any], Any], t: Any) -> Any:
        """Call a user's function with the array of times."""
        return function(t)

    def choose(
        self, index: Any, functions: Sequence[Callable[..., Any]], *arguments: Any
    ) -> Any:
        """Return functions[k](*arguments, xp) where the index is k."""
        first, *others = functions
        result = first(*arguments, self)
        for k, function in enumerate(others, start=1):
            result = self.xp.where(index == k, function(*arguments, self), result)
        return result

    def clamp_time(self, t: Any, low: float = 0, high: float = MAX_ITERATION) -> Any:
        """Clamp the times t from low to high, if their type can hold the limits."""
        t = self.xp.maximum(t, low)
        return self.xp.minimum(t, high) if high <= self.largest else t

    def count_below(self, boundaries: Sequence[float], t: Any) -> Any:
        """Return how many boundaries are less than t."""
        return self.xp.searchsorted(self._table(boundaries), t)

    def exponential(self, rate: float, factor: float, x: Any, t: Any) -> Any:
        """Return rate * factor**x."""
        return rate * self.plain_pow(factor, x) if rate else 0.0

    def fit(self, rate: Any, t: Any, start: Any, end: Any, old: Any, new: Any) -> Any:
        """Return the rates between old and new; old up to the start and new from the end."""
        if isinstance(old, float):
            low, high = min(old, new), max(old, new)
        else:
            low, high = self.xp.minimum(old, new), self.xp.maximum(old, new)
        rate = self.xp.minimum(self.xp.maximum(rate, low), high)
        if end <= self.largest:
            rate = self.xp.where(t < end, rate, new)
        return self.xp.where(t > start, rate, old)

    def int_power(self, x: Any, count: Any) -> Any:
        """Return x**count."""
        return self.pow(x, count)

    def lookup(self, values: Sequence[float], index: Any) -> Any:
        """Return the rates at the indices."""
        reached = [v if abs(v) <= self.largest else float(v) for v in values]
        return self.xp.take(self.xp.asarray(reached), index)

    def multiply(self, x: Any, y: Any) -> Any:
        """Return the product of two rates."""
        return x * y

    def pow(self, x: Any, exponent: Any) -> Any:
        """Return x raised to the exponent."""
        x = self.xp.asarray(x, dtype=self.float)
        if isinstance(exponent, (int, float)):
            if exponent == 1:
                return x
            if exponent == 2:
                return x * x
            if exponent % 1:
                x = self._not_negative(x)
            if exponent == 0.5:
                return self.xp.sqrt(x)
        return self.plain_pow(x, exponent)

    def _not_negative(self, x: Any) -> Any:
        return self.xp.maximum(x, 0.0)  # XLA may round below 0

    def plain_pow(self, x: Any, exponent: Any) -> Any:
        """Return x raised to the exponent, for x above 0, without exact forms."""
        return self.xp.pow(self.xp.asarray(x, dtype=self.float), exponent)

    def round_if_close(self, t: Any) -> Any:
        """Round t to an integer where t misses the integer only by rounding error."""
        nearest = self.xp.round(t)
        return self.xp.where(abs(t - nearest) <= self.rounding * t, nearest, t)

    def select(self, index: Any, count: int, function: Callable[..., Any], t: Any) -> Any:
        """Return function(k, t, xp) where the index is k, for each k below the count."""
        result = function(0, t, self)
        for k in range(1, count):
            result = self.xp.where(index >= k, function(k, t, self), result)
        return result

    def shared(self, index: Any) -> Any:
        """Return the indices."""
        return index

    def _table(self, values: Sequence[float]) -> Any:
        """Return increasing numbers as an array, without integers too large for t."""
        reached = [v for v in values if isinstance(v, float) or v <= self.largest]
        return self.xp.asarray(reached)


class NumPyBackend(ArrayBackend):
    """NumPy, with exactly the results of Python's `math`."""

    exact = True

    def __init__(self) -> None:
        super().__init__(np)

    def add(self, x: Any, y: Any) -> Any:
        """Return the sum of two rates; refuse an infinite sum."""
        return _check_overflow(np.add(x, y, dtype=np.float64))

    def call(self, function: Callable[[Any], Any], t: Any) -> Any:
        """Call a user's function with each time in turn."""
        return np.array([check.result(x, function(x)) for x in t.tolist()], dtype=np.float64)

    def choose(
        self, index: Any, functions: Sequence[Callable[..., Any]], *arguments: Any
    ) -> Any:
        """Return functions[k](*arguments, xp) where the index is k; compute it only there."""
        index = self.shared(index)
        if isinstance(index, int):
            return functions[index](*arguments, self)
        result = np.empty(index.shape)
        for k, function in enumerate(functions):
            chosen = np.flatnonzero(index == k)  # twice as fast as a mask
            parts = [a.take(chosen) if isinstance(a, np.ndarray) else a for a in arguments]
            result[chosen] = function(*parts, self)
        return result

    def clamp_time(self, t: Any, low: float = 0, high: float = MAX_ITERATION) -> Any:
        """Clamp the times t from low to high."""
        return np.clip(t, low, high)

    def count_below(self, boundaries: Sequence[float], t: Any) -> Any:
        """Return how many boundaries are less than t."""
        if len(boundaries) > t.size or not np.all(t[:-1] <= t[1:]):
            return super().count_below(boundaries, t)
        # Most iterations are sorted: then it is faster to search t for the few boundaries.
        ends = np.searchsorted(t, self._table(boundaries), side="right")
        lengths = np.diff(np.concatenate(([0], ends, [t.size])))
        return np.repeat(np.arange(lengths.size), lengths)

    def exponential(self, rate: float, factor: float, x: Any, t: Any) -> Any:
        """Return rate * factor**x, the rates at the times t; refuse an infinite rate."""
        result = super().exponential(rate, factor, x, t)
        infinite = np.isinf(result)
        if infinite.any():
            first = infinite.argmax()
            _scalar.exponential(rate, factor, x[first].item(), t[first].item())
        return result

    def fit(self, rate: Any, t: Any, start: Any, end: Any, old: Any, new: Any) -> Any:
        """Return the rates between old and new; old up to the start and new from the end."""
        np.maximum(rate, np.minimum(old, new), out=rate)
        np.minimum(rate, np.maximum(old, new), out=rate)
        np.copyto(rate, new, where=t >= end)
        np.copyto(rate, old, where=t <= start)
        return rate

    def int_power(self, x: Any, count: Any) -> Any:
        """Return x**count; compute each power once, as nearby iterations share counts."""
        fewest, most = count.min(), count.max()
        if most - fewest >= count.size:
            return self.pow(x, count)
        powers = self.pow(x, np.arange(fewest, most + 1))
        return powers[(count - fewest).astype(np.intp, copy=False)]

    def multiply(self, x: Any, y: Any) -> Any:
        """Return the product of two rates; refuse an infinite product."""
        return _check_overflow(np.multiply(x, y, dtype=np.float64))

    def _not_negative(self, x: Any) -> Any:
        return np.maximum(x, 0.0) if np.min(x) < 0 else x

    def plain_pow(self, x: Any, exponent: Any) -> Any:
        """Return x raised to the exponent, for x above 0, without exact forms."""
        # numpy.power may use SIMD instructions, which round differently from **.
        return np.float_power(x, exponent)

    def select(self, index: Any, count: int, function: Callable[..., Any], t: Any) -> Any:
        """Return function(k, t, xp) where the index is k; compute it only there."""
        if index.min() == index.max():
            return function(int(index[0]), t, self)
        result = np.empty(t.shape)
        for k in np.flatnonzero(np.bincount(index)).tolist():
            chosen = index == k
            result[chosen] = function(k, t[chosen], self)
        return result

    def shared(self, index: Any) -> Any:
        """Return the index that all have in common as an `int`, else the indices."""
        return int(index[0]) if index.min() == index.max() else index


NUMPY = NumPyBackend()

BLOCK = 2**15  # iterations at once, so that temporary arrays stay in the cache


def evaluate(scheduler: Any, iteration: Any) -> Any:
    """Return the rates of an integer array, in the array's own library."""
    if isinstance(iteration, np.ndarray):
        return _evaluate_numpy(scheduler, iteration)
    namespace = iteration.__array_namespace__()
    if not namespace.isdtype(iteration.dtype, "integral"):
        raise _not_integers(iteration)
    xp = ArrayBackend(namespace)
    # A traced array has no values to check, so a negative iteration counts as 0.
    t = xp.clamp_time(xp.as_int(iteration))
    try:
        rates = namespace.asarray(scheduler._rate(t, xp), dtype=xp.float)
    except OverflowError as error:
        raise ValueError(
            f"every parameter must be at most {xp.largest}, the largest {xp.integer} "
            f"of the array's library, got {check.short_repr(scheduler)}"
        ) from error
    return namespace.broadcast_to(rates, t.shape)


def _evaluate_numpy(scheduler: Any, iteration: Any) -> Any:
    if iteration.dtype.kind not in "iu":
        raise _not_integers(iteration)
    iteration = np.asarray(iteration)  # drops masks and matrices
    rates = np.empty(iteration.size)
    flat = iteration.ravel()
    with np.errstate(all="ignore"):  # an underflow is 0, as with Python floats
        for start in range(0, flat.size, BLOCK):
            block = slice(start, start + BLOCK)
            t = flat[block]
            low, high = int(t.min()), int(t.max())
            if low < 0 or high > MAX_ITERATION:
                check.iteration(low)
                check.iteration(high)
            rates[block] = scheduler._rate(t.astype(np.int64, copy=False), NUMPY)
    return rates.reshape(iteration.shape)


def _check_overflow(rates: Any) -> Any:
    if np.isinf(rates).any():
        raise ValueError(_scalar.OVERFLOW)
    return rates


def _not_integers(array: Any) -> TypeError:
    return TypeError(f"iteration must be an array of integers, got dtype {array.dtype}")
