"""A hyper-parameter of PyTorch's parameter groups, and the schedules that it follows."""

from collections.abc import Iterator, Sequence
from itertools import cycle, permutations
from math import inf
from typing import Any

import torch

from .. import _validation as check
from .._schedule import Product, Schedule, Scheduler, check_schedule
from .._value import Value

Group = dict[str, Any]

# Adam keeps two hyper-parameters in one pair.
PAIRS = {"beta1": ("betas", 0), "beta2": ("betas", 1)}


class Hyperparameter:
    """A number in every parameter group, such as ``lr``, and its schedules."""

    def __init__(
        self, name: str, schedule: Schedule | Sequence[Schedule], groups: list[Group]
    ) -> None:
        self._name = name
        self._argument = "scheduler" if name == "lr" else name
        self._key: str
        self._part: int | None
        self._key, self._part = PAIRS.get(name, (name, None))
        self._limit = inf if self._part is None else 1.0  # a beta of 1 divides by zero
        self._is_single = callable(schedule) or not isinstance(schedule, (list, tuple))
        schedules: Any = [schedule] if self._is_single else schedule
        self._first = [self.number(group) for group in groups]
        for i, each in enumerate(schedules):
            index = "" if self._is_single else f"[{i}]"
            check_schedule(f"{self._argument}{index}", each)
        self._schedules = tuple(schedules)
        self._bases, self._terms = _terms(schedules)
        self._is_positive = all(factor >= 0 for factor, _ in self._terms)
        self.check_count(groups)

    def values(self, t: int, groups: int) -> list[float]:
        """Return the value of each parameter group at iteration `t`."""
        if self._is_single:
            return [self._checked(t, self._schedules[0](t))] * groups
        rates = [schedule(t) for schedule in self._bases]
        values = [factor * rates[i] for factor, i in self._terms]
        is_plain = self._is_positive
        for rate in rates:
            is_plain = is_plain and type(rate) is float and rate >= 0.0
        if is_plain and max(values) < self._limit:
            return values
        return [self._checked(t, value) for value in values]

    def _checked(self, t: int, value: Any) -> float:
        if type(value) is float and 0.0 <= value < self._limit:
            return value
        what = f"the rate of iteration {t}"
        if self._name != "lr":
            what = f"{self._name} of iteration {t}"
        checked = float(check.rate(what, value))
        if checked >= self._limit:
            raise ValueError(f"{what} must be below 1, got {value}")
        return checked

    def read(self, group: Group) -> Any:
        """Return the number of a group, or its tensor."""
        value = group[self._key]
        return value if self._part is None else value[self._part]

    def copy(self, group: Group) -> Any:
        """Return the number of a group, or a copy of its tensor."""
        value = self.read(group)
        return value.clone() if isinstance(value, torch.Tensor) else value

    def write(self, groups: list[Group], numbers: list[float]) -> None:
        """Set the numbers of groups; fill a tensor, which a compiled optimizer has seen."""
        key, part = self._key, self._part
        for group, number in zip(groups, numbers, strict=True):
            value = group[key]
            if part is not None:
                value = value[part]
            if isinstance(value, torch.Tensor):
                value.fill_(number)
            elif part is None:
                group[key] = number
            else:
                self._replace(group, number)

    def _replace(self, group: Group, value: Any) -> None:
        if self._part is not None:
            pair = list(group[self._key])
            pair[self._part] = value
            value = tuple(pair)
        group[self._key] = value

    def holds(self, group: Group, number: float) -> bool:
        """Return whether a group has this number."""
        return same(self.read(group), number)

    def separate(self, groups: list[Group]) -> None:
        """Give each group its own tensor, where PyTorch shares one tensor between groups."""
        seen = set[int]()
        for group in groups:
            value = self.read(group) if self._key in group else None
            if isinstance(value, torch.Tensor) and id(value) in seen:
                self._replace(group, value.clone())
            seen.add(id(value))

    def check_count(self, groups: list[Group]) -> None:
        """Check that a list has a schedule for each parameter group."""
        if not self._is_single:
            of = f"schedule{'s' * (len(groups) != 1)}, one for each parameter group"
            check.sequence(self._argument, self._schedules, of=of, count=len(groups))

    def check_first(self, groups: list[Group], *, relative: bool) -> None:
        """Refuse schedules that would lose the values that the groups start with."""
        if not relative and self._is_single and len(set(self._first)) > 1:
            advice = "write base_lr=1 and relative=True; or " if self._name == "lr" else ""
            raise ValueError(
                f"{self._argument} must hold one schedule for each parameter group if their "
                f"{self._name} differs, got one for {self._first}: {advice}pass a list such as "
                f"{_shares(self._first)}"
            )
        defaults = [default_lr(schedule) for schedule in self._schedules]
        for default, group in zip(cycle(defaults), groups, strict=False):
            if default is None:
                continue
            if relative:
                raise ValueError(
                    f"scheduler must be given a base_lr, got the default {default}: write "
                    "base_lr=1, which the optimizer's lr scales"
                )
            first = initial_lr(group) if self._name == "lr" else self.read(group)
            if not same(first, default):
                value = f"{float(first):g}"
                raise ValueError(
                    f"{self._argument} must be given a base_lr, got the default {default}, and "
                    f"the optimizer's {self._name} is {value}: write base_lr={value}; if "
                    f"{default} is meant, set the optimizer's {self._name} to {default}"
                )
        if relative:
            self._check_relative([float(initial_lr(group)) for group in groups])

    def _check_relative(self, first: list[float]) -> None:
        """Refuse a base_lr that is the rate of a group: the product would be its square."""
        for base_lr, _ in (each for schedule in self._schedules for each in base_lrs(schedule)):
            if base_lr != 1 and base_lr in first:
                raise ValueError(
                    f"base_lr must be 1 with relative=True, which multiplies it by each lr of "
                    f"the optimizer, got {base_lr}, which is one of these: write base_lr=1"
                )

    def check_added(self, added: list[Group], first: Group) -> None:
        """Refuse groups that came later with a value that a single schedule would replace."""
        for group in added:
            value = self.number(group)
            if value not in (self._first[0], float(self.read(first))):
                relative = (
                    "relative=True, which keeps its ratio, or " if self._name == "lr" else ""
                )
                raise ValueError(
                    f"a parameter group was added with {self._name} {value}, which "
                    f"{self._argument} would replace: call to_torch with {relative}a list "
                    "with a schedule for each group"
                )

    def number(self, group: Group) -> float:
        """Return the number of a group, of any precision, as a Python float."""
        value: Any = self.read(group) if self._key in group else None
        if value is None and self._name == "lr":
            raise ValueError(
                "the optimizer's lr must be a number, got None: give the optimizer an lr "
                "(Adafactor: relative_step=False too), or it computes the rate itself"
            )
        if isinstance(value, torch.Tensor) and value.numel() == 1:
            if not value.is_floating_point():
                raise TypeError(
                    f"the optimizer's {self._name} must be a tensor of floats, got {value!r}"
                )
            value = value.item()
        if not check.is_real(value):
            raise ValueError(
                f"{self._name} must be a number in the optimizer's parameter groups, which "
                f"have {', '.join(_names(group))}"
            )
        return float(value)


