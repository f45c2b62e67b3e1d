"""What a constructor checks between two arguments, and how it stores what it accepts."""

import re
import sys
from fractions import Fraction
from inspect import signature
from types import SimpleNamespace

import numpy as np
import pytest
from support.formulas import ARGUMENTS
from support.samples import SCHEDULES

import lr_scheduler
from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    LRScheduler,
    MultiFactorScheduler,
    PolyScheduler,
    Scheduler,
    _scalar,
)

FACTOR = FactorScheduler(10, base_lr=0.1)
LONG = FactorScheduler(10, warmup_steps=100)


class Own(LRScheduler):
    def decay(self, t):
        return self.base_lr


MXNET = {"FactorScheduler", "MultiFactorScheduler", "PolyScheduler", "CosineScheduler"}
OTHERS = {name: getattr(lr_scheduler, name) for name in SCHEDULES if name not in MXNET}
WITH_BASE_LR = [n for n, make in OTHERS.items() if "base_lr" in signature(make).parameters]


@pytest.mark.parametrize(
    ("make", "arguments"),
    [*((OTHERS[name], ARGUMENTS[name][0]) for name in WITH_BASE_LR), (Own, {"base_lr": 1})],
    ids=[*WITH_BASE_LR, "Own"],
)
def test_base_lr_has_no_default(make, arguments):
    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'base_lr'"):
        make(**{name: value for name, value in arguments.items() if name != "base_lr"})

    assert make(**arguments)(1) >= 0


@pytest.mark.parametrize(
    "made",
    [
        FactorScheduler(10),
        MultiFactorScheduler([10]),
        PolyScheduler(10),
        CosineScheduler(10),
    ],
    ids=repr,
)
def test_the_four_schedules_of_mxnet_keep_the_base_lr_of_mxnet(made):
    assert made.base_lr == 0.01
    assert "base_lr" not in repr(made)


@pytest.mark.parametrize(
    ("scheduler", "name", "largest", "value", "words"),
    [
        (
            FACTOR,
            "warmup_begin_lr",
            0.1,
            0.2,
            " must be at most base_lr = 0.1, got 0.2: to go down to it, use "
            "join([PiecewiseScheduler([0, n], [start, base_lr]), scheduler], [n])",
        ),
        (CosineScheduler(9), "warmup_steps", 8, 9, " must be less than max_update = 9, got 9"),
        (LONG, "base_lr", 1e306, 1e308, " * warmup_steps must be finite, got 1e+308 * 100"),
    ],
)
def test_an_argument_limits_another(scheduler, name, largest, value, words):
    assert getattr(scheduler.replace(**{name: largest}), name) == largest

    with pytest.raises(ValueError, match=f"^{re.escape(name + words)}$"):
        scheduler.replace(**{name: value})


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        *((1, "1"), (0.5, "0.5"), (-0.0, "0.0"), (10**20, "1e+20")),
        *((2**53, "9007199254740992"), (np.int64(2), "2"), (Fraction(1, 4), "0.25")),
        *((np.float64(0.5), "0.5"), (np.float32(0.5), "0.5")),
    ],
    ids=repr,
)
def test_a_rate_is_stored_as_the_int_it_was_or_as_a_float(value, stored):
    assert repr(FACTOR.replace(base_lr=value).base_lr) == stored


@pytest.mark.parametrize(
    "step",
    [[1, 5], (1, 5), range(1, 9, 4), np.array([1, 5]), [np.int64(1), np.uint8(5)]],
    ids=repr,
)
def test_every_kind_of_sequence_is_stored_as_a_tuple_of_int(step):
    assert repr(MultiFactorScheduler(step)) == "MultiFactorScheduler(step=(1, 5))"


def test_a_scheduler_cannot_be_changed():
    words = r"base_lr of FactorScheduler cannot be set: replace\(\) returns a changed copy"
    with pytest.raises(AttributeError, match=words):
        FACTOR.base_lr = 1
    with pytest.raises(AttributeError, match="base_lr of FactorScheduler cannot be deleted"):
        del FACTOR.base_lr


def test_the_base_classes_are_abstract():
    with pytest.raises(TypeError, match=r"^Scheduler is abstract: .* define decay\(t\)"):
        Scheduler()
    with pytest.raises(TypeError, match=r"^LRScheduler is abstract: define decay\(t\)"):
        LRScheduler(base_lr=1)
    with pytest.raises(NotImplementedError, match=r"define decay\(t\)"):
        LRScheduler.decay(FACTOR, 1, _scalar)


def test_a_traced_parameter_is_refused_with_the_way_out(monkeypatch):
    """A class stands for JAX's tracers, as real tracers do in the tests of JAX."""
    tracer = type("Tracer", (), {"ndim": 0, "item": lambda self: 0.5})
    jax = SimpleNamespace(core=SimpleNamespace(Tracer=tracer))
    monkeypatch.setitem(sys.modules, "jax", jax)

    words = r"base_lr must be .*, got a traced value: .* as in value \* scheduler\(t\)$"
    with pytest.raises(TypeError, match=words):
        FACTOR.replace(base_lr=jax.core.Tracer())
    assert FACTOR.replace(base_lr=2).base_lr == 2


@pytest.mark.parametrize(
    ("length", "shown"),
    [(78, "'" + "x" * 78 + "'"), (79, "'" + "x" * 59 + "... (81 characters)")],
)
def test_a_message_cuts_a_value_of_more_than_80_characters(length, shown):
    with pytest.raises(TypeError) as raised:
        FactorScheduler("x" * length)
    assert str(raised.value) == f"step must be an integer, got {shown}"
