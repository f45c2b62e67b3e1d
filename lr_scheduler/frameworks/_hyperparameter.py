"""A hyper-parameter of PyTorch's parameter groups, and the schedules that it follows."""

from collections.abc import Sequence
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
        for i, each in enumerate(schedules):
            index = "" if self._is_single else f"[{i}]"
            check_schedule(f"{self._argument}{index}", each)
        self._schedules = tuple(schedules)
        self._bases, self._terms = _terms(schedules)
        self._is_positive = all(factor >= 0 for factor, _ in self._terms)
        self.check_count(groups)
        self._first = [self.number(group) for group in groups]

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
            value = self.read(group)
            if isinstance(value, torch.Tensor) and id(value) in seen:
                self._replace(group, value.clone())
            seen.add(id(value))

    def check_count(self, groups: list[Group]) -> None:
        """Check that a list has a schedule for each parameter group."""
        if not self._is_single:
            of = "schedules, one for each parameter group"
            check.sequence(self._argument, self._schedules, of=of, count=len(groups))

    def check_first(self, groups: list[Group], *, relative: bool) -> None:
        """Refuse schedules that would lose the values that the groups start with."""
        if not relative and self._is_single and len(set(self._first)) > 1:
            advice = "relative=True multiplies each; or " if self._name == "lr" else ""
            raise ValueError(
                f"{self._argument} must hold one schedule for each parameter group if their "
                f"{self._name} differs, got one for {self._first}: {advice}pass a list such as "
                "[schedule, 0.1 * schedule]"
            )
        defaults = [default_lr(schedule) for schedule in self._schedules]
        for default, group in zip(cycle(defaults), groups, strict=False):
            if default is None:
                continue
            message = f"{self._argument} must be given a base_lr, got the default {default}"
            if relative:
                raise ValueError(f"{message}: write base_lr=1, which the optimizer's lr scales")
            first = initial_lr(group) if self._name == "lr" else self.read(group)
            if not same(first, default):
                value = f"{float(first):g}"
                raise ValueError(
                    f"{message}, and the optimizer's {self._name} is {value}: write "
                    f"base_lr={value}, or set the optimizer's {self._name} to {default}"
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
        if self._key not in group:
            raise ValueError(
                f"{self._name} must be a hyper-parameter of the optimizer, which has "
                f"{', '.join(_names(group))}"
            )
        value = self.read(group)
        if value is None and self._name == "lr":
            raise ValueError(
                "the optimizer's lr must be a number, got None: give the optimizer an lr "
                "(Adafactor: relative_step=False too), or it computes the rate itself"
            )
        if isinstance(value, torch.Tensor):
            if not value.is_floating_point():
                raise TypeError(
                    f"the optimizer's {self._name} must be a tensor of floats, got {value!r}"
                )
            value = value.item()
        return float(check.number(f"the optimizer's {self._name}", value))


def _names(group: Group) -> list[str]:
    """Return the names of a group's hyper-parameters that are numbers."""
    names = [*group, *(name for name, (key, _) in PAIRS.items() if key in group)]
    return [n for n in names if n in PAIRS or type(group[n]) in (int, float)]


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
    left = [schedule]
    while left:
        value = left.pop()
        if isinstance(value, Value):
            for field in value._fields():
                held = getattr(value, field.name)
                if field.name == "base_lr" and held == field.default:
                    return float(held)
                left.append(held)
        elif isinstance(value, (list, tuple)):
            left.extend(value)
    return None
