"""Warm up, then decay: the base of the schedulers with a `base_lr`, and of the user's own."""

from collections.abc import Callable
from dataclasses import KW_ONLY
from math import isfinite
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from . import _scalar
from . import _validation as check
from ._backend import Backend
from ._schedule import Scheduler
from ._validation import MAX_ITERATION

MODES = ("linear", "constant")


class LRScheduler(Scheduler):
    r"""A scheduler that warms up to a base learning rate, and then decays.

    Subclass it and write :meth:`decay` to make a schedule of your own. This class
    adds the warm-up and the validation; arrays, ``==``, ``repr``, ``pickle``, operators and
    the rest come from :class:`Scheduler`. A subclass is a frozen dataclass without a decorator:
    annotate its parameters in the class. Before iteration :math:`w` the rate rises to
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
        If a rate is not a real number, `warmup_steps` is not an integer, or the class has no
        :meth:`decay`.
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
    >>> class InverseTime(LRScheduler):
    ...     decay_steps: int
    ...
    ...     def decay(self, t):
    ...         return self.base_lr / (1 + t / self.decay_steps)
    >>> scheduler = InverseTime(100, base_lr=1, warmup_steps=2)
    >>> [scheduler(iteration) for iteration in (0, 1, 100, 300)]
    [0.0, 0.5, 0.5, 0.25]
    >>> scheduler.replace(warmup_steps=0)
    InverseTime(decay_steps=100, base_lr=1)
    """

    _: KW_ONLY
    base_lr: float
    warmup_steps: int = 0
    warmup_begin_lr: float = 0
    warmup_mode: Literal["linear", "constant"] = "linear"

    _takes_xp: ClassVar[bool]
    """Whether the class has written `decay(t, xp)`, not `decay(t)`."""
    _last: ClassVar[float]
    """The last time that `decay` is called with; its rate holds."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._takes_xp = "xp" in _parameter_names(cls.decay)

    def __post_init__(self) -> None:
        if type(self).decay is LRScheduler.decay:
            raise TypeError(
                f"{type(self).__name__} is abstract: define decay(t), the rate of iteration t, "
                "in a subclass"
            )
        base_lr = check.rate("base_lr", self.base_lr)
        begin = check.rate("warmup_begin_lr", self.warmup_begin_lr, base_lr=base_lr)
        self._store(
            base_lr=base_lr,
            warmup_steps=check.count("warmup_steps", self.warmup_steps),
            warmup_begin_lr=begin,
            warmup_mode=check.choice("warmup_mode", self.warmup_mode, MODES),
        )
        if not isfinite(self.base_lr * float(self.warmup_steps)):
            raise ValueError(
                "base_lr * warmup_steps must be finite, "
                f"got {check.short_repr(self.base_lr)} * {self.warmup_steps}"
            )
        end = self.end
        self._store(_last=MAX_ITERATION if end is None else end)

    if TYPE_CHECKING:  # decay has one of two forms, and __call__ the types of every scheduler
        decay: ClassVar[Callable[..., Any]]
    else:

        def decay(self, t, xp):
            """Return the rate of iteration `t`, after the warm-up.

            A subclass writes this method, in one of two forms. With ``decay(self, t)`` in
            plain Python, the scheduler calls it with one iteration after another of a NumPy
            array. With ``decay(self, t, xp)`` it calls it once: `t` is a number or an array,
            and `xp` has the functions for it. A call of the scheduler adds the warm-up, and
            holds the rate of :attr:`~Scheduler.end` if the subclass defines one.

            Parameters
            ----------
            t : int or array of int
                The iteration, at least `warmup_steps`; within :meth:`~Scheduler.stretch`,
                :meth:`~Scheduler.delay` and :func:`repeat` it may be any real number.
            xp : namespace
                ``ceil``, ``cos``, ``exp``, ``floor``, ``log``, ``maximum``, ``minimum``,
                ``pow``, ``sin``, ``sqrt``, ``tanh`` and ``where``, for a number or for an array
                of the iterations' own library.

            Returns
            -------
            float or array of float
                The learning rate.

            Raises
            ------
            NotImplementedError
                Always: the base class has no schedule.
            """
            raise NotImplementedError("LRScheduler has no schedule of its own: define decay(t)")

        def __call__(self, iteration):
            # Most calls are for an iteration of the decay, so it is one call away.
            if type(iteration) is int and self.warmup_steps <= iteration <= self._last:
                if self._takes_xp:
                    rate = self.decay(iteration, _scalar)
                else:
                    rate = self.decay(iteration)
                return rate if type(rate) is float else check.result(iteration, rate)
            return super().__call__(iteration)

    def _rate(self, t: Any, xp: Backend) -> Any:
        if not self.warmup_steps:
            return self._phase(1, t, xp)
        return xp.select(1 * (t >= self.warmup_steps), 2, self._phase, t)

    def _phase(self, number: int, t: Any, xp: Backend) -> Any:
        """Return the rate in the warm-up, number 0, or after it, number 1."""
        if number:
            t = xp.clamp_time(t, self.warmup_steps, self._last)
            if self._takes_xp:
                return self.decay(t, xp)
            return xp.call(self.decay, t)
        if self.warmup_mode == "constant":
            return self.warmup_begin_lr
        rise = float(self.base_lr - self.warmup_begin_lr)
        return self.warmup_begin_lr + rise * t / self.warmup_steps


def _parameter_names(function: Callable[..., Any]) -> tuple[str, ...]:
    """Return the names of a function's parameters; none where they cannot be read."""
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    code: Any = getattr(function, "__code__", None)  # Brython has no `inspect`
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount] if code else ()
