"""The kinds of numbers, told from the built-in types."""


class _Kind(type):
    def __instancecheck__(cls, value):
        return isinstance(value, cls._types)


class Real(metaclass=_Kind):
    _types = (int, float)


class Integral(metaclass=_Kind):
    _types = (int,)
