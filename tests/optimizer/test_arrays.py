"""SGD on awkward arrays: of any shape, memory and size, and numbers that floats cannot hold."""

import tracemalloc

import numpy as np
import pytest

from lr_scheduler._arrays import BLOCK
from lr_scheduler.optimizer import SGD

MOMENTUM = pytest.mark.parametrize("momentum", [0, 0.5])


def update(weight, grad, learning_rate=0.5, **arguments):
    """Update a weight once, and return the state."""
    sgd = SGD(lr_scheduler=lambda t: np.float64(learning_rate), **arguments)
    state = sgd.create_state("w", weight)
    sgd.update("w", weight, grad, state)
    return state


@MOMENTUM
@pytest.mark.parametrize(
    "weight",
    [
        *(np.array(2.0), np.zeros(0), np.zeros((3, 0)), np.full(9, 2.0)[::2]),
        *(np.full(9, 2.0)[::-1], np.full((2, 3), 2.0).T, np.full((2, 3), 2.0, order="F")),
        *(np.full(3, 2.0, dtype) for dtype in (">f8", "f4", "f2", "longdouble")),
    ],
    ids=[
        *("0-d", "empty", "empty 2-d", "strided", "reversed", "transposed", "Fortran"),
        *("big-endian", "single", "half", "long"),
    ],
)
def test_any_shape_and_memory(weight, momentum):
    """2 - 0.5 * 1 = 1.5, in place; the gradient is read only."""
    weight[...] = 2
    gradient = np.broadcast_to(np.float64(1), weight.shape)
    dtype, strides = weight.dtype, weight.strides

    state = update(weight, gradient, momentum=momentum)

    assert weight.tolist() == np.full(weight.shape, 1.5).tolist()
    assert (weight.dtype, weight.strides) == (dtype, strides)
    assert state.dtype == ("f4" if dtype == "f2" else dtype)


def test_a_view_is_updated_in_its_base():
    base = np.ones((4, 4))
    update(base[::2, 1:3], np.ones((2, 2)), learning_rate=1)

    assert base.sum() == 12


def test_the_state_starts_at_0_whatever_the_weight():
    weight = np.array([np.inf, np.nan, -1.0])

    for momentum in (0, 0.5):
        assert SGD(momentum=momentum).create_state(0, weight).tolist() == [0.0, 0.0, 0.0]


@MOMENTUM
@pytest.mark.parametrize("step", [1, -1], ids=["itself", "reversed"])
def test_a_gradient_in_the_memory_of_the_weight(step, momentum):
    """(2, 4) - 0.5 * (2, 4), or - 0.5 * (4, 2), as it was before the step."""
    weight = np.array([2.0, 4.0])

    update(weight, weight[::step], momentum=momentum)

    assert weight.tolist() == ([1, 2] if step == 1 else [0, 3])


def test_a_gradient_in_the_memory_of_the_state():
    """v = 0.5 * 2 - 0.5 * 2 = 0."""
    sgd, weight, state = SGD(0.5, momentum=0.5), np.array([1.0]), np.array([2.0])

    sgd.update(0, weight, state, state)

    assert (weight.tolist(), state.tolist()) == ([1.0], [0.0])


@MOMENTUM
@pytest.mark.parametrize(
    ("weight", "grad", "dtype", "arguments"),
    [
        (1e308, -1e308, "f8", {"learning_rate": 1}),
        (1, 1e308, "f8", {"learning_rate": 9}),
        (1, 1e9, "f8", {"rescale_grad": 1e308}),
        (1e9, 0, "f8", {"wd": 1e308}),
        (1, 1, "f4", {"learning_rate": 1e308}),
        (-6e4, 6e4, "f2", {"learning_rate": 1}),  # the largest half is 65504
    ],
)
def test_what_is_too_large_is_refused(weight, grad, dtype, arguments, momentum):
    weight, grad = np.full(3, weight, dtype), np.full(3, grad, dtype)
    words = f"weight must stay within its dtype {weight.dtype}, got an overflow"

    with pytest.raises(ValueError, match=words):
        update(weight, grad, momentum=momentum, **arguments)


