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
    return check_integer("iteration", iteration, minimum=0)


def check_count(name: str, value: Any) -> int:
    """Return a number of iterations, at least 0, as an `int`."""
    return check_integer(name, value, minimum=0, unit=" iterations")


def check_length(name: str, value: Any) -> int:
    """Return a number of iterations, at least 1, as an `int`."""
    return check_integer(name, value, minimum=1, unit=" iteration")


def check_integer(name: str, value: Any, *, minimum: int, unit: str = "") -> int:
    """Return an integer of any kind, from `minimum` to 2**53, as an `int`."""
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


def check_sequence(name: str, values: Any, *, of: str, count: int | None = None) -> Any:
    """Return a list, a tuple, a range or an array of one dimension; refuse another length."""
    is_text = isinstance(values, (str, bytes, bytearray, memoryview))
    is_list = isinstance(values, Sequence) and not is_text
    if not is_list and getattr(values, "ndim", 0) != 1:
        raise TypeError(f"{name} must be a sequence of {of}, got {shown(values)}")
    if count is not None and len(values) != count:
        raise ValueError(f"{name} must hold {count} {of}, got {len(values)}: {shown(values)}")
    return values


def check_boundaries(
    name: str, values: Any, *, at_least: int = 1, first: int = 1
) -> tuple[int, ...]:
    """Return strictly increasing iterations, each at least `first`, as a tuple of `int`."""
    values = check_sequence(name, values, of="iterations")
    if len(values) < at_least:
        raise ValueError(f"{name} must hold at least {at_least} iteration, got {shown(values)}")
    unit = " iteration" if first == 1 else " iterations"
    boundaries = tuple(
        check_integer(f"{name}[{i}]", v, minimum=first, unit=unit) for i, v in enumerate(values)
    )
    if boundaries != tuple(sorted(set(boundaries))):
        raise ValueError(f"{name} must be strictly increasing, got {shown(values)}")
    return boundaries


def check_number(name: str, value: Any) -> float:
    """Return a finite real number: an `int` up to 2**53 as it is, else a `float`."""
    if not _is_real(value):
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
    # An array could not hold an integer beyond; it is a float in both, exactly.
    return int(value) if abs(number) <= MAX_ITERATION else number


def check_rate(name: str, value: Any) -> float:
    """Return a finite rate of at least 0: an `int` as it is, else a `float`."""
    rate = check_number(name, value)
    if value < 0:
        raise ValueError(f"{name} must be at least 0, got {shown(value)}")
    return abs(rate)  # no -0.0


def check_rates(name: str, values: Any, *, count: int) -> tuple[float, ...]:
    """Return so many rates as a tuple."""
    rates = check_sequence(name, values, of="rates", count=count)
    return tuple(check_rate(f"{name}[{i}]", value) for i, value in enumerate(rates))


def check_result(t: float, value: Any) -> float:
    """Return what a schedule gave for the time `t` as a Python number."""
    if type(value) is float or (type(value) is int and abs(value) <= MAX_ITERATION):
        return value
    if not _is_real(value):
        raise TypeError(f"the rate of iteration {t} must be a real number, got {shown(value)}")
    if isinstance(value, Integral) and abs(int(value)) <= MAX_ITERATION:
        return int(value)
    try:
        return float(value)  # as an array holds it
    except OverflowError:
        raise ValueError(
            f"the rate of iteration {t} must be finite, got {shown(value)}"
        ) from None


def check_positive(name: str, value: Any) -> float:
    """Return a finite number above 0: an `int` as it is, else a `float`."""
    number = check_number(name, value)
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


def check_above(name: str, value: Any, limit_name: str, limit: int) -> int:
    """Return a number of iterations that is above another argument."""
    number = check_length(name, value)
    if number <= limit:
        raise ValueError(f"{name} must be above {limit_name} = {limit}, got {shown(value)}")
    return number


def _is_real(value: Any) -> bool:
    """Tell a real number; by their classes a bool and NumPy's durations were some, too."""
    is_duration = getattr(getattr(value, "dtype", None), "kind", None) == "m"
    return isinstance(value, Real) and not isinstance(value, bool) and not is_duration


def shown(value: Any) -> str:
    """Return a value's `repr`, cut to what fits in a message."""
    try:
        text = repr(value)
    except Exception:  # thousands of digits, thousands of lists in one another, or a bad class
        if isinstance(value, int):
            return f"an integer of {value.bit_length()} bits"
        return f"an unprintable {type(value).__name__}"
    return text if len(text) <= 80 else f"{text[:60]}... ({len(text)} characters)"
