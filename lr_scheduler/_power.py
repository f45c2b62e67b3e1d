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
    :math:`s` is `decay_steps`, :math:`p` is `pwr` and :math:`w` is `warmup_steps`. The decay
    starts from the end of the warm-up, like those of the other smooth schedules; with
    `decay_steps` as long as the warm-up it is :math:`\eta_0 \, (t / w)^{-p}`.

    Parameters
    ----------
    decay_steps : int
        Scale :math:`s` of the time in iterations, at least 1. That long after the warm-up the
        rate is :math:`2^{-p}` of `base_lr`.
    pwr : float, default 0.5
        Power :math:`p`, above 0: 0.5 is the inverse square root, 1 the inverse time.
    base_lr, warmup_steps, warmup_begin_lr, warmup_mode
        The starting rate and the warm-up: see :class:`LRScheduler`.

    Raises
    ------
    TypeError
        If an argument is not a number, or `decay_steps` is not an integer.
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
            decay_steps=check.check_length("decay_steps", self.decay_steps),
            pwr=check.check_positive("pwr", self.pwr),
        )

    def decay(self, t: Any, library: Any = _scalar) -> Any:
        """Return the rate at the time `t`, from `warmup_steps` on."""
        return self.base_lr * library.power(
            1 + (t - self.warmup_steps) / self.decay_steps, -self.pwr
        )


def inverse_sqrt(
    warmup_steps: int, *, base_lr: float, warmup_begin_lr: float = 0
) -> PowerScheduler:
    r"""Rise in a straight line, then decay as the inverse square root: Noam's schedule.

    .. math:: \eta_t = \begin{cases}
        \eta_b + (\eta_0 - \eta_b) \, t / w & t < w \\
        \eta_0 \sqrt{w / t} & t \ge w
        \end{cases}

    where :math:`t` is the iteration, :math:`\eta_0` is `base_lr`, :math:`\eta_b` is
    `warmup_begin_lr` and :math:`w` is `warmup_steps`.

    Parameters
    ----------
    warmup_steps : int
        Length :math:`w` of the warm-up in iterations, at least 1.
    base_lr : float
        The highest rate :math:`\eta_0`, that of iteration `warmup_steps`; at least 0. For a
        model of width :math:`d` that of the Transformer is :math:`1 / \sqrt{d w}`.
    warmup_begin_lr : float, default 0
        Rate :math:`\eta_b` of the warm-up at iteration 0; from 0 to `base_lr`.

    Returns
    -------
    PowerScheduler
        The schedule.

    Raises
    ------
    TypeError, ValueError
        As :class:`PowerScheduler`.

    References
    ----------
    A. Vaswani et al., "Attention Is All You Need", 2017, `arXiv:1706.03762
    <https://arxiv.org/abs/1706.03762>`_, equation 3.

    Examples
    --------
    >>> from lr_scheduler import inverse_sqrt
    >>> scheduler = inverse_sqrt(100, base_lr=1)
    >>> scheduler(50), scheduler(100), scheduler(400), scheduler(2500)
    (0.5, 1.0, 0.5, 0.2)
    """
    check.check_length("warmup_steps", warmup_steps)
    return PowerScheduler(
        warmup_steps,
        base_lr=base_lr,
        warmup_steps=warmup_steps,
        warmup_begin_lr=warmup_begin_lr,
    )
