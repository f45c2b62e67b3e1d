"""Annealing: decay smoothly to a final learning rate, and hold it."""

from dataclasses import KW_ONLY
from math import pi, sqrt
from typing import Any, ClassVar

from . import _scalar
from . import _validation as check
from ._backend import EXACT_FORMS, Backend
from ._schedule import register
from ._warmup import LRScheduler


class AnnealingScheduler(LRScheduler):
    """Base of polynomial and cosine change: reach `final_lr` at `max_update`, and hold it."""

    max_update: int
    _: KW_ONLY
    base_lr: float = 0.01
    final_lr: float = 0

    # Stored, because a call that computes the differences takes a quarter more time.
    _lr_range: ClassVar[float]
    _decay_steps: ClassVar[float]
    _low: ClassVar[float]
    _high: ClassVar[float]
    _exact: ClassVar[bool]
    """Whether the rounded sum of `final_lr` and the range is `base_lr`.

    Rounding keeps the order of numbers. So then Python and NumPy compute no rate outside the
    range, and `base_lr` at the end of the warm-up.
    """

    def __post_init__(self) -> None:
        self._store(max_update=check.length("max_update", self.max_update))
        super().__post_init__()
        final_lr = check.rate("final_lr", self.final_lr)
        if self.warmup_steps >= self.max_update:
            raise ValueError(
                f"warmup_steps must be less than max_update = {self.max_update}, "
                f"got {self.warmup_steps}"
            )
        lr_range = self.base_lr - final_lr
        is_exact = final_lr + float(lr_range) == self.base_lr
        self._store(
            final_lr=final_lr,
            _lr_range=lr_range,
            _decay_steps=float(self.max_update - self.warmup_steps),
            _low=min(self.base_lr, final_lr),
            _high=max(self.base_lr, final_lr),
            _exact=is_exact,
        )

    @property
    def end(self) -> int | None:
        return self.max_update

    def _fit(self, rate: Any, t: Any, xp: Backend) -> Any:
        ends = float(self.base_lr), float(self.final_lr)
        return xp.fit(rate, t, self.warmup_steps, self.max_update, *ends)

    def _remaining(self, t: Any, xp: Any) -> Any:
        """Return the fraction of the decay that remains, for traced arrays."""
        return 1 - xp.minimum((t - self.warmup_steps) * xp.per(self._decay_steps), 1.0)

    def _along(self, curve: Any, xp: Any) -> Any:
        """Return the rates along a curve that falls from 1 to 0, for traced arrays."""
        low, high = float(self._low), float(self._high)
        part = curve if self.base_lr > self.final_lr else 1 - curve
        return xp.minimum(low + xp.height(low, high) * part, high)


@register
class PolyScheduler(AnnealingScheduler):
    r"""Polynomial decay: follow a power of the remaining iterations, and hold the end.

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
        Final rate :math:`\eta_T`, held from `max_update` on; at least 0. With a `base_lr`
        below it, the rate rises.
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

    _form: ClassVar[int]

    def __post_init__(self) -> None:
        super().__post_init__()
        pwr = check.positive("pwr", self.pwr)
        self._store(pwr=pwr, _form=EXACT_FORMS.get(pwr, 0))

    def decay(self, t: Any, xp: Backend) -> Any:
        """Return the rate at iteration `t`, from `warmup_steps` to `max_update`."""
        remaining = 1 - (t - self.warmup_steps) / self._decay_steps
        form = self._form
        if form > 0:
            power = remaining if form == 1 else remaining * remaining
        elif xp is _scalar and remaining > 0.0:
            power = sqrt(remaining) if form else remaining**self.pwr
        else:
            power = xp.pow(remaining, self.pwr)
        rate = self.final_lr + self._lr_range * power
        if self._exact:
            return rate
        if xp is _scalar and t > self.warmup_steps and self._low <= rate <= self._high:
            return rate
        return self._fit(rate, t, xp)

    def _traced(self, t: Any, xp: Any) -> Any:
        return self._along(xp.pow(self._remaining(t, xp), self.pwr), xp)


@register
class CosineScheduler(AnnealingScheduler):
    r"""Cosine decay: follow half a cosine, and hold the end.

    .. math::

        \eta_t = \eta_T + (\eta_0 - \eta_T) \,
        \frac{1 + \cos\!\left(\pi \, (t - w) / (T - w)\right)}{2}

    for :math:`w \le t \le T`, where :math:`t` is the iteration, :math:`\eta_0` is
    `base_lr`, :math:`\eta_T` is `final_lr`,
    :math:`w` is `warmup_steps` and :math:`T` is `max_update`. After iteration :math:`T` the
    rate stays at :math:`\eta_T`.

    Parameters
    ----------
    max_update : int
        Iteration :math:`T` that reaches the final rate: at least 1, above `warmup_steps`.
    final_lr : float, default 0
        Final rate :math:`\eta_T`, held from `max_update` on; at least 0. With a `base_lr`
        below it, the rate rises.
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
        rate = self.final_lr + self._lr_range * ((1 + xp.cos(angle)) / 2)
        if self._exact:
            return rate
        if xp is _scalar and t > self.warmup_steps and self._low <= rate <= self._high:
            return rate
        return self._fit(rate, t, xp)

    def _traced(self, t: Any, xp: Any) -> Any:
        rise = xp.sin(pi / 2 * self._remaining(t, xp))  # near 0, more exact than 1 + cos
        return self._along(xp.pow(rise, 2), xp)
