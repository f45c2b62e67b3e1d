"""Step decay: drop the learning rate by a factor, at equal intervals or at milestones."""

from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY
from typing import Any, ClassVar

from . import _scalar
from . import _validation as check
from ._backend import Backend
from ._schedule import register
from ._types import Integers
from ._validation import MAX_ITERATION
from ._warmup import LRScheduler


@register
class FactorScheduler(LRScheduler):
    r"""Step decay: multiply the learning rate by a factor every `step` iterations.

    .. math:: \eta_t = \max\!\left(\eta_0 \, \alpha^{\lfloor (t - 1) / s \rfloor},\ f\right)

    where :math:`t \ge 1` is the iteration, :math:`\eta_0` is `base_lr`, :math:`\alpha` is
    `factor`, :math:`s` is `step` and the floor :math:`f` is `stop_factor_lr` or
    :math:`\eta_0`, whichever is less. The exponent counts the drops: the first lower rate is
    at iteration :math:`s + 1`. At iteration 0, before the first optimizer step, the rate is
    :math:`\eta_0`.

    Parameters
    ----------
    step : int
        Number :math:`s` of iterations per drop, at least 1. Count from the start of training,
        even with a warm-up.
    factor : float, default 1
        Factor :math:`\alpha` of each drop: above 0, at most 1. Always pass a factor: with the
        default, taken from MXNet, the rate never drops.
    stop_factor_lr : float, default 1e-8
        Lowest rate that the drops can reach; at least 0.
    base_lr, warmup_steps, warmup_begin_lr, warmup_mode
        The peak rate and the warm-up: see :class:`LRScheduler`.

    Raises
    ------
    TypeError
        If an argument is not a number, or `step` is not an integer.
    ValueError
        If a value is outside its range.

    See Also
    --------
    MultiFactorScheduler : Drops at milestones of your choice.

    Examples
    --------
    >>> from lr_scheduler import FactorScheduler
    >>> scheduler = FactorScheduler(base_lr=1, step=250, factor=0.5)
    >>> scheduler(1), scheduler(250), scheduler(251), scheduler(501)
    (1, 1, 0.5, 0.25)

    An array of iterations gives an array of rates:

    >>> import numpy as np
    >>> scheduler(np.array([1, 250, 251, 501]))
    array([1.  , 1.  , 0.5 , 0.25])
    """

    step: int
    factor: float = 1
    stop_factor_lr: float = 1e-8
    _: KW_ONLY
    base_lr: float = 0.01

    _floor: ClassVar[float]

    def __post_init__(self) -> None:
        super().__post_init__()
        self._store(
            step=check.length("step", self.step),
            factor=check.factor("factor", self.factor),
            stop_factor_lr=check.rate("stop_factor_lr", self.stop_factor_lr),
        )
        self._store(_floor=float(min(self.stop_factor_lr, self.base_lr)))

    def _bends(self, stop: float) -> Iterator[float]:
        yield self.warmup_steps
        drop = self.step
        while drop < stop:
            yield drop
            drop += self.step

    def decay(self, t: Any, xp: Backend) -> Any:
        """Return the rate at iteration `t`, after the warm-up."""
        drops = -(-t // self.step) - 1 * (t > 0)  # floor((t - 1) / step), and 0 at t = 0
        return xp.maximum(self.base_lr * xp.int_power(self.factor, drops), self._floor)

    def _traced(self, t: Any, xp: Any) -> Any:
        if t.dtype != xp.integer:
            return self.decay(t, xp)
        drops = xp.quotient(xp.maximum(t, 1) - 1, self.step)
        return xp.maximum(self.base_lr * xp.int_power(self.factor, drops), self._floor)


@register
class MultiFactorScheduler(LRScheduler):
    r"""Multi-step decay: multiply the learning rate by a factor after each milestone.

    .. math:: \eta_t = \eta_0 \, \alpha^{\#\{b \in S \,:\, b < t\}}

    where :math:`t` is the iteration, :math:`\eta_0` is `base_lr`, :math:`\alpha` is `factor`
    and :math:`S` is `step`, the set of milestones. The exponent counts the milestones before
    :math:`t`: the rate drops one iteration after each milestone.

    Parameters
    ----------
    step : sequence of int
        Milestones :math:`S`: the iterations after which the rate drops, strictly increasing,
        each at least 1. Pass a list, a tuple, a range or an integer array. Count from the
        start of training, even with a warm-up.
    factor : float, default 1
        Factor :math:`\alpha` of each drop: above 0, at most 1. Always pass a factor: with the
        default, taken from MXNet, the rate never drops.
    base_lr, warmup_steps, warmup_begin_lr, warmup_mode
        The peak rate and the warm-up: see :class:`LRScheduler`.

    Raises
    ------
    TypeError
        If an argument is not a number, or `step` does not hold integers.
    ValueError
        If a value is outside its range, or `step` is empty or does not increase.

    See Also
    --------
    FactorScheduler : Drops at equal intervals.

    Examples
    --------
    >>> from lr_scheduler import MultiFactorScheduler
    >>> scheduler = MultiFactorScheduler(base_lr=1, step=[250, 750, 900], factor=0.5)
    >>> scheduler(250), scheduler(251), scheduler(751), scheduler(901)
    (1, 0.5, 0.25, 0.125)
    """

    step: Sequence[int] | Integers
    factor: float = 1
    _: KW_ONLY
    base_lr: float = 0.01

    _levels: ClassVar[tuple[float, ...]]
    """The rates after 0, 1, 2, ... drops."""

    def __post_init__(self) -> None:
        self._store(
            step=check.boundaries("step", self.step),
            factor=check.factor("factor", self.factor),
        )
        super().__post_init__()
        drops = range(len(self.step) + 1)
        levels = (self.base_lr * _scalar.int_power(self.factor, each) for each in drops)
        # In float32, the end of a long schedule may round down to its last milestone.
        self._store(_levels=tuple(levels), _last=MAX_ITERATION)

    @property
    def end(self) -> int | None:
        return max(self.step[-1] + 1, self.warmup_steps)

    def _bends(self, stop: float) -> Iterator[float]:
        yield self.warmup_steps
        yield from self.step

    def decay(self, t: Any, xp: Backend) -> Any:
        """Return the rate at iteration `t`, after the warm-up."""
        return xp.lookup(self._levels, xp.count_below(self.step, t))
