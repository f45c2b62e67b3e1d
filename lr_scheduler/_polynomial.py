"""A polynomial of the iteration that reaches the final rate."""

from dataclasses import KW_ONLY, dataclass
from typing import Any, Literal

from . import _scalar
from . import _validation as check
from ._annealing import AnnealingScheduler


@dataclass(frozen=True)
class PolyScheduler(AnnealingScheduler):
    r"""Decay along a power of what is left of the iterations, and hold the end.

    .. math::

        \eta_t = \eta_T + (\eta_0 - \eta_T) \left(1 - \frac{t - w}{T - w}\right)^p

    for :math:`w \le t \le T`, where :math:`t` is the iteration, :math:`\eta_0` is
    `base_lr`, :math:`\eta_T` is `final_lr`,
    :math:`w` is `warmup_steps`, :math:`T` is `max_update` and :math:`p` is `pwr`. After
    iteration :math:`T` the rate stays at :math:`\eta_T`.

    Parameters
    ----------
    max_update : int
        Iteration :math:`T` that has the final rate: at least 1, above `warmup_steps`.
    pwr : float, default 2
        Power :math:`p`, above 0: 1 is a straight line, 2 a parabola.
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
    CosineScheduler : The same journey without a power to choose.

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
        self._store(pwr=check.check_positive("pwr", self.pwr))

    def decay(self, t: Any, library: Any = _scalar) -> Any:
        """Return the rate of iteration `t`, from `warmup_steps` to `max_update`."""
        progress = (t - self.warmup_steps) / self._span
        return self.final_lr + self._fall * library.power(1 - progress, self.pwr)


def linear(
    max_update: int,
    *,
    base_lr: float,
    final_lr: float = 0,
    warmup_steps: int = 0,
    warmup_begin_lr: float = 0,
    warmup_mode: Literal["linear", "constant"] = "linear",
) -> PolyScheduler:
    r"""Decay along a straight line, after a warm-up if there is one.

    .. math:: \eta_t = \eta_T + (\eta_0 - \eta_T) \left(1 - \frac{t - w}{T - w}\right)

    which is :class:`PolyScheduler` with a power of 1; the symbols are its own.

    Parameters
    ----------
    max_update : int
        Iteration :math:`T` that has the final rate: at least 1, above `warmup_steps`.
    final_lr : float, default 0
        Rate :math:`\eta_T` of iteration `max_update` and all later ones; from 0 to `base_lr`.
    base_lr, warmup_steps, warmup_begin_lr, warmup_mode
        The starting rate and the warm-up: see :class:`LRScheduler`.

    Returns
    -------
    PolyScheduler
        The schedule.

    Raises
    ------
    TypeError, ValueError
        As :class:`PolyScheduler`.

    Examples
    --------
    >>> from lr_scheduler import linear
    >>> scheduler = linear(100, base_lr=1, warmup_steps=20)
    >>> scheduler(10), scheduler(20), scheduler(60), scheduler(100)
    (0.5, 1.0, 0.5, 0.0)
    """
    return PolyScheduler(
        max_update,
        base_lr=base_lr,
        pwr=1,
        final_lr=final_lr,
        warmup_steps=warmup_steps,
        warmup_begin_lr=warmup_begin_lr,
        warmup_mode=warmup_mode,
    )