def _names(group: Group) -> list[str]:
    """Return the names of a group's hyper-parameters that are numbers."""
    pairs = [name for name, (key, _) in PAIRS.items() if key in group]
    return [name for name in group if type(group[name]) in (int, float)] + pairs


def _terms(schedules: Sequence[Schedule]) -> tuple[list[Schedule], list[tuple[float, int]]]:
    """Return the different schedules in ``[0.1 * s, 0.2 * s]``, and each factor with an index.

    So the rate of `s` is computed once for all parameter groups.
    """
    places: dict[Any, int] = {}
    bases, terms = list[Schedule](), []
    for schedule in schedules:
        factor, base = _split(schedule)
        try:
            place = places.setdefault(base, len(bases))
        except TypeError:  # a schedule of the user's that has no hash
            place = len(bases)
        if place == len(bases):
            bases.append(base)
        terms.append((factor, place))
    return bases, terms


def _split(schedule: Schedule) -> tuple[float, Schedule]:
    """Return the number and the schedule of a product such as ``0.1 * s``."""
    if isinstance(schedule, Product) and len(schedule.operands) == 2:
        for factor, base in permutations(schedule.operands):
            if not callable(factor) and isinstance(base, Scheduler):
                return factor, base
    return 1, schedule


def initial_lr(group: Group) -> Any:
    """Return the rate that a group started with, which PyTorch keeps and saves."""
    return group.get("initial_lr", group["lr"])


def same(value: Any, number: float) -> bool:
    """Return whether a number, or a tensor in its precision, is this number."""
    if isinstance(value, torch.Tensor):
        number = torch.tensor(number, dtype=value.dtype, device=value.device)
    return bool(value == number)


def default_lr(schedule: Any) -> float | None:
    """Return the default `base_lr` that a schedule holds, at any depth; None if it has none."""
    defaults = (float(held) for held, default in base_lrs(schedule) if held == default)
    return next(defaults, None)


def base_lrs(schedule: Any) -> Iterator[tuple[float, Any]]:
    """Yield each `base_lr` that a schedule holds, at any depth, and its default."""
    left = [schedule]
    while left:
        value = left.pop()
        if isinstance(value, Value):
            for field in value._fields():
                held = getattr(value, field.name)
                if field.name == "base_lr":
                    yield held, field.default
                left.append(held)
        elif isinstance(value, (list, tuple)):
            left.extend(value)


def _shares(values: list[float]) -> str:
    """Return a list of multiples of one schedule that keeps the ratios of these values."""
    highest = max(values)
    shares = [f"{value / highest:g} * schedule" for value in values[:4]]
    texts = [text.removeprefix("1 * ") for text in shares] + ["..."] * (len(values) > 4)
    return f"[{', '.join(texts)}]"
