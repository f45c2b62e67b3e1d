"""SGD: what it refuses when its arguments meet. Each alone is tested in ``arguments``."""

import re
from dataclasses import dataclass

import numpy as np
import pytest
from support import label
from support.bad_values import KINDS, integer

from lr_scheduler import FactorScheduler
from lr_scheduler.optimizer import SGD


@dataclass(frozen=True)
class Locked:
    """A callable whose base_lr cannot be set, even on a copy."""

    base_lr: float = 1

    def __call__(self, iteration):
        return self.base_lr


def constant(iteration):
    """Have a base_lr, and no copy: copy.copy returns the function itself."""
    return constant.base_lr


constant.base_lr = 1


@pytest.mark.parametrize("schedule", [abs, Locked(), constant], ids=label)
def test_a_learning_rate_needs_a_base_lr_that_a_copy_can_replace(schedule):
    words = "learning_rate must be left out: lr_scheduler has no base_lr that a copy could "
    with pytest.raises(
        TypeError, match=f"^{words}replace, got 0.5 and {re.escape(repr(schedule))}"
    ):
        SGD(0.5, lr_scheduler=schedule)
    assert getattr(schedule, "base_lr", 1) == 1


def test_everything_but_learning_rate_is_by_name():
    with pytest.raises(TypeError, match="positional"):
        SGD(0.1, FactorScheduler(3))


def test_the_weight_is_not_its_own_state():
    weight = np.ones(3)
    for state, part in ((weight, weight), (weight[:2], weight[1:])):
        with pytest.raises(ValueError, match="state must have its own memory, got the memory"):
            SGD(momentum=0.9).update(0, part, np.ones(part.shape), state)


ASSIGNED = ["clip_gradient", "lr_scheduler", "momentum", "num_update", "rescale_grad", "wd"]


@pytest.mark.parametrize("name", ASSIGNED)
def test_what_is_assigned_later_is_checked_too(name):
    sgd = SGD(
        lr_scheduler=abs, momentum=0.5, wd=0.25, rescale_grad=0.125, clip_gradient=np.float32(8)
    )
    before = getattr(sgd, name)
    assert type(before) in (int, float, type(abs))

    for value, error, rule, got in KINDS.get(name) or integer(0, ""):
        if name not in ("clip_gradient", "lr_scheduler") or value is not None:
            with pytest.raises(error, match=f"^{name}{re.escape(rule)}.*got {re.escape(got)}"):
                setattr(sgd, name, value)
            assert getattr(sgd, name) is before


def test_a_clip_and_a_schedule_can_be_taken_away():
    sgd = SGD(lr_scheduler=abs, clip_gradient=1)
    sgd.lr_scheduler = sgd.clip_gradient = None

    assert (sgd.learning_rate, sgd.clip_gradient) == (0.01, None)


@pytest.mark.parametrize(
    ("rate", "error", "words"),
    [
        (None, TypeError, "the rate of iteration 1 must be a real number, got None"),
        (float("nan"), ValueError, "the rate of iteration 1 must be finite, got nan"),
        (-0.1, ValueError, "the rate of iteration 1 must be at least 0, got -0.1"),
    ],
)
def test_a_schedule_that_gives_no_rate_is_refused(rate, error, words):
    with pytest.raises(error, match=words):
        SGD(lr_scheduler=lambda iteration: rate).update(0, np.ones(1), np.ones(1), None)


@pytest.mark.parametrize("momentum", [0, 0.5])
@pytest.mark.parametrize("bad", ["nan", "inf", "-inf"])
@pytest.mark.parametrize("place", [0, 5, -1])
def test_a_gradient_that_is_not_finite_changes_nothing(bad, place, momentum):
    weight, grad = np.ones(99), np.zeros(99)
    grad[place] = float(bad)
    sgd = SGD(momentum=momentum, clip_gradient=1)
    state = sgd.create_state(0, weight)

    with pytest.raises(ValueError, match=f"grad must be finite, got {bad}$"):
        sgd.update(0, weight, grad, state)

    assert weight.tolist() == [1] * 99
    assert state is None or not state.any()
    assert sgd.num_update == 0
