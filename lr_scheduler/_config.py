"""Load schedulers from plain dicts, safely: no text in a config is ever evaluated."""

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
    """Load a scheduler from its config, safely: no text in the config is ever evaluated.

    Parameters
    ----------
    config : dict
        The dict from :meth:`Scheduler.to_config`, also after a round trip through JSON: the
        name of a class, operator or function of this package as ``"type"``, and its parameters
        by name. A nested schedule is another such dict, or a number.
    classes : iterable of type, default ()
        Your own scheduler classes that the config may name.

    Returns
    -------
    Scheduler
        A scheduler equal to the saved scheduler.

    Raises
    ------
    TypeError, ValueError
        If the config holds anything else, or a constructor refuses a parameter. The message
        names the path of the bad key.

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
            raise ValueError(
                f"classes must have unique names, got {cls.__name__}: rename the class"
            )
    scheduler: Scheduler = _Reader(known).read(config, "config", 1)
    return scheduler


class _Reader:
    """Reads a config, and counts its schedulers and values."""

    def __init__(self, known: Mapping[str, Callable[..., Scheduler]]) -> None:
        self.known = known
        self.dicts = 0
        self.values = 0

    def read(self, value: Any, path: str, depth: int) -> Any:
        """Return a value of the config, with a scheduler for each dict."""
        if depth > DEEPEST_CONFIG and isinstance(value, (Mapping, list, tuple)):
            raise ValueError(
                f"config must be nested at most {DEEPEST_CONFIG} deep, got {cut_path(path)}"
            )
        self.values += 1
        if self.values > MOST_VALUES:  # a few lines of YAML can alias millions
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
    """Return the parameters of a class or function, and whether each is required."""
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
