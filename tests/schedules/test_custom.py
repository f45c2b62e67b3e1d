"""Schedules of one's own: a subclass gets the rest for free."""

import math
import pickle
from dataclasses import dataclass, field

import numpy as np
import pytest

from lr_scheduler import CosineScheduler, LRScheduler


class InverseSquareRoot(LRScheduler):
    """One method, no parameter of its own."""

    def decay(self, t):
        return self.base_lr / math.sqrt(max(t, 1))


@dataclass(frozen=True)
class Exponential(LRScheduler):
    """One method, and a parameter."""

    rate: float

    def decay(self, t):
        return self.base_lr * math.exp(-self.rate * t)


class Eager(CosineScheduler):
    """A formula in plain Python over one that computes arrays."""

    def decay(self, t):
        return self.base_lr / math.sqrt(t + 1)


def test_gets_the_warmup():
    scheduler = InverseSquareRoot(base_lr=1, warmup_steps=4)

    assert [scheduler(t) for t in (0, 1, 2, 3, 4, 100)] == [0.0, 0.25, 0.5, 0.75, 0.5, 0.1]


def test_gets_arrays_element_by_element():
    scheduler = Exponential(0.01, base_lr=1, warmup_steps=4)
    iterations = np.arange(100).reshape(4, 25)

    rates = scheduler(iterations)

    assert rates.shape == (4, 25)
    assert rates.ravel().tolist() == [scheduler(t) for t in range(100)]


def test_may_replace_a_formula_that_computes_arrays():
    assert Eager(10)(np.array([3])).tolist() == [Eager(10)(3)] == [0.005]


def test_gets_validation():
    with pytest.raises(ValueError, match="base_lr must be at least 0, got -1"):
        InverseSquareRoot(base_lr=-1)
    with pytest.raises(ValueError, match="iteration must be at least 0, got -1"):
        InverseSquareRoot(base_lr=1)(-1)


def test_gets_repr_equality_and_pickle():
    scheduler = Exponential(0.5, base_lr=1)

    assert repr(scheduler) == "Exponential(rate=0.5, base_lr=1)"
    assert scheduler == Exponential(rate=0.5, base_lr=1)
    assert scheduler != Exponential(rate=0.25, base_lr=1)
    assert hash(scheduler) == hash(Exponential(0.5, base_lr=1))
    assert pickle.loads(pickle.dumps(scheduler)) == scheduler
    assert scheduler.replace(rate=0.25) == Exponential(0.25, base_lr=1)


def test_two_classes_are_never_equal():
    class Other(InverseSquareRoot):
        pass

    assert InverseSquareRoot(base_lr=1) != Other(base_lr=1)


def test_without_a_parameter_of_its_own_needs_no_dataclass():
    assert repr(InverseSquareRoot(base_lr=1)) == "InverseSquareRoot(base_lr=1)"


@dataclass(frozen=True)
class Derived(Exponential):
    """A parameter more, and one that follows from the others."""

    steps: int = 2
    total: float = field(init=False)

    def __post_init__(self):
        super().__post_init__()
        object.__setattr__(self, "total", self.rate * self.steps)


def test_a_subclass_of_a_subclass_shows_what_it_was_made_of():
    scheduler = Derived(0.5, steps=3, base_lr=1)

    assert repr(scheduler) == "Derived(rate=0.5, steps=3, base_lr=1)"
    assert scheduler == Derived(0.5, 3, base_lr=1)
    assert scheduler.replace(rate=1).total == 3


def test_an_init_of_ones_own_is_refused():
    """What it stored would be missing from ==, hash, repr and replace."""
    with pytest.raises(TypeError, match="Stubborn must not define __init__"):

        class Stubborn(LRScheduler):
            def __init__(self, rate):
                super().__init__()


def test_a_default_without_a_type_is_refused():
    """It would be ignored: the field keeps the default of the base class."""
    with pytest.raises(TypeError, match=r"Careless\.base_lr must have a type"):

        class Careless(LRScheduler):
            base_lr = 0.5


@pytest.mark.parametrize("value", [None, "0.5", True], ids=repr)
@pytest.mark.parametrize("iteration", [5, np.array([5])], ids=["a number", "an array"])
def test_a_rate_that_is_no_number_is_refused(value, iteration):
    class Wrong(LRScheduler):
        def decay(self, t):
            return value

    with pytest.raises(
        TypeError, match=f"rate of iteration 5 must be a real number, got {value!r}"
    ):
        Wrong(base_lr=1)(iteration)


def test_a_rate_becomes_a_number_of_python():
    class Numpys(LRScheduler):
        def decay(self, t):
            return np.float32(0.5)

    assert type(Numpys(base_lr=1)(5)) is float


@dataclass(frozen=True, slots=True)
class Slotted(LRScheduler):
    """With slots, for which the dataclass makes the class anew."""

    rate: float

    def decay(self, t):
        return self.base_lr / (1 + self.rate * t)


def test_may_have_slots():
    scheduler = Slotted(0.5, base_lr=1)

    assert repr(scheduler) == "Slotted(rate=0.5, base_lr=1)"
    assert scheduler(2) == 0.5
    assert pickle.loads(pickle.dumps(scheduler)) == scheduler.replace(rate=0.5)


def test_a_plain_dataclass_is_told_to_be_frozen():
    with pytest.raises(
        TypeError, match="cannot inherit non-frozen dataclass from a frozen one"
    ):

        @dataclass
        class Forgetful(LRScheduler):
            rate: float
