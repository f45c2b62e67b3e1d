"""Decay as a power of the time: fast at first, then ever more slowly, without an end."""

from dataclasses import KW_ONLY, dataclass
from typing import Any

from . import _scalar
from . import _validation as check
from ._warmup import LRScheduler


@dataclass(frozen=True)
class PowerScheduler(LRScheduler):
    r"""Decay as a power of the time: the inverse square root, or the inverse time.

    .. math:: \eta_t = \eta_0 \left(1 + \frac{t - w}{s}\right)^{-p}

    for :math:`t \ge w`, where :math:`t` is the iteration, :math:`\eta_0` is `base_lr`,
    :math:`s` is `step`, :math:`p` is `pwr` and :math:`w` is `warmup_steps`. The decay starts
    from the end of the warm-up, like those of the other smooth schedules; with a `step` as
    long as the warm-up it is :math:`\eta_0 \, (t / w)^{-p}`.

    Parameters
    ----------
    step : int
        Iterations :math:`s` after which the rate is :math:`2^{-p}` of `base_lr`, at least 1.
    pwr : float, default 0.5
        Power :math:`p`, above 0: 0.5 is the inverse square root, 1 the inverse time.
    base_lr, warmup_steps, warmup_begin_lr, warmup_mode
        The starting rate and the warm-up: see :class:`LRScheduler`.

    Raises
    ------
    TypeError
        If an argument is not a number, or `step` is not an integer.
    ValueError
        If a value lies outside its range.

    See Also
    --------
    inverse_sqrt : The schedule of the Transformer, by its usual name.

    References
    ----------
    H. Robbins and S. Monro, "A Stochastic Approximation Method", 1951,
    `doi:10.1214/aoms/1177729586 <https://doi.org/10.1214/aoms/1177729586>`_: rates like the
    inverse time, whose sum has no limit while the sum of their squares has one.

    Examples
    --------
    >>> from lr_scheduler import PowerScheduler
    >>> scheduler = PowerScheduler(base_lr=1, step=100)
    >>> scheduler(0), scheduler(300), scheduler.replace(pwr=1)(300)
    (1.0, 0.5, 0.25)
    """

    step: int
    _: KW_ONLY
    pwr: float = 0.5

    def __post_init__(self) -> None:
        super().__post_init__()
        self._store(
            step=check.check_length("step", self.step),
            pwr=check.check_positive("pwr", self.pwr),
        )

    def decay(self, t: Any, library: Any = _scalar) -> Any:
        """Return the rate at the time `t`, from `warmup_steps` on."""
        return self.base_lr * library.power(1 + (t - self.warmup_steps) / self.step, -self.pwr)
