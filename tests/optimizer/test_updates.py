"""SGD: steps worked by hand, in numbers that are exact in binary."""

import pickle

import numpy as np
import pytest
from support.samples import EVERY

from lr_scheduler import MultiFactorScheduler
from lr_scheduler.optimizer import SGD

HALVED = MultiFactorScheduler([1], 0.5, base_lr=1)


@pytest.mark.parametrize(
    ("sgd", "gradients", "weight", "expected"),
    [
        # 2 - 0.5 * 1 = 1.5; 1.5 - 0.5 * 2 = 0.5
        (SGD(0.5), [[1], [2]], [2], [0.5]),
        # v = -0.5, w = 1.5; v = 0.5 * -0.5 - 0.5 * 2 = -1.25, w = 0.25
        (SGD(0.5, momentum=0.5), [[1], [2]], [2], [0.25]),
        (SGD(0.5, momentum=0.5), [1, 2], 2, 0.25),
        # The decay is of the weight before: 2 - 0.5 * (1 + 0.25 * 2)
        (SGD(0.5, wd=0.25), [[1]], [2], [1.25]),
        # 0.5 * (8, 2) = (4, 1), clipped to (1.5, 1), plus 0.25 * 2; 2 - 0.5 * (2, 1.5)
        (
            SGD(0.5, wd=0.25, rescale_grad=0.5, clip_gradient=1.5),
            *([[8, 2]], [2, 2], [1.0, 1.25]),
        ),
        (SGD(1, clip_gradient=0.5), [[-4, 4, 0.25, -0.25]], [0] * 4, [0.5, -0.5, -0.25, 0.25]),
        # v = -(1 + 0.5), w = 0.5; v = -0.75 - 0.5 * (1 + 0.125), w = -0.8125
        (
            SGD(lr_scheduler=HALVED, momentum=0.5, wd=0.25, clip_gradient=1),
            *([[9], [9]], [2], [-0.8125]),
        ),
    ],
    ids=[
        *("plain", "momentum", "0-d", "weight decay", "rescaled, clipped, then decayed"),
        *("clipped at both signs", "all together"),
    ],
)
def test_steps_by_hand(sgd, gradients, weight, expected):
    weight = np.array(weight, float)
    state = sgd.create_state(0, weight)
    for gradient in gradients:
        sgd.update(0, weight, np.array(gradient, float), state)

    assert weight.tolist() == expected


START = [2.0, -1.0]
MOMENTA = [0, 0.5, 0.25, 0, 0, 0.75, 0.5]


def trained(state):
    """Return the weights after each step; after each, the optimizer is saved and loaded."""
    sgd, weight, found = SGD(0.5), np.array(START), []
    for momentum in MOMENTA:
        sgd.momentum = momentum
        sgd.update(0, weight, 2 * weight + 1, state)
        found.append(weight.tolist())
        sgd = pickle.loads(pickle.dumps(sgd))
    return found


def formula(start, momenta):
    """Return the weights of the formula, with a velocity that starts at 0."""
    weight, velocity, found = np.array(start), 0, []
    for momentum in momenta:
        velocity = momentum * velocity - 0.5 * (2 * weight + 1)
        weight = weight + velocity
        found.append(weight.tolist())
    return found


def test_a_momentum_may_follow_a_schedule_through_0():
    state = SGD(momentum=0).create_state(0, np.ones(2))

    assert trained(state) == formula(START, MOMENTA)


def test_a_state_of_none_counts_as_zeros_and_the_optimizer_keeps_its_velocity():
    """The first step has no momentum and keeps nothing, so the second one starts from 0."""
    first, *others = trained(None)

    assert [first] == formula(START, MOMENTA[:1])
    assert others == formula(first, MOMENTA[1:])


def test_without_momentum_a_state_of_none_takes_no_memory():
    sgd, weight = SGD(0.5), np.ones(1000)
    sgd.update(0, weight, weight, None)

    assert len(pickle.dumps(sgd)) < 1000


@pytest.mark.parametrize("counts", [{}, {"w": 3}])
def test_a_pickle_of_version_0_2_loads(counts):
    """It kept the momentum under another name, and neither a first count nor velocities."""
    sgd = SGD.__new__(SGD)
    steps = counts.get("w", 0)
    counted = {"_num_update": steps, "_update_counts": counts, "_constant_lr": 0.5}
    options = {"lr_scheduler": None, "wd": 0, "rescale_grad": 1.0, "clip_gradient": None}
    sgd.__setstate__({"_momentum": 0.5, **counted, **options})
    weight = np.ones(1)

    sgd.update("w", weight, weight, None)  # 1 - 0.5 * 1
    sgd.update("w", weight, weight, None)  # v = 0.5 * -0.5 - 0.5 * 0.5

    assert (sgd.num_update, weight.tolist()) == (steps + 2, [0.0])


@pytest.mark.parametrize("scheduler", EVERY, ids=repr)
def test_a_quadratic_follows_the_closed_form(scheduler):
    """The gradient of h w**2 / 2 is h w: each step multiplies w by 1 - rate * h."""
    sgd, weight, h = SGD(lr_scheduler=scheduler), np.array([3.0]), 0.3
    for _ in range(10):
        sgd.update(0, weight, h * weight, None)

    closed_form = 3.0 * np.prod([1 - scheduler(t) * h for t in range(1, 11)])

    assert weight[0] == pytest.approx(closed_form, rel=1e-14, abs=0)
