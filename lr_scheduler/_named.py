"""Common schedules by name, built from the classes and from `repeat`."""

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

from . import _scalar
from . import _validation as check
from ._annealing import CosineScheduler, PolyScheduler
from ._endless import PowerScheduler
from ._join import join, repeat
from ._piecewise import PiecewiseScheduler, check_ends, check_mode
from ._schedule import ScheduleLike, Scheduler, check_schedule_like, rate_of, register

Shape: TypeAlias = Literal["linear", "cosine", "1-sqrt", "exponential", "inverse"] | float


@register
def linear(
    max_update: int,
    *,
    base_lr: float,
    final_lr: float = 0,
    warmup_steps: int = 0,
    warmup_begin_lr: float = 0,
    warmup_mode: Literal["linear", "constant"] = "linear",
) -> PolyScheduler:
    r"""Linear decay: follow a straight line, and hold the end.

    .. math:: \eta_t = \eta_T + (\eta_0 - \eta_T) \left(1 - \frac{t - w}{T - w}\right)

    This is :class:`PolyScheduler` with ``pwr=1``, in the same symbols.

    Parameters
    ----------
    max_update : int
        Iteration :math:`T` that reaches the final rate: at least 1, above `warmup_steps`.
    final_lr : float, default 0
        Final rate :math:`\eta_T`, held from `max_update` on; at least 0. With a `base_lr`
        below it, the rate rises.
    base_lr, warmup_steps, warmup_begin_lr, warmup_mode
        The peak rate and the warm-up: see :class:`LRScheduler`.

    Returns
    -------
    PolyScheduler
        The schedule.

    Raises
    ------
    TypeError, ValueError
        As for :class:`PolyScheduler`.

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


@register
def inverse_sqrt(
    warmup_steps: int, *, base_lr: float, warmup_begin_lr: float = 0
) -> PowerScheduler:
    r"""Inverse square root (Noam): rise in a straight line, then decay as 1 / sqrt(t).

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
        Peak rate :math:`\eta_0`, at iteration `warmup_steps`; at least 0. The Transformer
        with model width :math:`d` uses :math:`1 / \sqrt{d w}`.
    warmup_begin_lr : float, default 0
        Rate :math:`\eta_b` at iteration 0, where the warm-up starts; from 0 to `base_lr`.

    Returns
    -------
    PowerScheduler
        The schedule.

    Raises
    ------
    TypeError, ValueError
        As for :class:`PowerScheduler`.

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
    check.length("warmup_steps", warmup_steps)
    return PowerScheduler(
        warmup_steps,
        base_lr=base_lr,
        warmup_steps=warmup_steps,
        warmup_begin_lr=warmup_begin_lr,
    )


