"""Scheduler, the base class of all schedules, and the operators that combine schedules."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import MISSING, fields, replace
from functools import reduce
from math import ceil, floor, inf
from numbers import Real
from typing import (
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
from ._html import html
from ._types import Integer, Integers, Rates
from ._validation import MAX_ITERATION
from ._value import Value

Schedule: TypeAlias = Callable[[int], float]
"""A callable from the iteration to the learning rate."""

ScheduleLike: TypeAlias = Union["Scheduler", Schedule, float]
"""A schedule, or a number: a constant learning rate."""

DEEPEST_SCHEDULES = 100  # nested schedules: Python's stack can hold them
DEEPEST_CONFIG = 300  # nested dicts and lists: no scheduler needs more
MOST_SCHEDULES = 100_000  # in one scheduler, each use counted: `repr` writes them all
MOST_VALUES = 10_000_000  # in the lists of one scheduler

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

    - ``+``, ``-``, ``*``, ``/`` and ``**`` calculate with learning rates. The other operand, on
      either side, is a finite number, a scheduler or a function. A difference may be
      negative, which a training refuses.
    - :meth:`clip` limits the rate; :meth:`delay` and :meth:`stretch` shift and stretch time;
      :meth:`over` counts time in samples or tokens.
    - :func:`join` and :func:`repeat` put schedules one after another.

    To write a schedule of your own, subclass :class:`LRScheduler`.

    Parameters are Python numbers, which JAX cannot trace or differentiate. To do that, apply
    the traced value to the rate: ``value * scheduler(t)``.

    Raises
    ------
    TypeError, ValueError
        From every operator, if an argument has the wrong type or is outside its range, and if
        the result would hold more than 100,000 schedules or nest operators more than 100 deep.

    See Also
    --------
    LRScheduler : A scheduler with a `base_lr` and a warm-up.
    as_scheduler : A number or function as a scheduler, so that operators work on it.

    Examples
    --------
    >>> from lr_scheduler import CosineScheduler
    >>> scheduler = 0.5 * CosineScheduler(800, base_lr=1) + 0.1
    >>> scheduler(0), round(scheduler(400), 4), scheduler(800)
    (0.6, 0.35, 0.1)
    >>> scheduler
    0.5 * CosineScheduler(max_update=800, base_lr=1) + 0.1
    """

    _depth: ClassVar[int] = 0
    """How deep schedules are nested within it."""
    _size: ClassVar[tuple[int, int]] = 1, 0
    """How many schedules, itself included, and how many values it holds, each use counted."""
    _unit: ClassVar[str] = "Learning rate"
    """What a call returns."""

    # NumPy scalars leave `number * scheduler` to the scheduler.
    __array_ufunc__ = None

    def __post_init__(self) -> None:
        raise TypeError(
            f"{type(self).__name__} is abstract: use one of its subclasses, or subclass "
            "LRScheduler and define decay(t)"
        )

    @overload
    def __call__(  # type: ignore[overload-overlap]  # an array may be 0-d, which has __index__
        self, iteration: Integers
    ) -> Rates: ...
    @overload
    def __call__(self, iteration: int | Integer) -> float: ...
    @overload
    def __call__(self, iteration: Sequence[SupportsIndex]) -> Rates: ...
    @overload
    def __call__(self, iteration: "_Array") -> Any: ...
    @overload
    def __call__(self, iteration: SupportsIndex) -> float: ...

    def __call__(self, iteration: Any = MISSING) -> Any:
        """Return the learning rate at an iteration, or at each iteration of an array.

        Parameters
        ----------
        iteration : int, sequence of int or array of int
            Counted from 1; 0 is before the first optimizer step. At least 0, at most 2**53.

        Returns
        -------
        float or array of float64
            A Python number for an integer; `base_lr` keeps its type where nothing changes it.
            For a list, a tuple or a range of integers, and for a NumPy array of any integer
            dtype, a float64 array of the same shape, with exactly the rates of single calls;
            only exponentials, and powers other than 0.5, 1 and 2, may be off by 2 units in the
            last place on some processors. For a JAX array, or an array of another library that
            has ``__array_namespace__`` and mixes integers with floats as NumPy does, an array
            of that library in its default dtypes, with their range; there a negative iteration
            counts as 0.

        Raises
        ------
        TypeError
            If `iteration` is not an integer or an array of integers.
        ValueError
            If `iteration` is negative or above 2**53, or if a rate cannot be computed: an
            operator or a growing repetition overflows, divides by 0, or takes the root of a
            negative rate. In a JAX array such a rate is NaN or infinite.
        """
        if type(iteration) is not int or not 0 <= iteration <= MAX_ITERATION:
            if _is_array(iteration):
                from ._arrays import evaluate  # imports NumPy with the first array only

                return evaluate(self, iteration)
            if iteration is MISSING:  # so Keras calls what it takes for a learning rate
                raise TypeError(
                    "iteration is missing: pass a scheduler to an optimizer of Keras as "
                    "to_keras(scheduler)"
                )
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

    def _repr_html_(self) -> str | None:
        """Return the curve and the parameters for a notebook; None where a rate fails."""
        is_operator = hasattr(self, "_public_name")  # its `repr` says all
        names = [each.name for each in self._fields() if each.repr and not is_operator]
        try:
            return html(self, names, self._unit)
        except Exception:  # then the notebook shows the `repr`
            return None

    def _bends(self, stop: float) -> Iterator[float]:
        """Yield the times up to `stop` where the formula changes, in any order.

        The rate may jump or bend there, or not. An endless schedule yields as many as you take.
        """
        if self.end is not None:
            yield self.end

    def __add__(self, other: ScheduleLike) -> "Scheduler":
        return _operate(Sum, self, other)

    def __radd__(self, other: ScheduleLike) -> "Scheduler":
        return _operate(Sum, other, self)

    def __sub__(self, other: ScheduleLike) -> "Scheduler":
        return _operate(_difference, self, other)

    def __rsub__(self, other: ScheduleLike) -> "Scheduler":
        return _operate(_difference, other, self)

    def __mul__(self, other: ScheduleLike) -> "Scheduler":
        return _operate(Product, self, other)

    def __rmul__(self, other: ScheduleLike) -> "Scheduler":
        return _operate(Product, other, self)

    def __truediv__(self, other: ScheduleLike) -> "Scheduler":
        return _operate(Quotient, self, other)

    def __rtruediv__(self, other: ScheduleLike) -> "Scheduler":
        return _operate(Quotient, other, self)

    def __pow__(self, other: ScheduleLike) -> "Scheduler":
        return _operate(Power, self, other)

    def __rpow__(self, other: ScheduleLike) -> "Scheduler":
        return _operate(Power, other, self)

    def __neg__(self) -> "Scheduler":
        return -1 * self

    def clip(
        self, low: ScheduleLike | None = None, high: ScheduleLike | None = None
    ) -> "Scheduler":
        r"""Clip the learning rate to a lowest and a highest value.

        .. math:: \eta^\prime_t = \min(\max(\eta_t, l), h)

        where :math:`l` is `low` and :math:`h` is `high`.

        Parameters
        ----------
        low : callable or float, optional
            Lowest rate, or a schedule of lowest rates; no limit by default.
        high : callable or float, optional
            Highest rate, or a schedule of highest rates; no limit by default. As a number, at
            least `low`. If the limits cross, `high` wins.

        Returns
        -------
        Scheduler
            A new scheduler; the original stays unchanged.

        Raises
        ------
        TypeError
            If a limit is neither a real number nor a schedule, or both limits are missing.
        ValueError
            If a limit is not finite, or the number `low` is above the number `high`.

        Examples
        --------
        >>> from lr_scheduler import FactorScheduler
        >>> scheduler = FactorScheduler(10, 0.5, base_lr=1).clip(low=0.2)
        >>> [scheduler(t) for t in (1, 11, 21, 31)]
        [1, 0.5, 0.25, 0.2]

        A limit that changes: the rate is never below a line that falls to 0.

        >>> from lr_scheduler import linear
        >>> scheduler = FactorScheduler(10, 0.5, base_lr=1).clip(low=linear(40, base_lr=1))
        >>> [scheduler(t) for t in (10, 20, 30, 40)]
        [1, 0.5, 0.25, 0.125]

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

    def over(self, clock: Schedule) -> "Scheduler":
        r"""Follow a clock: turn a schedule over samples or tokens into one over iterations.

        .. math:: \eta^\prime_t = \eta_{\tau(t)}

        where :math:`\tau` is `clock`. With a :class:`BatchClock` the batch size may change
        during training; for a batch size :math:`B` that stays, ``stretch(1 / B)`` gives the
        same rates.

        Parameters
        ----------
        clock : callable
            The clock :math:`\tau`: a :class:`BatchClock`, or any callable from the iteration
            to the time, such as the samples or tokens so far. The clock must never fall; with
            JAX arrays this is not checked.

        Returns
        -------
        Scheduler
            A new scheduler; the original stays unchanged. Its :attr:`end` is known for a
            :class:`BatchClock` only.

        Raises
        ------
        TypeError
            If `clock` is not callable.

        Notes
        -----
        A call raises ValueError, with the iteration, if the time is negative, not finite or
        below the previous iteration's time. A time that misses an integer only by rounding
        error is rounded to the integer. JAX counts in float32: see :class:`BatchClock`.

        Examples
        --------
        Drop after 10,000 samples. The batch doubles after iteration 100, so the drop comes
        after 64 * 100 + 128 * 29 = 10,112 samples:

        >>> from lr_scheduler import BatchClock, MultiFactorScheduler
        >>> samples = MultiFactorScheduler([10_000], 0.5, base_lr=1)
        >>> scheduler = samples.over(BatchClock([64, 128], [100]))
        >>> scheduler(128), scheduler(129), scheduler.end
        (1, 0.5, 129)

        A clock of your own:

        >>> cumulative = [0, 4000, 9000, 16_000]
        >>> scheduler = samples.over(cumulative.__getitem__)
        >>> scheduler(2), scheduler(3)
        (1, 0.5)
        """
        return Over(self, clock)

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

    def _measure(
        self, parts: Iterable[Any], *, chain: "Scheduler | None" = None, values: int = 0
    ) -> None:
        """Store depth and size; refuse a scheduler that takes too long to write or to hash.

        If `chain` is given, the parts are operands that are added to the chain; `values` is
        the length of a table besides the parameters.
        """
        depth, (schedules, held) = (0, (1, 0)) if chain is None else (chain._depth, chain._size)
        held += values
        for part in parts:
            held += 1
            if held > MOST_VALUES:  # a list may hold itself
                break
            if isinstance(part, Scheduler):
                depth = max(depth, part._depth + 1)
                schedules, held = schedules + part._size[0], held + part._size[1]
        if depth > DEEPEST_SCHEDULES:
            raise ValueError(
                f"schedules must be nested at most {DEEPEST_SCHEDULES} deep, got {depth}"
            )
        for kind, got, limit in (
            ("schedules", schedules, MOST_SCHEDULES),
            ("values", held, MOST_VALUES),
        ):
            if got > limit:
                raise ValueError(
                    f"a scheduler must hold at most {limit} {kind}, each use counted, "
                    f"got {got}: combine fewer, or subclass LRScheduler and define decay(t)"
                )
        self._store(_depth=depth, _size=(schedules, held))

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
    if not isinstance(check.scalar(value), Real):
        raise TypeError(
            f"{name} must be a number or callable with an iteration, "
            f"got {check.described(value)}"
        )
    return check.number(name, value)


def rate_of(schedule: ScheduleLike, t: Any, xp: Backend) -> Any:
    """Return the rate of a schedule or number at time `t`."""
    if isinstance(schedule, (float, int)):
        return schedule
    return schedule._rate(t, xp) if isinstance(schedule, Scheduler) else xp.call(schedule, t)


def end_of(schedule: ScheduleLike) -> int | None:
    """Return the iteration from which a schedule or number stays constant."""
    if isinstance(schedule, Scheduler):
        return schedule.end
    return None if callable(schedule) else 0


def bends_of(schedules: Iterable[Any], stop: float) -> Iterator[float]:
    """Yield the bends of each schedule; numbers and functions of the user show none."""
    for each in schedules:
        if isinstance(each, Scheduler):
            yield from each._bends(stop)


def first_iteration(time: float) -> int:
    """Round a time up to an iteration, at most 2**53."""
    return ceil(_scalar.clamp_time(_scalar.round_if_close(time)))


def _operate(
    make: Callable[[tuple[ScheduleLike, ScheduleLike]], Scheduler],
    left: ScheduleLike,
    right: ScheduleLike,
) -> Scheduler:
    """Apply an operator; leave an operand that is no schedule to its own class."""
    for each in (left, right):
        if not (callable(each) or isinstance(check.scalar(each), Real)):
            if check.is_array(each):  # its own message would not help
                check_schedule_like("operand", each)
            return NotImplemented  # type: ignore[no-any-return]  # as every operator may
    return make((left, right))


def _difference(operands: tuple[ScheduleLike, ScheduleLike]) -> Scheduler:
    left, right = operands
    right = check_schedule_like("subtrahend", right)
    return Sum((left, Product((-1, right)) if callable(right) else -right))


class _Nary(Scheduler):
    """Schedules and numbers joined by one operator, evaluated from left to right."""

    operands: tuple[ScheduleLike, ...]

    _symbol: ClassVar[str]
    _names: ClassVar[tuple[str, str]]
    """The names of the first operand and of the others, for messages."""
    _chains: ClassVar[bool] = True
    _commutes: ClassVar[bool] = False
    _parenthesized: ClassVar[tuple[tuple[type, ...], tuple[type, ...]]]
    """The operators that need parentheses as the first operand, and as one of the others."""

    def __post_init__(self) -> None:
        first, *others = check.sequence(
            "operands", self.operands, of="schedules and numbers"
        ) or [0]
        if not others or not (callable(first) or callable(others[0])):
            raise ValueError(
                "operands must be at least 2, with a schedule among the first 2, "
                f"got {check.short_repr(self.operands)}"
            )
        first = check_schedule_like(self._names[0], first)
        others = [check_schedule_like(self._names[1], each) for each in others]
        # A chain does not nest. (a + b) + c is a + b + c, in the same order of additions; and
        # a + (b + c) is b + c + a, which has the same bits, while a + b + c has not.
        is_chain = self._chains and isinstance(first, type(self))
        if self._commutes and not is_chain and isinstance(others[0], type(self)):
            first, others[0], is_chain = others[0], first, True
        if is_chain:
            self._store(operands=(*first.operands, *others))
            self._measure(others, chain=first)
        else:
            self._store(operands=(first, *others))
            self._measure(self.operands)

    @property
    def end(self) -> int | None:
        return _latest(*map(end_of, self.operands))

    def _bends(self, stop: float) -> Iterator[float]:
        return bends_of(self.operands, stop)

    def __repr__(self) -> str:
        as_first, as_other = self._parenthesized
        first, *others = self.operands
        texts = [_in_parentheses(first, as_first)]
        texts += [_in_parentheses(each, as_other) for each in others]
        return f" {self._symbol} ".join(texts)


@register
class Sum(_Nary):
    """The sum of the rates."""

    _public_name, _symbol, _names = "sum", "+", ("summand", "summand")
    _commutes = True

    def _rate(self, t: Any, xp: Backend) -> Any:
        return reduce(xp.add, (rate_of(each, t, xp) for each in self.operands))


@register
class Product(_Nary):
    """The product of the rates."""

    _public_name, _symbol, _names = "product", "*", ("factor", "factor")
    _commutes = True

    def _rate(self, t: Any, xp: Backend) -> Any:
        return reduce(xp.multiply, (rate_of(each, t, xp) for each in self.operands))


@register
class Quotient(_Nary):
    """The quotient of the rates."""

    _public_name, _symbol, _names = "quotient", "/", ("dividend", "divisor")

    def __post_init__(self) -> None:
        super().__post_init__()
        for divisor in self.operands[1:]:
            if not callable(divisor) and divisor == 0:
                raise ValueError(f"divisor must not be 0, got {divisor}")

    def _rate(self, t: Any, xp: Backend) -> Any:
        first, *divisors = self.operands
        quotient = rate_of(first, t, xp)
        for each in divisors:
            divisor = rate_of(each, t, xp)
            xp.require(divisor != 0, t, divisor, "divisor must not be 0", each)
            quotient = xp.divide(quotient, divisor)
        return quotient


@register
class Power(_Nary):
    """A rate raised to a power."""

    _public_name, _symbol, _names = "power", "**", ("base", "exponent")
    _chains = False

    def __post_init__(self) -> None:
        check.sequence("operands", self.operands, of="operands", count=2)
        super().__post_init__()

    def __repr__(self) -> str:
        base, _ = self.operands
        text = super().__repr__()
        if callable(base) or not repr(base).startswith("-"):
            return text
        return f"({base!r}){text.removeprefix(repr(base))}"  # -2 ** s would be -(2 ** s)

    def _rate(self, t: Any, xp: Backend) -> Any:
        base, exponent = (rate_of(each, t, xp) for each in self.operands)
        match self.operands[1]:  # exact forms: a power may be off by a bit
            case 1:
                return base
            case 2:
                return xp.multiply(base, base)
        rule = "base must be at least 0 for a fractional exponent, not 0 for a negative one"
        is_whole = exponent == xp.floor(exponent)
        is_allowed = xp.where(base > 0, True, xp.where(base == 0, exponent >= 0, is_whole))
        xp.require(is_allowed, t, base, rule, self.operands[0])
        return xp.sqrt(base) if self.operands[1] == 0.5 else xp.power(base, exponent)


Sum._parenthesized = (), (Sum,)
Product._parenthesized = Quotient._parenthesized = (Sum,), (Sum, Product, Quotient)
Power._parenthesized = (_Nary,), (_Nary,)


def _in_parentheses(operand: ScheduleLike, kinds: tuple[type, ...]) -> str:
    return f"({operand!r})" if isinstance(operand, kinds) else f"{operand!r}"


def _latest(*ends: int | None) -> int | None:
    """Return the latest end; None if an end is None."""
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) else None


class _Wrapper(Scheduler):
    """A scheduler transformed by one of its methods."""

    scheduler: Scheduler

    def __post_init__(self) -> None:
        if not isinstance(self.scheduler, Scheduler):
            raise TypeError(
                f"scheduler must be a scheduler, got {check.short_repr(self.scheduler)}"
            )
        self._measure([self.scheduler])

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

    low: ScheduleLike | None = None
    high: ScheduleLike | None = None

    _public_name = "clip"

    def __post_init__(self) -> None:
        super().__post_init__()
        limits = {"low": self.low, "high": self.high}
        given = {
            name: check_schedule_like(name, limit)
            for name, limit in limits.items()
            if limit is not None
        }
        if not given:
            raise TypeError("low or high must be a number or a schedule, got None for both")
        if len(given) == 2 and not any(map(callable, given.values())):
            check.at_most("low", given["low"], "high", given["high"])
        self._store(**given)
        self._measure([self.scheduler, *given.values()])

    @property
    def end(self) -> int | None:
        limits = [each for each in (self.low, self.high) if each is not None]
        return _latest(self.scheduler.end, *map(end_of, limits))

    def _bends(self, stop: float) -> Iterator[float]:
        return bends_of((self.scheduler, self.low, self.high), stop)

    def _rate(self, t: Any, xp: Backend) -> Any:
        rate = self.scheduler._rate(t, xp)
        if self.low is not None:
            rate = xp.maximum(rate, rate_of(self.low, t, xp))
        return rate if self.high is None else xp.minimum(rate, rate_of(self.high, t, xp))


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

    def _bends(self, stop: float) -> Iterator[float]:
        yield self.n
        for bend in self.scheduler._bends(stop - self.n):
            yield bend + self.n

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

    def _bends(self, stop: float) -> Iterator[float]:
        for bend in self.scheduler._bends(stop / self.factor):
            yield bend * self.factor

    def _rate(self, t: Any, xp: Backend) -> Any:
        if self.factor % 1:
            # The quotient may be infinite.
            t = xp.clamp_time(xp.round_if_close(t / self.factor))
            t = -(-t // 1) if self.hold else t  # rounded up
        else:  # exact, where a float quotient would be rounded
            t = -(-t // self.factor) if self.hold else t / self.factor
        if self.hold:
            return self.scheduler._rate(xp.as_int(t), xp)
        return xp.widen(self.scheduler)._rate(t, xp)


@register
class Over(_Wrapper):
    """See :meth:`Scheduler.over`."""

    clock: Schedule

    _public_name = "over"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_schedule("clock", self.clock)
        self._measure([self.scheduler, self.clock])

    @property
    def end(self) -> int | None:
        end = self.scheduler.end
        if not end:
            return end
        return self._inverse and self._inverse(end)

    @property
    def _inverse(self) -> Callable[[float], int] | None:
        """The first iteration of a time, by a clock that cannot fall; None for other clocks."""
        return getattr(self.clock, "_first_iteration", None)

    def _bends(self, stop: float) -> Iterator[float]:
        if self._inverse:
            for bend in self.scheduler._bends(self._time(stop, _scalar)):
                reached = self._inverse(bend)
                yield reached - (self._time(reached, _scalar) > bend)

    def _rate(self, t: Any, xp: Backend) -> Any:
        time = self._time(t, xp)
        for is_allowed in (time >= 0, time < inf):  # NaN is not at least 0
            xp.require(is_allowed, t, time, "clock must be finite and at least 0", self.clock)
        if self._inverse is None:
            before = self._time(xp.maximum(t - 1, 0), xp)
            xp.require(time >= before, t, time, "clock must never fall", self.clock)
        time = xp.clamp_time(xp.round_if_close(time))
        return xp.widen(self.scheduler)._rate(time, xp)

    def _time(self, t: Any, xp: Backend) -> Any:
        """Return the time of the clock at `t`."""
        if isinstance(self.clock, Scheduler):
            time = self.clock._rate(t, xp)
        else:
            time = xp.call(self.clock, t, "clock")
        return xp.where(t < 0, t, time)  # a constant clock becomes an array, as t is one


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
    """Return whether `value` is an array or a list; a NumPy scalar is neither."""
    if isinstance(value, (list, tuple, range)):
        return True
    numpy = sys.modules.get("numpy")  # no NumPy array exists before NumPy is imported
    if numpy is not None and isinstance(value, (numpy.ndarray, numpy.generic)):
        return isinstance(value, numpy.ndarray)
    return hasattr(value, "__array_namespace__")
