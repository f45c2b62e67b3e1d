"""Warm up, then decay: the base class of schedulers with a `base_lr`."""

from collections.abc import Callable, Iterator
from dataclasses import KW_ONLY, MISSING, fields
from math import isfinite
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from . import _scalar
from . import _validation as check
from ._backend import Backend
from ._schedule import Scheduler
from ._validation import MAX_ITERATION

MODES = ("linear", "constant")
_PLAIN = {int, float, str}
_WARM_UP = {"base_lr", "warmup_steps", "warmup_begin_lr", "warmup_mode"}


class LRScheduler(Scheduler):
    r"""Base class with a linear or constant warmup: warm up to `base_lr`, then decay.

    To write a schedule of your own, subclass this class and define :meth:`decay`. The base
    class adds the warm-up and the validation; :class:`Scheduler` adds arrays, ``==``,
    ``repr``, ``pickle`` and operators. Annotate the parameters in the subclass: it becomes a
    frozen dataclass without a decorator. Before iteration :math:`w` the learning rate rises
    to :math:`\eta_0`, or waits; from iteration :math:`w` on it follows :meth:`decay`:

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
        Peak rate :math:`\eta_0`, where the warm-up ends and the decay starts; finite, at
        least 0. An `int` stays an `int`.
    warmup_steps : int, default 0
        Length :math:`w` of the warm-up in iterations, at least 0; 0 means no warm-up.
    warmup_begin_lr : float, default 0
        Rate :math:`\eta_b` at iteration 0, where the warm-up starts; from 0 to `base_lr`.
    warmup_mode : {'linear', 'constant'}, default 'linear'
        Rise in a straight line, or wait at `warmup_begin_lr`, until iteration `warmup_steps`.

    Raises
    ------
    TypeError
        If a rate is not a real number, `warmup_steps` is not an integer, or the class does
        not define :meth:`decay`.
    ValueError
        If a value is outside its range.

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

    _decay: ClassVar[Callable[..., Any]]
    """`decay(t, xp)`; a class that defines `decay(t)` has it called for each iteration."""
    _own: ClassVar[list[str]]
    """The names of the parameters that a subclass adds."""
    _rise: ClassVar[float]
    _peak: ClassVar[float]
    _last: ClassVar[float]
    """The last time passed to `decay`; its rate is held."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._own = [f.name for f in fields(cls) if f.init and f.name not in _WARM_UP]
        cls._decay = cls.decay if "xp" in _parameter_names(cls.decay) else _call_decay
        if "decay" in vars(cls) and "_traced" not in vars(cls):
            # What is inherited has the formula of the base.
            cls._traced = LRScheduler._traced  # type: ignore[method-assign]

    def __post_init__(self) -> None:
        if type(self).decay is LRScheduler.decay:
            raise TypeError(
                f"{type(self).__name__} is abstract: define decay(t), the rate at iteration t, "
                "in a subclass"
            )
        own = [getattr(self, name) for name in self._own]
        if not _PLAIN.issuperset(map(type, own)):  # a subclass may hold schedules
            self._measure(_items(own))
        base_lr = check.rate("base_lr", self.base_lr)
        begin = check.rate(
            "warmup_begin_lr",
            self.warmup_begin_lr,
            base_lr=base_lr,
            instead="join([PiecewiseScheduler([0, n], [start, base_lr]), scheduler], [n])",
        )
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
        self._store(
            _last=MAX_ITERATION if end is None else end,
            _rise=float(base_lr - begin),
            _peak=float(base_lr),
        )

    if TYPE_CHECKING:  # `decay` has two forms, and `Scheduler` declares the types of `__call__`
        decay: ClassVar[Callable[..., Any]]
    else:

        def decay(self, t, xp):
            """Return the learning rate at iteration `t`, after the warm-up.

            Define this method in a subclass, in one of two forms. For a formula in plain
            Python, write ``decay(self, t)``: the scheduler calls it once per iteration, also
            for a NumPy array. For a formula that takes arrays, write ``decay(self, t, xp)``:
            `t` is a number or an array, and `xp` has the functions for `t`. The scheduler
            adds the warm-up. If the subclass defines :attr:`~Scheduler.end`, the scheduler
            holds the rate from there on.

            Parameters
            ----------
            t : int or array of int
                The iteration, at least `warmup_steps`; within :meth:`~Scheduler.stretch`,
                :meth:`~Scheduler.delay` and :func:`repeat`, any real number.
            xp : namespace
                ``ceil``, ``cos``, ``exp``, ``floor``, ``log``, ``maximum``, ``minimum``,
                ``pow``, ``sin``, ``sqrt``, ``tanh`` and ``where``, for numbers or for arrays
                from the library of `t`.

            Returns
            -------
            float or array of float
                The learning rate.

            Raises
            ------
            NotImplementedError
                Always; a subclass overrides this method.
            """
            raise NotImplementedError("LRScheduler has no schedule of its own: define decay(t)")

        def __call__(self, iteration=MISSING):
            # A fast path for most calls: iterations of the decay.
            if type(iteration) is not int or iteration < self.warmup_steps:
                return super().__call__(iteration)
            if iteration <= self._last:
                rate = self._decay(iteration, _scalar)
            elif iteration <= MAX_ITERATION:
                rate = self._decay(self._last, _scalar)
            else:
                return super().__call__(iteration)
            return rate if type(rate) is float else check.result(iteration, rate)

    def _bends(self, stop: float) -> Iterator[float]:
        yield self.warmup_steps
        yield from super()._bends(stop)

    def _rate(self, t: Any, xp: Backend) -> Any:
        if not self.warmup_steps:
            return self._phase(1, t, xp)
        return xp.select(1 * (t >= self.warmup_steps), 2, self._phase, t)

    def _phase(self, number: int, t: Any, xp: Backend) -> Any:
        """Return the rate in the warm-up (phase 0) or the decay (phase 1)."""
        if number:
            t = xp.clamp_time(t, self.warmup_steps, self._last)
            return self._decay(t, xp) if xp.exact else self._traced(t, xp)
        if self.warmup_mode == "constant":
            return self.warmup_begin_lr
        rate = self.warmup_begin_lr + self._rise * t / self.warmup_steps
        return xp.minimum(rate, self._peak)  # rounding may lead above it

    def _traced(self, t: Any, xp: Any) -> Any:
        """Return the rate of the decay in the few operations of a compiled program."""
        return self._decay(t, xp)


def _items(values: list[Any]) -> Iterator[Any]:
    """Return the values, and what their lists, tuples and dicts hold, at any depth."""
    left = values
    while left:
        value = left.pop()
        if isinstance(value, dict):
            left.extend(value.values())
        elif isinstance(value, (list, tuple)):
            left.extend(value)
        yield value


def _call_decay(self: LRScheduler, t: Any, xp: Backend) -> Any:
    return xp.call(self.decay, t)


def _parameter_names(function: Callable[..., Any]) -> tuple[str, ...]:
    """Return the names of a function's parameters, empty if they are unknown."""
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    code: Any = getattr(function, "__code__", None)  # Brython has no `inspect`
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount] if code else ()
