"""Load schedulers from plain dicts, safely: no text in a config is ever evaluated."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from . import _validation as check
from ._schedule import (
    DEEPEST_CONFIG,
    MOST_SCHEDULES,
    MOST_VALUES,
    REGISTRY,
    Scheduler,
    cut_path,
)

NOT_LISTS = (bytes, bytearray, memoryview)  # sequences, but data that JSON cannot hold


def from_config(
    config: Mapping[str, Any], *, classes: Iterable[type[Scheduler]] = ()
) -> Scheduler:
    """Load a scheduler from its config, safely: no text in the config is ever evaluated.

    Parameters
    ----------
    config : dict
        The dict from :meth:`Scheduler.to_config`, also after a round trip through JSON: the
        name of a class, operator or function of this package as ``"type"``, and its parameters
        by name. A nested schedule is another such dict, or a number. Any Mapping and Sequence
        will do, such as those of OmegaConf.
    classes : iterable of type, default ()
        Your own scheduler classes that the config may name. A list in the config becomes a
        tuple where the class annotates a parameter as a tuple.

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
    >>> from_config({"type": "linear", "max_updates": 100})
    Traceback (most recent call last):
    ...
    ValueError: config['max_updates'] is not a parameter of linear: did you mean max_update?
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
    """Reads a config, and counts its schedules and the values in its lists."""

    def __init__(self, known: Mapping[str, Callable[..., Scheduler]]) -> None:
        self.known = known
        self.dicts = 0
        self.values = 0
        self.kinds: dict[str, dict[str, Any]] = {}  # of the parameters of the user's classes

    def read(self, value: Any, path: str, depth: int) -> Any:
        """Return a value of the config, with a scheduler for each dict."""
        if value is None or isinstance(value, (str, int, float)):
            return value
        is_list = isinstance(value, Sequence) and not isinstance(value, NOT_LISTS)
        if not is_list and not isinstance(value, Mapping):
            raise TypeError(
                f"{cut_path(path)} must be plain data, got {check.short_repr(value)}"
            )
        if depth > DEEPEST_CONFIG:
            raise ValueError(
                f"config must be nested at most {DEEPEST_CONFIG} deep, got {cut_path(path)}"
            )
        if not is_list:
            return self.build(value, path, depth)
        self.values += len(value)
        if self.values > MOST_VALUES:  # a few lines of YAML can alias millions
            raise ValueError(f"config must hold at most {MOST_VALUES} values, got more")
        return [self.read(item, f"{path}[{i}]", depth + 1) for i, item in enumerate(value)]

    def build(self, config: Mapping[str, Any], path: str, depth: int) -> Scheduler:
        """Return the scheduler that a dict describes."""
        self.dicts += 1
        if self.dicts > MOST_SCHEDULES:
            raise ValueError(f"config must hold at most {MOST_SCHEDULES} schedules, got more")
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
        parameters = parameters_of(make)
        arguments = {}
        for key, value in config.items():
            if key == "type":
                continue
            where = f"{path}[{check.short_repr(key)}]"
            if key not in parameters:
                raise ValueError(
                    f"{cut_path(where)} is not a parameter of {name}"
                    f"{check.near(key, parameters)}"
                )
            arguments[key] = self.read(value, where, depth + 1)
        for key, is_required in parameters.items():
            if is_required and key not in arguments:
                raise ValueError(
                    f"{cut_path(path)} must have the key {key!r}, a parameter of {name}"
                )
        lists = {key: value for key, value in arguments.items() if isinstance(value, list)}
        if lists and name not in REGISTRY:
            if name not in self.kinds:
                self.kinds[name] = _kinds(make)
            kinds = self.kinds[name]
            arguments |= {key: _fit(value, kinds[key]) for key, value in lists.items()}
        try:
            return make(**arguments)
        except (TypeError, ValueError) as error:
            kind = TypeError if isinstance(error, TypeError) else ValueError
            raise kind(f"{cut_path(path)}: {error}") from error


def _kinds(cls: Any) -> dict[str, Any]:
    """Return the type of each parameter of a user's class."""
    found = {each.name: each.type for each in fields(cls)}
    try:
        return found | get_type_hints(cls)
    except Exception:  # a name that only a type checker knows: other parameters may do without
        return found


def _fit(value: Any, kind: Any) -> Any:
    """Return a list of a config as a tuple, and its items too, where the type says so."""
    if not isinstance(value, list):
        return value
    origin, inner = get_origin(kind) or kind, get_args(kind)
    if origin in (Union, UnionType):
        fitted = [_fit(value, each) for each in inner]
        return next((each for each in fitted if each != value), value)
    if origin is not tuple:
        return [_fit(item, inner[0]) for item in value] if len(inner) == 1 else value
    kinds = inner[:1] * len(value) if inner[1:] == (...,) else inner
    if len(kinds) != len(value):
        kinds = (tuple,) * len(value)
    return tuple(map(_fit, value, kinds))


def parameters_of(make: Callable[..., Scheduler]) -> dict[str, bool]:
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
