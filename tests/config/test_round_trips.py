"""A scheduler as a dict: what it holds, and how it is read back."""

import json
from collections import UserDict, UserList
from dataclasses import dataclass
from typing import Any, Literal, Optional

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


class Tuples(LRScheduler):
    """A class of one's own with lists and tuples of each kind."""

    plain: tuple = ()
    pairs: tuple[tuple[int, str], ...] = ()
    maybe: tuple[float, float] | None = None
    optional: Optional[tuple[list[int], ...]] = None  # noqa: UP045
    listed: list[tuple[int, int]] | None = None
    late: "tuple[int, ...]" = ()
    other: Literal["a"] | Any = "a"

    def decay(self, t):
        return self.base_lr


@pytest.mark.parametrize(
    "parameters",
    [
        {"plain": (1, (2, 3)), "late": (4,)},
        {"pairs": ((1, "a"), (2, "b")), "maybe": (0.5, 1)},
        {"optional": ([1], [2, 3])},
        {"listed": [(1, 2), (3, 4)]},
        {"other": [1, [2]]},
        {"maybe": (0.5, (1, 2), 3)},  # of another length than the type says
    ],
    ids=repr,
)
def test_a_tuple_of_a_class_of_ones_own_comes_back_as_a_tuple(parameters):
    scheduler = Tuples(**parameters, base_lr=1) + Tuples(base_lr=1, **parameters)

    again = from_config(json.loads(json.dumps(scheduler.to_config())), classes=[Tuples])

    assert again == scheduler
    assert repr(again) == repr(scheduler)
    if not str(parameters).count("["):
        assert hash(again) == hash(scheduler)


def test_a_type_that_only_a_checker_knows_does_not_hide_the_others():
    class Elsewhere(Tuples):
        points: tuple[int, ...] = ()
        elsewhere: "Unknown" = 0  # noqa: F821

    scheduler = Elsewhere(points=(1, 2), base_lr=1)

    assert from_config(scheduler.to_config(), classes=[Elsewhere]) == scheduler


def test_any_mapping_and_sequence_will_do():
    inner = UserDict({"type": "MultiFactorScheduler", "step": UserList([5, 9]), "factor": 0.5})
    config = UserDict(
        {"type": "join", "schedulers": UserList([0.1, inner]), "boundaries": range(3, 4)}
    )

    assert from_config(config) == join([0.1, MultiFactorScheduler([5, 9], 0.5)], [3])


@pytest.mark.parametrize(
    "data", [b"12", bytearray(b"12"), memoryview(b"12")], ids=lambda d: type(d).__name__
)
def test_bytes_are_no_list(data):
    with pytest.raises(TypeError, match=r"config\['step'\] must be plain data, got "):
        from_config({"type": "MultiFactorScheduler", "step": data})
