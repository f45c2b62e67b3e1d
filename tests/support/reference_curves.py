"""The formulas of the curves that the pages draw, written out again in plain Python.

Nothing here calls the package. A curve is a function of the iteration.
"""

import math
from itertools import accumulate, pairwise

# The tutorial's formulas once more, as a loop over the iteration would have them.


def factor(t, base_lr=1, step=250, factor=0.5, floor=1e-8):
    rate = base_lr
    for _ in range(step, t, step):
        rate = max(rate * factor, floor)
    return rate


def multi(t):
    return 0.5 ** ((t > 250) + (t > 750) + (t > 900))


def poly(t, pwr=2, w=0):
    return 1e-3 + (1 - 1e-3) * (1 - (t - w) / (800 - w)) ** pwr if t < 800 else 1e-3


def cosine(t, w=0):
    if t >= 800:
        return 1e-3
    return 1e-3 + (1 - 1e-3) * (1 + math.cos(math.pi * (t - w) / (800 - w))) / 2


def warm(decay, w=100, begin=None):
    """Return a rise from 0, or a wait at `begin`, before the decay."""
    return lambda t: decay(t) if t >= w else t / w if begin is None else begin


def half_cosine(share):
    """Return what is left of 1 when a share of the way has gone, none after the end."""
    return (1 + math.cos(math.pi * min(share, 1))) / 2


def between(t, *knots):
    """Return the height at t of the straight lines from knot to knot."""
    for (start, old), (end, new) in pairwise(knots):
        if t <= end:
            return old * (end - t) / (end - start) + new * (t - start) / (end - start)
    return knots[-1][1]


def one_cycle(t, w=300, peak=1, begin=1 / 25, final=1 / 25 / 10_000):
    """Return peak times the cycle; begin and final are shares of it."""
    if t <= w:
        return peak * (1 + (begin - 1) * half_cosine(t / w))
    return peak * (final + (1 - final) * half_cosine((t - w) / (1000 - w)))


def restarts(t, height=1):
    """Return the rate in cycles of 100, 200 and 400 iterations."""
    for number, (start, end) in enumerate([(0, 100), (100, 300), (300, 700)]):
        if start < t <= end:
            return height**number * half_cosine((t - start) / (end - start))


def warm_cycles(t):
    """Return the rate in three cycles of 200 iterations, and after them."""
    number, i = divmod(min(t, 600) - 1, 200)
    rate = (i + 1) / 40 if i + 1 < 40 else 0.2 + 0.8 * half_cosine((i + 1 - 40) / 160)
    return rate / 2**number


def triangle(t, rise=100):
    """Return the height, up to 1, in cycles of 200 iterations."""
    x = (t - 1) % 200 + 1
    return x / rise if x <= rise else (200 - x) / (200 - rise)


def line(t):
    return max(1 - t / 400, 0)


def rise_and_fall(t):
    return t / 200 if t < 200 else (1000 - t) / 800


def sum_of_cosine(n):
    """Return 500 times the sum of n rates by the sum of 1000, without adding up."""
    half = math.pi / 2000
    return 500 / 499.5 * (n / 2 - 1 / 4 + math.sin((2 * n + 1) * half) / math.sin(half) / 4)


def momentum(t):
    """Return 0.95 less a tenth of a cycle from 0 to 1 and back."""
    return 0.95 - 0.1 * one_cycle(t, begin=0, final=0)


def steps(momentum):
    """Return step 0 of a weight whose gradient is always -1, and a thousand more."""
    rates = [one_cycle(t, peak=0.1) for t in range(1001)]
    return [*accumulate(range(1, 1001), lambda v, t: momentum(t) * v + rates[t], initial=0)]