@MOMENTUM
def test_what_is_too_small_is_0(momentum):
    weight = np.array([1.0, 5e-324])

    with np.errstate(all="raise"):
        update(weight, weight, 5e-324, momentum=momentum, rescale_grad=0.25, wd=0.125)

    assert weight.tolist() == [1.0, 5e-324]


# Weights that are updated block by block.
ARGUMENTS = {"wd": 0.01, "rescale_grad": 0.5, "clip_gradient": 0.4}


def large(dtype="f8"):
    """Return a weight, a gradient and a state of more than two blocks."""
    random = np.random.default_rng(0)
    return [random.standard_normal((5, BLOCK // 2 + 3)).astype(dtype) for _ in range(3)]


def formula(weight, grad, state):
    """Return the new weight and state, in one expression each."""
    state = 0.9 * state - 0.1 * (np.clip(0.5 * grad, -0.4, 0.4) + 0.01 * weight)
    return weight + state, state


def step(weight, grad, state):
    """Update a weight once."""
    SGD(0.1, momentum=0 if state is None else 0.9, **ARGUMENTS).update(0, weight, grad, state)


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", ">f4"])
def test_every_element_is_updated_once(dtype):
    """In float16, the step itself is computed in float32."""
    arrays = large(dtype)
    precise = [each.astype("f4") if dtype == "f2" else each for each in arrays]
    expected = [each.astype(dtype) for each in formula(*precise)]
    step(*arrays)
    np.testing.assert_array_equal([arrays[0], arrays[2]], expected)


def test_every_element_is_updated_once_without_momentum():
    weight, grad, _ = large()
    expected, _ = formula(weight, grad, 0)
    step(weight, grad, None)
    np.testing.assert_array_equal(weight, expected)


@pytest.mark.parametrize("place", [0, 1, 2], ids=["weight", "grad", "state"])
def test_the_order_in_memory_does_not_matter(place):
    arrays = large()
    expected = formula(*arrays)
    arrays[place] = np.asfortranarray(arrays[place])
    step(*arrays)
    np.testing.assert_array_equal([arrays[0], arrays[2]], expected)


def test_a_weight_may_be_every_other_element_of_an_array():
    whole, grad, state = large()
    weight, grad, state = whole[:, ::2], grad[:, ::2], state[:, ::2].copy()
    expected, between = formula(weight, grad, state)[0], whole[:, 1::2].copy()
    step(weight, grad, state)
    np.testing.assert_array_equal(weight, expected)
    np.testing.assert_array_equal(whole[:, 1::2], between)


def test_a_gradient_in_the_memory_of_the_weight_is_read_before_it_changes():
    memory = large()[0].ravel()
    weight, grad = memory[1:], memory[:-1]
    expected, _ = formula(weight, grad, 0)
    step(weight, grad, None)
    np.testing.assert_array_equal(weight, expected)


def test_float16_takes_steps_that_it_cannot_hold():
    """A rate of 1e-8 is 0 in float16, and so are 1e-8 * 0.5 and a gradient of 1 / 2**25."""
    weight = np.zeros(1, "f2")
    state = update(weight, np.full(1, 1024, "f2"), 1e-8, momentum=0.5)
    assert weight[0] == np.float16(-1024e-8)
    assert state[0] == np.float32(-1024e-8)

    weight = np.zeros(1, "f2")
    update(weight, np.full(1, 1024, "f2"), 2.0**10, rescale_grad=2.0**-35)
    assert weight[0] == -(2.0**-15)

    weight = np.zeros(1, "f2")
    update(weight, np.full(1, 1024, "f2"), 2.0**10, clip_gradient=2.0**-30)
    assert weight[0] == -(2.0**-20)


def test_a_step_takes_no_memory_of_the_weights_size():
    arrays = [np.ones(20 * BLOCK, "f4") for _ in range(3)]
    tracemalloc.start()
    try:
        step(*arrays)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < arrays[0].nbytes / 4