@register
def one_cycle(
    max_update: float,
    warmup_steps: float,
    *,
    base_lr: float,
    warmup_begin_lr: float | None = None,
    final_lr: float | None = None,
    mode: Shape = "cosine",
) -> PiecewiseScheduler:
    r"""One-cycle: rise to a high learning rate, then fall far below the start.

    The rate rises from :math:`\eta_b` at iteration 0 to :math:`\eta_0` at iteration :math:`w`,
    then falls to :math:`\eta_T` at iteration :math:`T`, each way along half a cosine:

    .. math:: \eta_t = \begin{cases}
        \eta_0 + (\eta_b - \eta_0) \, (1 + \cos(\pi t / w)) / 2 & t \le w \\
        \eta_T + (\eta_0 - \eta_T) \, (1 + \cos(\pi (t - w) / (T - w))) / 2 & t \ge w
        \end{cases}

    where :math:`t` is the iteration, :math:`\eta_0` is `base_lr`, :math:`\eta_b` is
    `warmup_begin_lr`, :math:`\eta_T` is `final_lr`, :math:`w` is `warmup_steps` and :math:`T`
    is `max_update`.

    Parameters
    ----------
    max_update : float
        Time :math:`T` that reaches the final rate, in iterations: above 0, above
        `warmup_steps`.
    warmup_steps : float
        Length :math:`w` of the rise in iterations, above 0; 30 % of `max_update` is common.
    base_lr : float
        Peak rate :math:`\eta_0`, at least 0.
    warmup_begin_lr : float, optional
        Rate :math:`\eta_b` at iteration 0; `base_lr` / 25 by default. At least 0; it may exceed
        `base_lr`, as for a momentum that falls while the learning rate rises; then pass
        `final_lr` too.
    final_lr : float, optional
        Final rate :math:`\eta_T`, held from `max_update` on; `warmup_begin_lr` / 10000 by
        default. At least 0; it may exceed `base_lr`.
    mode : {'cosine', 'linear', '1-sqrt', 'exponential', 'inverse'} or float, default 'cosine'
        Shape of the rise and the fall: see :class:`PiecewiseScheduler`. A number is an
        exponent, above 0. The exponential and inverse shapes need rates that are not 0.

    Returns
    -------
    PiecewiseScheduler
        The schedule.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If a value is outside its range.

    References
    ----------
    L. N. Smith and N. Topin, "Super-Convergence: Very Fast Training of Neural Networks Using
    Large Learning Rates", 2017, `arXiv:1708.07120 <https://arxiv.org/abs/1708.07120>`_.

    Examples
    --------
    >>> from lr_scheduler import one_cycle
    >>> scheduler = one_cycle(100, 30, base_lr=1)
    >>> scheduler(0), round(scheduler(15), 4), scheduler(30), round(scheduler(65), 4)
    (0.04, 0.52, 1.0, 0.5)

    PyTorch's ``OneCycleLR(optimizer, 1, total_steps=100, pct_start=0.255)``. PyTorch counts
    from 0, so the cycle has 99 iterations, and the peak is between two iterations:

    >>> scheduler = one_cycle(100 - 1, 0.255 * 100 - 1, base_lr=1).delay(1)
    >>> scheduler(1), round(scheduler(25), 4), round(scheduler(26), 4), scheduler.end
    (0.04, 0.999, 0.9999, 100)
    """
    base_lr = check.rate("base_lr", base_lr)
    begin = base_lr / 25 if warmup_begin_lr is None else warmup_begin_lr
    begin = check.rate("warmup_begin_lr", begin)
    final = begin / 10_000 if final_lr is None else final_lr
    final = check.rate("final_lr", final)
    warmup_steps = check.duration("warmup_steps", warmup_steps)
    max_update = check.above("max_update", max_update, "warmup_steps", warmup_steps)
    mode = check_mode("mode", mode)
    check_ends(mode, base_lr=base_lr, warmup_begin_lr=begin, final_lr=final)
    return PiecewiseScheduler([0, warmup_steps, max_update], [begin, base_lr, final], mode)


