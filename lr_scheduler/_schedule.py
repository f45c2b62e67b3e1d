"""The contract of every scheduler: a value, and a function of the iteration."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import (
    TYPE_CHECKING,
    Any,
    Protocol,
    Self,
    SupportsIndex,
    TypeAlias,
    Union,
    overload,
)

from . import _scalar
from . import _validation as check
from ._validation import MAX_ITERATION

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Schedule: TypeAlias = Callable[[int], float]
"""Anything that gives the learning rate of an iteration."""

Operand: TypeAlias = Union["Scheduler", Schedule, float]
"""A schedule, or the number that is the rate of every iteration."""


@dataclass(frozen=True)
class Scheduler:
    """A schedule that is a value: what every scheduler of the package shares.

    A scheduler is a pure, immutable function of the iteration: call it with one, or with
    an array of them. It has ``==``, ``hash`` and ``pickle``, a ``repr`` that rebuilds it,
    and operators that make new schedulers of it:

    - ``scheduler + other``, ``scheduler - other`` and ``scheduler * other`` calculate with the
      rates. `other` is a finite number, a scheduler or any other schedule, on either side.
    - :meth:`clip`, :meth:`delay` and :meth:`stretch` limit the rate and move the time.
    - :func:`join` and :func:`repeat` put schedules one after another.

    To write a schedule of your own, subclass :class:`LRScheduler`.

    Raises
    ------
    TypeError, ValueError
        By every operator, if an argument is not of its kind or lies outside its range.

    See Also
    --------
    LRScheduler : A scheduler with a `base_lr` and a warm-up.

    Examples
    --------
    >>> from lr_scheduler import CosineScheduler
    >>> scheduler = 0.5 * CosineScheduler(800, base_lr=1) + 0.1
    >>> scheduler(0), round(scheduler(400), 4), scheduler(800)
    (0.6, 0.35, 0.1)
    >>> scheduler
    0.5 * CosineScheduler(max_update=800, base_lr=1) + 0.1
    """

    # With this NumPy's numbers leave `number * scheduler` to the scheduler.
    __array_ufunc__ = None

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
            Counted from 1; 0 is before the first update. At least 0, at most 2**53.

        Returns
        -------
        float or array of float64
            A Python number for an integer; it is the stored `base_lr` itself as long
            as nothing has changed it. For a NumPy array of any integer dtype and any
            shape, a float64 array of that shape, equal, bit for bit, to the single rates.
            For an array of JAX, or of another library that has ``__array_namespace__`` and
            mixes integers with floats as NumPy does, an array of that library, in its
            default dtypes and their range; there a negative iteration counts as 0.

        Raises
        ------
        TypeError
            If `iteration` is not an integer or an array of integers.
        ValueError
            If `iteration` is negative or above 2**53, or a sum or product of rates, or a
            repetition that grows, is beyond the largest float.
        """
        if type(iteration) is not int or not 0 <= iteration <= MAX_ITERATION:
            if _is_array(iteration):
                from ._arrays import evaluate  # NumPy loads when the first array comes

                return evaluate(self, iteration)
            iteration = check.check_iteration(iteration)
        return self._at(iteration)

    def __add__(self, other: Operand) -> "Scheduler":
        from ._algebra import Sum  # the operators stand on this contract, a floor above it

        return Sum((self, other))

    def __radd__(self, other: Operand) -> "Scheduler":
        from ._algebra import Sum

        return Sum((other, self))

    def __mul__(self, other: Operand) -> "Scheduler":
        from ._algebra import Product

        return Product((self, other))

    def __rmul__(self, other: Operand) -> "Scheduler":
        from ._algebra import Product

        return Product((other, self))

    def __neg__(self) -> "Scheduler":
        return -1 * self

    def __sub__(self, other: Operand) -> "Scheduler":
        from ._algebra import Product
        from ._operand import check_operand

        other = check_operand("subtrahend", other)
        return self + (Product((-1, other)) if callable(other) else -other)

    def __rsub__(self, other: Operand) -> "Scheduler":
        return other + -self

    def clip(self, low: float | None = None, high: float | None = None) -> "Scheduler":
        r"""Return this schedule with its rates limited.

        .. math:: \eta^\prime_t = \min(\max(\eta_t, l), h)

        where :math:`l` is `low` and :math:`h` is `high`.

        Parameters
        ----------
        low : float, optional
            The lowest rate; no limit by default.
        high : float, optional
            The highest rate, at least `low`; no limit by default.

        Returns
        -------
        Scheduler
            A new scheduler; this one is untouched.

        Raises
        ------
        TypeError
            If a limit is not a real number, or there is none.
        ValueError
            If a limit is not finite, or `low` is above `high`.

        Examples
        --------
        >>> from lr_scheduler import FactorScheduler
        >>> scheduler = FactorScheduler(10, 0.5, base_lr=1).clip(low=0.2)
        >>> [scheduler(t) for t in (1, 11, 21, 31)]
        [1, 0.5, 0.25, 0.2]

        A rate that is a limit is left as it was given:

        >>> from lr_scheduler import join
        >>> scheduler = join([2, 1, 3], [10, 20]).clip(1.0, 2.0)
        >>> scheduler(1), scheduler(11), scheduler(21)
        (2, 1, 2.0)
        """
        from ._algebra import Clip

        return Clip(self, low, high)

    def delay(self, n: float) -> "Scheduler":
        r"""Return this schedule begun later, or earlier.

        .. math:: \eta^\prime_t = \eta_{\max(t - n, 0)}

        where :math:`n` is `n`.

        Parameters
        ----------
        n : float
            How many iterations :math:`n` later the schedule begins, from -2**53 to 2**53;
            below 0, earlier. With ``delay(1)`` iteration 1 has the rate of iteration 0, as in
            a library that counts its optimizer steps from 0.

        Returns
        -------
        Scheduler
            A new scheduler; this one is untouched.

        Raises
        ------
        TypeError
            If `n` is not a real number.
        ValueError
            If it is not finite, or larger than 2**53.

        Examples
        --------
        >>> from lr_scheduler import CosineScheduler
        >>> late = CosineScheduler(800, base_lr=1).delay(1)
        >>> late(1), late(801)
        (1.0, 0.0)
        """
        from ._algebra import Delay

        return Delay(self, n)

    def stretch(self, factor: float, hold: bool = False) -> "Scheduler":
        r"""Return this schedule slowed down, or in other units of time.

        .. math:: \eta^\prime_t = \eta_{t / c} \quad\text{or, with hold,}\quad
            \eta^\prime_t = \eta_{\lceil t / c \rceil}

        where :math:`c` is `factor`.

        Parameters
        ----------
        factor : float
            How many iterations :math:`c` take the place of one, above 0. The number of
            updates in an epoch turns a schedule of epochs into one of iterations.
        hold : bool, default False
            Keep one rate for each `factor` iterations, an epoch for instance: that of the
            last of them.

        Returns
        -------
        Scheduler
            A new scheduler; this one is untouched.

        Raises
        ------
        TypeError
            If `factor` is not a real number, or `hold` is not True or False.
        ValueError
            If `factor` is not finite, or not above 0.

        Examples
        --------
        Drop after epochs 30 and 60, of 50 iterations each:

        >>> from lr_scheduler import MultiFactorScheduler
        >>> epochs = MultiFactorScheduler([30, 60], 0.5, base_lr=1)
        >>> scheduler = epochs.stretch(50, hold=True)
        >>> scheduler(30 * 50), scheduler(30 * 50 + 1)
        (1, 0.5)

        An epoch need not be a whole number of iterations; here the second one ends with
        iteration 5:

        >>> scheduler = MultiFactorScheduler([1, 2], 0.5, base_lr=1).stretch(2.5, hold=True)
        >>> [scheduler(t) for t in (1, 2, 3, 5, 6)]
        [1, 1, 0.5, 0.5, 0.25]

        Iteration 230 ends epoch 100 of 2.3 each, though the quotient of the floats is more:

        >>> scheduler = MultiFactorScheduler([100], 0.5, base_lr=1).stretch(2.3, hold=True)
        >>> scheduler(230), scheduler(231), 230 / 2.3
        (1, 0.5, 100.00000000000001)

        With one that is, no number of epochs is rounded:

        >>> scheduler = MultiFactorScheduler([2**50], 0.5, base_lr=1).stretch(3, hold=True)
        >>> scheduler(3 * 2**50), scheduler(3 * 2**50 + 1)
        (1, 0.5)

        However small the factor is, there is a rate:

        >>> MultiFactorScheduler([1, 2], 0.5, base_lr=1).stretch(1e-320)(1)
        0.25
        """
        from ._algebra import Stretch

        return Stretch(self, factor, hold)

    def to_config(self) -> dict[str, Any]:
        """Return this scheduler as a dict that JSON can hold.

        Returns
        -------
        dict
            The name of the class or function as ``"type"``, and the parameters that differ
            from their defaults; :func:`from_config` makes an equal scheduler of it.

        Raises
        ------
        TypeError
            If something in it cannot be written: a function, for one.
        ValueError
            If what is in it is nested more than 300 deep.

        Examples
        --------
        >>> from lr_scheduler import FactorScheduler
        >>> FactorScheduler(250, 0.5, base_lr=1).to_config()
        {'type': 'FactorScheduler', 'step': 250, 'factor': 0.5, 'base_lr': 1}
        """
        from ._config import to_config

        return to_config(self)

    def replace(self, **changes: Any) -> Self:
        """Return a copy with some parameters changed, validated again.

        Parameters
        ----------
        **changes
            Any parameters, by name. They are those of the ``repr``, where one that is missing
            has its default value. A schedule that an operator or a function such as
            :func:`one_cycle` made has others than it was written with: write it again instead.

        Returns
        -------
        Scheduler
            A new scheduler of the same class; this one is untouched.

        Raises
        ------
        TypeError, ValueError
            As the constructor.

        Examples
        --------
        >>> from lr_scheduler import CosineScheduler
        >>> scheduler = CosineScheduler(800, base_lr=1)
        >>> scheduler.replace(base_lr=0.1, warmup_steps=50)
        CosineScheduler(max_update=800, base_lr=0.1, warmup_steps=50)
        """
        parameters = [field.name for field in fields(self) if field.init]
        for name in changes:
            if name not in parameters:
                advice = (
                    "multiply it" if name == "base_lr" else "write it again with another one"
                )
                raise TypeError(
                    f"{name} must be one of {', '.join(parameters)}, the parameters of this "
                    f"scheduler: {advice} instead, got {name} for {check.shown(self)}"
                )
        return replace(self, **changes)

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # With slots a dataclass makes the class anew, and the __init__ in it is its own.
        is_made = "__dataclass_fields__" in vars(cls)
        if "__init__" in vars(cls) and not is_made:
            raise TypeError(
                f"{cls.__name__} must not define __init__, where replace, == and repr would "
                "miss its parameters: make them fields of a frozen dataclass"
            )
        for field in fields(cls):
            if field.name in vars(cls).keys() - cls.__annotations__.keys() and not is_made:
                raise TypeError(
                    f"{cls.__name__}.{field.name} must have a type, as a field of a frozen "
                    "dataclass has, or the value would be ignored"
                )
        # A dataclass writes no __repr__ over one that stands in the class itself.
        cls.__repr__ = cls.__repr__  # type: ignore[method-assign]

    def __repr__(self) -> str:
        parameters = self._parameters().items()
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in parameters)})"

    def _parameters(self) -> dict[str, Any]:
        """Return the arguments that make an equal scheduler: those that are not defaults."""
        given = [field for field in fields(self) if field.init]
        by_position_first = sorted(given, key=lambda field: bool(field.kw_only))
        parameters = [(field, getattr(self, field.name)) for field in by_position_first]
        return {
            field.name: value
            for field, value in parameters
            if (type(value), value) != (type(field.default), field.default)
        }

    def _at(self, t: Any, library: Any = _scalar) -> Any:
        """Return the rate at the time `t`, a number or an array, real and at least 0."""
        raise NotImplementedError(
            f"{type(self).__name__} has no schedule of its own: subclass LRScheduler instead"
        )

    def _store(self, **validated: Any) -> None:
        for name, value in validated.items():
            object.__setattr__(self, name, value)


def check_schedule(name: str, value: Any) -> None:
    """Refuse what cannot be asked for a rate; a scheduler's class is not yet a scheduler."""
    if isinstance(value, type) and issubclass(value, Scheduler):
        raise TypeError(
            f"{name} must be callable with an iteration, such as {value.__name__}(...), "
            f"got the class {value.__name__}"
        )
    if not callable(value):
        raise TypeError(f"{name} must be callable with an iteration, got {check.shown(value)}")


class _Array(Protocol):
    def __array_namespace__(self) -> Any: ...


def _is_array(value: object) -> bool:
    """Tell an array from a number; NumPy's scalars, such as `numpy.int64`, are numbers."""
    numpy = sys.modules.get("numpy")  # without NumPy there is no NumPy array to meet
    if numpy is not None and isinstance(value, (numpy.ndarray, numpy.generic)):
        return isinstance(value, numpy.ndarray)
    return hasattr(value, "__array_namespace__")
