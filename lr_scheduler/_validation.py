"""Argument checks, one function per rule; imported as `check`.

Each function returns the value as the package stores it, or raises an error that names the
argument, the rule and the value received.
"""

import math
import operator
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from numbers import Integral, Real
from typing import Any

DECIMAL = frozenset("0123456789+-.eE_ ")  # Brython's `float` reads hexadecimal numbers too
MAX_ITERATION = 2**53  # float64 represents every integer up to here exactly


def iteration(value: Any) -> int:
    """Return an iteration of any integer type as an `int`."""
    return _in_range("iteration", value, _as_index(value), 0)


def integer(name: str, value: Any, *, minimum: int, unit: str = "") -> int:
    """Return an integer of any type, or an integral float, as an `int` from `minimum`."""
    if type(value) is int and minimum <= value <= MAX_ITERATION:
        return value
    number = _as_index(value)
    if number is None:
        number = _as_integral(value)
    return _in_range(name, value, number, minimum, unit)


def _as_index(value: Any) -> int | None:
    """Return an integer of any type as an `int`, and None for anything else."""
    if isinstance(value, bool) or _kind(value) == "b":  # other libraries' bools have __index__
        return None
    try:
        return operator.index(value)
    except TypeError:
        return None


def _as_integral(value: Any) -> int | None:
    """Return a number such as 1e6, which TOML and JSON give, as an `int` if it is integral."""
    plain = scalar(value)
    if not is_real(plain):
        return None
    try:
        number = int(plain)
    except (OverflowError, ValueError):  # infinite or NaN
        return None
    return number if number == plain else None


def _in_range(name: str, value: Any, number: int | None, minimum: int, unit: str = "") -> int:
    """Return the integer that a value stands for, from `minimum` to 2**53."""
    if number is None:
        raise TypeError(f"{name} must be an integer, got {described(value)}")
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


def between(boundaries: Any, parts: int, of: str) -> None:
    """Refuse boundaries that are not one fewer than the parts that they separate."""
    needed = parts - 1
    if len(boundaries) != needed:
        raise ValueError(
            f"boundaries must hold {needed} boundar{'y' if needed == 1 else 'ies'} for "
            f"{parts} {of}{'s' if needed else ''}, got {len(boundaries)}: "
            f"{short_repr(boundaries)}"
        )


def time(name: str, value: Any) -> float:
    """Return a time, a real number from 0 to 2**53; an integral time as an `int`."""
    if type(value) is int and 0 <= value <= MAX_ITERATION:
        return value
    stored = number(name, value)
    if scalar(value) < 0:
        raise ValueError(f"{name} must be at least 0, got {short_repr(value)}")
    return _as_time(name, stored, value)


def duration(name: str, value: Any) -> float:
    """Return a duration, a real number above 0, at most 2**53; an integral one as an `int`."""
    return _as_time(name, positive(name, value), value)


def period(name: str, value: Any, *, minimum: int = 1) -> float:
    """Return the length of a cycle, a real number of iterations; an integral one as `int`."""
    if type(value) is int and minimum <= value <= MAX_ITERATION:
        return value
    stored = number(name, value)
    if scalar(value) < minimum:
        unit = "iteration" if minimum == 1 else "iterations"
        raise ValueError(f"{name} must be at least {minimum} {unit}, got {short_repr(value)}")
    return _as_time(name, stored, value)


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
    plain = scalar(value)
    if not is_real(plain):
        raise TypeError(f"{name} must be a real number, got {described(value)}")
    try:
        as_float = float(plain)
    except OverflowError:  # an integer or a fraction beyond the largest float
        as_float = math.inf
    if not math.isfinite(as_float):
        raise ValueError(f"{name} must be finite, got {short_repr(value)}")
    if not isinstance(plain, Integral):
        return as_float
    if plain != as_float:
        raise ValueError(
            f"{name} must be exactly representable as a float, got {short_repr(value)}"
        )
    # Store a larger integer as a float, as an array does.
    return int(plain) if abs(as_float) <= MAX_ITERATION else as_float


def metric(name: str, value: Any) -> float:
    """Return a real number or a 0-d array as a `float`, which may be infinite or NaN."""
    plain = scalar(value)
    if not is_real(plain):
        raise TypeError(f"{name} must be a real number, got {described(value)}")
    try:
        return float(plain)
    except OverflowError:
        raise ValueError(
            f"{name} must not be too large for a float, got {short_repr(value)}"
        ) from None


def rate(name: str, value: Any, *, base_lr: float = math.inf, instead: str = "") -> float:
    """Return a finite rate from 0 to `base_lr`: an `int` as it is, else a `float`.

    For a rate above `base_lr`, the message names the expression to use instead.
    """
    if type(value) in (int, float) and 0 <= value <= min(base_lr, MAX_ITERATION):
        plain: float = abs(value)  # no -0.0
        return plain
    stored = number(name, value)
    if scalar(value) < 0:  # also a fraction that rounds to -0.0
        raise ValueError(f"{name} must be at least 0, got {short_repr(value)}")
    at_most(name, stored, "base_lr", base_lr, instead and f": to go down to it, use {instead}")
    return abs(stored)