@register
def warmup_stable_decay(
    max_update: float,
    decay_steps: float,
    *,
    base_lr: float,
    final_lr: float = 0,
    warmup_steps: float = 0,
    warmup_begin_lr: float = 0,
    mode: Shape = "linear",
) -> PiecewiseScheduler:
    r"""Warmup-stable-decay (WSD): warm up, hold the learning rate, and decay at the end.

    .. math:: \eta_t = \begin{cases}
        \eta_b + (\eta_0 - \eta_b) \, t / w & t \le w \\
        \eta_0 & w \le t \le T - d \\
        \eta_T + (\eta_0 - \eta_T) \, g((t - T + d) / d) & T - d \le t \le T
        \end{cases}

    where :math:`t` is the iteration, :math:`\eta_0` is `base_lr`, :math:`\eta_b` is
    `warmup_begin_lr`, :math:`\eta_T` is `final_lr`, :math:`w` is `warmup_steps`, :math:`d` is
    `decay_steps` and :math:`T` is `max_update`. The decay has the shape :math:`g`, which `mode`
    names: after a share :math:`u` of the decay, the share :math:`g(u)` of the drop remains,
    such as :math:`1 - u` for a line and :math:`1 - \sqrt{u}` for ``"1-sqrt"``.
    :class:`PiecewiseScheduler` has the formula of each shape; an exponential or inverse decay
    has no :math:`g`, but a formula of its own there.

    You can extend training until the decay begins: a later `max_update` leaves all earlier
    rates unchanged.

    Parameters
    ----------
    max_update : float
        Time :math:`T` that reaches the final rate, in iterations; above 0.
    decay_steps : float
        Length :math:`d` of the decay in iterations, above 0; with `warmup_steps` it is
        at most `max_update`.
    base_lr : float
        Peak rate :math:`\eta_0`, held until the decay; at least 0.
    final_lr : float, default 0
        Final rate :math:`\eta_T`, held from `max_update` on; at least 0. With a `base_lr`
        below it, the rate rises.
    warmup_steps : float, default 0
        Length :math:`w` of the warm-up in iterations, at least 0; 0 means no warm-up.
    warmup_begin_lr : float, default 0
        Rate :math:`\eta_b` at iteration 0, where the warm-up starts. At least 0; it may exceed
        `base_lr`.
    mode : {'linear', 'cosine', '1-sqrt', 'exponential', 'inverse'} or float, default 'linear'
        Shape of the decay; a number is an exponent, above 0. The exponential and inverse shapes
        need a `base_lr` and a `final_lr` that are not 0.

    Returns
    -------
    PiecewiseScheduler
        The schedule.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If a value is outside its range.

    References
    ----------
    S. Hu et al., "MiniCPM: Unveiling the Potential of Small Language Models with Scalable
    Training Strategies", 2024, `arXiv:2404.06395 <https://arxiv.org/abs/2404.06395>`_,
    section 4.

    See Also
    --------
    cooldown : Finish a schedule that runs already.

    Examples
    --------
    >>> from lr_scheduler import warmup_stable_decay
    >>> scheduler = warmup_stable_decay(100, 20, base_lr=1, warmup_steps=10)
    >>> [scheduler(t) for t in (5, 10, 80, 90, 100)]
    [0.5, 1.0, 1, 0.5, 0.0]

    An exponential decay to a tenth of the rate:

    >>> scheduler = warmup_stable_decay(
    ...     100, 20, base_lr=1, final_lr=0.1, mode="exponential"
    ... )
    >>> scheduler(80), round(scheduler(90), 4), scheduler(100)
    (1, 0.3162, 0.1)
    """
    base_lr = check.rate("base_lr", base_lr)
    final_lr = check.rate("final_lr", final_lr)
    begin = check.rate("warmup_begin_lr", warmup_begin_lr)
    warmup_steps = check.time("warmup_steps", warmup_steps)
    decay_steps = check.duration("decay_steps", decay_steps)
    max_update = check.duration("max_update", max_update)
    mode = check_mode("mode", mode)
    check_ends(mode, base_lr=base_lr, final_lr=final_lr)
    stable_until = _scalar.round_if_close(max_update - decay_steps)
    if abs(stable_until - warmup_steps) <= _scalar.ROUNDING * max_update:
        stable_until = warmup_steps  # 0.3 - 0.1 is below 0.2
    if stable_until < warmup_steps:
        raise ValueError(
            f"warmup_steps + decay_steps must be at most max_update = {max_update}, "
            f"got {warmup_steps} + {decay_steps}: shorten the decay or raise max_update"
        )
    # A phase without iterations adds no knot.
    rise: list[Any] = [(0, begin, "linear")] if warmup_steps else []
    level = [(warmup_steps, base_lr, "constant")] if stable_until > warmup_steps else []
    knots = [*rise, *level, (stable_until, base_lr, mode), (max_update, final_lr, mode)]
    boundaries, values, modes = zip(*knots, strict=True)
    return PiecewiseScheduler(boundaries, values, modes[:-1])


