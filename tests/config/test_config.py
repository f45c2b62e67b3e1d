"""A scheduler as a dict: written, read back, and everything else refused."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from support.random_schedulers import algebra

import lr_scheduler
from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    LRScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    Scheduler,
    _config,
    cyclic,
    from_config,
    join,
    linear,
    one_cycle,
)


@dataclass(frozen=True)
class Mine(LRScheduler):
    """A class of one's own."""

    rate: Any

    def decay(self, t):
        return self.base_lr / (1 + self.rate * t)


@given(algebra())
def test_json_gives_back_an_equal_scheduler(scheduler):
    config = json.loads(json.dumps(scheduler.to_config(), allow_nan=False))

    again = from_config(config)

    assert again == scheduler
    assert repr(again) == repr(scheduler)
    assert [repr(again(t)) for t in (0, 3, 999)] == [repr(scheduler(t)) for t in (0, 3, 999)]


@pytest.mark.parametrize(
    ("scheduler", "config"),
    [
        (
            MultiFactorScheduler([5, 9], 0.5),
            {"type": "MultiFactorScheduler", "step": [5, 9], "factor": 0.5},
        ),
        (
            PiecewiseScheduler([0, 5], [1, 0.5], "cosine"),
            {"type": "PiecewiseScheduler", "step": [0, 5], "lr": [1, 0.5], "mode": "cosine"},
        ),
        (
            join([0.5, FactorScheduler(5)], [3]),
            {
                "type": "join",
                "schedulers": [0.5, {"type": "FactorScheduler", "step": 5}],
                "step": [3],
            },
        ),
        (
            (2 * FactorScheduler(5)).clip(low=1).stretch(3, hold=True),
            {
                "type": "stretch",
                "scheduler": {
                    "type": "clip",
                    "scheduler": {
                        "type": "product",
                        "operands": [2, {"type": "FactorScheduler", "step": 5}],
                    },
                    "low": 1,
                },
                "factor": 3,
                "hold": True,
            },
        ),
    ],
)
def test_says_what_differs_from_the_defaults(scheduler, config):
    assert scheduler.to_config() == config
    assert from_config(config) == scheduler


def test_a_class_of_ones_own_is_read_if_it_is_named():
    scheduler = Mine([1, 2], base_lr=1) + 1
    config = scheduler.to_config()

    assert config["operands"][0] == {"type": "Mine", "rate": [1, 2], "base_lr": 1}
    assert from_config(config, classes=[Mine]) == scheduler
    with pytest.raises(ValueError, match=r"config\['operands'\]\[0\]\['type'\] must be one of"):
        from_config(config)


@pytest.mark.parametrize(
    ("scheduler", "error", "words"),
    [
        (
            FactorScheduler(5) + (lambda t: 1),
            TypeError,
            r"scheduler\.operands\[1\] must be a scheduler or plain data, got <function",
        ),
        (
            Mine({1, 2}),
            TypeError,
            r"scheduler\.rate must be a scheduler or plain data, got {1, 2}",
        ),
        (
            type("FactorScheduler", (LRScheduler,), {})(),
            TypeError,
            "scheduler must have a class name of its own, got FactorScheduler",
        ),
    ],
)
def test_what_cannot_be_written(scheduler, error, words):
    with pytest.raises(error, match=words):
        scheduler.to_config()


GOOD = {"type": "FactorScheduler", "step": 5}


def nested(depth):
    scheduler = FactorScheduler(5, base_lr=1)
    for _ in range(depth - 1):
        scheduler = scheduler.shift(1)
    return scheduler


def test_whatever_can_be_made_can_be_written_and_read():
    """Operators nest 100 deep; a join within a join is a list within a dict each."""
    deepest = FactorScheduler(5, base_lr=1)
    for _ in range(100):
        deepest = join([deepest, 1], [5])

    assert from_config(deepest.to_config()) == deepest
    assert from_config(nested(101).to_config()) == nested(101)


@pytest.mark.parametrize(
    ("config", "scheduler"),
    [
        ({"type": "one_cycle", "max_update": 9, "warmup_steps": 3}, one_cycle(9, 3)),
        ({"type": "linear", "max_update": 9, "final_lr": 0.001}, linear(9, final_lr=0.001)),
        ({"type": "cyclic", "step": 9, "rise_steps": 3, "count": 2}, cyclic(9, 3, count=2)),
    ],
)
def test_named_schedules_are_read(config, scheduler):
    assert from_config(config) == scheduler


def test_no_config_makes_deeper_ones():
    config = {"type": "shift", "scheduler": nested(101).to_config(), "iterations": 1}

    with pytest.raises(
        ValueError, match="config: operators must be nested at most 100 deep, got"
    ):
        from_config(config)


def lists(depth):
    return [] if depth == 0 else [lists(depth - 1)]


def test_how_deep_lists_may_be():
    """A scheduler with a parameter of 299 lists within one another has 300 levels."""
    deep = Mine(lists(298))
    assert from_config(deep.to_config(), classes=[Mine]) == deep

    with pytest.raises(ValueError, match="scheduler must be nested at most 300 deep"):
        Mine(lists(299)).to_config()
    with pytest.raises(ValueError, match="config must be nested at most 300 deep"):
        from_config({"type": "Mine", "rate": lists(299)}, classes=[Mine])


def test_a_few_lines_that_stand_for_millions_are_refused():
    """As YAML can write them: each level holds the one below twice."""
    config = GOOD
    for _ in range(40):
        config = {"type": "sum", "operands": [1, config, config]}

    with pytest.raises(ValueError, match="config must hold at most 100000 schedulers"):
        from_config(config)


def test_as_many_schedulers_as_are_admitted_are_read(monkeypatch):
    """The sum is one, and so is each of its operands."""
    monkeypatch.setattr(_config, "LARGEST", 3)
    config = {"type": "sum", "operands": [GOOD, GOOD]}

    assert from_config(config).operands == (from_config(GOOD), from_config(GOOD))
    config["operands"].append(GOOD)
    with pytest.raises(ValueError, match="config must hold at most 3 schedulers, got more"):
        from_config(config)


def test_an_error_with_arguments_of_its_own_is_told():
    class OddError(ValueError):
        def __init__(self, one, two):
            super().__init__(f"{one} and {two}")

    class Raising(LRScheduler):
        def __post_init__(self):
            raise OddError("this", "that")

    with pytest.raises(ValueError, match="config: this and that"):
        from_config({"type": "Raising"}, classes=[Raising])


def test_a_parameter_named_type_is_refused():
    @dataclass(frozen=True)
    class Typed(LRScheduler):
        type: str

    with pytest.raises(TypeError, match="scheduler must not have a parameter named 'type'"):
        Typed("FactorScheduler").to_config()


def test_a_subclass_of_any_scheduler_may_be_named():
    class Own(PiecewiseScheduler):
        pass

    scheduler = Own([0, 5], [1, 0])

    assert from_config(scheduler.to_config(), classes=[Own]) == scheduler


def test_the_classes_of_the_package_are_all_known():
    classes = {
        value
        for value in vars(lr_scheduler).values()
        if isinstance(value, type) and issubclass(value, Scheduler)
    }

    assert classes - {Scheduler, LRScheduler} <= set(lr_scheduler._config.TYPES.values())
    assert CosineScheduler in classes
