"""Wrong values for every kind of argument, each with the error and what its message says.

A row is a value, the error, what follows the argument's name in the message, and what it got.
"""

from decimal import Decimal
from fractions import Fraction

import numpy as np

from lr_scheduler import FactorScheduler, LRScheduler, Scheduler

HALVING = FactorScheduler(10, 0.5, base_lr=1)
ONES = np.ones(2)
CLIP = type("clip", (LRScheduler,), {})


class Unprintable:
    """A value whose repr fails."""

    def __repr__(self):
        raise RuntimeError


EMPTY = {}
NESTED = []
for _ in range(100_000):  # deeper than Python's stack
    NESTED = [NESTED]
UNPRINTABLE = [Unprintable(), NESTED]

NOT_NUMBERS = [
    *("0.1", b"1", "nan", None, True, np.True_, 1j, np.complex128(1), Decimal(1)),
    *([1], (1,), EMPTY, object(), int, abs, range(2), HALVING, *UNPRINTABLE),
    *(np.array([1, 2]), np.array("1"), np.datetime64(1, "s")),
    *(np.timedelta64(1, "s"), np.timedelta64(1, "ns")),
]
NOT_INTEGERS = [
    *(2.5, -0.5, float("nan"), float("inf"), -float("inf"), np.float16(2.5), np.float64(2.5)),
    *(Fraction(5, 2), np.longdouble(2.5), np.array(2.5), Fraction(2**54 + 1, 2)),
]
INTEGRAL = [2.0, -0.0, np.float16(2), np.float64(2), Fraction(2), np.longdouble(2)]
INFINITE = [
    *(float("nan"), float("inf"), -float("inf"), np.float32("nan"), np.float16("inf")),
    *(10**400, -(10**400), 10**5000, Fraction(10**400), Fraction(10**5000)),
    np.longdouble("1e400") if np.finfo(np.longdouble).max > 1e308 else np.longdouble("inf"),
]
BELOW_0 = [
    *(-1, -0.1, -5e-324, -1e308, -(2**53), np.int8(-1), np.float32(-1)),
    Fraction(-1, 10**400),  # the nearest float is -0.0
]
LARGE = [1e300, Fraction(10**400)]  # integral, but of no type of integers
TOO_LARGE = [2**53 + 1, 10**400, 10**5000, np.uint64(2**63), np.int64(2**62)]
NOT_SEQUENCES = [
    *(5, 2.5, "5", b"5", bytearray(b"5"), None, True, {5: 1}, {5}, iter([5])),
    *(HALVING, int, np.array(5), np.array([[5, 9]])),
]
NOT_CALLABLES = [value for value in NOT_NUMBERS if not callable(value)]


def start(value):
    """Return the start of what a message shows of a value."""
    try:
        return repr(value)[:60]
    except (RuntimeError, ValueError):  # a RecursionError is a RuntimeError
        return "an integer of " if isinstance(value, int) else "an unprintable "


def types(values, rule, got=start):
    """Return the rows of values that are of another type."""
    return [(value, TypeError, f" {rule}", got(value)) for value in values]


def ranges(values, rule, got=start):
    """Return the rows of values out of range."""
    return [(value, ValueError, f" {rule}", got(value)) for value in values]


def second(rows):
    """Return the rows of a list whose second element is bad."""
    return [([5, value], error, f"[1]{rule}", got) for value, error, rule, got in rows]


def arrays(shaped):
    """Return the rows of what is no array of floats, or of another shape than (2,)."""
    not_floats = types(FLOATS[:4], "must be a NumPy array of floats")
    not_floats += types(FLOATS[4:], "must be a NumPy array of floats", lambda a: str(a.dtype))
    shapes = ranges(SHAPES, "must have the weight's shape (2,)", lambda a: str(a.shape))
    return not_floats + (shapes if shaped else [])


def integer(least, unit):
    """Return the rows of an integer from the least one to 2**53."""
    return [
        *types(NOT_NUMBERS + NOT_INTEGERS, "must be an integer"),
        *ranges([least - 1, -1, -(10**400), np.int8(-1)], f"must be at least {least}{unit}"),
        *ranges([*TOO_LARGE, *LARGE], "must be at most 2**53"),
    ]


NUMBER = [
    *types(NOT_NUMBERS, "must be a real number"),
    *ranges([*INFINITE, np.array(np.inf)], "must be finite"),
    *ranges([2**53 + 1, -(2**63) - 1], "must be exactly representable as a float"),
]


def period(least, unit):
    """Return the rows of a number of iterations, which may be fractional."""
    below = [least - 2.0**-52, 0, -1, -0.5, np.int8(-1)]
    return [
        *NUMBER,
        *ranges(below, f"must be at least {least}{unit}"),
        *ranges([2**53 + 2, 1e300], "must be at most 2**53"),
    ]


