"""The backends for arrays of iterations, imported with the first array."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import fields
from itertools import pairwise, repeat
from math import ceil, floor, inf, log
from typing import Any

import numpy as np

from . import _scalar
from . import _validation as check
from ._validation import MAX_ITERATION
from ._value import Value


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

    def as_float(self, x: Any) -> Any:
        """Return numbers as the library's floating-point type."""
        return self.xp.asarray(x, dtype=self.float)

    def as_int(self, x: Any) -> Any:
        """Return integers as the library's integer type."""
        return self.xp.asarray(x, dtype=self.integer)

    def call(self, function: Callable[[Any], Any], t: Any, what: str = "rate") -> Any:
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
        fits = isinstance(high, float) or high <= self.largest
        return self.xp.minimum(t, high) if fits else t

    def count_below(self, boundaries: Sequence[float], t: Any) -> Any:
        """Return how many boundaries are less than t."""
        if t.dtype == self.integer:  # then this is exact, whatever floats can hold
            boundaries = [floor(each) for each in boundaries]
        times = self._times(boundaries, t)
        if len(times) <= FEW_TRACED:
            return Count(self, [t > each for each in times])
        return self.xp.searchsorted(self.xp.asarray(times), t)

    def count_to(self, boundaries: Sequence[float], t: Any) -> Any:
        """Return how many boundaries are at most t."""
        if t.dtype == self.integer:
            boundaries = [ceil(each) for each in boundaries]
        times = self._times(boundaries, t)
        if len(times) <= FEW_TRACED:
            return Count(self, [t >= each for each in times])
        return self.xp.searchsorted(self.xp.asarray(times), t, side="right")

    def counts(self, times: Sequence[float]) -> bool:
        """Return whether the library's integer type can hold the increasing times."""
        return all(isinstance(each, int) for each in times) and times[-1] <= self.largest

    def delay(self, t: Any, n: float) -> Any:
        """Return t - n, clamped to the times that the type of t can hold."""
        if t.dtype == self.integer and isinstance(n, int):
            n = max(-self.largest, min(n, self.largest))
            if n < 0:
                t = self.xp.minimum(t, self.largest + n)  # t - n would wrap around
        else:
            n = float(n)
        return self.clamp_time(t - n)

    def elapsed(self, times: Sequence[float], index: Any, t: Any) -> Any:
        """Return the time that has passed from the times at the indices to t."""
        return t - self._take(self._times(times, t), index)

    def divide(self, x: Any, y: Any) -> Any:
        """Return the quotient of two rates."""
        return self.as_float(x) / y

    def exponential(self, rate: float, factor: float, x: Any, t: Any) -> Any:
        """Return rate * factor**x."""
        return rate * self.plain_pow(factor, x) if rate else 0.0

    def floor_to_int(self, x: Any) -> Any:
        """Return floats rounded down, in the library's integer type."""
        below = np.nextafter(self._rounded(self.largest), self._rounded(0))
        return self.as_int(self.xp.minimum(self.floor(self.as_float(x)), float(below)))

    def fit(self, rate: Any, t: Any, start: Any, end: Any, old: Any, new: Any) -> Any:
        """Return the rates between old and new; old up to the start and new from the end."""
        low, high = self.xp.minimum(old, new), self.xp.maximum(old, new)
        rate = self.xp.minimum(self.xp.maximum(rate, low), high)
        return self.xp.where(t > start, self.xp.where(t < end, rate, new), old)

    def height(self, low: float, high: float) -> float:
        """Return the least float that, added to low, is at least high."""
        low, high = self._rounded(low), self._rounded(high)
        height = high - low
        return float(height if low + height >= high else np.nextafter(height, high))

    def per(self, length: float) -> float:
        """Return the reciprocal of a length, rounded so that their product is at least 1.

        XLA replaces a division by a product as well, but may end below 1.
        """
        if length == inf:
            return 0.0
        length = self._rounded(length)
        with np.errstate(all="ignore"):  # it may round to 0
            per = self._rounded(1) / length  # a Python number would widen it in NumPy 1
            per = per if per * length >= 1 else np.nextafter(per, per + per)
        return min(float(per), float(self.xp.finfo(self.float).max))

    def quotient(self, t: Any, n: int) -> Any:
        """Return t // n for integers that are at least 0: unsigned, this is one operation."""
        unsigned = self.xp.uint32 if self.largest < 2**32 else self.xp.uint64
        return self.as_int(self.xp.asarray(t, dtype=unsigned) // n)

    def int_power(self, x: Any, count: Any) -> Any:
        """Return x**count."""
        return self.plain_pow(x, count)

    def lookup(self, values: Sequence[float], index: Any) -> Any:
        """Return the rates at the indices."""
        return self._take([v if abs(v) <= self.largest else float(v) for v in values], index)

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
        if isinstance(x, float) and float(self._rounded(x)) != x:
            # Rounding 0.99999 to float32 changes the third digit of 0.99999**100_000.
            return self.xp.exp(log(x) * exponent)
        return self.xp.pow(self.xp.asarray(x, dtype=self.float), exponent)

    def power(self, x: Any, exponent: Any) -> Any:
        """Return a rate raised to a rate."""
        return self.plain_pow(x, exponent)

    def require(self, is_allowed: Any, t: Any, rate: Any, rule: str, schedule: Any) -> None:
        """Do nothing: a traced rate has no value to check."""

    def round_if_close(self, t: Any) -> Any:
        """Round t to an integer where t misses the integer only by rounding error."""
        nearest = self.xp.round(t)
        return self.xp.where(abs(t - nearest) <= self.rounding * t, nearest, t)

    def select(self, index: Any, count: int, function: Callable[..., Any], t: Any) -> Any:
        """Return function(k, t, xp) where the index is k, for each k below the count."""
        result = function(0, t, self)
        for k, is_reached in enumerate(reached(index, count), start=1):
            result = self.xp.where(is_reached, function(k, t, self), result)
        return result

    def saturate(self, x: Any) -> Any:
        """Return integers as the library's integer type; those too large as its largest."""
        if self.xp.iinfo(x.dtype).max > self.largest:
            x = self.xp.minimum(x, self.largest)
        return self.as_int(x)

    def widen(self, value: Any) -> Any:
        """Return a schedule, tuple or number, with a float for each integer too large for t."""
        if isinstance(value, tuple):
            return tuple(map(self.widen, value))
        if isinstance(value, Value):
            wide = object.__new__(type(value))
            names = {*vars(value), *(each.name for each in fields(value))}  # type: ignore[arg-type]
            wide._store(**{name: self.widen(getattr(value, name)) for name in names})
            return wide
        return float(value) if isinstance(value, int) and abs(value) > self.largest else value

    def _rounded(self, x: float) -> Any:
        """Return a number as the library's floating-point type rounds it."""
        with np.errstate(over="ignore"):
            return np.asarray(x, dtype=f"f{self.xp.finfo(self.float).bits // 8}")[()]

    def _times(self, times: Sequence[float], t: Any) -> Any:
        """Return increasing times in the type of t, without the times too large for it."""
        if t.dtype == self.integer:
            return [each for each in times if each <= self.largest]
        return [float(each) for each in times]

    def _take(self, values: Sequence[float], index: Any) -> Any:
        """Return the values at the indices."""
        if len(values) > FEW_TRACED + 1:
            return self.xp.take(self.xp.asarray(values), index)
        result: Any = values[0]
        steps = zip(pairwise(values), reached(index, len(values)), strict=False)
        for (before, value), is_reached in steps:
            if value != before:
                result = self.xp.where(is_reached, value, result)
        return result


class Count:
    """How many of a few boundaries a time has passed: a mask for each, added when needed."""

    def __init__(self, xp: ArrayBackend, masks: list[Any]) -> None:
        self.xp, self.masks = xp, masks

    def __add__(self, number: int) -> Any:
        return sum((1 * each for each in self.masks), start=self.xp.as_int(number))

    def __sub__(self, other: Any) -> Any:
        return self + 0 - other


def reached(index: Any, count: int) -> Any:
    """Yield whether the index is at least 1, 2, ..."""
    return index.masks if isinstance(index, Count) else (index >= k for k in range(1, count))


FEW_TRACED = 16  # boundaries: up to here, comparisons run and compile faster than a search
NUMPY = vars(ArrayBackend(np))


class NumPyBackend(ArrayBackend):
    """NumPy, with exactly the results of Python's `math`; for one array of iterations."""

    exact = True

    def __init__(self) -> None:
        vars(self).update(NUMPY)
        self._tables: dict[int, tuple[Sequence[float], Any]] = {}

    def add(self, x: Any, y: Any) -> Any:
        """Return the sum of two rates; refuse an infinite sum."""
        return _check_overflow(np.add(x, y, dtype=np.float64))

    def call(self, function: Callable[[Any], Any], t: Any, what: str = "rate") -> Any:
        """Call a user's function with each time in turn."""
        results = [check.result(x, function(x), what) for x in t.tolist()]
        return np.array(results, dtype=np.float64)

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
            if not chosen.size:
                continue
            parts = [a.take(chosen) if isinstance(a, np.ndarray) else a for a in arguments]
            result[chosen] = function(*parts, self)
        return result

    def clamp_time(self, t: Any, low: float = 0, high: float = MAX_ITERATION) -> Any:
        """Clamp the times t from low to high."""
        return np.clip(t, low, high)

    def count_below(self, boundaries: Sequence[float], t: Any) -> Any:
        """Return how many boundaries are less than t."""
        if len(boundaries) > FEW * t.size:
            return np.array([bisect_left(boundaries, each) for each in t.tolist()])
        if len(boundaries) <= t.size and _increases(t):
            return _spread(np.searchsorted(t, self._table(boundaries), side="right"), t.size)
        return np.searchsorted(self._table(boundaries), t)

    def count_to(self, boundaries: Sequence[float], t: Any) -> Any:
        """Return how many boundaries are at most t."""
        if len(boundaries) > FEW * t.size:
            return np.array([bisect_right(boundaries, each) for each in t.tolist()])
        if len(boundaries) <= t.size and _increases(t):
            return _spread(np.searchsorted(t, self._table(boundaries)), t.size)
        return np.searchsorted(self._table(boundaries), t, side="right")

    def delay(self, t: Any, n: float) -> Any:
        """Return t - n, clamped to the times."""
        return self.clamp_time(t - n)

    def elapsed(self, times: Sequence[float], index: Any, t: Any) -> Any:
        """Return the time that has passed from the times at the indices to t."""
        return t - self.lookup(times, index)

    def divide(self, x: Any, y: Any) -> Any:
        """Return the quotient of two rates; refuse an infinite quotient."""
        return _check_overflow(np.divide(x, y, dtype=np.float64))

    def exponential(self, rate: float, factor: float, x: Any, t: Any) -> Any:
        """Return rate * factor**x, the rates at the times t; refuse an infinite rate."""
        result = super().exponential(rate, factor, x, t)
        infinite = np.isinf(result)
        if infinite.any():  # a small rate may keep the product finite
            x, t = np.broadcast_to(x, t.shape)[infinite].tolist(), t[infinite].tolist()
            each = map(_scalar.exponential, repeat(rate), repeat(factor), x, t)
            result[infinite] = [*each]
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

    def lookup(self, values: Sequence[float], index: Any) -> Any:
        """Return the rates at the indices."""
        if len(values) > FEW * index.size:
            return np.array([values[each] for each in index.tolist()])
        return self._table(values)[index]

    def multiply(self, x: Any, y: Any) -> Any:
        """Return the product of two rates; refuse an infinite product."""
        return _check_overflow(np.multiply(x, y, dtype=np.float64))

    def _not_negative(self, x: Any) -> Any:
        return np.maximum(x, 0.0) if np.min(x) < 0 else x

    def plain_pow(self, x: Any, exponent: Any) -> Any:
        """Return x raised to the exponent, for x above 0, without exact forms."""
        # numpy.power may use SIMD instructions, which round differently from **.
        return np.float_power(x, exponent)

    def power(self, x: Any, exponent: Any) -> Any:
        """Return a rate raised to a rate; refuse an infinite power."""
        return _check_overflow(np.float_power(x, exponent))

    def require(self, is_allowed: Any, t: Any, rate: Any, rule: str, schedule: Any) -> None:
        """Refuse a schedule's rate that breaks a rule."""
        if not np.all(is_allowed):
            first = np.argmin(np.broadcast_to(is_allowed, t.shape))
            rate = np.broadcast_to(rate, t.shape)[first].item()
            _scalar.require(False, t[first].item(), rate, rule, schedule)

    def select(self, index: Any, count: int, function: Callable[..., Any], t: Any) -> Any:
        """Return function(k, t, xp) where the index is k; compute it only there."""
        if not _increases(index):
            index = index.astype(np.min_scalar_type(count))  # NumPy sorts small types faster
            order = np.argsort(index, kind="stable")
            in_order = self.select(index[order], count, function, t[order])
            result = np.empty(t.shape)
            result[order] = in_order
            return result
        if index[0] == index[-1]:
            return function(int(index[0]), t, self)
        result = np.empty(t.shape)
        changes = np.flatnonzero(index[1:] != index[:-1]) + 1
        for start, end in pairwise([0, *changes.tolist(), t.size]):
            result[start:end] = function(int(index[start]), t[start:end], self)
        return result

    def shared(self, index: Any) -> Any:
        """Return the index that all have in common as an `int`, else the indices."""
        return int(index[0]) if index.min() == index.max() else index

    def widen(self, value: Any) -> Any:
        """Return the value: no integer up to 2**53 is too large for NumPy."""
        return value

    def _table(self, values: Sequence[float]) -> Any:
        """Return numbers as an array, which is made once."""
        if id(values) not in self._tables:
            self._tables[id(values)] = values, np.asarray(values)  # so the id stays theirs
        return self._tables[id(values)][1]


BLOCK = 2**15  # iterations at once, so that temporary arrays stay in the cache
FEW = 16  # boundaries per iteration: from here on, bisecting is faster than making an array
MANY = 100  # schedules: from here on, sorting the iterations pays


def evaluate(scheduler: Any, iteration: Any) -> Any:
    """Return the rates of an integer array, in the array's own library; of a list, in NumPy."""
    if isinstance(iteration, (list, tuple, range)):
        iteration = np.fromiter(map(check.iteration, iteration), np.int64)
    if isinstance(iteration, np.ndarray):
        return _evaluate_numpy(scheduler, iteration)
    xp = _backend_of(iteration)
    # A traced array has no values to check, so a negative iteration counts as 0.
    t = xp.clamp_time(xp.saturate(iteration))
    return xp.xp.broadcast_to(compute(scheduler, t, xp), t.shape)


def compute(scheduler: Any, t: Any, xp: ArrayBackend) -> Any:
    """Return the rates of an array, which may share one, in the library's floats."""
    try:
        return xp.xp.asarray(scheduler._rate(t, xp), dtype=xp.float)
    except OverflowError as error:
        raise ValueError(
            f"every parameter must be at most {xp.largest}, the largest {xp.integer} "
            f"of the array's library, got {check.short_repr(scheduler)}"
        ) from error


def _evaluate_numpy(scheduler: Any, iteration: Any) -> Any:
    if iteration.dtype.kind not in "iu":
        raise _not_integers(iteration)
    iteration = np.asarray(iteration)  # drops masks and matrices
    rates = np.empty(iteration.size)
    flat = iteration.ravel()
    xp, order = NumPyBackend(), None
    schedules, _ = scheduler._size
    if flat.size > BLOCK and schedules > MANY and not _increases(flat):
        order = np.argsort(flat, kind="stable")  # so that a block meets few of the schedules
    with np.errstate(all="ignore"):  # an underflow is 0, as with Python floats
        for start in range(0, flat.size, BLOCK):
            block: Any = slice(start, start + BLOCK)
            if order is not None:
                block = order[block]
            t = flat[block]
            low, high = int(t.min()), int(t.max())
            if low < 0 or high > MAX_ITERATION:
                check.iteration(low)
                check.iteration(high)
            rates[block] = scheduler._rate(t.astype(np.int64, copy=False), xp)
    return rates.reshape(iteration.shape)


def after(counts: Any) -> Any:
    """Return the iterations after counts of optimizer steps.

    The largest integer saturates, and a count below 0 counts as 0. A float must be an integer;
    in an array that may be traced it is rounded down.
    """
    if isinstance(counts, (list, tuple, range)):
        counts = np.asarray(counts)
    if not isinstance(counts, np.ndarray):
        namespace = counts.__array_namespace__()
        if namespace.isdtype(counts.dtype, "real floating"):
            xp = ArrayBackend(namespace)
            counts = xp.floor_to_int(counts)
        else:
            xp = _backend_of(counts)
        return xp.clamp_time(xp.saturate(counts), 0, xp.largest - 1) + 1
    if counts.dtype.kind == "f" and (counts == np.floor(counts)).all():
        counts = np.clip(counts, 0, MAX_ITERATION).astype(np.int64)
    if counts.dtype.kind not in "iu":
        raise _not_integers(counts, "count")
    return np.clip(counts, 0, np.int64(MAX_ITERATION)).astype(np.int64) + 1


def _backend_of(array: Any) -> ArrayBackend:
    """Return the backend for an array of integers."""
    namespace = array.__array_namespace__()
    if not namespace.isdtype(array.dtype, "integral"):
        raise _not_integers(array)
    return ArrayBackend(namespace)


def _increases(numbers: Any) -> bool:
    return bool(np.all(numbers[:-1] <= numbers[1:]))


def _spread(ends: Any, size: int) -> Any:
    """Return how many ends each index below the size has passed."""
    lengths = np.diff(np.concatenate(([0], ends, [size])))
    return np.repeat(np.arange(lengths.size), lengths)


def _check_overflow(rates: Any) -> Any:
    if np.isinf(rates).any():
        raise ValueError(_scalar.OVERFLOW)
    return rates


def _not_integers(array: Any, name: str = "iteration") -> TypeError:
    return TypeError(f"{name} must be an array of integers, got dtype {array.dtype}")
