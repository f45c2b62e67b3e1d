"""SGD on awkward arrays: of any shape and memory, and with numbers that floats cannot hold."""

import numpy as np
import pytest

from lr_scheduler.optimizer import SGD

MOMENTUM = pytest.mark.parametrize("momentum", [0, 0.5])


def update(weight, grad, learning_rate=0.5, **arguments):
    """Update a weight once."""
    optim = SGD(learning_rate, **arguments)
    optim.update("w", weight, grad, optim.create_state("w", weight))


@MOMENTUM
@pytest.mark.parametrize(
    "make",
    [
        lambda: np.array(2.0),
        lambda: np.zeros(0),
        lambda: np.zeros((3, 0)),
        lambda: np.full(9, 2.0)[::2],
        lambda: np.full(9, 2.0)[::-1],
        lambda: np.full((2, 3), 2.0).T,
        lambda: np.full((2, 3), 2.0, order="F"),
        lambda: np.full(3, 2.0, ">f8"),
        lambda: np.full(3, 2.0, "f2"),
        lambda: np.full(3, 2.0, "longdouble"),
    ],
    ids=[
        *("0-d", "empty", "empty 2-d", "strided", "reversed", "transposed", "Fortran"),
        *("big-endian", "half", "long"),
    ],
)
def test_any_shape_and_memory(make, momentum):
    """2 - 0.5 * 1 = 1.5, wherever it stands; the gradient is read only."""
    weight = make()
    dtype, strides = weight.dtype, weight.strides
    gradient = np.broadcast_to(np.float64(1), weight.shape)

    update(weight, gradient, momentum=momentum)

    assert weight.tolist() == np.full(weight.shape, 1.5).tolist()
    assert (weight.dtype, weight.strides) == (dtype, strides)


@MOMENTUM
@pytest.mark.parametrize("view", [lambda w: w, lambda w: w[::-1]], ids=["itself", "reversed"])
def test_a_gradient_in_the_memory_of_the_weight(view, momentum):
    """(2, 4) - 0.5 * (2, 4), or - 0.5 * (4, 2), as it was before the update."""
    weight = np.array([2.0, 4.0])
    expected = [w - 0.5 * g for w, g in zip([2.0, 4.0], view([2.0, 4.0]), strict=True)]

    update(weight, view(weight), momentum=momentum)

    assert weight.tolist() == expected


def test_a_gradient_in_the_memory_of_the_state():
    """v = 0.5 * 2 - 0.5 * 2 = 0."""
    optim, weight, state = SGD(0.5, momentum=0.5), np.array([1.0]), np.array([2.0])

    optim.update(0, weight, state, state)

    assert (weight.tolist(), state.tolist()) == ([1.0], [0.0])


@MOMENTUM
@pytest.mark.parametrize("bad", ["nan", "inf", "-inf"])
@pytest.mark.parametrize("place", [0, 5, -1])
def test_a_gradient_that_is_not_finite_changes_nothing(bad, place, momentum):
    weight, grad = np.ones(99), np.zeros(99)
    grad[place] = float(bad)
    optim = SGD(momentum=momentum, clip_gradient=1)
    state = optim.create_state(0, weight)

    with pytest.raises(ValueError, match=f"grad must be finite, got {bad}$"):
        optim.update(0, weight, grad, state)

    assert weight.tolist() == [1] * 99
    assert state is None or not state.any()
    assert optim.num_update == 0


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
        update(
            weight, weight, learning_rate=5e-324, momentum=momentum, rescale_grad=0.25, wd=0.125
        )

    assert weight.tolist() == [1.0, 5e-324]


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [
        (1, ValueError, "momentum must be less than 1, got 1"),
        (-0.5, ValueError, "momentum must be at least 0, got -0.5"),
        (float("nan"), ValueError, "momentum must be finite, got nan"),
        ("0.9", TypeError, "momentum must be a real number, got '0.9'"),
    ],
)
def test_a_momentum_set_later_is_checked_too(value, error, words):
    optim = SGD(momentum=0.5)

    with pytest.raises(error, match=words):
        optim.momentum = value
    assert optim.momentum == 0.5
