"""Scheduler, the base class of all schedules, and the operators that combine schedules."""

import sys
from collections.abc import Callable
from dataclasses import MISSING, fields, replace
from functools import reduce
from math import ceil, floor
from numbers import Real
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Protocol,
    Self,
    SupportsIndex,
    TypeAlias,
    TypeVar,
    Union,
    overload,
)

from . import _scalar
from . import _validation as check
from ._backend import Backend
from ._validation import MAX_ITERATION
from ._value import Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Schedule: TypeAlias = Callable[[int], float]
"""A callable from the iteration to the learning rate."""

ScheduleLike: TypeAlias = Union["Scheduler", Schedule, float]
"""A schedule, or a number: a constant learning rate."""

DEEPEST_OPERATORS = 100  # nested operators: Python's stack can hold them
DEEPEST_CONFIG = 300  # nested dicts and lists: no scheduler needs more

Made = TypeVar("Made", bound=Callable[..., "Scheduler"])
REGISTRY: dict[str, Callable[..., "Scheduler"]] = {}
"""The classes, operators and functions of the package that a config can name."""


def register(make: Made) -> Made:
    """Register a class or function of the package, so that configs can name it."""
    REGISTRY[public_name(make)] = make
    return make


def public_name(make: Callable[..., Any]) -> str:
    """Return the name that users write, such as `join` for the class `Join`."""
    name: str = vars(make).get("_public_name", make.__name__)
    return name


