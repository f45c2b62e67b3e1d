"""Types that are written in annotations, and checked elsewhere."""

import annotationlib as annotationlib  # Brython needs it to read annotations

TYPE_CHECKING = False


class _Form:
    """A form such as `Union`, or a form with its arguments, such as `Union[int, str]`."""

    def __init__(self, name, origin=None, arguments=()):
        self._name = self.__name__ = name
        if origin is not None:
            self.__origin__ = origin
            self.__args__ = arguments if isinstance(arguments, tuple) else (arguments,)

    def __getitem__(self, arguments):
        return _Form(self._name, self, arguments)

    def __or__(self, other):
        return _Form("Union", Union, (self, other))

    def __ror__(self, other):
        return _Form("Union", Union, (other, self))


Any = _Form("Any")
ClassVar = _Form("ClassVar")
Literal = _Form("Literal")
Self = _Form("Self")
SupportsFloat = _Form("SupportsFloat")
SupportsIndex = _Form("SupportsIndex")
TypeAlias = _Form("TypeAlias")
Union = _Form("Union")


class Protocol:
    pass


class TypeVar:
    def __init__(self, name, *, bound=None):
        self.__name__ = name


class NamedTuple(tuple):
    def __init_subclass__(cls):
        cls._fields = tuple(cls.__annotations__)
        cls._field_defaults = {
            name: vars(cls)[name] for name in cls._fields if name in vars(cls)
        }
        for index, name in enumerate(cls._fields):
            setattr(cls, name, _item(index))

    def __new__(cls, *arguments, **keywords):
        if len(arguments) < len(cls._fields):
            given = dict(zip(cls._fields, arguments)) | keywords
            given = cls._field_defaults | given
            arguments = [given.pop(name) for name in cls._fields]
        return tuple.__new__(cls, arguments)

    def _replace(self, **changes):
        return type(self)(**(dict(zip(self._fields, self)) | changes))


def _item(index):
    return property(lambda self: self[index])


def dataclass_transform(**_):
    return lambda cls: cls


def overload(function):
    return function


def get_args(_):
    raise NotImplementedError("a config of the page names no class of the reader's own")


get_origin = get_type_hints = get_args
