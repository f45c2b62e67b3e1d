"""Updates of weights that are computed block by block."""

import tracemalloc

import numpy as np
import pytest

from lr_scheduler._arrays import BLOCK
from lr_scheduler.optimizer import SGD

SHAPE = (5, BLOCK // 2 + 3)
ARGUMENTS = {"learning_rate": 0.1, "wd": 0.01, "rescale_grad": 0.5, "clip_gradient": 0.4}


def arrays(dtype="f8"):
    random = np.random.default_rng(0)
    return [random.standard_normal(SHAPE).astype(dtype) for _ in range(3)]


def formula(weight, grad, state):
    """Return the new weight and state, in one expression each."""
    state = 0.9 * state - 0.1 * (np.clip(0.5 * grad, -0.4, 0.4) + 0.01 * weight)
    return weight + state, state


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", ">f4"])
def test_every_element_is_updated_once(dtype):
    weight, grad, state = arrays(dtype)
    expected = formula(weight, grad, state)
    SGD(momentum=0.9, **ARGUMENTS).update(0, weight, grad, state)
    assert [weight.tolist(), state.tolist()] == [each.tolist() for each in expected]


def test_every_element_is_updated_once_without_momentum():
    weight, grad, _ = arrays()
    expected, _ = formula(weight, grad, np.zeros(SHAPE))
    SGD(**ARGUMENTS).update(0, weight, grad, None)
    np.testing.assert_array_equal(weight, expected)


@pytest.mark.parametrize("which", [0, 1, 2], ids=["weight", "grad", "state"])
def test_the_order_in_memory_does_not_matter(which):
    given = arrays()
    expected = formula(*given)
    given[which] = np.asfortranarray(given[which])
    SGD(momentum=0.9, **ARGUMENTS).update(0, *given)
    assert given[which].flags.f_contiguous
    np.testing.assert_array_equal([given[0], given[2]], expected)


def test_a_weight_may_be_every_other_element_of_an_array():
    whole, grad, state = arrays()
    weight = whole[:, ::2]
    grad, state = grad[:, ::2], state[:, ::2].copy()
    expected, untouched = formula(weight, grad, state)[0], whole[:, 1::2].copy()
    SGD(momentum=0.9, **ARGUMENTS).update(0, weight, grad, state)
    np.testing.assert_array_equal(weight, expected)
    np.testing.assert_array_equal(whole[:, 1::2], untouched)


def test_a_gradient_in_the_memory_of_the_weight_is_read_before_it_changes():
    memory = np.random.default_rng(0).standard_normal(3 * BLOCK)
    weight, grad = memory[1:], memory[:-1]
    expected, _ = formula(weight, grad, np.zeros(weight.shape))
    SGD(**ARGUMENTS).update(0, weight, grad, None)
    np.testing.assert_array_equal(weight, expected)


def test_an_update_takes_no_memory_of_the_weights_size():
    weight, grad, state = (np.ones(20 * BLOCK, "f4") for _ in range(3))
    sgd = SGD(momentum=0.9, **ARGUMENTS)
    tracemalloc.start()
    try:
        sgd.update(0, weight, grad, state)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < weight.nbytes / 4
