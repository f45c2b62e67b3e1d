"""Immutable values: every subclass becomes a frozen dataclass automatically."""

import sys
from copy import copy
from dataclasses import (
    MISSING,
    Field,
    FrozenInstanceError,
    InitVar,
    dataclass,
    field,
    fields,
    is_dataclass,
)
from typing import Any, ClassVar, dataclass_transform


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Value:
    """An immutable value with ``==``, ``hash``, ``pickle`` and a ``repr``, from its fields.

    Declare a value computed from the fields as a ClassVar, so that it is not a field itself.
    """

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "__dataclass_fields__" in vars(cls):
            return  # @dataclass(slots=True) creates the class a second time
        own = _annotated(cls)
        _check_fields(cls, own)
        cls.__repr__ = cls.__repr__  # type: ignore[method-assign]  # a dataclass makes its own
        if not own and is_dataclass(cls):
            return  # the fields and methods of the base are enough
        _keep_keywords(cls, own)
        # A user's @dataclass(frozen=True) may process the class again. So restore each
        # field(...), which a dataclass replaces with its default, and remove __setattr__, which
        # a dataclass refuses to overwrite.
        specified = {
            name: copy(value) for name, value in vars(cls).items() if isinstance(value, Field)
        }
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
        """Return only the parameters; loading recomputes everything else."""
        return {each.name: getattr(self, each.name) for each in self._fields()}

    def __setstate__(self, parameters: dict[str, Any]) -> None:
        self._store(**parameters)
        self.__post_init__()

    def __post_init__(self) -> None:
        """Check the parameters, and store the values computed from them."""

    def __repr__(self) -> str:
        hidden = {each.name for each in self._fields() if not each.repr}
        arguments = [f"{k}={v!r}" for k, v in self._parameters().items() if k not in hidden]
        return f"{type(self).__name__}({', '.join(arguments)})"

    def _parameters(self) -> dict[str, Any]:
        """Return the non-default arguments, which rebuild an equal value."""
        found = [(each, getattr(self, each.name)) for each in self._fields()]
        return {
            each.name: value
            for each, value in found
            if (type(value), value) != (type(each.default), each.default)
        }

    def _fields(self) -> list[Field[Any]]:
        """Return the fields of the constructor, positional fields first."""
        given = [each for each in fields(self) if each.init]  # type: ignore[arg-type]
        return sorted(given, key=lambda each: bool(each.kw_only))

    def _store(self, **checked: Any) -> None:
        """Store fields, although the class is frozen; only for ``__post_init__``."""
        for name, value in checked.items():
            object.__setattr__(self, name, value)


def _annotated(cls: type) -> dict[str, Any]:
    """Return the fields that a class itself annotates."""
    annotations = vars(cls).get("__annotations__", {})
    if sys.version_info >= (3, 14):  # annotations are lazy, and may not resolve
        from annotationlib import Format, get_annotations

        annotations = get_annotations(cls, format=Format.FORWARDREF)
    return {name: kind for name, kind in annotations.items() if not _is(kind, ClassVar)}


def _is(kind: Any, marker: Any) -> bool:
    """Return whether an annotation is ClassVar or InitVar, also one in quotes."""
    text = kind if isinstance(kind, str) else getattr(kind, "__forward_arg__", "")
    name = getattr(marker, "_name", None) or marker.__name__
    return name in text or marker in (kind, type(kind), getattr(kind, "__origin__", None))


def _keep_keywords(cls: type[Value], own: dict[str, Any]) -> None:
    """Keep inherited keyword-only parameters keyword-only when a subclass redefines them."""
    keywords = {each.name for each in fields(cls) if each.kw_only} if is_dataclass(cls) else ()
    for name in own:
        if name in keywords:
            value = vars(cls).get(name, MISSING)
            if not isinstance(value, Field):
                value = field() if value is MISSING else field(default=value)
                setattr(cls, name, value)
            value.kw_only = True


def _check_fields(cls: type[Value], own: dict[str, Any]) -> None:
    """Refuse parameters that a dataclass would ignore, or that would hide a method."""
    if "__init__" in vars(cls):
        raise TypeError(
            f"{cls.__name__} must not define __init__, whose parameters replace, == and repr "
            "would miss: annotate parameters in the class, and check them in __post_init__"
        )
    inherited: list[str] = []
    if is_dataclass(cls):
        inherited = [each.name for each in fields(cls)]
    for name in vars(cls):
        if name in inherited and name not in own:
            raise TypeError(
                f"{cls.__name__}.{name} must have a type, or the value would be ignored: "
                f"annotate it, {name}: <type> = ..."
            )
    for name, kind in own.items():
        if _is(kind, InitVar):
            raise TypeError(
                f"{cls.__name__}.{name} must not be an InitVar, which replace, == and repr "
                "would miss: make it a field"
            )
        if name not in inherited and any(name in vars(base) for base in cls.__mro__[1:]):
            raise TypeError(
                f"{cls.__name__}.{name} must have another name: the parameter would hide "
                "a method or attribute of every scheduler"
            )
