"""Argument checks, one function per rule; imported as `check`.

Each function returns the value as the package stores it, or raises an error that names the
argument, the rule and the value received.
"""

import math
import operator
from collections.abc import Sequence
from functools import partial
from numbers import Integral, Real
from typing import Any

MAX_ITERATION = 2**53  # float64 represents every integer up to here exactly


def iteration(value: Any) -> int:
    """Return an iteration of any integer type as an `int`."""
    if isinstance(value, (list, tuple, range)):
        raise TypeError(
            "iteration must be an integer or an array of integers, "
            f"got {short_repr(value)}: pass a numpy.array"
        )
    return integer("iteration", value, minimum=0)


def integer(name: str, value: Any, *, minimum: int, unit: str = "") -> int:
    """Return an integer of any type, from `minimum` to 2**53, as an `int`."""
    if type(value) is int and minimum <= value <= MAX_ITERATION:
        return value
    dtype = getattr(value, "dtype", None)  # NumPy's bool had an __index__ before 2.0
    if isinstance(value, bool) or getattr(dtype, "kind", None) == "b":
        raise TypeError(f"{name} must be an integer, got {short_repr(value)}")
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be an integer, got {short_repr(value)}") from None
    if number < minimum:
        raise ValueError(f"{name} must be at least {minimum}{unit}, got {short_repr(value)}")
    if number > MAX_ITERATION:
        raise ValueError(f"{name} must be at most 2**53, got {short_repr(value)}")
    return number


count = partial(integer, minimum=0, unit=" iterations")
"""Return a number of iterations, at least 0, as an `int`."""

length = partial(integer, minimum=1, unit=" iteration")
"""Return a number of iterations, at least 1, as an `int`."""


def sequence(name: str, values: Any, *, of: str, count: int | None = None) -> Any:
    """Return a list, a tuple, a range or a 1-d array; refuse a length other than `count`."""
    is_text = isinstance(values, (str, bytes, bytearray, memoryview))
    is_list = isinstance(values, Sequence) and not is_text
    if not is_list and getattr(values, "ndim", 0) != 1:
        raise TypeError(f"{name} must be a sequence of {of}, got {short_repr(values)}")
    if count is not None and len(values) != count:
        raise ValueError(
            f"{name} must hold {count} {of}, got {len(values)}: {short_repr(values)}"
        )
    return values


def boundaries(name: str, values: Any, *, at_least: int = 1, first: int = 1) -> tuple[int, ...]:
    """Return strictly increasing iterations, each at least `first`, as a tuple of `int`."""
    values = sequence(name, values, of="iterations")
    if len(values) < at_least:
        raise ValueError(
            f"{name} must hold at least {at_least} iteration, got {short_repr(values)}"
        )
    unit = " iteration" if first == 1 else " iterations"
    stored = tuple(
        integer(f"{name}[{i}]", v, minimum=first, unit=unit) for i, v in enumerate(values)
    )
    if stored != tuple(sorted(set(stored))):
        raise ValueError(f"{name} must be strictly increasing, got {short_repr(values)}")
    return stored


def time(name: str, value: Any) -> float:
    """Return a time, a real number from 0 to 2**53; an integral time as an `int`."""
    if type(value) is int and 0 <= value <= MAX_ITERATION:
        return value
    stored = number(name, value)
    if value < 0:
        raise ValueError(f"{name} must be at least 0, got {short_repr(value)}")
    return _as_time(name, stored, value)


def duration(name: str, value: Any) -> float:
    """Return a duration, a real number above 0, at most 2**53; an integral one as an `int`."""
    return _as_time(name, positive(name, value), value)


def _as_time(name: str, stored: float, value: Any) -> float:
    if stored > MAX_ITERATION:
        raise ValueError(f"{name} must be at most 2**53, got {short_repr(value)}")
    return int(stored) if stored == int(stored) else stored


def times(name: str, values: Any) -> tuple[float, ...]:
    """Return strictly increasing times, at least one, as a tuple."""
    values = sequence(name, values, of="times")
    if len(values) == 0:
        raise ValueError(f"{name} must hold at least 1 time, got {short_repr(values)}")
    stored = tuple(time(f"{name}[{i}]", value) for i, value in enumerate(values))
    if stored != tuple(sorted(set(stored))):
        raise ValueError(f"{name} must be strictly increasing, got {short_repr(values)}")
    return stored


