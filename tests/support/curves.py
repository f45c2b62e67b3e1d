"""The curve of any schedule: from its config, by the formulas of `formulas` alone."""

import operator
from functools import reduce

from lr_scheduler import BatchClock, Scheduler
from lr_scheduler._schedule import REGISTRY
from support import formulas
from support.expected_rates import expected

OPERATORS = {
    "sum": operator.add,
    "product": operator.mul,
    "quotient": operator.truediv,
    "power": operator.pow,
}


def curve_of(schedule):
    """Return the rates of a schedule, or of a clock, as a function of the iteration.

    A function or class that a page defines is its own formula.
    """
    if not callable(schedule):
        return lambda t: schedule
    if not isinstance(schedule, Scheduler | BatchClock):
        return schedule
    config = schedule.to_config()
    return from_config(config) if config["type"] in REGISTRY else schedule


def from_config(value):
    """Return the curve that a config describes; of a number, a constant."""
    if not isinstance(value, dict):
        return lambda t: value
    kind, given = value["type"], {name: parse(each) for name, each in value.items()}
    if kind in OPERATORS:
        curves = [from_config(each) for each in value["operands"]]
        return lambda t: reduce(OPERATORS[kind], (curve(t) for curve in curves))
    if kind == "clip":
        low, high = (from_config(value.get(name)) for name in ("low", "high"))
        return lambda t: formulas.clip(t, given["scheduler"], low(t), high(t))
    if kind == "delay":
        return lambda t: formulas.delay(t, given["scheduler"], value["n"])
    if kind == "stretch":
        hold = value.get("hold", False)
        return lambda t: formulas.stretch(t, given["scheduler"], value["factor"], hold)
    if kind == "over":
        return lambda t: formulas.over(t, given["scheduler"], given["clock"])
    del given["type"]
    return expected(kind, given)


def parse(value):
    """Return the curves in a value instead of their configs."""
    if isinstance(value, list):
        return [parse(each) for each in value]
    return from_config(value) if isinstance(value, dict) else value
