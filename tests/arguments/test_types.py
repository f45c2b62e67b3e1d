"""The types of every public name can be read at run time, and no other library is loaded."""

import inspect
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import fields
from typing import get_overloads, get_type_hints

import pytest

import lr_scheduler
from lr_scheduler import LRScheduler, MultiFactorScheduler, PiecewiseScheduler, optimizer
from lr_scheduler._schedule import REGISTRY

PUBLIC = {name: getattr(lr_scheduler, name) for name in lr_scheduler.__all__} | {
    name: getattr(optimizer, name) for name in optimizer.__all__
}
PUBLIC |= {make.__name__: make for make in REGISTRY.values()}


def functions(value):
    """Return what has annotations: a function, or a class with its methods and properties."""
    found = [value]
    if isinstance(value, type):
        for _, member in inspect.getmembers(value):
            found += [member] if inspect.isfunction(member) else []
            found += [member.fget] if isinstance(member, property) else []
    return [each for one in found for each in (one, *overloads(one))]


def overloads(value):
    return get_overloads(value) if inspect.isfunction(value) else []


@pytest.mark.parametrize("name", PUBLIC)
def test_every_annotation_resolves(name):
    value = PUBLIC[name]
    for each in functions(value):
        hints = get_type_hints(each)
        if not isinstance(each, type):
            assert {*hints} >= {*each.__annotations__}
    if isinstance(value, type) and issubclass(value, lr_scheduler.Scheduler):
        hints = get_type_hints(value)
        assert all(each.name in hints for each in fields(value) if each.init)


def test_a_sequence_stays_one_of_numbers():
    """A tool that builds values from annotations, such as tyro, needs more than Any."""
    assert get_type_hints(MultiFactorScheduler)["step"] == Sequence[int]
    assert get_type_hints(PiecewiseScheduler)["values"] == Sequence[float]


def test_an_annotation_of_a_subclass_resolves():
    class Own(LRScheduler):
        halving: int

    assert get_type_hints(Own)["halving"] is int
    assert get_type_hints(Own)["base_lr"] is float


PROGRAM = """
import sys, typing
import lr_scheduler
for name in lr_scheduler.__all__:
    typing.get_type_hints(getattr(lr_scheduler, name))
print({*sys.modules} & {"numpy", "torch", "keras", "optax", "matplotlib", "pydantic_core"})
"""


def test_no_library_is_loaded_for_it():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
