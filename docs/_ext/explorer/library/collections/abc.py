"""The kinds of collections, told from the built-in types; nothing registers another one."""

from typing import _Form


class _Kind(type):
    def __instancecheck__(cls, value):
        return isinstance(value, cls._types)

    def __getitem__(cls, arguments):
        return _Form(cls.__name__, cls, arguments)


class _HasMethod(_Kind):
    def __instancecheck__(cls, value):
        return getattr(type(value), cls._method, None) is not None


class Callable(metaclass=_Kind):
    """Written in annotations alone."""


class Hashable(metaclass=_HasMethod):
    _method = "__hash__"


class Iterable(metaclass=_HasMethod):
    _method = "__iter__"


class Iterator(metaclass=_HasMethod):
    _method = "__next__"


class Mapping(metaclass=_Kind):
    _types = (dict,)


class Sequence(metaclass=_Kind):
    _types = (list, tuple, str, range, bytes, bytearray, memoryview)
