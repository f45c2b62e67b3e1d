"""What a config may not hold: the place, the rule and the value."""

import pytest

from lr_scheduler import LRScheduler, from_config


class Mine(LRScheduler):
    """A class of one's own."""


GOOD = {"type": "FactorScheduler", "step": 5}


@pytest.mark.parametrize(
    ("config", "error", "words"),
    [
        ("FactorScheduler(5)", TypeError, r"config must be a dict, got 'FactorScheduler\(5\)'"),
        ([GOOD], TypeError, "config must be a dict, got"),
        ({}, ValueError, r"config must have the key 'type', got \[\]"),
        ({"type": "SGD"}, ValueError, r"config\['type'\] must be one of .*, got 'SGD'"),
        ({"type": "__import__('os')"}, ValueError, r"config\['type'\] must be one of"),
        ({"type": ["join"]}, ValueError, r"config\['type'\] must be one of .*, got \['join'\]"),
        (
            {"type": "one_cycle", "max_update": 9},
            ValueError,
            "must have the key 'warmup_steps', a",
        ),
        (
            {"type": "linear", "max_update": 9, "pwr": 1},
            ValueError,
            r"\['pwr'\] is not a param",
        ),
        ({"type": "plot", "scheduler": GOOD}, ValueError, "must be one of .*, got 'plot'"),
        ({"type": "Join"}, ValueError, r"must be one of .*, join, .*, got 'Join'"),
        ({"type": "LRScheduler"}, ValueError, r"config\['type'\] must be one of"),
        (
            {**GOOD, "steps": 1},
            ValueError,
            r"config\['steps'\] is not a parameter of FactorSch",
        ),
        ({**GOOD, "_floor": 1}, ValueError, r"config\['_floor'\] is not a parameter of"),
        ({**GOOD, 5: 1}, ValueError, r"config\[5\] is not a parameter of FactorScheduler"),
        (
            {"type": "FactorScheduler"},
            ValueError,
            "config must have the key 'step', a parameter",
        ),
        ({**GOOD, "step": 0}, ValueError, "config: step must be at least 1 iteration, got 0"),
        ({**GOOD, "step": "5"}, TypeError, "config: step must be an integer, got '5'"),
        ({**GOOD, "step": None}, TypeError, "config: step must be an integer, got None"),
        ({**GOOD, "step": GOOD}, TypeError, "config: step must be an integer, got FactorSched"),
        ({**GOOD, "step": {1}}, TypeError, r"config\['step'\] must be plain data, got {1}"),
        (
            {**GOOD, "base_lr": float("nan")},
            ValueError,
            "config: base_lr must be finite, got nan",
        ),
        (
            {"type": "join", "schedulers": [GOOD, {**GOOD, "stp": 1}], "step": [5]},
            ValueError,
            r"config\['schedulers'\]\[1\]\['stp'\] is not a parameter of FactorScheduler",
        ),
        (
            {"type": "join", "schedulers": [GOOD, {**GOOD, "step": -1}], "step": [5]},
            ValueError,
            r"config\['schedulers'\]\[1\]: step must be at least 1 iteration, got -1",
        ),
        (
            {"type": "join", "schedulers": 5, "step": [5]},
            TypeError,
            "config: schedulers must be",
        ),
        ({"type": "sum", "operands": 5}, TypeError, "config: operands must be a sequence of"),
        (
            {"type": "sum", "operands": [1, GOOD, "x"]},
            TypeError,
            "config: summand must be a num",
        ),
        (
            {"type": "clip", "scheduler": 5, "low": 0},
            TypeError,
            "config: scheduler must be a sch",
        ),
        (
            {"type": "repeat", "scheduler": GOOD, "step": 5, "_starts": []},
            ValueError,
            "_starts",
        ),
    ],
)
def test_refuses(config, error, words):
    with pytest.raises(error, match=words):
        from_config(config)


@pytest.mark.parametrize(
    ("classes", "error", "words"),
    [
        ([int], TypeError, "classes must be subclasses of Scheduler, got <class 'int'>"),
        ([Mine()], TypeError, "classes must be subclasses of Scheduler, got Mine"),
        (
            [type("CosineScheduler", (LRScheduler,), {})],
            ValueError,
            "classes must have names of their own, got CosineScheduler",
        ),
    ],
)
def test_refuses_classes(classes, error, words):
    with pytest.raises(error, match=words):
        from_config(GOOD, classes=classes)
