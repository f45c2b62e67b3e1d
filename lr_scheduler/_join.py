"""Sequences of schedules: join different schedules, or repeat one schedule."""

from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY
from functools import lru_cache
from itertools import chain
from typing import Any, ClassVar

from . import _scalar
from . import _validation as check
from ._backend import Backend
from ._schedule import (
    ScheduleLike,
    Scheduler,
    bends_of,
    check_schedule_like,
    end_of,
    first_iteration,
    rate_of,
    register,
)
from ._types import Integers
from ._validation import MAX_ITERATION

MOST_CYCLES = 100_000  # of different lengths: each start is stored


def join(schedulers: Sequence[ScheduleLike], boundaries: Sequence[int] | Integers) -> Scheduler:
    r"""Join: follow schedules one after another, each from its own start.

    .. math:: \eta_t = \eta^{(k)}_{t - b_k}, \qquad b_k < t \le b_{k+1}

    where :math:`t` is the iteration, :math:`\eta^{(k)}` is schedule number :math:`k`, counted
    from 0, and :math:`b_1 < b_2 < \ldots` are the `boundaries`; :math:`b_0` is 0. Iteration 0
    belongs to the first schedule. A boundary still belongs to the old schedule; the next
    iteration is iteration 1 of the new schedule.

    Parameters
    ----------
    schedulers : sequence of callable or float
        The schedules :math:`\eta^{(k)}`; a number is a constant learning rate.
    boundaries : sequence of int
        The last iteration of each schedule except the final schedule, strictly increasing,
        each at least 1.

    Returns
    -------
    Scheduler
        The joined schedule. Nested joins give the same rates as a flat join.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If `boundaries` does not increase, or its length is not the number of schedules
        minus 1.

    See Also
    --------
    repeat : Repeat one schedule.

    Examples
    --------
    >>> from lr_scheduler import CosineScheduler, join
    >>> scheduler = join([0.5, CosineScheduler(100, base_lr=1)], [10])
    >>> scheduler(10), round(scheduler(11), 4), scheduler(110)
    (0.5, 0.9998, 0.0)
    """
    return Join(schedulers, boundaries)


@register
class Join(Scheduler):
    """See :func:`join`."""

    _public_name = "join"

    schedulers: Sequence[ScheduleLike]
    boundaries: Sequence[int] | Integers

    _holds_numbers: ClassVar[bool]
    """Whether all schedules are numbers: then a table has the rates."""

    def __post_init__(self) -> None:
        schedulers = tuple(
            check_schedule_like(f"schedulers[{i}]", each)
            for i, each in enumerate(
                check.sequence("schedulers", self.schedulers, of="schedules")
            )
        )
        if not schedulers:
            raise ValueError("schedulers must hold at least 1 schedule, got none")
        boundaries = check.boundaries("boundaries", self.boundaries, at_least=0)
        check.between(self.boundaries, len(schedulers), "scheduler")
        self._store(
            schedulers=schedulers,
            boundaries=boundaries,
            _holds_numbers=not any(map(callable, schedulers)),
        )
        self._measure(chain(schedulers, boundaries))

    def __repr__(self) -> str:
        return f"join({[*self.schedulers]!r}, {[*self.boundaries]!r})"

    @property
    def end(self) -> int | None:
        last = end_of(self.schedulers[-1])
        if last is None or not self.boundaries:
            return last
        return first_iteration(self.boundaries[-1] + max(last, 1))

    def _bends(self, stop: float) -> Iterator[float]:
        yield from self.boundaries
        starts, ends = (0, *self.boundaries), (*self.boundaries, stop)
        for each, start, end in zip(self.schedulers, starts, ends, strict=True):
            for bend in bends_of([each], end - start):
                if start + bend < end:
                    yield start + bend

    def _rate(self, t: Any, xp: Backend) -> Any:
        number = xp.count_below(self.boundaries, t)
        if self._holds_numbers:
            return xp.lookup(self.schedulers, number)
        return xp.select(number, len(self.schedulers), self._part, t)

    def _part(self, number: int, t: Any, xp: Backend) -> Any:
        """Return the rate of schedule `number` at its own time."""
        start = self.boundaries[number - 1] if number else 0
        return rate_of(self.schedulers[number], xp.delay(t, start), xp)


