"""Immutable values: every subclass becomes a frozen dataclass by itself."""

import sys
from copy import copy
from dataclasses import (
    MISSING,
    Field,
    FrozenInstanceError,
    dataclass,
    field,
    fields,
    is_dataclass,
)
from typing import Any, dataclass_transform


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Value:
    """An immutable value with ``==``, ``hash``, ``pickle`` and a ``repr``, from its fields.

    What a class computes from its fields and stores is declared as a ClassVar: it is no field.
    """

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "__dataclass_fields__" in vars(cls):
            return  # @dataclass(slots=True) makes the class a second time
        own = _annotated(cls)
        _check_fields(cls, own)
        _keep_keywords(cls, own)
        # @dataclass(frozen=True) may follow and process the class again. It has to find the
        # field(...) of each parameter, which a dataclass replaces by the default, and no
        # __setattr__; and it must leave our __repr__ alone, as it does if the class has one.
        specified = {
            name: copy(value) for name, value in vars(cls).items() if isinstance(value, Field)
        }
        cls.__repr__ = cls.__repr__  # type: ignore[method-assign]
        dataclass(frozen=True)(cls)
        del cls.__setattr__, cls.__delattr__
        for name, value in specified.items():
            setattr(cls, name, value)

    def __setattr__(self, name: str, value: Any) -> None:
        raise FrozenInstanceError(
            f"{name} of {type(self).__name__} cannot be set: replace() returns a changed copy"
        )

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"{name} of {type(self).__name__} cannot be deleted")

    def __getstate__(self) -> dict[str, Any]:
        """Return the parameters alone; what follows from them is computed again."""
        return {each.name: getattr(self, each.name) for each in self._fields()}

    def __setstate__(self, parameters: dict[str, Any]) -> None:
        self._store(**parameters)
        self.__post_init__()

    def __post_init__(self) -> None:
        """Check the parameters, and store what follows from them."""

    def __repr__(self) -> str:
        hidden = {each.name for each in self._fields() if not each.repr}
        arguments = [f"{k}={v!r}" for k, v in self._parameters().items() if k not in hidden]
        return f"{type(self).__name__}({', '.join(arguments)})"

    def _parameters(self) -> dict[str, Any]:
        """Return the arguments that make an equal value: those that are not defaults."""
        found = [(each, getattr(self, each.name)) for each in self._fields()]
        return {
            each.name: value
            for each, value in found
            if (type(value), value) != (type(each.default), each.default)
        }

    def _fields(self) -> list[Field[Any]]:
        """Return the fields of the constructor, those with a position first."""
        given = [each for each in fields(self) if each.init]  # type: ignore[arg-type]
        return sorted(given, key=lambda each: bool(each.kw_only))

    def _store(self, **checked: Any) -> None:
        """Store fields, in ``__post_init__`` alone."""
        for name, value in checked.items():
            object.__setattr__(self, name, value)


def _annotated(cls: type) -> dict[str, Any]:
    """Return what a class itself annotates as fields."""
    annotations = vars(cls).get("__annotations__", {})
    if sys.version_info >= (3, 14):  # Python evaluates them later, and a name may not exist yet
        from annotationlib import Format, get_annotations

        annotations = get_annotations(cls, format=Format.FORWARDREF)
    return {n: kind for n, kind in annotations.items() if "ClassVar" not in str(kind)}


def _keep_keywords(cls: type[Value], own: dict[str, Any]) -> None:
    """Let a parameter that has a new default stay keyword-only, as in the base class."""
    keywords = {each.name for each in fields(cls) if each.kw_only} if is_dataclass(cls) else ()
    for name in own:
        if name in keywords:
            value = vars(cls).get(name, MISSING)
            if not isinstance(value, Field):
                value = field() if value is MISSING else field(default=value)
                setattr(cls, name, value)
            value.kw_only = True


def _check_fields(cls: type[Value], own: dict[str, Any]) -> None:
    """Refuse parameters that a dataclass would lose, or that would hide a method."""
    if "__init__" in vars(cls):
        raise TypeError(
            f"{cls.__name__} must not define __init__, where replace, == and repr would miss "
            "its parameters: annotate them in the class, and check them in __post_init__"
        )
    inherited = {each.name for each in fields(cls)} if is_dataclass(cls) else set[str]()
    for name in vars(cls):
        if name in inherited and name not in own:
            raise TypeError(
                f"{cls.__name__}.{name} must have a type, or the value would be ignored: "
                f"annotate it, {name}: <type> = ..."
            )
    for name, kind in own.items():
        if "InitVar" in str(kind):
            raise TypeError(
                f"{cls.__name__}.{name} must not be an InitVar, which replace, == and repr "
                "would miss: make it a field"
            )
        if name not in inherited and any(name in vars(base) for base in cls.__mro__[1:]):
            raise TypeError(
                f"{cls.__name__}.{name} must have another name, or the parameter would hide "
                f"the method or attribute of every scheduler"
            )
