"""Read schedulers from plain dicts, with care: no text in a config is ever evaluated."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from . import _validation as check
from ._schedule import DEEPEST_CONFIG, REGISTRY, Scheduler, cut_path

MOST_SCHEDULERS = 100_000  # in one config
MOST_VALUES = 10_000_000  # of all kinds in one config


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
        raise TypeError(f"config must be a dict, got {check.short_repr(config)}")
    known = dict(sorted(REGISTRY.items()))
    if isinstance(classes, type) or not isinstance(classes, Iterable):
        raise TypeError(f"classes must be a list of classes, got {check.short_repr(classes)}")
    for cls in classes:
        if not isinstance(cls, type) or not issubclass(cls, Scheduler):
            raise TypeError(
                f"classes must be subclasses of Scheduler, got {check.short_repr(cls)}"
            )
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
        if depth > DEEPEST_CONFIG and isinstance(value, (Mapping, list, tuple)):
            raise ValueError(
                f"config must be nested at most {DEEPEST_CONFIG} deep, got {cut_path(path)}"
            )
        self.values += 1
        if self.values > MOST_VALUES:  # in YAML, a few lines can stand for millions
            raise ValueError(f"config must hold at most {MOST_VALUES} values, got more")
        if isinstance(value, Mapping):
            return self.build(value, path, depth)
        if isinstance(value, (list, tuple)):
            return [self.read(item, f"{path}[{i}]", depth + 1) for i, item in enumerate(value)]
        if value is None or isinstance(value, (str, int, float)):
            return value
        raise TypeError(f"{cut_path(path)} must be plain data, got {check.short_repr(value)}")

    def build(self, config: Mapping[str, Any], path: str, depth: int) -> Scheduler:
        """Return the scheduler that a dict describes."""
        self.dicts += 1
        if self.dicts > MOST_SCHEDULERS:
            raise ValueError(f"config must hold at most {MOST_SCHEDULERS} schedulers, got more")
        if "type" not in config:
            raise ValueError(
                f"{cut_path(path)} must have the key 'type', got {check.short_repr([*config])}"
            )
        name = config["type"]
        if not isinstance(name, str) or name not in self.known:
            names = ", ".join(self.known)
            raise ValueError(
                f"{cut_path(path)}['type'] must be one of {names}, got {check.short_repr(name)}"
            )
        make = self.known[name]
        parameters = _required(make)
        arguments = {}
        for key, value in config.items():
            if key == "type":
                continue
            where = f"{path}[{check.short_repr(key)}]"
            if key not in parameters:
                raise ValueError(f"{cut_path(where)} is not a parameter of {name}")
            arguments[key] = self.read(value, where, depth + 1)
        for key, is_required in parameters.items():
            if is_required and key not in arguments:
                raise ValueError(
                    f"{cut_path(path)} must have the key {key!r}, a parameter of {name}"
                )
        try:
            return make(**arguments)
        except (TypeError, ValueError) as error:
            kind = TypeError if isinstance(error, TypeError) else ValueError
            raise kind(f"{cut_path(path)}: {error}") from error


def _required(make: Callable[..., Scheduler]) -> dict[str, bool]:
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
