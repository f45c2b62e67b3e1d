"""One curve again and again: restarts of a cosine, and triangles."""

from collections.abc import Callable

from . import _validation as check
from ._cosine import CosineScheduler
from ._join import repeat
from ._piecewise import PiecewiseScheduler
from ._schedule import Scheduler


def cosine_restarts(
    period: int,
    *,
    base_lr: float,
    final_lr: float = 0,
    cycles: int | None = None,
    period_factor: float = 1,
    lr_factor: float = 1,
    count_from: int = 1,
) -> Scheduler:
    r"""Decay along half a cosine, and restart: SGDR.

    .. math:: \eta_t = \eta_T + (\eta_0 - \eta_T) \, \gamma^i \,
        \frac{1 + \cos\!\left(\pi \, (t - b_i) / (s \, m^i)\right)}{2},
        \qquad b_i < t \le b_{i+1}

    where :math:`t` is the iteration, :math:`\eta_0` is `base_lr`, :math:`\eta_T` is `final_lr`
    and the cycles are those of :func:`repeat`: :math:`s` is `period`, :math:`m` is
    `period_factor`, :math:`\gamma` is `lr_factor`, :math:`i` the number of the cycle and
    :math:`b_i` its start.

    Parameters
    ----------
    period : int
        Length :math:`s` of the first cycle in iterations, at least 1.
    base_lr : float
        Rate :math:`\eta_0` that the first cycle starts from, at least 0.
    final_lr : float, default 0
        Rate :math:`\eta_T` that every cycle ends at; from 0 to `base_lr`.
    cycles, period_factor, lr_factor, count_from
        The cycles: see :func:`repeat`. The height above `final_lr` is what `lr_factor` scales.

    Returns
    -------
    Scheduler
        The schedule.

    Raises
    ------
    TypeError, ValueError
        As :func:`repeat` and :class:`CosineScheduler`.

    References
    ----------
    I. Loshchilov and F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts",
    2017, `arXiv:1608.03983 <https://arxiv.org/abs/1608.03983>`_, equation 5.

    Examples
    --------
    >>> from lr_scheduler import cosine_restarts
    >>> scheduler = cosine_restarts(100, base_lr=1, period_factor=2)
    >>> [round(scheduler(t), 4) for t in (50, 100, 101, 200, 300)]
    [0.5, 0.0, 0.9999, 0.5, 0.0]

    A second cycle that is twice as high above its floor:

    >>> scheduler = cosine_restarts(10, base_lr=1, final_lr=0.5, lr_factor=2, cycles=2)
    >>> [scheduler(t) for t in (0, 5, 10, 15, 20, 30)]
    [1.0, 0.75, 0.5, 1.0, 0.5, 0.5]
    """
    period = check.check_length("period", period)
    factor = check.check_positive("lr_factor", lr_factor)

    def made(base_lr: float, final_lr: float) -> Scheduler:
        cosine = CosineScheduler(period, base_lr=base_lr, final_lr=final_lr)
        return repeat(
            cosine,
            period,
            cycles=cycles,
            period_factor=period_factor,
            lr_factor=factor,
            count_from=count_from,
        )

    return _above(made, base_lr, final_lr, factor)


def cyclic(
    period: int,
    rise_steps: int | None = None,
    *,
    base_lr: float,
    final_lr: float = 0,
    cycles: int | None = None,
    lr_factor: float = 1,
) -> Scheduler:
    r"""Rise and fall in straight lines, again and again: the triangles of cyclical rates.

    .. math:: \eta_t = \eta_T + (\eta_0 - \eta_T) \, \gamma^i \begin{cases}
        x / r & x \le r \\
        (s - x) / (s - r) & x \ge r
        \end{cases}
        \qquad x = t - i s

    where :math:`t` is the iteration, :math:`i` is the number of its cycle, counted from 0,
    :math:`\eta_0` is `base_lr`, :math:`\eta_T` is `final_lr`, :math:`s` is `period`,
    :math:`r` is `rise_steps` and :math:`\gamma` is `lr_factor`.

    Parameters
    ----------
    period : int
        Length :math:`s` of a cycle in iterations, at least 2.
    rise_steps : int, optional
        Length :math:`r` of the rise, at least 1, less than `period`; half the cycle by default.
    base_lr : float
        The highest rate :math:`\eta_0`, that of the first cycle's peak; at least 0.
    final_lr : float, default 0
        The rate :math:`\eta_T` between two cycles; from 0 to `base_lr`.
    cycles : int, optional
        How many cycles there are, at least 1; after the last one the rate is `final_lr`.
        Without end by default.
    lr_factor : float, default 1
        How many times higher :math:`\gamma` each peak is than the one before, measured from
        `final_lr`; above 0. 0.5 halves them.

    Returns
    -------
    Scheduler
        The schedule.

    Raises
    ------
    TypeError
        If an argument is not of its kind.
    ValueError
        If a value lies outside its range, or the half of an odd `period` is asked for.

    References
    ----------
    L. N. Smith, "Cyclical Learning Rates for Training Neural Networks", 2017,
    `arXiv:1506.01186 <https://arxiv.org/abs/1506.01186>`_.

    Examples
    --------
    >>> from lr_scheduler import cyclic
    >>> scheduler = cyclic(100, base_lr=1, lr_factor=0.5)
    >>> [scheduler(t) for t in (0, 25, 50, 100, 150, 175, 200)]
    [0, 0.5, 1.0, 0.0, 0.5, 0.25, 0.0]
    """
    period = check.check_integer("period", period, minimum=2, unit=" iterations")
    if rise_steps is None:
        rise_steps, odd = divmod(period, 2)
        if odd:
            raise ValueError(
                f"rise_steps must be given if period is odd, got None with period = {period}"
            )
    rise_steps = check.check_length("rise_steps", rise_steps)
    check.check_above("period", period, "rise_steps", rise_steps)
    knots = [0, rise_steps, period]
    factor = check.check_positive("lr_factor", lr_factor)

    def made(base_lr: float, final_lr: float) -> Scheduler:
        triangle = PiecewiseScheduler(knots, [final_lr, base_lr, final_lr])
        return repeat(triangle, period, lr_factor=factor, cycles=cycles)

    return _above(made, base_lr, final_lr, factor)


def _above(
    make: Callable[[float, float], Scheduler], base_lr: float, final_lr: float, factor: float
) -> Scheduler:
    """Return cycles that grow or shrink above `final_lr`, where there is a difference."""
    base_lr = check.check_rate("base_lr", base_lr)
    final_lr = check.check_rate("final_lr", final_lr)
    check.check_at_most("final_lr", final_lr, "base_lr", base_lr)
    if final_lr == 0 or factor == 1:
        return make(base_lr, final_lr)
    return final_lr + make(base_lr - final_lr, 0)
