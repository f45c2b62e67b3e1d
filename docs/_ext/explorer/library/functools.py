"""Higher-order functions."""

_NOTHING = object()


def partial(function, /, *arguments, **keywords):
    def call(*more, **others):
        return function(*arguments, *more, **(keywords | others))

    return call


def reduce(function, values, first=_NOTHING):
    rest = iter(values)
    result = next(rest) if first is _NOTHING else first
    for value in rest:
        result = function(result, value)
    return result


def lru_cache(maxsize):
    def decorate(function):
        found = {}

        def call(*arguments):
            result = found.pop(arguments) if arguments in found else function(*arguments)
            found[arguments] = result  # the newest is the last
            if len(found) > maxsize:
                del found[next(iter(found))]
            return result

        return call

    return decorate
