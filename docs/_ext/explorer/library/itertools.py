"""Iterators."""


def chain(*iterables):
    for each in iterables:
        yield from each


def islice(iterable, stop):
    rest = iter(iterable)
    for _ in range(stop):
        try:
            value = next(rest)
        except StopIteration:
            return
        yield value