def repeat(
    scheduler: ScheduleLike,
    period: float,
    *,
    cycles: int | None = None,
    period_factor: float = 1,
    lr_factor: float = 1,
    count_from: int = 1,
) -> Scheduler:
    r"""Warm restarts: repeat a schedule in cycles that may change in length and height.

    .. math::

        \eta_t = \gamma^i \, \eta^{(0)}\!\left(\frac{t - b_i}{m^i}\right), \qquad
        b_i < t \le b_{i+1}, \qquad b_i = s \, (1 + m + \ldots + m^{i-1})

    where :math:`t` is the iteration, :math:`\eta^{(0)}` is the `scheduler`, :math:`i` is the
    number of the cycle, counted from 0, :math:`s` is `period`, :math:`m` is `period_factor` and
    :math:`\gamma` is `lr_factor`. A longer cycle is the same curve, stretched. Cycle :math:`i`
    ends at the boundary :math:`b_{i+1}`; :math:`b_0` is 0.

    Parameters
    ----------
    scheduler : callable or float
        The schedule :math:`\eta^{(0)}` of the first cycle.
    period : float
        Length :math:`s` of the first cycle in iterations, at least 1. May be fractional.
    cycles : int, optional
        Number of cycles, at least 1; endless by default. After the last cycle its final rate
        is held. Endless cycles need a `period_factor` of at least 1 and an
        `lr_factor` of at most 1.
    period_factor : float, default 1
        Factor :math:`m` that scales the length of each new cycle, above 0. Below 1, cycles get
        shorter. A factor so close to 1 that more than 100,000 cycles differ in length is
        refused: then pass `cycles`. A boundary that misses an integer only by rounding error
        is rounded to the integer.
    lr_factor : float, default 1
        Factor :math:`\gamma` that scales the height of each new cycle, above 0.
    count_from : {1, 0}, default 1
        Which end of the curve each cycle reaches: 1 for the last rate, 0 for the first. With 0,
        as in most other libraries, :math:`u = \max(t - 1, 0)` takes the place of :math:`t`, and
        cycle :math:`i` has :math:`b_i \le u < b_{i+1}`. So a cosine cycle starts at its highest
        rate and ends before its lowest rate.

    Returns
    -------
    Scheduler
        The repeated schedule. Every iteration takes the same time to compute.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If a value is outside its range, the last cycle is shorter than 1 iteration, or
        `period_factor` needs more than 100,000 cycles.

    See Also
    --------
    join : Different schedules, one after another.
    cosine_restarts : Cosine with warm restarts (SGDR).

    References
    ----------
    I. Loshchilov and F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts",
    2017, `arXiv:1608.03983 <https://arxiv.org/abs/1608.03983>`_, section 3: restarts, and
    cycles that grow by a factor.

    Examples
    --------
    >>> from lr_scheduler import CosineScheduler, MultiFactorScheduler, linear, repeat
    >>> scheduler = repeat(CosineScheduler(10, base_lr=1), 10, period_factor=2, lr_factor=0.5)
    >>> [round(scheduler(t), 4) for t in (0, 5, 10, 20, 30, 31)]
    [1.0, 0.5, 0.0, 0.25, 0.0, 0.2496]

    Three cycles, each half as long as the previous cycle; then the final rate is held:

    >>> scheduler = repeat(CosineScheduler(8, base_lr=1), 8, period_factor=0.5, cycles=3)
    >>> [round(scheduler(t), 4) for t in (4, 8, 10, 12, 13, 14, 20)]
    [0.5, 0.0, 0.5, 0.0, 0.5, 0.0, 0.0]

    Step decay restarts too:

    >>> scheduler = repeat(MultiFactorScheduler([2], 0.5, base_lr=1), 4)
    >>> [scheduler(t) for t in (2, 3, 4, 5, 6, 7)]
    [1, 0.5, 0.5, 1, 1, 0.5]

    Cycles of 2.5 iterations begin after 2.5, 5 and 7.5 iterations. Counted from 0, the second
    cycle begins at iteration 4, because 3 iterations, at least 2.5, come before it:

    >>> line = linear(5, base_lr=1)
    >>> scheduler = repeat(line, 2.5, count_from=0)
    >>> [round(scheduler(t), 4) for t in (1, 2, 3, 4, 5, 6)]
    [1.0, 0.8, 0.6, 0.9, 0.7, 1.0]
    """
    return Repeat(
        scheduler,
        period,
        cycles=cycles,
        period_factor=period_factor,
        lr_factor=lr_factor,
        count_from=count_from,
    )