@register
def cooldown(
    scheduler: ScheduleLike,
    at: int,
    decay_steps: float,
    final_lr: float = 0,
    mode: Shape = "linear",
) -> Scheduler:
    r"""Cooldown: follow a schedule up to an iteration, then decay from the rate there.

    .. math:: \eta^\prime_t = \begin{cases}
        \eta_t & t \le a \\
        \eta_T + (\eta_a - \eta_T) \, g((t - a) / d) & a \le t \le a + d
        \end{cases}

    where :math:`t` is the iteration, :math:`\eta_t` is the rate of `scheduler`, :math:`a` is
    `at`, :math:`d` is `decay_steps` and :math:`\eta_T` is `final_lr`. The decay has the shape
    :math:`g`, which `mode` names: after a share :math:`u` of the decay, the share :math:`g(u)`
    of the drop remains, such as :math:`1 - u` for a line. :class:`PiecewiseScheduler` has the
    formula of each shape; an exponential or inverse decay has no :math:`g`, but a formula of
    its own there. After iteration :math:`a + d` the rate stays at :math:`\eta_T`.

    Use it to finish a run whose length was open, such as a warmup-stable-decay run: start from
    the checkpoint of iteration `at`. One run can be finished at several iterations.

    Parameters
    ----------
    scheduler : callable or float
        The schedule to follow; a number is a constant learning rate.
    at : int
        Last iteration :math:`a` of the schedule, at least 0.
    decay_steps : float
        Length :math:`d` of the decay in iterations, above 0.
    final_lr : float, default 0
        Final rate :math:`\eta_T`, held from the end of the decay on; at least 0. It may exceed
        the rate at `at`.
    mode : {'linear', 'cosine', '1-sqrt', 'exponential', 'inverse'} or float, default 'linear'
        Shape of the decay; a number is an exponent, above 0. The exponential and inverse shapes
        need a `final_lr` and a rate at `at` that are not 0.

    Returns
    -------
    Scheduler
        The schedule: a :func:`join` with a :class:`PiecewiseScheduler`.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If a value is outside its range, or the rate at `at` is negative.

    See Also
    --------
    warmup_stable_decay : The same decay, if the length of training is known.

    References
    ----------
    A. Hägele et al., "Scaling Laws and Compute-Optimal Training Beyond Fixed Training
    Durations", 2024, `arXiv:2405.18392 <https://arxiv.org/abs/2405.18392>`_, section 3.

    Examples
    --------
    >>> from lr_scheduler import cooldown, warmup_stable_decay
    >>> run = warmup_stable_decay(1000, 200, base_lr=1, warmup_steps=10)
    >>> scheduler = cooldown(run, 300, 100)
    >>> [scheduler(t) for t in (5, 300, 350, 400)]
    [0.5, 1, 0.5, 0.0]
    """
    scheduler = check_schedule_like("scheduler", scheduler)
    at = check.integer("at", at, minimum=0, unit=" iterations")
    decay_steps = check.duration("decay_steps", decay_steps)
    final_lr = check.rate("final_lr", final_lr)
    mode = check_mode("mode", mode)
    rate = check.rate("the rate of scheduler at `at`", rate_of(scheduler, at, _scalar))
    check_ends(mode, **{"final_lr": final_lr, "the rate of scheduler at `at`": rate})
    decay = PiecewiseScheduler([0, decay_steps], [rate, final_lr], mode)
    return join([scheduler, decay], [at]) if at else decay


@register
def cosine_restarts(
    period: float,
    *,
    base_lr: float,
    final_lr: float = 0,
    cycles: int | None = None,
    period_factor: float = 1,
    lr_factor: float = 1,
    count_from: int = 1,
) -> Scheduler:
    r"""Cosine with warm restarts (SGDR): follow half a cosine, and restart.

    .. math:: \eta_t = \eta_T + (\eta_0 - \eta_T) \, \gamma^i \,
        \frac{1 + \cos\!\left(\pi \, (t - b_i) / (s \, m^i)\right)}{2},
        \qquad b_i < t \le b_{i+1}

    where :math:`t` is the iteration, :math:`\eta_0` is `base_lr` and :math:`\eta_T` is
    `final_lr`. As in :func:`repeat`, :math:`s` is `period`, :math:`m` is `period_factor`,
    :math:`\gamma` is `lr_factor`, and cycle :math:`i` starts at :math:`b_i`.

    Parameters
    ----------
    period : float
        Length :math:`s` of the first cycle in iterations, at least 1. May be fractional.
    base_lr : float
        Rate :math:`\eta_0` at the start of the first cycle, at least 0.
    final_lr : float, default 0
        Rate :math:`\eta_T` at the end of every cycle, at least 0. Cycles that rise, to a
        `final_lr` greater than `base_lr`, need an `lr_factor` of 1.
    cycles : int, optional
        Number of cycles, at least 1; endless by default. After the last cycle its last rate is
        held.
    period_factor : float, default 1
        Factor :math:`m` that scales the length of each new cycle, above 0. Below 1, cycles get
        shorter, and need a number of `cycles`.
    lr_factor : float, default 1
        Factor :math:`\gamma` that scales the height of each new cycle, measured from
        `final_lr`; above 0. A factor that exceeds 1 needs a number of `cycles`.
    count_from : {1, 0}, default 1
        Which end of the cosine each cycle reaches: 1 for the last rate, 0 for the first. With
        1, iteration 0 has `base_lr`, and the last iteration of a cycle has `final_lr`. With 0,
        as in most other libraries, iteration 1 has `base_lr`, and a cycle ends one iteration
        before it would reach `final_lr`.

    Returns
    -------
    Scheduler
        The schedule.

    Raises
    ------
    TypeError, ValueError
        As for :func:`repeat` and :class:`CosineScheduler`.

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

    A momentum that rises in each cycle, as the learning rate falls:

    >>> momentum = cosine_restarts(100, base_lr=0.85, final_lr=0.95)
    >>> [round(momentum(t), 4) for t in (0, 50, 100, 101)]
    [0.85, 0.9, 0.95, 0.85]

    The second cycle is twice as high above `final_lr`:

    >>> scheduler = cosine_restarts(10, base_lr=1, final_lr=0.5, lr_factor=2, cycles=2)
    >>> [scheduler(t) for t in (0, 5, 10, 15, 20, 30)]
    [1.0, 0.75, 0.5, 1.0, 0.5, 0.5]
    """
    period = check.period("period", period)
    factor = check.positive("lr_factor", lr_factor)

    def made(base_lr: float, final_lr: float) -> Scheduler:
        cosine: Scheduler
        if isinstance(period, int):
            cosine = CosineScheduler(period, base_lr=base_lr, final_lr=final_lr)
        else:
            cosine = PiecewiseScheduler([0, period], [base_lr, final_lr], "cosine")
        return repeat(
            cosine,
            period,
            cycles=cycles,
            period_factor=period_factor,
            lr_factor=factor,
            count_from=count_from,
        )

    return _above("cosine_restarts", made, base_lr, final_lr, factor)


