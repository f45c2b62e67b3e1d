"""Half a cosine from the first rate to the final one."""

from dataclasses import dataclass
from math import pi
from typing import Any

from . import _scalar
from ._annealing import AnnealingScheduler


@dataclass(frozen=True)
class CosineScheduler(AnnealingScheduler):
    r"""Decay along half a cosine, gently at both ends, and hold the end.

    .. math::

        \eta_t = \eta_T + (\eta_0 - \eta_T) \,
        \frac{1 + \cos\!\left(\pi \, (t - w) / (T - w)\right)}{2}

    for :math:`w \le t \le T`, where :math:`t` is the iteration, :math:`\eta_0` is
    `base_lr`, :math:`\eta_T` is `final_lr`,
    :math:`w` is `warmup_steps` and :math:`T` is `max_update`. After iteration :math:`T` the
    rate stays at :math:`\eta_T`; it never rises again.

    Parameters
    ----------
    max_update : int
        Iteration :math:`T` that has the final rate: at least 1, above `warmup_steps`.
    final_lr : float, default 0
        Rate :math:`\eta_T` of iteration `max_update` and all later ones; from 0 to `base_lr`.
    base_lr, warmup_steps, warmup_begin_lr, warmup_mode
        The starting rate and the warm-up: see :class:`LRScheduler`.

    Raises
    ------
    TypeError
        If an argument is not a number, or `max_update` is not an integer.
    ValueError
        If a value lies outside its range.

    See Also
    --------
    PolyScheduler : The same journey along a power of your choice.

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

    def decay(self, t: Any, library: Any = _scalar) -> Any:
        """Return the rate of iteration `t`, from `warmup_steps` to `max_update`."""
        angle = pi * (t - self.warmup_steps) / self._span
        return self.final_lr + self._fall * ((1 + library.cos(angle)) / 2)
