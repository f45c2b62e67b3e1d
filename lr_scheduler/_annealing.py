"""Annealing: decay smoothly to a final learning rate, and hold it."""

from dataclasses import KW_ONLY
from math import pi
from typing import Any, ClassVar

from . import _validation as check
from ._backend import Backend
from ._schedule import register
from ._warmup import LRScheduler


class AnnealingScheduler(LRScheduler):
    """Base of polynomial and cosine decay: reach `final_lr` at `max_update`, and hold it."""

    max_update: int
    _: KW_ONLY
    base_lr: float = 0.01
    final_lr: float = 0

    # Stored, because a call that computes the differences takes a quarter more time.
    _lr_range: ClassVar[float]
    _decay_steps: ClassVar[float]

    def __post_init__(self) -> None:
        self._store(max_update=check.length("max_update", self.max_update))
        super().__post_init__()
        final_lr = check.rate("final_lr", self.final_lr, base_lr=self.base_lr)
        if self.warmup_steps >= self.max_update:
            raise ValueError(
                f"warmup_steps must be less than max_update = {self.max_update}, "
                f"got {self.warmup_steps}"
            )
        self._store(
            final_lr=final_lr,
            _lr_range=self.base_lr - final_lr,
            _decay_steps=float(self.max_update - self.warmup_steps),
        )

    @property
    def end(self) -> int | None:
        return self.max_update


@register
class PolyScheduler(AnnealingScheduler):
    r"""Polynomial decay: fall as a power of the remaining iterations, and hold the end.

    .. math::

        \eta_t = \eta_T + (\eta_0 - \eta_T) \left(1 - \frac{t - w}{T - w}\right)^p

    for :math:`w \le t \le T`, where :math:`t` is the iteration, :math:`\eta_0` is
    `base_lr`, :math:`\eta_T` is `final_lr`,
    :math:`w` is `warmup_steps`, :math:`T` is `max_update` and :math:`p` is `pwr`. After
    iteration :math:`T` the rate stays at :math:`\eta_T`.

    Parameters
    ----------
    max_update : int
        Iteration :math:`T` that reaches the final rate: at least 1, above `warmup_steps`.
    pwr : float, default 2
        Exponent :math:`p`, above 0: 1 is a straight line, 2 a parabola.
    final_lr : float, default 0
        Final rate :math:`\eta_T`, held from `max_update` on; from 0 to `base_lr`.
    base_lr, warmup_steps, warmup_begin_lr, warmup_mode
        The peak rate and the warm-up: see :class:`LRScheduler`.

    Raises
    ------
    TypeError
        If an argument is not a number, or `max_update` is not an integer.
    ValueError
        If a value is outside its range.

    See Also
    --------
    CosineScheduler : Smooth too, with no exponent to tune.

    Examples
    --------
    >>> from lr_scheduler import PolyScheduler
    >>> scheduler = PolyScheduler(base_lr=1, final_lr=1e-3, max_update=800, pwr=2)
    >>> scheduler(0), round(scheduler(400), 5), scheduler(800), scheduler(1000)
    (1.0, 0.25075, 0.001, 0.001)
    """

    _: KW_ONLY
    pwr: float = 2

    def __post_init__(self) -> None:
        super().__post_init__()
        self._store(pwr=check.positive("pwr", self.pwr))

    def decay(self, t: Any, xp: Backend) -> Any:
        """Return the rate at iteration `t`, from `warmup_steps` to `max_update`."""
        progress = (t - self.warmup_steps) / self._decay_steps
        return self.final_lr + self._lr_range * xp.pow(1 - progress, self.pwr)


@register
class CosineScheduler(AnnealingScheduler):
    r"""Cosine decay: fall along half a cosine, and hold the end.

    .. math::

        \eta_t = \eta_T + (\eta_0 - \eta_T) \,
        \frac{1 + \cos\!\left(\pi \, (t - w) / (T - w)\right)}{2}

    for :math:`w \le t \le T`, where :math:`t` is the iteration, :math:`\eta_0` is
    `base_lr`, :math:`\eta_T` is `final_lr`,
    :math:`w` is `warmup_steps` and :math:`T` is `max_update`. After iteration :math:`T` the
    rate stays at :math:`\eta_T` and never rises again.

    Parameters
    ----------
    max_update : int
        Iteration :math:`T` that reaches the final rate: at least 1, above `warmup_steps`.
    final_lr : float, default 0
        Final rate :math:`\eta_T`, held from `max_update` on; from 0 to `base_lr`.
    base_lr, warmup_steps, warmup_begin_lr, warmup_mode
        The peak rate and the warm-up: see :class:`LRScheduler`.

    Raises
    ------
    TypeError
        If an argument is not a number, or `max_update` is not an integer.
    ValueError
        If a value is outside its range.

    See Also
    --------
    PolyScheduler : Decay with an exponent of your choice.

    References
    ----------
    I. Loshchilov and F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts",
    2017, `arXiv:1608.03983 <https://arxiv.org/abs/1608.03983>`_, equation 5, without the
    restarts.

    Examples
    --------
    >>> from lr_scheduler import CosineScheduler
    >>> scheduler = CosineScheduler(base_lr=1, final_lr=1e-3, max_update=800)
    >>> scheduler(0), round(scheduler(400), 4), scheduler(800), scheduler(1000)
    (1.0, 0.5005, 0.001, 0.001)
    """

    def decay(self, t: Any, xp: Backend) -> Any:
        """Return the rate at iteration `t`, from `warmup_steps` to `max_update`."""
        angle = pi * (t - self.warmup_steps) / self._decay_steps
        return self.final_lr + self._lr_range * ((1 + xp.cos(angle)) / 2)
