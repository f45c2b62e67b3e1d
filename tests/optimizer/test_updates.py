"""SGD: steps worked by hand, in numbers that are exact in binary."""

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


@pytest.mark.parametrize("scheduler", EVERY, ids=repr)
def test_a_quadratic_follows_the_closed_form(scheduler):
    """The gradient of h w**2 / 2 is h w: each step multiplies w by 1 - rate * h."""
    sgd, weight, h = SGD(lr_scheduler=scheduler), np.array([3.0]), 0.3
    for _ in range(10):
        sgd.update(0, weight, h * weight, None)

    closed_form = 3.0 * np.prod([1 - scheduler(t) * h for t in range(1, 11)])

    assert weight[0] == pytest.approx(closed_form, rel=1e-14, abs=0)