class Scheduler(Value):
    """Base class of all schedulers: pure, immutable functions of the iteration.

    Call a scheduler with one iteration, or with an array of iterations. Schedulers support
    ``==``, ``hash`` and ``pickle``, and their ``repr`` is code that rebuilds them. Operators
    make new schedulers:

    - ``scheduler + other``, ``scheduler - other`` and ``scheduler * other`` add, subtract and
      multiply learning rates. `other` is a finite number, a scheduler or any other schedule,
      on either side.
    - :meth:`clip` limits the rate; :meth:`delay` and :meth:`stretch` shift and stretch time.
    - :func:`join` and :func:`repeat` put schedules one after another.

    To write a schedule of your own, subclass :class:`LRScheduler`.

    Parameters are Python numbers, which JAX cannot trace or differentiate. To do that, apply
    the traced value to the rate: ``value * scheduler(t)``.

    Raises
    ------
    TypeError, ValueError
        From every operator, if an argument has the wrong type or is outside its range.

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

    # NumPy scalars leave `number * scheduler` to the scheduler.
    __array_ufunc__ = None

    def __post_init__(self) -> None:
        raise TypeError(
            f"{type(self).__name__} is abstract: use one of its subclasses, or subclass "
            "LRScheduler and define decay(t)"
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
        """Return the learning rate at an iteration, or at each iteration of an array.

        Parameters
        ----------
        iteration : int or array of int
            Counted from 1; 0 is before the first optimizer step. At least 0, at most 2**53.

        Returns
        -------
        float or array of float64
            A Python number for an integer; `base_lr` keeps its type where nothing changes it.
            For a NumPy array of any integer dtype, a float64 array of the same shape, with
            exactly the rates of single calls. For a JAX array, or an array of another
            library that has ``__array_namespace__`` and mixes integers with floats as NumPy
            does, an array of that library in its default dtypes, with their range; there a
            negative iteration counts as 0.

        Raises
        ------
        TypeError
            If `iteration` is not an integer or an array of integers.
        ValueError
            If `iteration` is negative or above 2**53, or if a sum, a product or a growing
            repetition of rates overflows.
        """
        if type(iteration) is not int or not 0 <= iteration <= MAX_ITERATION:
            if _is_array(iteration):
                from ._arrays import evaluate  # imports NumPy with the first array only

                return evaluate(self, iteration)
            iteration = check.iteration(iteration)
        return self._rate(iteration, _scalar)

    @property
    def end(self) -> int | None:
        """int, or None: The iteration from which the learning rate stays constant.

        None if the rate never becomes constant, or if the end is unknown, as for a function
        of your own.

        Examples
        --------
        >>> from lr_scheduler import CosineScheduler, FactorScheduler
        >>> CosineScheduler(800).delay(100).end
        900
        >>> FactorScheduler(250, 0.5).end is None
        True
        """
        return None

    def __add__(self, other: ScheduleLike) -> "Scheduler":
        return Sum((self, other))

    def __radd__(self, other: ScheduleLike) -> "Scheduler":
        return Sum((other, self))

    def __mul__(self, other: ScheduleLike) -> "Scheduler":
        return Product((self, other))

    def __rmul__(self, other: ScheduleLike) -> "Scheduler":
        return Product((other, self))

    def __neg__(self) -> "Scheduler":
        return -1 * self

    def __sub__(self, other: ScheduleLike) -> "Scheduler":
        other = check_schedule_like("subtrahend", other)
        return self + (Product((-1, other)) if callable(other) else -other)

    def __rsub__(self, other: ScheduleLike) -> "Scheduler":
        return other + -self

    def clip(self, low: float | None = None, high: float | None = None) -> "Scheduler":
        r"""Clip the learning rate to a lowest and a highest value.

        .. math:: \eta^\prime_t = \min(\max(\eta_t, l), h)

        where :math:`l` is `low` and :math:`h` is `high`.

        Parameters
        ----------
        low : float, optional
            Lowest rate; no limit by default.
        high : float, optional
            Highest rate, at least `low`; no limit by default.

        Returns
        -------
        Scheduler
            A new scheduler; the original stays unchanged.

        Raises
        ------
        TypeError
            If a limit is not a real number, or both limits are missing.
        ValueError
            If a limit is not finite, or `low` is above `high`.

        Examples
        --------
        >>> from lr_scheduler import FactorScheduler
        >>> scheduler = FactorScheduler(10, 0.5, base_lr=1).clip(low=0.2)
        >>> [scheduler(t) for t in (1, 11, 21, 31)]
        [1, 0.5, 0.25, 0.2]

        A rate that equals a limit keeps its type:

        >>> from lr_scheduler import join
        >>> scheduler = join([2, 1, 3], [10, 20]).clip(1.0, 2.0)
        >>> scheduler(1), scheduler(11), scheduler(21)
        (2, 1, 2.0)
        """
        return Clip(self, low, high)

    def delay(self, n: float) -> "Scheduler":
        r"""Delay the schedule: start it `n` iterations later.

        .. math:: \eta^\prime_t = \eta_{\max(t - n, 0)}

        where :math:`n` is `n`.

        Parameters
        ----------
        n : float
            Delay :math:`n` in iterations, from -2**53 to 2**53; a negative delay starts
            earlier. To match a library that counts optimizer steps from 0, use ``delay(1)``:
            iteration 1 then has the rate of iteration 0.

        Returns
        -------
        Scheduler
            A new scheduler; the original stays unchanged.

        Raises
        ------
        TypeError
            If `n` is not a real number.
        ValueError
            If `n` is not finite, or is outside its range.

        Examples
        --------
        >>> from lr_scheduler import CosineScheduler
        >>> late = CosineScheduler(800, base_lr=1).delay(1)
        >>> late(1), late(801)
        (1.0, 0.0)
        """
        return Delay(self, n)

    def stretch(self, factor: float, hold: bool = False) -> "Scheduler":
        r"""Stretch time: slow the schedule down, or turn its epochs into iterations.

        .. math:: \eta^\prime_t = \eta_{t / c} \quad\text{or, with hold,}\quad
            \eta^\prime_t = \eta_{\lceil t / c \rceil}

        where :math:`c` is `factor`.

        Parameters
        ----------
        factor : float
            Factor :math:`c` that multiplies all times, above 0. To turn a schedule over epochs
            into a schedule over iterations, pass the number of iterations per epoch.
        hold : bool, default False
            Hold the rate for `factor` iterations at a time, such as one epoch, by rounding
            :math:`t / c` up.

        Returns
        -------
        Scheduler
            A new scheduler; the original stays unchanged.

        Raises
        ------
        TypeError
            If `factor` is not a real number, or `hold` is not True or False.
        ValueError
            If `factor` is not finite, or not above 0.

        Examples
        --------
        Drop after epochs 30 and 60, with 50 iterations per epoch:

        >>> from lr_scheduler import MultiFactorScheduler
        >>> epochs = MultiFactorScheduler([30, 60], 0.5, base_lr=1)
        >>> scheduler = epochs.stretch(50, hold=True)
        >>> scheduler(30 * 50), scheduler(30 * 50 + 1)
        (1, 0.5)

        An epoch may have a fractional number of iterations. Here epoch 2 ends at iteration 5:

        >>> scheduler = MultiFactorScheduler([1, 2], 0.5, base_lr=1).stretch(2.5, hold=True)
        >>> [scheduler(t) for t in (1, 2, 3, 5, 6)]
        [1, 1, 0.5, 0.5, 0.25]

        Iteration 230 ends epoch 100, although the float quotient is slightly larger:

        >>> scheduler = MultiFactorScheduler([100], 0.5, base_lr=1).stretch(2.3, hold=True)
        >>> scheduler(230), scheduler(231), 230 / 2.3
        (1, 0.5, 100.00000000000001)

        With a whole number of iterations per epoch, the quotient is exact:

        >>> scheduler = MultiFactorScheduler([2**50], 0.5, base_lr=1).stretch(3, hold=True)
        >>> scheduler(3 * 2**50), scheduler(3 * 2**50 + 1)
        (1, 0.5)

        Any factor above 0 works:

        >>> MultiFactorScheduler([1, 2], 0.5, base_lr=1).stretch(1e-320)(1)
        0.25
        """
        return Stretch(self, factor, hold)

    def to_config(self) -> dict[str, Any]:
        """Return the config of the scheduler: a dict that JSON can hold.

        Returns
        -------
        dict
            The name of the class or function as ``"type"``, and the parameters that differ
            from their defaults. :func:`from_config` rebuilds an equal scheduler.

        Raises
        ------
        TypeError
            If a part cannot be saved, such as a function.
        ValueError
            If the parts are nested more than 300 deep.

        Examples
        --------
        >>> from lr_scheduler import FactorScheduler
        >>> FactorScheduler(250, 0.5, base_lr=1).to_config()
        {'type': 'FactorScheduler', 'step': 250, 'factor': 0.5, 'base_lr': 1}
        """
        config: dict[str, Any] = _encode(self, "scheduler", 1)
        return config

    def replace(self, **changes: Any) -> Self:
        """Return a copy with changed parameters, validated again.

        Parameters
        ----------
        **changes
            New values by parameter name. ``repr`` shows the parameters, except those at their
            defaults. Schedules made by an operator or by a function such as :func:`one_cycle`
            have other parameters than you wrote: make such a schedule again instead.

        Returns
        -------
        Scheduler
            A new scheduler of the same class; the original stays unchanged.

        Raises
        ------
        TypeError, ValueError
            If a name is unknown, or the constructor refuses a value.

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
                    "multiply the scheduler instead" if name == "base_lr" else "make a new one"
                )
                raise TypeError(
                    f"{name} must be one of {', '.join(parameters)}, the parameters of this "
                    f"scheduler, got {name} for {check.short_repr(self)}: {advice}"
                )
        return replace(self, **changes)

    def _rate(self, t: Any, xp: Backend) -> Any:
        """Return the rate at time `t`: a real number or an array, at least 0."""
        raise NotImplementedError  # `__post_init__` refuses to make a bare Scheduler


