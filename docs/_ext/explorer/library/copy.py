"""Copies of objects that have attributes alone."""


def copy(value):
    copied = object.__new__(type(value))
    for name, attribute in vars(value).items():
        object.__setattr__(copied, name, attribute)
    return copied
