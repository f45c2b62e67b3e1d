"""A scheduler as a dict: what it holds, and how it is read back."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from support.samples import WITH_CONFIG, Inverse

from lr_scheduler import (
    FactorScheduler,
    LRScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    from_config,
    join,
)


@dataclass(frozen=True)
class Mine(LRScheduler):
    """A class of one's own, with a parameter."""

    rate: Any

    def decay(self, t):
        return self.base_lr


FACTOR, CONFIG = FactorScheduler(5), {"type": "FactorScheduler", "step": 5}


@pytest.mark.parametrize("scheduler", WITH_CONFIG, ids=repr)
def test_json_gives_back_an_equal_scheduler(scheduler):
    config = json.loads(json.dumps(scheduler.to_config(), allow_nan=False))

    again = from_config(config, classes=[Inverse])

    assert again == scheduler
    assert repr(again) == repr(scheduler)  # 1 is not 1.0


@pytest.mark.parametrize(
    ("scheduler", "config"),
    [
        (
            MultiFactorScheduler([5, 9], 0.5),
            {"type": "MultiFactorScheduler", "step": [5, 9], "factor": 0.5},
        ),
        (
            join([0.5, FACTOR], [3]),
            {"type": "join", "schedulers": [0.5, CONFIG], "boundaries": [3]},
        ),
        (
            (2 * FACTOR).stretch(3, hold=True),
            {"type": "stretch", "scheduler": {"type": "product", "operands": [2, CONFIG]}}
            | {"factor": 3, "hold": True},
        ),
        (
            Mine((1, 2), base_lr=1) + 1,
            {"type": "sum", "operands": [{"type": "Mine", "rate": [1, 2], "base_lr": 1}, 1]},
        ),
    ],
)
def test_a_config_says_what_differs_from_the_defaults(scheduler, config):
    assert scheduler.to_config() == config


def test_a_class_of_ones_own_is_read_if_it_is_named():
    class Own(PiecewiseScheduler):
        pass

    scheduler = Mine([1, 2], base_lr=1) + Own([0, 5], [1, 0])

    assert from_config(scheduler.to_config(), classes=[Mine, Own]) == scheduler
    with pytest.raises(ValueError, match=r"config\['operands'\]\[1\]\['type'\] must be one of"):
        from_config(scheduler.to_config(), classes=[Mine])


@dataclass(frozen=True)
class Typed(LRScheduler):
    type: str = ""

    def decay(self, t):
        return self.base_lr


@pytest.mark.parametrize(
    ("scheduler", "words"),
    [
        (
            FACTOR + abs,
            r"scheduler\.operands\[1\] must be a scheduler or plain data, got <built-in",
        ),
        (
            Mine({1, 2}, base_lr=1),
            r"scheduler\.rate must be a scheduler or plain data, got {1, 2}",
        ),
        (Typed("x", base_lr=1), "scheduler must not have a parameter named 'type', got Typed"),
        (
            type("FactorScheduler", (Mine,), {})(1, base_lr=1),
            "scheduler must have a unique class name, got FactorScheduler: rename",
        ),
    ],
)
def test_what_no_config_can_hold(scheduler, words):
    with pytest.raises(TypeError, match=f"^{words}"):
        scheduler.to_config()
