"""What operators take: numbers, schedulers, and any other schedules."""

from numbers import Real
from typing import Any

from . import _validation as check
from ._schedule import Operand, Scheduler, check_schedule

DEEPEST = 100  # operators within one another


def check_scheduler(name: str, value: Any) -> None:
    """Refuse what is not a scheduler of the package, or derived from one."""
    if not isinstance(value, Scheduler):
        raise TypeError(f"{name} must be a scheduler, got {check.shown(value)}")


def check_depth(*children: Any) -> int:
    """Return how deep operators are nested; refuse what Python's stack might not hold."""
    depth = 1 + max(getattr(child, "_depth", 0) for child in children)
    if depth > DEEPEST:
        raise ValueError(f"operators must be nested at most {DEEPEST} deep, got {depth}")
    return depth


def check_operand(name: str, value: Any) -> Any:
    """Return a schedule as it is, and a number as the package stores it."""
    if callable(value):
        check_schedule(name, value)
        return value
    if not isinstance(value, Real):
        raise TypeError(
            f"{name} must be a number or callable with an iteration, got {check.shown(value)}"
        )
    return check.check_number(name, value)


def rate(schedule: Operand, t: Any, library: Any) -> Any:
    """Return the rate of any schedule, or of a number, at the time `t`."""
    if isinstance(schedule, Scheduler):
        return schedule._at(t, library)
    return library.apply(schedule, t) if callable(schedule) else schedule