def check_schedule(name: str, value: Any) -> None:
    """Check that `value` is callable with an iteration, and not a scheduler's class."""
    if isinstance(value, type) and issubclass(value, Scheduler):
        raise TypeError(
            f"{name} must be callable with an iteration, such as {value.__name__}(...), "
            f"got the class {value.__name__}"
        )
    if not callable(value):
        raise TypeError(
            f"{name} must be callable with an iteration, got {check.short_repr(value)}"
        )


def check_schedule_like(name: str, value: Any) -> Any:
    """Return a schedule unchanged, or a number as the package stores it."""
    if callable(value):
        check_schedule(name, value)
        return value
    if not isinstance(value, Real):
        raise TypeError(
            f"{name} must be a number or callable with an iteration, "
            f"got {check.short_repr(value)}"
        )
    return check.number(name, value)


def rate_of(schedule: ScheduleLike, t: Any, xp: Backend) -> Any:
    """Return the rate of a schedule or number at time `t`."""
    if isinstance(schedule, Scheduler):
        return schedule._rate(t, xp)
    return xp.call(schedule, t) if callable(schedule) else schedule


def end_of(schedule: ScheduleLike) -> int | None:
    """Return the iteration from which a schedule or number stays constant."""
    if isinstance(schedule, Scheduler):
        return schedule.end
    return None if callable(schedule) else 0


