"""Numbers and functions as schedulers."""

from typing import Any

from . import _validation as check
from ._backend import Backend
from ._schedule import (
    Schedule,
    ScheduleLike,
    Scheduler,
    check_schedule,
    check_schedule_like,
    register,
)


def constant(lr: float) -> Scheduler:
    r"""Constant: the same learning rate at every iteration.

    .. math:: \eta_t = l

    where :math:`t` is the iteration and :math:`l` is `lr`.

    Parameters
    ----------
    lr : float
        Learning rate :math:`l`; finite, at least 0. An `int` stays an `int`.

    Returns
    -------
    Scheduler
        The schedule.

    Raises
    ------
    TypeError
        If `lr` is not a real number.
    ValueError
        If `lr` is not finite, or is negative.

    See Also
    --------
    as_scheduler : A number or function as a scheduler.

    Examples
    --------
    >>> from lr_scheduler import constant
    >>> scheduler = constant(0.1)
    >>> scheduler(0), scheduler(1000)
    (0.1, 0.1)
    """
    return Constant(lr)


@register
class Constant(Scheduler):
    """See :func:`constant`."""

    lr: float

    _public_name = "constant"

    def __post_init__(self) -> None:
        self._store(lr=check.rate("lr", self.lr))

    @property
    def end(self) -> int | None:
        return 0

    def __repr__(self) -> str:
        return f"constant({self.lr!r})"

    def _rate(self, t: Any, xp: Backend) -> Any:
        return self.lr


def as_scheduler(schedule: ScheduleLike) -> Scheduler:
    """Make a scheduler of a number or a function, with arrays, operators and methods.

    Parameters
    ----------
    schedule : callable or float
        A number is a constant learning rate: see :func:`constant`. A function takes the
        iteration, an `int`, and returns the learning rate; for a NumPy array of iterations it
        is called once per iteration. After ``stretch``, ``over`` or a fractional ``delay``
        it receives a float. A scheduler is returned unchanged.

    Returns
    -------
    Scheduler
        The scheduler. A function has no config, so ``to_config`` refuses it.

    Raises
    ------
    TypeError
        If `schedule` is neither a real number nor callable with an iteration.
    ValueError
        If a number is not finite, or is negative.

    See Also
    --------
    LRScheduler : Subclass it for a schedule with parameters, a warm-up and a config.

    Examples
    --------
    >>> from lr_scheduler import as_scheduler
    >>> scheduler = 0.5 * as_scheduler(lambda t: 1 / (1 + t))
    >>> scheduler(0), scheduler(1), scheduler([3, 4])
    (0.5, 0.25, array([0.125, 0.1  ]))
    >>> as_scheduler(0.1)
    constant(0.1)
    """
    if isinstance(schedule, Scheduler):
        return schedule
    schedule = check_schedule_like("schedule", schedule)
    if callable(schedule):
        return AsScheduler(schedule)
    return constant(check.rate("schedule", schedule))


class AsScheduler(Scheduler):
    """See :func:`as_scheduler`."""

    schedule: Schedule

    _public_name = "as_scheduler"

    def __post_init__(self) -> None:
        check_schedule("schedule", self.schedule)

    def __repr__(self) -> str:
        return f"as_scheduler({self.schedule!r})"

    def _rate(self, t: Any, xp: Backend) -> Any:
        return xp.call(self.schedule, t)
