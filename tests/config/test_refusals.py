"""What a config may not hold: the place, the rule and the value.

What a parameter may not be is in ``arguments``, which tries it in configs as well.
"""

import re

import pytest

from lr_scheduler import LRScheduler, Scheduler, from_config

GOOD = {"type": "FactorScheduler", "step": 5}
UNKNOWN = "config['type'] must be one of BatchClock, "


def joined(last):
    """Return the config of two schedules, with a change in the last one."""
    return {"type": "join", "schedulers": [GOOD, GOOD | last], "boundaries": [5]}


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"type": "__import__('os')"}, UNKNOWN),
        ({"type": "SGD"}, UNKNOWN),
        ({"type": "plot", "scheduler": GOOD}, UNKNOWN),
        ({"type": "LRScheduler"}, UNKNOWN),
        ({"type": "Join"}, UNKNOWN),
        ({"type": ["join"]}, UNKNOWN),
        (
            {"type": "one_cycle", "max_update": 9},
            "config must have the key 'warmup_steps', a p",
        ),
        (
            {"type": "linear", "max_update": 9, "pwr": 1},
            "config['pwr'] is not a parameter of li",
        ),
        (
            {"type": "FactorScheduler"},
            "config must have the key 'step', a parameter of FactorSc",
        ),
        (GOOD | {"_floor": 1}, "config['_floor'] is not a parameter of FactorScheduler"),
        (GOOD | {5: 1}, "config[5] is not a parameter of FactorScheduler"),
        (
            joined({"stp": 1}),
            "config['schedulers'][1]['stp'] is not a parameter of FactorScheduler: did you "
            "mean step?",
        ),
        (
            joined({"step": -1}),
            "config['schedulers'][1]: step must be at least 1 iteration, got",
        ),
    ],
)
def test_a_type_or_a_key_that_is_not_known(config, words):
    with pytest.raises(ValueError, match=re.escape(words)) as raised:
        from_config(config)
    assert str(raised.value).startswith(words)
    if words == UNKNOWN:
        assert str(raised.value).endswith(f"warmup_stable_decay, got {config['type']!r}")


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (GOOD | {"step": GOOD}, "config: step must be an integer, got FactorScheduler(step=5)"),
        (GOOD | {"step": {1}}, "config['step'] must be plain data, got {1}"),
        ({"type": "sum", "operands": 5}, "config: operands must be a sequence of"),
        ({"type": "sum", "operands": [1, GOOD, "x"]}, "config: summand must be a number or"),
        (
            {"type": "clip", "scheduler": 5, "low": 0},
            "config: scheduler must be a scheduler, g",
        ),
    ],
)
def test_a_value_of_another_type(config, words):
    with pytest.raises(TypeError, match="^" + re.escape(words)):
        from_config(config)


def test_an_error_with_arguments_of_its_own_is_told():
    class OddError(ValueError):
        def __init__(self, one, two):
            super().__init__(f"{one} and {two}")

    class Raising(LRScheduler):
        def __post_init__(self):
            raise OddError("this", "that")

    with pytest.raises(ValueError, match="config: this and that"):
        from_config({"type": "Raising", "base_lr": 1}, classes=[Raising])


def test_a_class_without_parameters_has_no_hint():
    class Empty(Scheduler):
        def rate(self, t):
            return t * 0

    with pytest.raises(ValueError, match=r"config\['x'\] is not a parameter of Empty$"):
        from_config({"type": "Empty", "x": 1}, classes=[Empty])
