"""Up and down in phases: the one-cycle, and the trapezoid of warm-up, stable and decay."""

from typing import Literal, TypeAlias

from . import _validation as check
from ._piecewise import PiecewiseScheduler, check_mode

Shape: TypeAlias = Literal["linear", "cosine", "1-sqrt"]


def one_cycle(
    max_update: int,
    warmup_steps: int,
    *,
    base_lr: float,
    warmup_begin_lr: float | None = None,
    final_lr: float | None = None,
    mode: Shape = "cosine",
) -> PiecewiseScheduler:
    r"""Rise to a high rate and fall far below the first one: one cycle for the whole training.

    The rate goes from :math:`\eta_b` at iteration 0 to :math:`\eta_0` at iteration :math:`w`,
    and on to :math:`\eta_T` at iteration :math:`T`, each way along half a cosine:

    .. math:: \eta_t = \begin{cases}
        \eta_0 + (\eta_b - \eta_0) \, (1 + \cos(\pi t / w)) / 2 & t \le w \\
        \eta_T + (\eta_0 - \eta_T) \, (1 + \cos(\pi (t - w) / (T - w))) / 2 & t \ge w
        \end{cases}

    where :math:`t` is the iteration, :math:`\eta_0` is `base_lr`, :math:`\eta_b` is
    `warmup_begin_lr`, :math:`\eta_T` is `final_lr`, :math:`w` is `warmup_steps` and :math:`T`
    is `max_update`.

    Parameters
    ----------
    max_update : int
        Iteration :math:`T` that has the final rate, held after it: at least 1, above
        `warmup_steps`.
    warmup_steps : int
        Length :math:`w` of the rise in iterations, at least 1; three tenths of `max_update`
        are usual.
    base_lr : float
        The highest rate :math:`\eta_0`, at least 0.
    warmup_begin_lr : float, optional
        Rate :math:`\eta_b` of iteration 0; a 25th of `base_lr` by default. From 0 to
        `base_lr`.
    final_lr : float, optional
        Rate :math:`\eta_T` of iteration `max_update`; `warmup_begin_lr` / 10000 by default.
        From 0 to `base_lr`.
    mode : {'cosine', 'linear', '1-sqrt'}, default 'cosine'
        The shape of both ways: see :class:`PiecewiseScheduler`.

    Returns
    -------
    PiecewiseScheduler
        The schedule.

    Raises
    ------
    TypeError
        If an argument is not of its kind.
    ValueError
        If a value lies outside its range.

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
    """
    base_lr = check.check_rate("base_lr", base_lr)
    begin = base_lr / 25 if warmup_begin_lr is None else warmup_begin_lr
    begin = check.check_rate("warmup_begin_lr", begin)
    final = begin / 10_000 if final_lr is None else final_lr
    final = check.check_rate("final_lr", final)
    check.check_at_most("warmup_begin_lr", begin, "base_lr", base_lr)
    check.check_at_most("final_lr", final, "base_lr", base_lr)
    warmup_steps = check.check_length("warmup_steps", warmup_steps)
    max_update = check.check_above("max_update", max_update, "warmup_steps", warmup_steps)
    check_mode("mode", mode)
    return PiecewiseScheduler([0, warmup_steps, max_update], [begin, base_lr, final], mode)


def warmup_stable_decay(
    max_update: int,
    decay_steps: int,
    *,
    base_lr: float,
    final_lr: float = 0,
    warmup_steps: int = 0,
    warmup_begin_lr: float = 0,
    mode: Shape = "linear",
) -> PiecewiseScheduler:
    r"""Warm up, keep the rate, and decay in the last iterations alone: WSD, a trapezoid.

    .. math:: \eta_t = \begin{cases}
        \eta_b + (\eta_0 - \eta_b) \, t / w & t \le w \\
        \eta_0 & w \le t \le T - d \\
        \eta_T + (\eta_0 - \eta_T) \, g((t - T + d) / d) & T - d \le t \le T
        \end{cases}

    where :math:`t` is the iteration, :math:`\eta_0` is `base_lr`, :math:`\eta_b` is
    `warmup_begin_lr`, :math:`\eta_T` is `final_lr`, :math:`w` is `warmup_steps`, :math:`d` is
    `decay_steps`, :math:`T` is `max_update` and :math:`g` is the shape that `mode` names, as in
    :class:`PiecewiseScheduler`. How long training goes on need not be known before the decay
    begins: until then a later `max_update` changes no rate.

    Parameters
    ----------
    max_update : int
        Iteration :math:`T` that has the final rate, held after it; at least 1.
    decay_steps : int
        Length :math:`d` of the decay in iterations, at least 1; with `warmup_steps` it is
        at most `max_update`.
    base_lr : float
        The stable rate :math:`\eta_0`, at least 0.
    final_lr : float, default 0
        Rate :math:`\eta_T` of iteration `max_update`; from 0 to `base_lr`.
    warmup_steps : int, default 0
        Length :math:`w` of the warm-up in iterations, at least 0; 0 means none.
    warmup_begin_lr : float, default 0
        Rate :math:`\eta_b` of the warm-up at iteration 0; from 0 to `base_lr`.
    mode : {'linear', 'cosine', '1-sqrt'}, default 'linear'
        The shape of the decay.

    Returns
    -------
    PiecewiseScheduler
        The schedule.

    Raises
    ------
    TypeError
        If an argument is not of its kind.
    ValueError
        If a value lies outside its range.

    References
    ----------
    S. Hu et al., "MiniCPM: Unveiling the Potential of Small Language Models with Scalable
    Training Strategies", 2024, `arXiv:2404.06395 <https://arxiv.org/abs/2404.06395>`_,
    section 4.

    Examples
    --------
    >>> from lr_scheduler import warmup_stable_decay
    >>> scheduler = warmup_stable_decay(100, 20, base_lr=1, warmup_steps=10)
    >>> [scheduler(t) for t in (5, 10, 80, 90, 100)]
    [0.5, 1.0, 1, 0.5, 0.0]
    """
    base_lr = check.check_rate("base_lr", base_lr)
    final_lr = check.check_rate("final_lr", final_lr)
    check.check_at_most("final_lr", final_lr, "base_lr", base_lr)
    begin = check.check_rate("warmup_begin_lr", warmup_begin_lr)
    check.check_at_most("warmup_begin_lr", begin, "base_lr", base_lr)
    warmup_steps = check.check_count("warmup_steps", warmup_steps)
    decay_steps = check.check_length("decay_steps", decay_steps)
    max_update = check.check_length("max_update", max_update)
    check_mode("mode", mode)
    stable_until = max_update - decay_steps
    if stable_until < warmup_steps:
        raise ValueError(
            f"warmup_steps + decay_steps must be at most max_update = {max_update}, "
            f"got {warmup_steps} + {decay_steps}"
        )
    # A part without iterations has no knot of its own.
    rise = [(0, begin, "linear")] if warmup_steps else []
    level = [(warmup_steps, base_lr, "constant")] if stable_until > warmup_steps else []
    knots = [*rise, *level, (stable_until, base_lr, mode), (max_update, final_lr, mode)]
    step, lr, modes = zip(*knots, strict=True)
    return PiecewiseScheduler(step, lr, modes[:-1])
