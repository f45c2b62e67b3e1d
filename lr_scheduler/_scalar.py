"""The functions of the formulas, for one number: the standard library's `math`.

`_arrays.Library` has the same names for arrays.
"""

from bisect import bisect_left as count_below
from math import cos

__all__ = ["cos", "count_below", "maximum", "power"]


def maximum(x: float, y: float) -> float:
    """Return the larger one, `x` if they are equal."""
    return x if x >= y else y


def power(x: float, exponent: float) -> float:
    """Return x to the exponent; the power 0 is the integer 1, which keeps an integer."""
    return x**exponent if exponent else 1