RATE = NUMBER + ranges(BELOW_0, "must be at least 0")
POSITIVE = NUMBER + ranges([0, 0.0, Fraction(1, 10**400), *BELOW_0], "must be greater than 0")
LATE = ranges([2**53 + 2, 1e300, np.uint64(2**63)], "must be at most 2**53")
TIME, DURATION = RATE + LATE, POSITIVE + LATE
FACTOR = POSITIVE + ranges([2, 1.5, np.nextafter(1, 2), 1e308], "must be at most 1")
CLASSES = types(
    [FactorScheduler, Scheduler],
    "must be callable with an iteration",
    lambda value: f"the class {value.__name__}",
)
SCHEDULE = types(NOT_CALLABLES, "must be callable with an iteration") + CLASSES
NOT_OPERANDS = [
    *types([v for v in NOT_CALLABLES if type(v) is not bool], "must be a "),
    *types([True], "must be a real number"),
    *CLASSES,
    *ranges(INFINITE, "must be finite"),
]
CHOICE = [
    *("cubic", "", "Linear", "linear ", None, True, ["linear"], b"linear", np.str_("x")),
    np.array("linear"),
]
EXPONENT = ranges([0, -1, -0.5, np.float64(0)], "must be greater than 0")
EXPONENT += ranges(INFINITE, "must be finite")
FLOATS = [
    *(1.0, [1.0, 2.0], "x", np.float64(1), np.ones(2, int), np.ones(2, complex)),
    *(np.ones(2, bool), np.ones(2, object), np.array(["1", "2"]), np.ones(2, "m8[s]")),
]
SHAPES = [np.ones(1), np.ones(3), np.ones((2, 1)), np.ones((1, 2)), np.array(1.0), np.ones(0)]
READ_ONLY = ranges(
    [np.broadcast_to(1.0, 2)], "must be writeable", lambda _: "a read-only array"
)

LENGTH, COUNT = integer(1, " iteration"), integer(0, " iterations")
ITERATION = [
    row
    for row in integer(0, "")
    if type(row[0]) not in (list, tuple, range, np.ndarray)
    and not any(row[0] is each for each in LARGE)
] + types([*INTEGRAL, *LARGE], "must be an integer")
LIST = types(NOT_SEQUENCES, "must be a sequence of")
BOUNDARIES = LIST + ranges(
    [[2, 1], (5, 5), range(9, 1, -1), np.array([1, 3, 2])], "must be strictly increasing"
)
EMPTY_LIST = ranges([[], (), range(0), np.ones(0, int)], "must hold at least 1 iteration")

BOOL = types([0, 1, "True", None, np.True_, 1.0, [], *UNPRINTABLE], "must be True or False")

TEXT = types([5, b"x", True, ["x"], object(), *UNPRINTABLE], "must be text")

METRIC = types(
    [*NOT_NUMBERS, np.array(True), np.array(1j), np.array(1, "m8[ns]")], "must be a real number"
) + ranges([10**400, Fraction(10**400)], "must not be too large for a float")