def rates(name: str, values: Any, *, count: int) -> tuple[float, ...]:
    """Return `count` rates as a tuple."""
    values = sequence(name, values, of="rates", count=count)
    return tuple(rate(f"{name}[{i}]", value) for i, value in enumerate(values))


def result(t: float, value: Any, what: str = "rate") -> float:
    """Return the rate, or another value, of a schedule at time `t`, as a Python number."""
    if type(value) is float or (type(value) is int and abs(value) <= MAX_ITERATION):
        return value
    plain = scalar(value)
    if not is_real(plain):
        raise TypeError(
            f"the {what} of iteration {t} must be a real number, got {short_repr(value)}"
        )
    if isinstance(plain, Integral) and abs(int(plain)) <= MAX_ITERATION:
        return int(plain)
    try:
        return float(plain)  # as an array stores it
    except OverflowError:
        raise ValueError(
            f"the {what} of iteration {t} must be finite, got {short_repr(value)}"
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


def scalar(value: Any) -> Any:
    """Return the element of a 0-d array of any library; any other value unchanged."""
    if getattr(value, "ndim", None) != 0 or _kind(value) in ("m", "M"):
        return value  # item() makes an integer of a duration
    if _is_traced(value):
        return value  # under jax.grad it has an element, which has no gradient
    try:
        return value.item()
    except Exception:  # another library may not hold the element
        return value


def is_real(value: Any) -> bool:
    """Return whether `value` is a real number; bool and timedelta64 register as numbers."""
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    return is_number and _kind(value) != "m"


def _kind(value: Any) -> str:
    """Return the kind of a dtype as NumPy abbreviates it: "b" is a bool of any library."""
    dtype = getattr(value, "dtype", None)
    kind = getattr(dtype, "kind", None)
    return kind if isinstance(kind, str) else "b" if "bool" in str(dtype) else ""


def described(value: Any) -> str:
    """Return a value's `repr` for a message; of a number in text, also how to write it.

    PyYAML reads 1e-4 as text, because its floats need a dot and a signed exponent.
    """
    text = short_repr(value)
    if not isinstance(value, str) or len(value) > 40 or not DECIMAL.issuperset(value):
        return text
    try:
        float(value)
    except ValueError:
        return text
    mantissa, e, exponent = value.strip().lower().partition("e")
    if e:
        mantissa += "" if "." in mantissa else ".0"
        exponent = exponent if exponent[0] in "+-" else f"+{exponent}"
    return f"{text}: write {mantissa}{e}{exponent} without quotes"


def near(name: Any, known: Iterable[str], after: str = "") -> str:
    """Return a hint at the known name that is most alike; nothing if none is."""
    if not isinstance(name, str) or len(name) > 80:
        return ""
    lower = name.lower()

    def likeness(other: str) -> float:
        """Return the share of pairs of letters that the names have in common."""
        other = other.lower()
        if lower and other.startswith(lower):
            return 1
        mine, theirs = _pairs(lower), _pairs(other)
        return 2 * len(mine & theirs) / max(1, len(mine) + len(theirs))

    best = max(known, key=likeness, default="")
    return f": did you mean {best}{after}?" if likeness(best) >= 0.4 else ""


def _pairs(text: str) -> set[str]:
    """Return the pairs of letters that follow each other in a text."""
    return {text[i : i + 2] for i in range(len(text) - 1)}


def is_array(value: Any) -> bool:
    """Return whether `value` is a NumPy array or a value that JAX traces."""
    numpy = sys.modules.get("numpy")  # no array exists before NumPy is imported
    is_ndarray = numpy is not None and isinstance(value, numpy.ndarray)
    return is_ndarray or _is_traced(value)


def _is_traced(value: Any) -> bool:
    """Return whether JAX traces a value, under `jax.jit` or `jax.grad`."""
    jax = sys.modules.get("jax")  # without JAX, no value is traced
    return jax is not None and isinstance(value, jax.core.Tracer)


def short_repr(value: Any) -> str:
    """Return a value's `repr`, shortened to fit in a message."""
    if _is_traced(value):
        return (
            "a traced value: JAX cannot trace or differentiate a parameter, so apply the value "
            "to the rate, as in value * scheduler(t)"
        )
    schedules, _ = getattr(value, "_size", (1, 0))
    if schedules > 100:  # the repr may be megabytes
        return f"a {type(value).__name__} of {schedules} schedules"
    try:
        text = repr(value)
    except Exception:  # too many digits, too deep lists or a broken class
        if isinstance(value, int):
            return f"an integer of {value.bit_length()} bits"
        return f"an unprintable {type(value).__name__}"
    return text if len(text) <= 80 else f"{text[:60]}... ({len(text)} characters)"
