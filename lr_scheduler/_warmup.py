"""Warm up, then decay: the base of the schedulers with a `base_lr`, and of one's own."""

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from . import _scalar
from . import _validation as check
from ._schedule import Scheduler
from ._validation import MAX_ITERATION

MODES = ("linear", "constant")


@dataclass(frozen=True, kw_only=True)
class LRScheduler(Scheduler):
    r"""A scheduler that warms up to a base rate, and then decays.

    Subclass it and write :meth:`decay` to make a schedule of your own. This class
    adds the warm-up and the validation; arrays, ``==``, ``repr``, ``pickle``, operators and
    the rest come from :class:`Scheduler`. Before iteration :math:`w` the rate rises to
    :math:`\eta_0`, or waits; from iteration :math:`w` on it follows :meth:`decay`:

    .. math::

        \eta_t = \begin{cases}
            \eta_b + (\eta_0 - \eta_b) \, t / w & t < w, \text{ linear} \\
            \eta_b & t < w, \text{ constant} \\
            \text{decay}(t) & t \ge w
        \end{cases}

    where :math:`t` is the iteration, :math:`\eta_0` is `base_lr`, :math:`\eta_b` is
    `warmup_begin_lr` and :math:`w` is `warmup_steps`.

    Parameters
    ----------
    base_lr : float
        Rate :math:`\eta_0` that the warm-up rises to and the decay starts from; finite,
        at least 0. An `int` stays an `int`.
    warmup_steps : int, default 0
        Length :math:`w` of the warm-up in iterations, at least 0; 0 means none.
    warmup_begin_lr : float, default 0
        Rate :math:`\eta_b` of the warm-up at iteration 0; from 0 to `base_lr`.
    warmup_mode : {'linear', 'constant'}, default 'linear'
        Rise in a straight line, or stay at `warmup_begin_lr` until `warmup_steps`.

    Raises
    ------
    TypeError
        If a rate is not a real number, or `warmup_steps` is not an integer.
    ValueError
        If a value lies outside its range.

    See Also
    --------
    FactorScheduler, MultiFactorScheduler, PolyScheduler, CosineScheduler

    References
    ----------
    P. Goyal et al., "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour",
    2017, `arXiv:1706.02677 <https://arxiv.org/abs/1706.02677>`_, section 2.2: constant
    and gradual (linear) warm-up.

    Examples
    --------
    >>> from lr_scheduler import LRScheduler
    >>> class InverseSquareRoot(LRScheduler):
    ...     def decay(self, t):
    ...         return self.base_lr / max(t, 1) ** 0.5
    >>> scheduler = InverseSquareRoot(base_lr=1, warmup_steps=2)
    >>> [scheduler(iteration) for iteration in (0, 1, 4, 100)]
    [0.0, 0.5, 0.5, 0.1]
    >>> scheduler.replace(warmup_steps=0)
    InverseSquareRoot(base_lr=1)
    """

    base_lr: float
    warmup_steps: int = 0
    warmup_begin_lr: float = 0
    warmup_mode: Literal["linear", "constant"] = "linear"

    _held_from: ClassVar[int] = MAX_ITERATION
    """The iteration whose rate holds from there on."""

    def __post_init__(self) -> None:
        self._store(
            base_lr=check.check_rate("base_lr", self.base_lr),
            warmup_steps=check.check_count("warmup_steps", self.warmup_steps),
            warmup_begin_lr=check.check_rate("warmup_begin_lr", self.warmup_begin_lr),
        )
        check.check_at_most("warmup_begin_lr", self.warmup_begin_lr, "base_lr", self.base_lr)
        if not isinstance(self.warmup_mode, str) or self.warmup_mode not in MODES:
            raise ValueError(
                "warmup_mode must be 'linear' or 'constant', "
                f"got {check.shown(self.warmup_mode)}"
            )
        self._store(warmup_mode=str.__str__(self.warmup_mode))
        if not isfinite(self.base_lr * float(self.warmup_steps)):
            raise ValueError(
                "base_lr * warmup_steps must be finite, "
                f"got {check.shown(self.base_lr)} * {self.warmup_steps}"
            )

    def decay(self, t: Any) -> float:
        """Return the rate of iteration `t`, once the warm-up is over.

        A subclass writes this method, as a formula in plain Python. A NumPy array is
        then computed element by element; an array of another library is handed over
        as it is. A call of the scheduler adds the warm-up. A schedule with an end holds its
        last rate in this method, for instance with ``t = min(t, self.end)``.

        Parameters
        ----------
        t : int
            The iteration, at least `warmup_steps`; within :meth:`~Scheduler.stretch`,
            :meth:`~Scheduler.delay` and :func:`repeat` it may be any real number.

        Returns
        -------
        float
            The learning rate.

        Raises
        ------
        NotImplementedError
            Always: the base class has no schedule.
        """
        raise NotImplementedError(
            f"{type(self).__name__} has no schedule of its own: a subclass must define decay(t)"
        )

    if not TYPE_CHECKING:  # the types are those of every scheduler

        def __call__(self, iteration):
            # Most calls are for an iteration of the decay: it is one call away.
            if type(iteration) is int and self.warmup_steps <= iteration <= self._held_from:
                rate = self.decay(iteration)
                return rate if type(rate) is float else check.check_result(iteration, rate)
            return super().__call__(iteration)

    def _at(self, t: Any, library: Any = _scalar) -> Any:
        if not self.warmup_steps:
            return self._part(1, t, library)
        return library.switch(1 * (t >= self.warmup_steps), 2, self._part, t)

    def _part(self, number: int, t: Any, library: Any = _scalar) -> Any:
        if number:
            t = library.clip(t, self.warmup_steps, self._held_from)
            return library.apply(self.decay, t)
        if self.warmup_mode == "constant":
            return self.warmup_begin_lr
        rise = float(self.base_lr - self.warmup_begin_lr)
        return self.warmup_begin_lr + rise * t / self.warmup_steps
