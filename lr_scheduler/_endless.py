"""Decay without an end: exponential decay and power-law decay."""

from dataclasses import KW_ONLY
from typing import Any, ClassVar

from . import _validation as check
from ._backend import EXACT_FORMS, Backend
from ._schedule import register
from ._warmup import LRScheduler


@register
class ExponentialScheduler(LRScheduler):
    r"""Exponential decay: multiply the rate by `factor` every `decay_steps`, smoothly.

    .. math:: \eta_t = \eta_0 \, \alpha^{(t - w) / s}

    for :math:`t \ge w`, where :math:`t` is the iteration, :math:`\eta_0` is `base_lr`,
    :math:`\alpha` is `factor`, :math:`s` is `decay_steps` and :math:`w` is `warmup_steps`. The
    decay starts when the warm-up ends.

    Parameters
    ----------
    decay_steps : float
        Number :math:`s` of iterations in which the rate changes by `factor`, above 0.
    factor : float
        Factor :math:`\alpha` per `decay_steps` iterations, above 0. If it exceeds 1, the rate
        grows.
    base_lr, warmup_steps, warmup_begin_lr, warmup_mode
        The peak rate and the warm-up: see :class:`LRScheduler`.

    Raises
    ------
    TypeError
        If an argument is not a number, or `warmup_steps` is not an integer.
    ValueError
        If a value is outside its range, or from a call, if the growing rate overflows.

    See Also
    --------
    FactorScheduler : Step decay, with sudden drops.

    Examples
    --------
    >>> from lr_scheduler import ExponentialScheduler
    >>> scheduler = ExponentialScheduler(base_lr=1, decay_steps=100, factor=0.25)
    >>> scheduler(0), scheduler(50), scheduler(100), scheduler(200)
    (1.0, 0.5, 0.25, 0.0625)

    A rate that doubles every 100 iterations:

    >>> scheduler.replace(factor=2)(300)
    8.0
    """

    decay_steps: float
    factor: float

    _grows: ClassVar[bool]

    def __post_init__(self) -> None:
        super().__post_init__()
        factor = check.positive("factor", self.factor)
        self._store(
            decay_steps=check.duration("decay_steps", self.decay_steps),
            factor=factor,
            _grows=factor > 1,
        )

    def decay(self, t: Any, xp: Backend) -> Any:
        """Return the rate at time `t`, from `warmup_steps` on."""
        x = (t - self.warmup_steps) / self.decay_steps
        if self._grows:
            return xp.exponential(self.base_lr, self.factor, x, t)
        return self.base_lr * xp.plain_pow(self.factor, x)


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
    decay_steps : float
        Time scale :math:`s` in iterations, above 0. After this many iterations of decay, the
        rate is :math:`2^{-p}` of `base_lr`.
    pwr : float, default 0.5
        Exponent :math:`p`, above 0: 0.5 is the inverse square root, 1 the inverse time.
    base_lr, warmup_steps, warmup_begin_lr, warmup_mode
        The peak rate and the warm-up: see :class:`LRScheduler`.

    Raises
    ------
    TypeError
        If an argument is not a number, or `warmup_steps` is not an integer.
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

    The inverse time decay of Keras, ``base_lr / (1 + decay_rate * t / decay_steps)``, has the
    time scale ``decay_steps / decay_rate``:

    >>> scheduler = PowerScheduler(100 / 0.5, pwr=1, base_lr=1)
    >>> scheduler(100), 1 / (1 + 0.5 * 100 / 100)
    (0.6666666666666666, 0.6666666666666666)
    """

    decay_steps: float
    _: KW_ONLY
    pwr: float = 0.5

    _form: ClassVar[int]

    def __post_init__(self) -> None:
        super().__post_init__()
        pwr = check.positive("pwr", self.pwr)
        self._store(
            decay_steps=check.duration("decay_steps", self.decay_steps),
            pwr=pwr,
            _form=EXACT_FORMS.get(pwr, 0),
        )

    def decay(self, t: Any, xp: Backend) -> Any:
        """Return the rate at time `t`, from `warmup_steps` on."""
        x = 1 + (t - self.warmup_steps) / self.decay_steps
        form = self._form
        if not form:
            return self.base_lr * xp.plain_pow(x, -self.pwr)
        return self.base_lr / (xp.sqrt(x) if form < 0 else x if form == 1 else x * x)
