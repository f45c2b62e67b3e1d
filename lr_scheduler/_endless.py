"""Decay without an end: exponential decay and power-law decay."""

from dataclasses import KW_ONLY
from typing import Any

from . import _validation as check
from ._backend import Backend
from ._schedule import register
from ._warmup import LRScheduler


@register
class ExponentialScheduler(LRScheduler):
    r"""Exponential decay: shrink the learning rate by `factor` every `decay_steps`, smoothly.

    .. math:: \eta_t = \eta_0 \, \alpha^{(t - w) / s}

    for :math:`t \ge w`, where :math:`t` is the iteration, :math:`\eta_0` is `base_lr`,
    :math:`\alpha` is `factor`, :math:`s` is `decay_steps` and :math:`w` is `warmup_steps`. The
    decay starts when the warm-up ends.

    Parameters
    ----------
    decay_steps : int
        Number :math:`s` of iterations that multiply the rate by `factor`, at least 1.
    factor : float
        Factor :math:`\alpha` per `decay_steps` iterations: above 0, at most 1.
    base_lr, warmup_steps, warmup_begin_lr, warmup_mode
        The peak rate and the warm-up: see :class:`LRScheduler`.

    Raises
    ------
    TypeError
        If an argument is not a number, or `decay_steps` is not an integer.
    ValueError
        If a value is outside its range.

    See Also
    --------
    FactorScheduler : Step decay, with sudden drops.

    Examples
    --------
    >>> from lr_scheduler import ExponentialScheduler
    >>> scheduler = ExponentialScheduler(base_lr=1, decay_steps=100, factor=0.25)
    >>> scheduler(0), scheduler(50), scheduler(100), scheduler(200)
    (1.0, 0.5, 0.25, 0.0625)
    """

    decay_steps: int
    factor: float

    def __post_init__(self) -> None:
        super().__post_init__()
        self._store(
            decay_steps=check.length("decay_steps", self.decay_steps),
            factor=check.factor("factor", self.factor),
        )

    def decay(self, t: Any, xp: Backend) -> Any:
        """Return the rate at time `t`, from `warmup_steps` on."""
        return self.base_lr * xp.pow(self.factor, (t - self.warmup_steps) / self.decay_steps)


@register
class PowerScheduler(LRScheduler):
    r"""Power-law decay: fall as the inverse square root of time, or as the inverse time.

    .. math:: \eta_t = \eta_0 \left(1 + \frac{t - w}{s}\right)^{-p}

    for :math:`t \ge w`, where :math:`t` is the iteration, :math:`\eta_0` is `base_lr`,
    :math:`s` is `decay_steps`, :math:`p` is `pwr` and :math:`w` is `warmup_steps`. The decay
    starts when the warm-up ends. If `decay_steps` equals `warmup_steps`, the rate is
    :math:`\eta_0 \, (t / w)^{-p}`.

    Parameters
    ----------
    decay_steps : int
        Time scale :math:`s` in iterations, at least 1. After this many iterations of decay,
        the rate is :math:`2^{-p}` of `base_lr`.
    pwr : float, default 0.5
        Exponent :math:`p`, above 0: 0.5 is the inverse square root, 1 the inverse time.
    base_lr, warmup_steps, warmup_begin_lr, warmup_mode
        The peak rate and the warm-up: see :class:`LRScheduler`.

    Raises
    ------
    TypeError
        If an argument is not a number, or `decay_steps` is not an integer.
    ValueError
        If a value is outside its range.

    See Also
    --------
    inverse_sqrt : The Transformer schedule (Noam).

    References
    ----------
    H. Robbins and S. Monro, "A Stochastic Approximation Method", 1951,
    `doi:10.1214/aoms/1177729586 <https://doi.org/10.1214/aoms/1177729586>`_: rates such as
    the inverse time, whose sum diverges while the sum of their squares converges.

    Examples
    --------
    >>> from lr_scheduler import PowerScheduler
    >>> scheduler = PowerScheduler(base_lr=1, decay_steps=100)
    >>> scheduler(0), scheduler(300), scheduler.replace(pwr=1)(300)
    (1.0, 0.5, 0.25)
    """

    decay_steps: int
    _: KW_ONLY
    pwr: float = 0.5

    def __post_init__(self) -> None:
        super().__post_init__()
        self._store(
            decay_steps=check.length("decay_steps", self.decay_steps),
            pwr=check.positive("pwr", self.pwr),
        )

    def decay(self, t: Any, xp: Backend) -> Any:
        """Return the rate at time `t`, from `warmup_steps` on."""
        return self.base_lr * xp.pow(1 + (t - self.warmup_steps) / self.decay_steps, -self.pwr)
