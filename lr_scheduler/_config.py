"""Schedulers as plain dicts, for JSON and the like: written, and read with care."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from . import _validation as check
from ._algebra import Clip, Delay, Product, Stretch, Sum
from ._cosine import CosineScheduler
from ._cycles import cosine_restarts, cyclic
from ._exponential import ExponentialScheduler
from ._join import Join, Repeat
from ._phases import one_cycle, warmup_stable_decay
from ._piecewise import PiecewiseScheduler
from ._polynomial import PolyScheduler, linear
from ._power import PowerScheduler, inverse_sqrt
from ._schedule import Scheduler
from ._stepwise import FactorScheduler, MultiFactorScheduler

SCHEDULERS: tuple[type[Scheduler], ...] = (
    CosineScheduler,
    ExponentialScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    PolyScheduler,
    PowerScheduler,
)
OPERATORS = (Clip, Join, Product, Repeat, Delay, Stretch, Sum)
TYPES = {c.__name__: c for c in SCHEDULERS} | {c.__name__.lower(): c for c in OPERATORS}
NAMED = (cosine_restarts, cyclic, inverse_sqrt, linear, one_cycle, warmup_stable_decay)
DEEPEST = 300  # dicts and lists within one another: more than any schedulers need
LARGEST = 100_000  # dicts in one config
LONGEST = 10_000_000  # values of all kinds in one config


def to_config(scheduler: Scheduler) -> dict[str, Any]:
    """See :meth:`Scheduler.to_config`."""
    config: dict[str, Any] = _written(scheduler, "scheduler", 1)
    return config


def _written(value: Any, path: str, depth: int) -> Any:
    if depth > DEEPEST and isinstance(value, (Scheduler, list, tuple)):
        raise ValueError(f"scheduler must be nested at most {DEEPEST} deep, got {_cut(path)}")
    if isinstance(value, Scheduler):
        parameters = value._parameters()
        if "type" in parameters:
            raise TypeError(
                f"{_cut(path)} must not have a parameter named 'type', got {check.shown(value)}"
            )
        return {"type": _name(type(value), path)} | {
            name: _written(item, f"{path}.{name}", depth + 1)
            for name, item in parameters.items()
        }
    if isinstance(value, (list, tuple)):
        return [_written(item, f"{path}[{i}]", depth + 1) for i, item in enumerate(value)]
    if value is None or isinstance(value, (str, int, float)):
        return value
    raise TypeError(f"{_cut(path)} must be a scheduler or plain data, got {check.shown(value)}")


def _name(cls: type[Scheduler], path: str) -> str:
    for name, known in TYPES.items():
        if cls is known:
            return name
    if cls.__name__ in TYPES:
        raise TypeError(f"{_cut(path)} must have a class name of its own, got {cls.__name__}")
    return cls.__name__


def _cut(path: str) -> str:
    """Return a path as it fits in a message."""
    return path if len(path) <= 120 else f"{path[:60]}...{path[-57:]}"


def from_config(
    config: Mapping[str, Any], *, classes: Iterable[type[Scheduler]] = ()
) -> Scheduler:
    """Make the scheduler that a config describes; no text in it is ever evaluated.

    Parameters
    ----------
    config : dict
        What :meth:`Scheduler.to_config` returned, or JSON gave back: the name of a class,
        operator or function of this package as ``"type"``, and its parameters by name. Where a
        schedule is expected stands another such dict, or a number.
    classes : iterable of type, default ()
        Your own schedulers that it may name.

    Returns
    -------
    Scheduler
        A scheduler equal to the one that was written.

    Raises
    ------
    TypeError, ValueError
        If the config has anything else in it, with the path of the bad key, or the constructor
        refuses a parameter.

    Examples
    --------
    >>> import json
    >>> from lr_scheduler import CosineScheduler, from_config, join
    >>> scheduler = join([0.1, CosineScheduler(100, base_lr=1)], [10])
    >>> text = json.dumps(scheduler.to_config())
    >>> from_config(json.loads(text)) == scheduler
    True
    >>> from_config({"type": "CosineScheduler", "max_updates": 100})
    Traceback (most recent call last):
    ...
    ValueError: config['max_updates'] is not a parameter of CosineScheduler
    """
    if not isinstance(config, Mapping):
        raise TypeError(f"config must be a dict, got {check.shown(config)}")
    known: dict[str, Callable[..., Scheduler]] = {**TYPES, **{f.__name__: f for f in NAMED}}
    if isinstance(classes, type) or not isinstance(classes, Iterable):
        raise TypeError(f"classes must be a list of classes, got {check.shown(classes)}")
    for cls in classes:
        if not isinstance(cls, type) or not issubclass(cls, Scheduler):
            raise TypeError(f"classes must be subclasses of Scheduler, got {check.shown(cls)}")
        if known.setdefault(cls.__name__, cls) is not cls:
            raise ValueError(f"classes must have names of their own, got {cls.__name__}")
    scheduler: Scheduler = _Reader(known).read(config, "config", 1)
    return scheduler


class _Reader:
    """Reads a config; knows what it may name, and how much was read."""

    def __init__(self, known: Mapping[str, Callable[..., Scheduler]]) -> None:
        self.known = known
        self.dicts = 0
        self.values = 0

    def read(self, value: Any, path: str, depth: int) -> Any:
        """Return what a value means: a scheduler for a dict."""
        if depth > DEEPEST and isinstance(value, (Mapping, list, tuple)):
            raise ValueError(f"config must be nested at most {DEEPEST} deep, got {_cut(path)}")
        self.values += 1
        if self.values > LONGEST:  # in YAML, a few lines can stand for millions
            raise ValueError(f"config must hold at most {LONGEST} values, got more")
        if isinstance(value, Mapping):
            return self.build(value, path, depth)
        if isinstance(value, (list, tuple)):
            return [self.read(item, f"{path}[{i}]", depth + 1) for i, item in enumerate(value)]
        if value is None or isinstance(value, (str, int, float)):
            return value
        raise TypeError(f"{_cut(path)} must be plain data, got {check.shown(value)}")

    def build(self, config: Mapping[str, Any], path: str, depth: int) -> Scheduler:
        """Return the scheduler that a dict describes."""
        self.dicts += 1
        if self.dicts > LARGEST:
            raise ValueError(f"config must hold at most {LARGEST} schedulers, got more")
        if "type" not in config:
            raise ValueError(
                f"{_cut(path)} must have the key 'type', got {check.shown([*config])}"
            )
        name = config["type"]
        if not isinstance(name, str) or name not in self.known:
            names = ", ".join(self.known)
            raise ValueError(
                f"{_cut(path)}['type'] must be one of {names}, got {check.shown(name)}"
            )
        make = self.known[name]
        parameters = _needed(make)
        arguments = {}
        for key, value in config.items():
            if key == "type":
                continue
            where = f"{path}[{check.shown(key)}]"
            if key not in parameters:
                raise ValueError(f"{_cut(where)} is not a parameter of {name}")
            arguments[key] = self.read(value, where, depth + 1)
        for key, is_needed in parameters.items():
            if is_needed and key not in arguments:
                raise ValueError(
                    f"{_cut(path)} must have the key {key!r}, a parameter of {name}"
                )
        try:
            return make(**arguments)
        except (TypeError, ValueError) as error:
            kind = TypeError if isinstance(error, TypeError) else ValueError
            raise kind(f"{_cut(path)}: {error}") from error


def _needed(make: Callable[..., Scheduler]) -> dict[str, bool]:
    """Return the parameters of a class or a function, and whether each must be given."""
    if isinstance(make, type):
        return {
            field.name: (field.default, field.default_factory) == (MISSING, MISSING)
            for field in fields(make)
            if field.init
        }
    code = make.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    first_default = code.co_argcount - len(make.__defaults__ or ())
    optional = {*names[first_default : code.co_argcount], *(make.__kwdefaults__ or ())}
    return {name: name not in optional for name in names}
