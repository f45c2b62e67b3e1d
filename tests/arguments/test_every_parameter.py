"""Every parameter of every public callable refuses what is not of its kind.

The signatures are walked, so that a new parameter without a kind turns this red.
"""

import inspect
import json

import numpy as np
import pytest
from support import docstrings
from support.bad_values import HALVING, KINDS, NAMES, SPECIAL
from support.formulas import ARGUMENTS

import lr_scheduler
from lr_scheduler import LRScheduler, PlateauRule, PlateauState, from_config
from lr_scheduler.optimizer import SGD

ONES = np.ones(2)
BASE = {"base_lr": 0.01}
# Of any other schedule, the first arguments that compare it with its formula are taken.
REQUIRED = {
    "LRScheduler": BASE,
    "BatchClock": {"batch_sizes": [1, 2], "boundaries": [5]},
    "PiecewiseScheduler": {"boundaries": [0, 5], "values": [0, 1]},
    "join": {"schedulers": [1, 2], "boundaries": [5]},
    "plot": {"scheduler": HALVING},
    "repeat": {"scheduler": HALVING, "period": 10},
    "from_config": {"config": HALVING.to_config()},
    "LRScheduler.delay": {"n": 1},
    "LRScheduler.over": {"clock": abs},
    "LRScheduler.stretch": {"factor": 1},
    "PlateauRule.__call__": {"state": PlateauState(), "metric": 1.0},
    "SGD.create_state": {"index": 0, "weight": ONES},
    "SGD.update": {"index": 0, "weight": ONES.copy(), "grad": ONES, "state": ONES.copy()},
}


class Own(LRScheduler):
    """A schedule of one's own."""

    def decay(self, t):
        return self.base_lr


# Their modules load other frameworks, and are tested beside those; `decay` is the formula
# itself; `replace` passes its changes on to the constructor.
ELSEWHERE = {"to_keras", "to_optax", "to_torch", "Scheduler"}
INTERNAL = {"decay", "replace", "to_config"}


def public_callables():
    """Return everything that a user can call, by name."""
    named = {name: getattr(lr_scheduler, name) for name in lr_scheduler.__all__}
    found = {n: v for n, v in named.items() if callable(v) and n not in ELSEWHERE}
    found |= {"LRScheduler": Own, "SGD": SGD}
    for name, made in (("LRScheduler", Own(base_lr=1)), ("SGD", SGD(momentum=0.9))):
        operators = [
            left + o for o in ("add", "sub", "mul", "truediv", "pow") for left in ("", "r")
        ]
        operators.append("call")
        methods = [n for n, _ in inspect.getmembers(made, inspect.ismethod) if n[0] != "_"]
        methods += [f"__{n}__" for n in operators if hasattr(made, f"__{n}__")]
        found |= {f"{name}.{n}": getattr(made, n) for n in methods if n not in INTERNAL}
    return found | {"PlateauRule.__call__": PlateauRule()}


CALLABLES = public_callables()
PARAMETERS = [
    (name, parameter)
    for name, function in CALLABLES.items()
    for parameter, each in inspect.signature(function).parameters.items()
    if each.kind is not each.VAR_KEYWORD  # matplotlib checks the keywords of `plot`
    if (name, parameter) != ("SGD.create_state", "index")  # it has no need of it
]

NOT_IN_CONFIGS = {"LRScheduler", "PlateauRule", "PlateauState", "SGD"}
NOT_IN_CONFIGS |= {"as_scheduler", "from_config", "plot"}
IN_CONFIGS = [p for p in PARAMETERS if p[0] not in NOT_IN_CONFIGS and "." not in p[0]]


def rows(name, parameter):
    """Return the wrong values of a parameter, each with the error and what it says."""
    default = inspect.signature(CALLABLES[name]).parameters[parameter].default
    known = docstrings.rows(name, parameter)
    return [row for row in known if row[0] is not None or default is not None]


def required(name):
    """Return arguments for the parameters that have no default."""
    if name in REQUIRED or name not in ARGUMENTS:
        return REQUIRED.get(name, {})
    parameters = inspect.signature(CALLABLES[name]).parameters.values()
    return {p.name: ARGUMENTS[name][0][p.name] for p in parameters if p.default is p.empty}


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_refuses(name, parameter):
    argument = NAMES.get((name, parameter), parameter)

    for value, error, rule, got in rows(name, parameter):
        with pytest.raises((TypeError, ValueError)) as raised:
            CALLABLES[name](**required(name) | {parameter: value})

        message = str(raised.value)
        assert type(raised.value) is error, message
        assert message.startswith(argument + rule)
        assert f"got {got}" in message
        assert len(message) < 250


def is_plain(value):
    """Tell whether JSON gives back a value, and there is no dict in it."""
    try:
        text = json.dumps(value)
        return "{" not in text and repr(json.loads(text)) == repr(value)
    except (TypeError, ValueError, RecursionError):
        return False


@pytest.mark.parametrize(("name", "parameter"), IN_CONFIGS)
def test_refuses_in_a_config(name, parameter):
    config = {"type": name} | required(name)
    if name == "repeat":
        config["scheduler"] = HALVING.to_config()
    assert from_config(config) == CALLABLES[name](**required(name))

    plain = [row for row in rows(name, parameter) if is_plain(row[0])]
    assert len(plain) >= 5
    for value, error, rule, got in plain:
        with pytest.raises((TypeError, ValueError)) as raised:
            from_config(config | {parameter: value})

        message = str(raised.value)
        assert type(raised.value) is error, message
        assert message.startswith(f"config: {parameter}{rule}")
        assert f"got {got}" in message


def test_no_kind_is_left_over():
    assert {name for _, name in PARAMETERS} >= KINDS.keys()
    assert set(PARAMETERS) >= SPECIAL.keys() | NAMES.keys()
