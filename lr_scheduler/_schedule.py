"""The contract of every schedule: warm up, then decay."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from math import isfinite
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Literal,
    Protocol,
    Self,
    SupportsIndex,
    TypeAlias,
    overload,
)

from . import _validation as check
from ._validation import MAX_ITERATION

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODES = ("linear", "constant")

Schedule: TypeAlias = Callable[[int], float]
"""Anything that gives the learning rate of an iteration."""


@dataclass(frozen=True, kw_only=True)
class LRScheduler:
    r"""A learning-rate schedule: a pure, immutable function of the iteration.

    Subclass it and write :meth:`decay` to make a schedule of your own. This class
    adds the warm-up, the validation, arrays, ``==``, ``hash``, ``repr``, ``pickle``
    and :meth:`replace`. Before iteration :math:`w` the rate rises to :math:`\eta_0`, or
    waits; from iteration :math:`w` on it follows :meth:`decay`:

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
    base_lr : float, default 0.01
        Rate :math:`\eta_0` that the warm-up rises to and the decay starts from; finite,
        at least 0. An `int` stays an `int`.
    warmup_steps : int, default 0
        Length :math:`w` of the warm-up in iterations; 0 means none.
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

    base_lr: float = 0.01
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
        if not isfinite(self.base_lr * float(self.warmup_steps)):
            raise ValueError(
                "base_lr * warmup_steps must be finite, "
                f"got {check.shown(self.base_lr)} * {self.warmup_steps}"
            )

    @overload
    def __call__(  # type: ignore[overload-overlap]  # an array may be 0-d, which has __index__
        self, iteration: "NDArray[np.integer[Any]]"
    ) -> "NDArray[np.float64]": ...
    @overload
    def __call__(self, iteration: "int | np.integer[Any]") -> float: ...
    @overload
    def __call__(self, iteration: "_Array") -> Any: ...
    @overload
    def __call__(self, iteration: SupportsIndex) -> float: ...

    def __call__(self, iteration: Any) -> Any:
        """Return the learning rate of an iteration, or of an array of iterations.

        Parameters
        ----------
        iteration : int or array of int
            Counted from 1; 0 is before the first update. At most 2**53.

        Returns
        -------
        float or array of float64
            A Python number for an integer; it is the stored `base_lr` itself as long
            as nothing has changed it. For a NumPy array of any integer dtype and any
            shape, a float64 array of that shape, equal, bit for bit, to the single rates.
            For an array of a library like NumPy that has ``__array_namespace__``, such
            as JAX, an array of that library, in its default dtypes and their range;
            there a negative iteration counts as 0.

        Raises
        ------
        TypeError
            If `iteration` is not an integer or an array of integers.
        ValueError
            If `iteration` is negative or above 2**53.
        """
        if type(iteration) is not int or not 0 <= iteration <= MAX_ITERATION:
            if _is_array(iteration):
                from ._arrays import evaluate  # NumPy loads when the first array comes

                return evaluate(self, iteration)
            iteration = check.check_iteration(iteration)
        if iteration < self.warmup_steps:
            return self._warm_up(iteration)
        if iteration > self._held_from:
            iteration = self._held_from
        return self.decay(iteration)

    def decay(self, t: Any) -> float:
        """Return the rate of iteration `t`, once the warm-up is over.

        A subclass writes this method, as a formula in plain Python. A NumPy array is
        then computed element by element; an array of another library is handed over
        as it is. :meth:`__call__` adds the warm-up. A schedule with an end holds its
        last rate in this method, for instance with ``t = min(t, self.end)``.

        Parameters
        ----------
        t : int
            The iteration, at least `warmup_steps`.

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

    def replace(self, **changes: Any) -> Self:
        """Return a copy with some parameters changed, validated again.

        Parameters
        ----------
        **changes
            Any parameters of the constructor, by name.

        Returns
        -------
        LRScheduler
            A new scheduler of the same class; this one is untouched.

        Raises
        ------
        TypeError, ValueError
            As the constructor.
        """
        return replace(self, **changes)

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # With slots a dataclass makes the class anew, and the __init__ in it is its own.
        if "__init__" in vars(cls) and "__dataclass_fields__" not in vars(cls):
            raise TypeError(
                f"{cls.__name__} must not define __init__, where replace, == and repr would "
                "miss its parameters: make them fields of a frozen dataclass"
            )
        # A dataclass writes no __repr__ over one that stands in the class itself.
        cls.__repr__ = cls.__repr__  # type: ignore[method-assign]

    def __repr__(self) -> str:
        given = [field for field in fields(self) if field.init]
        by_position_first = sorted(given, key=lambda field: bool(field.kw_only))
        parameters = [(field, getattr(self, field.name)) for field in by_position_first]
        changed = [
            f"{field.name}={value!r}"
            for field, value in parameters
            if (type(value), value) != (type(field.default), field.default)
        ]
        return f"{type(self).__name__}({', '.join(changed)})"

    def _warm_up(self, t: Any) -> Any:
        if self.warmup_mode == "constant":
            return self.warmup_begin_lr
        rise = float(self.base_lr - self.warmup_begin_lr)
        return self.warmup_begin_lr + rise * t / self.warmup_steps

    def _store(self, **validated: Any) -> None:
        for name, value in validated.items():
            object.__setattr__(self, name, value)


def check_schedule(name: str, value: Any) -> None:
    """Refuse what cannot be asked for a rate; a scheduler's class is not yet a scheduler."""
    is_class = isinstance(value, type) and issubclass(value, LRScheduler)
    if is_class or not callable(value):
        raise TypeError(f"{name} must be callable with an iteration, got {check.shown(value)}")


class _Array(Protocol):
    def __array_namespace__(self) -> Any: ...


def _is_array(value: object) -> bool:
    """Tell an array from a number; NumPy's scalars, such as `numpy.int64`, are numbers."""
    numpy = sys.modules.get("numpy")  # without NumPy there is no NumPy array to meet
    if numpy is not None and isinstance(value, (numpy.ndarray, numpy.generic)):
        return isinstance(value, numpy.ndarray)
    return hasattr(value, "__array_namespace__")
