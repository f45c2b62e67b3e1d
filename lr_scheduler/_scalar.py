"""The functions of the formulas, for one number: the standard library's `math`.

`_arrays.Library` has the same names for arrays.
"""

from bisect import bisect_left as count_below
from collections.abc import Callable
from math import cos, inf, sqrt
from operator import getitem as take
from typing import Any

from ._validation import MAX_ITERATION, check_result

__all__ = [
    "add",
    "apply",
    "clip",
    "cos",
    "count_below",
    "maximum",
    "minimum",
    "multiply",
    "power",
    "product",
    "snap",
    "sqrt",
    "switch",
    "take",
    "whole",
]

power = pow
"""Return x to the exponent."""

whole = int
"""Return a number that is an integer as an `int`."""


ROUNDING = 2.0**-50
"""How far, as a share of it, a quotient may be from the integer that it is meant to be."""
OVERFLOW = "a sum or product of rates must be finite, got an infinite one"


def add(x: float, y: float) -> float:
    """Return the sum of two rates."""
    return _as_stored(x + y)


def apply(function: Callable[[Any], Any], t: float) -> float:
    """Return the function of t, which must be a number."""
    return check_result(t, function(t))


def clip(t: float, low: float = 0, high: float = MAX_ITERATION) -> float:
    """Return the time t, kept from low to high."""
    return low if t < low else t if t <= high else high


def maximum(x: float, y: float) -> float:
    """Return the larger one; `x` if they are equal, or if it is not a number."""
    return y if x < y else x


def minimum(x: float, y: float) -> float:
    """Return the smaller one; `x` if they are equal, or if it is not a number."""
    return y if x > y else x


def multiply(x: float, y: float) -> float:
    """Return the product of two rates."""
    return _as_stored(x * y)


def product(x: float, count: float) -> float:
    """Return x times itself, so often; the empty product is the 1 that keeps an integer."""
    return x**count if count else 1


def snap(t: float) -> float:
    """Return the integer that t is but for rounding, if there is one: 2.3 * 100 is 230."""
    if t > MAX_ITERATION:
        return t
    near = round(t)
    return near if abs(t - near) <= ROUNDING * t else t


def switch(index: int, count: int, function: Callable[..., Any], t: float) -> Any:
    """Return function(index, t, library); the index is less than the count."""
    return function(index, t)


def _as_stored(rate: float) -> float:
    """Return a rate as an array holds it; refuse one beyond the largest float."""
    if -MAX_ITERATION <= rate <= MAX_ITERATION:
        return rate
    if rate in (inf, -inf):
        raise ValueError(OVERFLOW)
    return float(rate)