def first_iteration(time: float) -> int:
    """Round a time up to an iteration, at most 2**53."""
    return ceil(_scalar.clamp_time(_scalar.round_if_close(time)))


class Composite(Scheduler):
    """A scheduler made from other schedules."""

    _depth: ClassVar[int]
    """The nesting depth of the operators."""

    def _store_depth(self, *parts: ScheduleLike, at_least: int = 0) -> None:
        depth = max(at_least, 1 + max(getattr(part, "_depth", 0) for part in parts))
        if depth > DEEPEST_OPERATORS:
            raise ValueError(
                f"operators must be nested at most {DEEPEST_OPERATORS} deep, got {depth}"
            )
        sizes = [getattr(part, "_size", (1, 0))[0] for part in parts if callable(part)]
        self._store(_depth=depth, _size=(1 + sum(sizes), len(parts)))


class _Nary(Composite):
    """Schedules and numbers joined by one operator, evaluated from left to right."""

    operands: tuple[ScheduleLike, ...]

    _operand: ClassVar[str]
    _symbol: ClassVar[str]
    _parenthesized: ClassVar[tuple[type, ...]]

    def __post_init__(self) -> None:
        first, *others = check.sequence(
            "operands", self.operands, of="schedules and numbers"
        ) or [0]
        if not others or not (callable(first) or callable(others[0])):
            raise ValueError(
                "operands must be at least 2, with a schedule among the first 2, "
                f"got {check.short_repr(self.operands)}"
            )
        others = [check_schedule_like(self._operand, each) for each in others]
        if isinstance(first, type(self)):  # (a + b) + c is a + b + c, in the same order
            self._store(operands=(*first.operands, *others))
            self._store_depth(*others, at_least=first._depth)
        else:
            first = check_schedule_like(self._operand, first)
            self._store(operands=(first, *others))
            self._store_depth(*self.operands)

    @property
    def end(self) -> int | None:
        ends = [end_of(each) for each in self.operands]
        return None if None in ends else max(end for end in ends if end is not None)

    def __repr__(self) -> str:
        return f" {self._symbol} ".join(
            f"({each!r})" if isinstance(each, self._parenthesized) else f"{each!r}"
            for each in self.operands
        )


@register
class Sum(_Nary):
    """The sum of the rates."""

    _public_name, _operand, _symbol = "sum", "summand", "+"

    def _rate(self, t: Any, xp: Backend) -> Any:
        return reduce(xp.add, [rate_of(each, t, xp) for each in self.operands])


@register
class Product(_Nary):
    """The product of the rates."""

    _public_name, _operand, _symbol = "product", "factor", "*"

    def _rate(self, t: Any, xp: Backend) -> Any:
        return reduce(xp.multiply, [rate_of(each, t, xp) for each in self.operands])


Sum._parenthesized = (Sum,)
Product._parenthesized = (Sum, Product)


class _Wrapper(Composite):
    """A scheduler transformed by one of its methods."""

    scheduler: Scheduler

    def __post_init__(self) -> None:
        if not isinstance(self.scheduler, Scheduler):
            raise TypeError(
                f"scheduler must be a scheduler, got {check.short_repr(self.scheduler)}"
            )
        self._store_depth(self.scheduler)

    def __repr__(self) -> str:
        inner = self.scheduler
        text = f"({inner!r})" if isinstance(inner, _Nary) else f"{inner!r}"
        required = {each.name for each in fields(self) if each.default is MISSING}
        arguments = ", ".join(
            f"{value!r}" if name in required else f"{name}={value!r}"
            for name, value in self._parameters().items()
            if name != "scheduler"
        )
        return f"{text}.{public_name(type(self))}({arguments})"


@register
class Clip(_Wrapper):
    """See :meth:`Scheduler.clip`."""

    low: float | None = None
    high: float | None = None

    _public_name = "clip"

    def __post_init__(self) -> None:
        super().__post_init__()
        limits = {"low": self.low, "high": self.high}
        given = {name: value for name, value in limits.items() if value is not None}
        if not given:
            raise TypeError("low or high must be a real number, got None for both")
        self._store(**{name: check.number(name, value) for name, value in given.items()})
        if self.low is not None and self.high is not None:
            check.at_most("low", self.low, "high", self.high)

    @property
    def end(self) -> int | None:
        return self.scheduler.end

    def _rate(self, t: Any, xp: Backend) -> Any:
        rate = self.scheduler._rate(t, xp)
        if self.low is not None:
            rate = xp.maximum(rate, self.low)
        return rate if self.high is None else xp.minimum(rate, self.high)


