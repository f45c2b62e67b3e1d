"""The backend for single numbers: Python's `math`."""

import sys
from bisect import bisect_left as count_below
from bisect import bisect_right as count_to
from builtins import int as as_int
from collections.abc import Callable, Sequence
from math import ceil, cos, exp, floor, inf, log, sin, sqrt, tanh
from operator import getitem as lookup
from operator import pow as plain_pow
from typing import Any

from . import _validation as check
from ._validation import MAX_ITERATION

__all__ = [
    "add",
    "as_float",
    "as_int",
    "call",
    "ceil",
    "clamp_time",
    "cos",
    "count_below",
    "count_to",
    "delay",
    "divide",
    "elapsed",
    "exact",
    "exp",
    "exponential",
    "fit",
    "floor",
    "int_power",
    "log",
    "lookup",
    "maximum",
    "minimum",
    "multiply",
    "plain_pow",
    "pow",
    "power",
    "require",
    "round_if_close",
    "select",
    "sin",
    "sqrt",
    "tanh",
    "where",
    "widen",
]

ROUNDING = 2.0**-50  # relative rounding error of a quotient of two times
exact: bool = True
OVERFLOW = "a sum, product, quotient or power of rates must be finite, got an infinite one"


def add(x: float, y: float) -> float:
    """Return the sum of two rates; refuse an infinite sum."""
    return _as_stored(x + y)


def as_float(x: float) -> float:
    """Return x: Python's integers are exact."""
    return x


def call(function: Callable[[Any], Any], t: float, what: str = "rate") -> float:
    """Call a user's function with the time t; the result must be a number."""
    return check.result(t, function(t), what)


def clamp_time(t: float, low: float = 0, high: float = MAX_ITERATION) -> float:
    """Clamp the time t from low to high."""
    return low if t < low else t if t <= high else high


def delay(t: float, n: float) -> float:
    """Return t - n, clamped to the times."""
    t -= n
    return 0 if t < 0 else t if t <= MAX_ITERATION else MAX_ITERATION


def divide(x: float, y: float) -> float:
    """Return the quotient of two rates; refuse an infinite quotient."""
    return _as_stored(x / y)


def elapsed(times: Sequence[float], index: int, t: float) -> float:
    """Return the time that has passed from the time at the index to t."""
    return t - times[index]


def exponential(rate: float, factor: float, x: float, t: float) -> float:
    """Return rate * factor**x, the rate at time t; refuse an infinite rate."""
    if not rate:
        return 0.0
    result = rate * pow_or_inf(factor, x)
    if result == inf:  # a small rate may keep the product finite
        half = pow_or_inf(factor, x / 2)
        result = rate * half * half
    if result == inf:
        raise ValueError(
            f"the rate of iteration {t} must be finite, got inf: end the growth earlier, "
            "for example with a PiecewiseScheduler of mode 'exponential'"
        )
    return result


def pow_or_inf(x: float, exponent: float) -> float:
    """Return x**exponent, infinite where it overflows."""
    try:
        return float(x) ** exponent  # type: ignore[no-any-return]  # the base is checked
    except OverflowError:
        return inf


def fit(rate: float, t: float, start: float, end: float, old: float, new: float) -> float:
    """Return the rate between old and new; exactly old up to the start and new from the end."""
    if t <= start:
        return old
    if t >= end:
        return new
    low, high = (old, new) if old < new else (new, old)
    return low if rate < low else high if rate > high else rate


def int_power(x: float, count: int) -> float:
    """Return x**count. For count 0 return the int 1, so that an int rate stays an int."""
    return x**count if count else 1


def maximum(x: float, y: float) -> float:
    """Return the larger number; x if they are equal or x is NaN."""
    return y if x < y else x


def minimum(x: float, y: float) -> float:
    """Return the smaller number; x if they are equal or x is NaN."""
    return y if x > y else x


def multiply(x: float, y: float) -> float:
    """Return the product of two rates; refuse an infinite product."""
    return _as_stored(x * y)


def pow(x: float, exponent: float) -> float:
    """Return x**exponent, exactly for 1, 2 and 0.5; 0 for a fractional power below 0."""
    if exponent == 2:
        return x * x
    if exponent == 1:
        return x
    if x < 0 and exponent % 1:
        return 0.0
    if exponent == 0.5:
        return sqrt(x)
    power: float = x**exponent
    return power


def power(x: float, exponent: float) -> float:
    """Return a rate raised to a rate; refuse an infinite power."""
    return _as_stored(pow_or_inf(x, exponent))


def require(is_allowed: bool, t: float, rate: float, rule: str, schedule: Any) -> None:
    """Refuse a schedule's rate that breaks a rule."""
    if not is_allowed:
        raise ValueError(
            f"{rule}, got {rate} at iteration {t} from {check.short_repr(schedule)}"
        )


def round_if_close(t: float) -> float:
    """Round t to an integer if t misses the integer only by rounding: 2.3 * 100 is 230."""
    if t >= MAX_ITERATION:
        return t
    nearest = round(t)
    return nearest if abs(t - nearest) <= ROUNDING * t else t


def select(index: int, count: int, function: Callable[..., Any], t: float) -> Any:
    """Return function(index, t, xp)."""
    return function(index, t, sys.modules[__name__])


def where(condition: bool, x: Any, y: Any) -> Any:
    """Return x if the condition holds, else y."""
    return x if condition else y


def widen(value: Any) -> Any:
    """Return the value: no integer is too large for Python."""
    return value


def _as_stored(rate: float) -> float:
    """Return a rate as an array stores it, a float beyond 2**53; refuse an infinite rate."""
    if -MAX_ITERATION <= rate <= MAX_ITERATION:
        return rate
    if rate in (inf, -inf):
        raise ValueError(OVERFLOW)
    return float(rate)