def number(name: str, value: Any) -> float:
    """Return a finite real number: an `int` up to 2**53 as it is, else a `float`."""
    if not is_real(value):
        raise TypeError(f"{name} must be a real number, got {short_repr(value)}")
    try:
        as_float = float(value)
    except OverflowError:  # an integer or a fraction beyond the largest float
        as_float = math.inf
    if not math.isfinite(as_float):
        raise ValueError(f"{name} must be finite, got {short_repr(value)}")
    if not isinstance(value, Integral):
        return as_float
    if value != as_float:
        raise ValueError(
            f"{name} must be exactly representable as a float, got {short_repr(value)}"
        )
    # Store a larger integer as a float, as an array does.
    return int(value) if abs(as_float) <= MAX_ITERATION else as_float


def rate(name: str, value: Any, *, base_lr: float = math.inf, instead: str = "") -> float:
    """Return a finite rate from 0 to `base_lr`: an `int` as it is, else a `float`.

    For a rate above `base_lr`, the message names the expression to use instead.
    """
    if type(value) in (int, float) and 0 <= value <= min(base_lr, MAX_ITERATION):
        plain: float = abs(value)  # no -0.0
        return plain
    stored = number(name, value)
    if value < 0:
        raise ValueError(f"{name} must be at least 0, got {short_repr(value)}")
    at_most(name, stored, "base_lr", base_lr, instead and f": to go down to it, use {instead}")
    return abs(stored)


def rates(name: str, values: Any, *, count: int) -> tuple[float, ...]:
    """Return `count` rates as a tuple."""
    values = sequence(name, values, of="rates", count=count)
    return tuple(rate(f"{name}[{i}]", value) for i, value in enumerate(values))


def result(t: float, value: Any) -> float:
    """Return the rate that a schedule gave at time `t`, as a Python number."""
    if type(value) is float or (type(value) is int and abs(value) <= MAX_ITERATION):
        return value
    if not is_real(value):
        raise TypeError(
            f"the rate of iteration {t} must be a real number, got {short_repr(value)}"
        )
    if isinstance(value, Integral) and abs(int(value)) <= MAX_ITERATION:
        return int(value)
    try:
        return float(value)  # as an array stores it
    except OverflowError:
        raise ValueError(
            f"the rate of iteration {t} must be finite, got {short_repr(value)}"
        ) from None


def positive(name: str, value: Any) -> float:
    """Return a finite number above 0: an `int` as it is, else a `float`."""
    stored = number(name, value)
    if stored <= 0:
        raise ValueError(f"{name} must be greater than 0, got {short_repr(value)}")
    return stored


def factor(name: str, value: Any) -> float:
    """Return a factor above 0 and at most 1; 1 as an `int`, so that rates keep their type."""
    stored = positive(name, value)
    if stored > 1:
        raise ValueError(f"{name} must be at most 1, got {short_repr(value)}")
    return 1 if stored == 1 else stored


def at_most(name: str, value: float, limit_name: str, limit: float, advice: str = "") -> None:
    """Refuse a value above another argument."""
    if value > limit:
        raise ValueError(
            f"{name} must be at most {limit_name} = {short_repr(limit)}, "
            f"got {short_repr(value)}{advice}"
        )


def above(name: str, value: Any, limit_name: str, limit: float) -> float:
    """Return a duration that is above another argument."""
    stored = duration(name, value)
    if stored <= limit:
        raise ValueError(
            f"{name} must be above {limit_name} = {limit}, got {short_repr(value)}"
        )
    return stored


def choice(name: str, value: Any, allowed: Sequence[str], *, or_else: str = "") -> str:
    """Return one of the allowed strings as a plain `str`."""
    if not isinstance(value, str) or value not in allowed:
        names = ", ".join(map(repr, allowed)) + (or_else and f" or {or_else}")
        raise ValueError(f"{name} must be one of {names}, got {short_repr(value)}")
    return str.__str__(value)  # a NumPy string has another repr


def boolean(name: str, value: Any) -> bool:
    """Return True or False; refuse any other value."""
    if not isinstance(value, bool):
        raise TypeError(f"{name} must be True or False, got {short_repr(value)}")
    return value


def is_real(value: Any) -> bool:
    """Return whether `value` is a real number; bool and timedelta64 register as numbers."""
    is_duration = getattr(getattr(value, "dtype", None), "kind", None) == "m"
    return isinstance(value, Real) and not isinstance(value, bool) and not is_duration


def short_repr(value: Any) -> str:
    """Return a value's `repr`, shortened to fit in a message."""
    try:
        text = repr(value)
    except Exception:  # too many digits, too deep lists or a broken class
        if isinstance(value, int):
            return f"an integer of {value.bit_length()} bits"
        return f"an unprintable {type(value).__name__}"
    return text if len(text) <= 80 else f"{text[:60]}... ({len(text)} characters)"