@register
def cyclic(
    period: float,
    rise_steps: float | None = None,
    *,
    base_lr: float,
    final_lr: float = 0,
    cycles: int | None = None,
    lr_factor: float = 1,
) -> Scheduler:
    r"""Cyclical learning rate (CLR): rise and fall in straight lines, again and again.

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
    period : float
        Length :math:`s` of a cycle in iterations, at least 2. May be fractional.
    rise_steps : float, optional
        Length :math:`r` of the rise, at least 1, less than `period`; half the cycle by default.
        May be fractional.
    base_lr : float
        Peak rate :math:`\eta_0` of the first cycle, at least 0.
    final_lr : float, default 0
        Rate :math:`\eta_T` between cycles, at least 0. Cycles that fall and then rise, with a
        `final_lr` greater than `base_lr`, need an `lr_factor` of 1.
    cycles : int, optional
        Number of cycles, at least 1; endless by default. After the last cycle the rate stays
        at `final_lr`.
    lr_factor : float, default 1
        Factor :math:`\gamma` that scales each new peak, measured from `final_lr`; above 0.
        With 0.5, each cycle is half as high as the previous cycle.

    Returns
    -------
    Scheduler
        The schedule.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If a value is outside its range.

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

    A cycled momentum is lowest where the learning rate is highest:

    >>> momentum = cyclic(100, base_lr=0.75, final_lr=1)
    >>> [momentum(t) for t in (0, 25, 50, 75, 100)]
    [1, 0.875, 0.75, 0.875, 1.0]
    """
    period = check.period("period", period, minimum=2)
    rise_steps = check.period("rise_steps", period / 2 if rise_steps is None else rise_steps)
    if period <= rise_steps:
        raise ValueError(f"period must be above rise_steps = {rise_steps}, got {period}")
    knots = [0, rise_steps, period]
    factor = check.positive("lr_factor", lr_factor)

    def made(base_lr: float, final_lr: float) -> Scheduler:
        triangle = PiecewiseScheduler(knots, [final_lr, base_lr, final_lr])
        return repeat(triangle, period, lr_factor=factor, cycles=cycles)

    return _above("cyclic", made, base_lr, final_lr, factor)


def _above(
    name: str,
    make: Callable[[float, float], Scheduler],
    base_lr: float,
    final_lr: float,
    factor: float,
) -> Scheduler:
    """Return cycles whose height above `final_lr` grows or shrinks by `factor`."""
    base_lr = check.rate("base_lr", base_lr)
    final_lr = check.rate("final_lr", final_lr)
    if final_lr == 0 or factor == 1:
        return make(base_lr, final_lr)
    if final_lr > base_lr:
        raise ValueError(
            f"final_lr must be at most base_lr = {base_lr} where lr_factor is not 1, "
            f"got {final_lr}: subtract the cycles, "
            f"{final_lr} - {name}(..., base_lr={final_lr - base_lr}, lr_factor={factor})"
        )
    return final_lr + make(base_lr - final_lr, 0)