@register
class Delay(_Wrapper):
    """See :meth:`Scheduler.delay`."""

    n: float

    _public_name = "delay"

    def __post_init__(self) -> None:
        super().__post_init__()
        n = check.number("n", self.n)
        if abs(n) > MAX_ITERATION:
            raise ValueError(f"n must be from -2**53 to 2**53, got {check.short_repr(self.n)}")
        self._store(n=n)

    @property
    def end(self) -> int | None:
        end = self.scheduler.end
        return None if end is None else first_iteration(end + self.n)

    def _rate(self, t: Any, xp: Backend) -> Any:
        return self.scheduler._rate(xp.delay(t, self.n), xp)


@register
class Stretch(_Wrapper):
    """See :meth:`Scheduler.stretch`."""

    factor: float
    hold: bool = False

    _public_name = "stretch"

    def __post_init__(self) -> None:
        super().__post_init__()
        self._store(factor=check.positive("factor", self.factor))
        check.boolean("hold", self.hold)

    @property
    def end(self) -> int | None:
        end = self.scheduler.end
        if not end:
            return end
        if not self.hold:
            return first_iteration(end * self.factor)
        # With `hold`, the final rate starts one iteration after time `end - 1`.
        before = _scalar.round_if_close((end - 1) * self.factor)
        return first_iteration(floor(_scalar.clamp_time(before)) + 1)

    def _rate(self, t: Any, xp: Backend) -> Any:
        if self.factor % 1:
            # The quotient may be infinite.
            t = xp.clamp_time(xp.round_if_close(t / self.factor))
            t = -(-t // 1) if self.hold else t  # rounded up
        else:  # exact, where a float quotient would be rounded
            t = -(-t // self.factor) if self.hold else t / self.factor
        return self.scheduler._rate(xp.as_int(t) if self.hold else t, xp)


def _encode(value: Any, path: str, depth: int) -> Any:
    """Return a scheduler or a parameter in a form that JSON can hold."""
    if depth > DEEPEST_CONFIG and isinstance(value, (Scheduler, list, tuple)):
        raise ValueError(
            f"scheduler must be nested at most {DEEPEST_CONFIG} deep, got {cut_path(path)}"
        )
    if isinstance(value, Scheduler):
        parameters = value._parameters()
        if "type" in parameters:
            raise TypeError(
                f"{cut_path(path)} must not have a parameter named 'type', "
                f"got {check.short_repr(value)}"
            )
        return {"type": _type_name(type(value), path)} | {
            name: _encode(item, f"{path}.{name}", depth + 1)
            for name, item in parameters.items()
        }
    if isinstance(value, (list, tuple)):
        return [_encode(item, f"{path}[{i}]", depth + 1) for i, item in enumerate(value)]
    if value is None or isinstance(value, (str, int, float)):
        return value
    raise TypeError(
        f"{cut_path(path)} must be a scheduler or plain data, got {check.short_repr(value)}"
    )


def _type_name(cls: type[Scheduler], path: str) -> str:
    """Return the name of a class for a config; refuse a name that the package uses."""
    name = public_name(cls)
    if REGISTRY.get(name, cls) is not cls:
        raise TypeError(
            f"{cut_path(path)} must have a unique class name, got {name}: rename the class"
        )
    return name


def cut_path(path: str) -> str:
    """Return a path, shortened to fit in a message."""
    return path if len(path) <= 120 else f"{path[:60]}...{path[-57:]}"


class _Array(Protocol):
    def __array_namespace__(self) -> Any: ...


def _is_array(value: object) -> bool:
    """Return whether `value` is an array; NumPy's scalars, such as `numpy.int64`, are not."""
    numpy = sys.modules.get("numpy")  # no NumPy array exists before NumPy is imported
    if numpy is not None and isinstance(value, (numpy.ndarray, numpy.generic)):
        return isinstance(value, numpy.ndarray)
    return hasattr(value, "__array_namespace__")