@register
class Repeat(Scheduler):
    """See :func:`repeat`."""

    _public_name = "repeat"

    scheduler: ScheduleLike
    period: float
    _: KW_ONLY
    cycles: int | None = None
    period_factor: float = 1
    lr_factor: float = 1
    count_from: int = 1

    _starts: ClassVar[tuple[float, ...]]
    _last: ClassVar[float]

    def __post_init__(self) -> None:
        self._store(
            scheduler=check_schedule_like("scheduler", self.scheduler),
            period=check.period("period", self.period),
            period_factor=check.positive("period_factor", self.period_factor),
            lr_factor=check.positive("lr_factor", self.lr_factor),
            count_from=check.integer("count_from", self.count_from, minimum=0),
        )
        if self.cycles is not None:
            self._store(cycles=check.integer("cycles", self.cycles, minimum=1))
        if self.count_from > 1:
            raise ValueError(f"count_from must be 0 or 1, got {self.count_from}")
        if self.cycles is None:
            self._check_endless()
        else:
            self._check_last_cycle(self.cycles - 1)
        if self.period_factor == 1:
            end = self.period * (self.cycles or MAX_ITERATION)
            starts: tuple[float, ...] = (0,)
        else:
            starts, end = _growing_cycles(self.period, self.period_factor, self.cycles)
        self._store(_starts=starts, _last=first_iteration(end) - 1 + self.count_from)
        self._measure([self.scheduler], values=len(starts))

    def _check_endless(self) -> None:
        if self.period_factor < 1 or self.lr_factor > 1:
            raise ValueError(
                "cycles must be given if period_factor is below 1 or lr_factor above 1, "
                "got None"
            )

    def _check_last_cycle(self, number: int) -> None:
        if self.period_factor < 1 and self.period * float(self.period_factor) ** number < 1:
            raise ValueError(
                "cycles must leave the last cycle at least 1 iteration long, "
                f"got {self.cycles} with period = {self.period} and "
                f"period_factor = {self.period_factor}: use fewer cycles or a longer period"
            )
        try:
            float(self.lr_factor) ** number
        except OverflowError:
            raise ValueError(
                "lr_factor ** (cycles - 1) must be finite, "
                f"got {check.short_repr(self.lr_factor)} ** {number}"
            ) from None

    @property
    def end(self) -> int | None:
        if self.cycles is None:
            return None
        return first_iteration(self._last + 1 - self.count_from)

    def __repr__(self) -> str:
        scheduler, period, *rest = self._parameters().items()
        arguments = [f"{value!r}" for _, value in (scheduler, period)]
        arguments += [f"{name}={value!r}" for name, value in rest]
        return f"repeat({', '.join(arguments)})"

    def _bends(self, stop: float) -> Iterator[float]:
        start, stretch, number = 0.0, 1.0, 0
        while start < stop and number != self.cycles:
            for bend in bends_of([self.scheduler], self.period):
                if bend < self.period:
                    yield start + bend * stretch
            start += self.period * stretch
            yield start
            stretch, number = stretch * self.period_factor, number + 1

    def _rate(self, t: Any, xp: Backend) -> Any:
        counts_from_0 = self.count_from == 0
        t = xp.clamp_time(t - 1 if counts_from_0 else t, 0, self._last)
        if self.period_factor != 1:
            if counts_from_0:
                cycle = xp.count_to(self._starts, t) - 1
            else:
                cycle = xp.count_below(self._starts, t) - 1 * (t > 0)  # the cycles before t
            # Powers of floats, so that numbers and arrays give the same rates.
            stretch = xp.int_power(float(self.period_factor), cycle)
            t = xp.round_if_close(xp.elapsed(self._starts, cycle, t) / stretch)
            t = xp.clamp_time(t, 0, self.period)
        elif self.period % 1:
            cycles = xp.round_if_close(t / self.period)
            cycle = cycles // 1 if counts_from_0 else -(-cycles // 1) - 1 * (t > 0)
            if self.cycles is not None:
                cycle = xp.minimum(cycle, self.cycles - 1)
            t = xp.clamp_time(t - xp.round_if_close(cycle * self.period), 0, self.period)
        else:
            cycle = t // self.period if counts_from_0 else -(-t // self.period) - 1 * (t > 0)
            t = t - cycle * self.period
        rate = rate_of(self.scheduler, t, xp)
        if self.lr_factor != 1:
            rate = xp.multiply(xp.int_power(float(self.lr_factor), cycle), rate)
        return rate


@lru_cache(maxsize=16)  # equal cycles share a table
def _growing_cycles(
    period: float, factor: float, cycles: int | None
) -> tuple[tuple[float, ...], float]:
    """Return the start of each cycle up to iteration 2**53, and the end of the last cycle."""
    starts: list[float] = [0]
    end = period
    while len(starts) != cycles and end <= MAX_ITERATION:
        if len(starts) == MOST_CYCLES:
            raise ValueError(
                f"period_factor must give at most {MOST_CYCLES} cycles of different lengths, "
                f"got {factor} with period = {period} and cycles = {cycles}: pass fewer cycles"
            )
        starts.append(end)
        end = _scalar.round_if_close(period + factor * end)
    return tuple(starts), end
