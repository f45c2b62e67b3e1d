"""The operators: sums and products of schedules, limits, and the time moved."""

from dataclasses import MISSING, dataclass, fields
from functools import reduce
from typing import Any, ClassVar

from . import _scalar
from . import _validation as check
from ._operand import check_depth, check_operand, check_scheduler, rate
from ._schedule import Operand, Scheduler


@dataclass(frozen=True)
class _Chain(Scheduler):
    """Schedules and numbers with one operator between them, taken from the left."""

    operands: tuple[Operand, ...]

    _depth: ClassVar[int]
    _role: ClassVar[str]
    _sign: ClassVar[str]
    _parenthesized: ClassVar[tuple[type, ...]]

    def __post_init__(self) -> None:
        first, *others = check.check_sequence(
            "operands", self.operands, of="schedules and numbers"
        ) or [0]
        if not others or not (callable(first) or callable(others[0])):
            raise ValueError(
                "operands must be at least 2, one of the first 2 a schedule, "
                f"got {check.shown(self.operands)}"
            )
        others = [check_operand(self._role, operand) for operand in others]
        depth = check_depth(*others)
        if isinstance(first, type(self)):  # (a + b) + c is a + b + c, in every bit
            operands, depth = (*first.operands, *others), max(first._depth, depth)
        else:
            operands = (check_operand(self._role, first), *others)
            depth = max(check_depth(first), depth)
        self._store(operands=operands, _depth=depth)

    def __repr__(self) -> str:
        return f" {self._sign} ".join(
            f"({operand!r})" if isinstance(operand, self._parenthesized) else f"{operand!r}"
            for operand in self.operands
        )


class Sum(_Chain):
    """The sum of the rates."""

    _role, _sign = "summand", "+"

    def _at(self, t: Any, library: Any = _scalar) -> Any:
        return reduce(library.add, [rate(each, t, library) for each in self.operands])


class Product(_Chain):
    """The product of the rates."""

    _role, _sign = "factor", "*"

    def _at(self, t: Any, library: Any = _scalar) -> Any:
        return reduce(library.multiply, [rate(each, t, library) for each in self.operands])


Sum._parenthesized = (Sum,)
Product._parenthesized = (Sum, Product)


@dataclass(frozen=True)
class _Modified(Scheduler):
    """A scheduler, seen through one of its methods."""

    scheduler: Scheduler

    def __post_init__(self) -> None:
        check_scheduler("scheduler", self.scheduler)
        self._store(_depth=check_depth(self.scheduler))

    def __repr__(self) -> str:
        shown = (
            f"({self.scheduler!r})"
            if isinstance(self.scheduler, _Chain)
            else f"{self.scheduler!r}"
        )
        required = {field.name for field in fields(self) if field.default is MISSING}
        arguments = ", ".join(
            f"{value!r}" if name in required else f"{name}={value!r}"
            for name, value in self._parameters().items()
            if name != "scheduler"
        )
        return f"{shown}.{type(self).__name__.lower()}({arguments})"


@dataclass(frozen=True, repr=False)
class Clip(_Modified):
    """See :meth:`Scheduler.clip`."""

    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        limits = {"low": self.low, "high": self.high}
        given = {name: value for name, value in limits.items() if value is not None}
        if not given:
            raise TypeError("low or high must be a real number, got None for both")
        self._store(**{name: check.check_number(name, value) for name, value in given.items()})
        if self.low is not None and self.high is not None:
            check.check_at_most("low", self.low, "high", self.high)

    def _at(self, t: Any, library: Any = _scalar) -> Any:
        result = self.scheduler._at(t, library)
        if self.low is not None:
            result = library.maximum(result, self.low)
        return result if self.high is None else library.minimum(result, self.high)


@dataclass(frozen=True, repr=False)
class Delay(_Modified):
    """See :meth:`Scheduler.delay`."""

    n: float

    def __post_init__(self) -> None:
        super().__post_init__()
        n = check.check_number("n", self.n)
        if abs(n) > check.MAX_ITERATION:
            raise ValueError(f"n must be from -2**53 to 2**53, got {check.shown(self.n)}")
        self._store(n=n)

    def _at(self, t: Any, library: Any = _scalar) -> Any:
        return self.scheduler._at(library.clip(t - self.n), library)


@dataclass(frozen=True, repr=False)
class Stretch(_Modified):
    """See :meth:`Scheduler.stretch`."""

    factor: float
    hold: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        self._store(factor=check.check_positive("factor", self.factor))
        if not isinstance(self.hold, bool):
            raise TypeError(f"hold must be True or False, got {check.shown(self.hold)}")

    def _at(self, t: Any, library: Any = _scalar) -> Any:
        if self.factor % 1:
            t = library.clip(library.snap(t / self.factor))  # the quotient may be infinite
            t = -(-t // 1) if self.hold else t  # rounded up
        else:  # exact, also where a quotient would be rounded
            t = -(-t // self.factor) if self.hold else t / self.factor
        return self.scheduler._at(library.whole(t) if self.hold else t, library)