KINDS = {
    "ax": types([5, "x", True, [], ONES, *UNPRINTABLE], "must be matplotlib's Axes"),
    "bad_count": integer(0, ""),
    "at": COUNT,
    "base_lr": RATE,
    "batch_sizes": LIST
    + second(POSITIVE)
    + ranges([[], ()], "must hold at least 1 batch size", lambda _: "none"),
    "best": [row for row in METRIC if row[0] is not None]
    + ranges([float("nan"), np.float32("nan")], "must not be NaN", lambda _: "nan"),
    "classes": types([5, None, FactorScheduler, HALVING], "must be a list of classes")
    + types([[5], [HALVING], ["x"], [int]], "must be subclasses of", lambda v: start(v[0]))
    + ranges([[CLIP]], "must have unique names", lambda _: "clip"),
    "clip_gradient": POSITIVE,
    "clock": SCHEDULE,
    "config": types([v for v in NOT_NUMBERS if v is not EMPTY], "must be a dict")
    + ranges([{}, {"step": 5}, {5: 5}], "must have the key 'type'", lambda v: start([*v])),
    "cooldown": integer(0, ""),
    "cooldown_left": integer(0, ""),
    "count_from": integer(0, "") + ranges([2, 2**53], "must be 0 or 1"),
    "cycles": integer(1, ""),
    "decay_steps": DURATION,
    "eps": RATE,
    "factor": FACTOR,
    "final_lr": RATE,
    "grad": arrays(shaped=True)
    + ranges(
        [np.array([1, bad]) for bad in (np.nan, np.inf, -np.inf)],
        "must be finite",
        lambda grad: str(grad[1]),
    ),
    "high": NOT_OPERANDS,
    "hold": BOOL,
    "index": types([[], {}, set(), ONES, ([],), NESTED], "must be hashable"),
    "iteration": ITERATION,
    "label": TEXT,
    "learning_rate": RATE,
    "log": BOOL,
    "low": NOT_OPERANDS,
    "marks": BOOL,
    "lr": RATE,
    "lr_factor": POSITIVE,
    "lr_scheduler": SCHEDULE,
    "max_update": LENGTH,
    "metric": METRIC,
    "min_scale": RATE + ranges([1.5, 2], "must be at most 1"),
    "mode": ranges(CHOICE, "must be one of") + EXPONENT,
    "momentum": RATE + ranges([1, 1.0, 2, 1e308], "must be less than 1"),
    "n": [*NUMBER, *ranges([2**53 + 2, -1e308], "must be from -2**53")],
    # What is no number and no schedule is left to its own class.
    "other": types([True], "must be a real number")
    + CLASSES
    + ranges(INFINITE, "must be finite"),
    "patience": integer(0, ""),
    "period": period(1, " iteration"),
    "period_factor": POSITIVE + ranges([1.00001, 1 + 2.0**-52], "must give at most 100000"),
    "pwr": POSITIVE,
    "rescale_grad": POSITIVE,
    "rise_steps": period(1, " iteration"),
    "scale": RATE,
    "schedule": NOT_OPERANDS,
    "scheduler": NOT_OPERANDS,
    "schedulers": LIST + second(NOT_OPERANDS),
    "state": arrays(shaped=True) + READ_ONLY,
    "start": integer(0, ""),
    "step": LENGTH,
    "stop": integer(1, ""),
    "stop_factor_lr": RATE,
    "threshold": RATE + ranges([1, 1.0, 2], "must be less than 1"),
    "threshold_mode": ranges(CHOICE, "must be one of 'rel', 'abs'"),
    "title": TEXT,
    "values": LIST + second(RATE),
    "warmup_begin_lr": RATE,
    "warmup_mode": ranges([1, *CHOICE], "must be one of 'linear', 'constant'"),
    "warmup_steps": COUNT,
    "wd": RATE,
    "weight": arrays(shaped=False) + READ_ONLY,
}
# Where the same name is of another kind.
SPECIAL = {
    ("ExponentialScheduler", "factor"): POSITIVE,
    ("LRScheduler.stretch", "factor"): POSITIVE,
    ("MultiFactorScheduler", "step"): BOUNDARIES + EMPTY_LIST + second(LENGTH),
    ("BatchClock", "boundaries"): BOUNDARIES + second(LENGTH),
    ("PiecewiseScheduler", "mode"): [
        *types([None, True, {}], "must be a sequence of"),
        *ranges(["cubic", "", "Linear"], "must be one of"),
        *[
            ([v], ValueError, "[0] must be one of", start(v))
            for v in (True, None, ["linear"], "x")
        ],
        *EXPONENT,
        ([0], ValueError, "[0] must be greater than 0", "0"),
    ],
    ("PiecewiseScheduler", "boundaries"): BOUNDARIES
    + ranges([[], (), np.ones(0)], "must hold at least 1 time")
    + second(TIME),
    ("PlateauRule", "mode"): ranges(CHOICE, "must be one of 'min', 'max'"),
    ("PlateauRule", "factor"): POSITIVE + ranges([1, 1.0, 2], "must be less than 1"),
    ("PlateauRule.__call__", "state"): types(
        [None, 1, {}, {"scale": 1}, HALVING, *UNPRINTABLE], "must be a PlateauState"
    ),
    ("SGD.create_state", "weight"): arrays(shaped=False),
    ("cyclic", "period"): period(2, " iterations"),
    ("inverse_sqrt", "warmup_steps"): LENGTH,
    ("join", "boundaries"): BOUNDARIES + second(LENGTH),
    ("one_cycle", "max_update"): DURATION,
    ("one_cycle", "warmup_steps"): DURATION,
    ("warmup_stable_decay", "max_update"): DURATION,
    ("warmup_stable_decay", "warmup_steps"): TIME,
}
# How a message names an argument that has no name where it is written.
NAMES = {
    ("LRScheduler.__add__", "other"): "summand",
    ("LRScheduler.__mul__", "other"): "factor",
    ("LRScheduler.__pow__", "other"): "exponent",
    ("LRScheduler.__radd__", "other"): "summand",
    ("LRScheduler.__rmul__", "other"): "factor",
    ("LRScheduler.__rpow__", "other"): "base",
    ("LRScheduler.__rsub__", "other"): "summand",
    ("LRScheduler.__rtruediv__", "other"): "dividend",
    ("LRScheduler.__sub__", "other"): "subtrahend",
    ("LRScheduler.__truediv__", "other"): "divisor",
}
