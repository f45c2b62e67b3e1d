"""The rules that arguments keep: one function a rule.

Each returns the value as the package stores it, or raises an error that names
the argument, the rule and the value received.
"""

import math
import operator
from collections.abc import Sequence
from numbers import Integral, Real
from typing import Any

MAX_ITERATION = 2**53  # up to here every integer is a float64, so nothing is rounded


def check_iteration(iteration: Any) -> int:
    """Return an iteration given as any kind of integer as an `int`."""
    if isinstance(iteration, (list, tuple, range)):
        raise TypeError(
            "iteration must be an integer or an array of integers, such as numpy.array gives, "
            f"got {shown(iteration)}"
        )
    return _check_integer("iteration", iteration, minimum=0)


def check_count(name: str, value: Any) -> int:
    """Return a number of iterations, at least 0, as an `int`."""
    return _check_integer(name, value, minimum=0, unit=" iterations")


def check_length(name: str, value: Any) -> int:
    """Return a number of iterations, at least 1, as an `int`."""
    return _check_integer(name, value, minimum=1, unit=" iteration")


def check_boundaries(name: str, values: Any) -> tuple[int, ...]:
    """Return strictly increasing iterations as a tuple of `int`."""
    is_text = isinstance(values, (str, bytes, bytearray, memoryview))
    is_list = isinstance(values, Sequence) and not is_text
    if not is_list and getattr(values, "ndim", 0) != 1:
        raise TypeError(f"{name} must be a sequence of iterations, got {shown(values)}")
    if len(values) == 0:
        raise ValueError(f"{name} must hold at least 1 iteration, got {shown(values)}")
    boundaries = tuple(check_length(f"{name}[{i}]", v) for i, v in enumerate(values))
    if boundaries != tuple(sorted(set(boundaries))):
        raise ValueError(f"{name} must be strictly increasing, got {shown(values)}")
    return boundaries


def check_rate(name: str, value: Any) -> float:
    """Return a finite rate of at least 0: an `int` as it is, else a `float`."""
    rate = _check_real(name, value)
    if value < 0:
        raise ValueError(f"{name} must be at least 0, got {shown(value)}")
    return abs(rate)  # no -0.0


def check_positive(name: str, value: Any) -> float:
    """Return a finite number above 0: an `int` as it is, else a `float`."""
    number = _check_real(name, value)
    if number <= 0:
        raise ValueError(f"{name} must be greater than 0, got {shown(value)}")
    return number


def check_factor(name: str, value: Any) -> float:
    """Return a factor above 0 and at most 1; the 1 that changes nothing as an `int`."""
    factor = check_positive(name, value)
    if factor > 1:
        raise ValueError(f"{name} must be at most 1, got {shown(value)}")
    return 1 if factor == 1 else factor


def check_at_most(name: str, value: float, limit_name: str, limit: float) -> None:
    """Refuse a value above another argument."""
    if value > limit:
        raise ValueError(
            f"{name} must be at most {limit_name} = {shown(limit)}, got {shown(value)}"
        )


def shown(value: Any) -> str:
    """Return a value's `repr`, cut to what fits in a message."""
    try:
        text = repr(value)
    except ValueError:  # Python refuses to print an integer of thousands of digits
        is_integer = isinstance(value, int)
        return f"an integer of {value.bit_length()} bits" if is_integer else "a huge number"
    return text if len(text) <= 80 else f"{text[:60]}... ({len(text)} characters)"


def _check_integer(name: str, value: Any, minimum: int, unit: str = "") -> int:
    dtype = getattr(value, "dtype", None)  # NumPy's bool had an __index__ before 2.0
    if isinstance(value, bool) or getattr(dtype, "kind", None) == "b":
        raise TypeError(f"{name} must be an integer, got {shown(value)}")
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be an integer, got {shown(value)}") from None
    if number < minimum:
        raise ValueError(f"{name} must be at least {minimum}{unit}, got {shown(value)}")
    if number > MAX_ITERATION:
        raise ValueError(f"{name} must be at most 2**53, got {shown(value)}")
    return number


def _check_real(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a real number, got {shown(value)}")
    try:
        number = float(value)
    except OverflowError:  # an integer or a fraction beyond the largest float
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(f"{name} must be finite, got {shown(value)}")
    if not isinstance(value, Integral):
        return number
    if value != number:
        raise ValueError(f"{name} must be exactly representable as a float, got {shown(value)}")
    return int(value)
