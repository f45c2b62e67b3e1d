"""Frozen dataclasses whose methods read the fields; Python compiles code for each class."""

from typing import ClassVar


class FrozenInstanceError(AttributeError):
    pass


class _Marker:
    def __init__(self, name):
        self.__name__ = name


MISSING = _Marker("MISSING")
KW_ONLY = _Marker("KW_ONLY")
InitVar = _Marker("InitVar")


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, kw_only):
        self.name = self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.kw_only = kw_only


def field(
    *,
    default=MISSING,
    default_factory=MISSING,
    init=True,
    repr=True,
    hash=None,
    compare=True,
    kw_only=MISSING,
):
    return Field(default, default_factory, init, repr, hash, compare, kw_only)


def fields(value):
    return tuple(value.__dataclass_fields__.values())


def is_dataclass(value):
    return hasattr(value, "__dataclass_fields__")


def replace(value, /, **changes):
    for each in fields(value):
        if each.init:
            changes.setdefault(each.name, getattr(value, each.name))
        elif each.name in changes:
            raise TypeError(
                f"field {each.name} is declared with init=False, it cannot be specified with "
                "replace()"
            )
    return type(value)(**changes)


def dataclass(cls=None, /, *, frozen=False):
    def decorate(cls):
        return _process(cls, frozen)

    return decorate if cls is None else decorate(cls)


def _process(cls, frozen):
    found = {}
    for base in cls.__mro__[-1:0:-1]:
        found |= vars(base).get("__dataclass_fields__", {})
    is_keyword = False
    for name, kind in cls.__annotations__.items():
        if kind is KW_ONLY:
            is_keyword = True
        elif ClassVar not in (kind, getattr(kind, "__origin__", None)):
            found[name] = _field_of(cls, name, kind, is_keyword)
    cls.__dataclass_fields__ = found
    given = [each for each in found.values() if each.init]
    order = [each.name for each in given if not each.kw_only]
    cls.__match_args__ = tuple(order)
    compared = [each.name for each in found.values() if each.compare]
    hashed = [
        each.name
        for each in found.values()
        if (each.compare if each.hash is None else each.hash)
    ]
    has_post_init = hasattr(cls, "__post_init__")
    store = object.__setattr__

    def __init__(self, *arguments, **keywords):
        if len(arguments) > len(order):
            raise TypeError(f"{cls.__name__} takes at most {len(order)} positional arguments")
        values = dict(zip(order, arguments))
        for name in keywords:
            if name in values or name not in found or not found[name].init:
                raise TypeError(f"{cls.__name__} got an unexpected argument {name!r}")
        values |= keywords
        for name, each in found.items():
            if name in values:
                store(self, name, values[name])
            elif each.default_factory is not MISSING:
                store(self, name, each.default_factory())
            elif each.default is not MISSING:
                store(self, name, each.default)
            elif each.init:
                raise TypeError(f"{cls.__name__} misses the argument {name!r}")
        if has_post_init:
            self.__post_init__()

    def __repr__(self):
        shown = [f"{name}={getattr(self, name)!r}" for name in found if found[name].repr]
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def __eq__(self, other):
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in compared)

    def __hash__(self):
        return hash(tuple([getattr(self, name) for name in hashed]))

    def __setattr__(self, name, value):
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name):
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    methods = [__init__, __repr__, __eq__]
    if frozen:
        methods += [__hash__, __setattr__, __delattr__]
    for method in methods:
        if vars(cls).get(method.__name__) is None:
            method.__qualname__ = f"{cls.__qualname__}.{method.__name__}"
            setattr(cls, method.__name__, method)
    return cls


def _field_of(cls, name, kind, is_keyword):
    value = vars(cls).get(name, MISSING)
    found = value if isinstance(value, Field) else field(default=value)
    found.name, found.type = name, kind
    if found.kw_only is MISSING:
        found.kw_only = is_keyword
    if found.default is not MISSING:
        setattr(cls, name, found.default)
    elif name in vars(cls):
        delattr(cls, name)
    return found
