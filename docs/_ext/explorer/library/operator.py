"""Operators as functions."""


def add(x, y):
    return x + y


def getitem(values, index):
    return values[index]


def index(value):
    if not hasattr(type(value), "__index__"):
        raise TypeError(f"{type(value).__name__!r} object cannot be interpreted as an integer")
    return type(value).__index__(value)


def mul(x, y):
    return x * y


def pow(x, y):
    return x**y


def sub(x, y):
    return x - y


def truediv(x, y):
    return x / y
