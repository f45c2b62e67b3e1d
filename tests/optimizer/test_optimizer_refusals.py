"""SGD refuses bad input where it enters, and a refused update changes nothing."""

from dataclasses import dataclass

import numpy as np
import pytest

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


class TestRefusals:
    """Bad input is refused where it enters."""

    @pytest.mark.parametrize(
        ("arguments", "error", "words"),
        [
            ({"learning_rate": -1}, ValueError, "learning_rate must be at least 0, got -1"),
            ({"learning_rate": "1"}, TypeError, "learning_rate must be a real number, got '1'"),
            (
                {"lr_scheduler": 0.1},
                TypeError,
                "lr_scheduler must be callable with an iteration, got 0.1",
            ),
            ({"momentum": 1}, ValueError, "momentum must be less than 1, got 1"),
            ({"momentum": 1.5}, ValueError, "momentum must be less than 1, got 1.5"),
            ({"momentum": -0.5}, ValueError, "momentum must be at least 0, got -0.5"),
            ({"wd": -1}, ValueError, "wd must be at least 0, got -1"),
            ({"rescale_grad": 0}, ValueError, "rescale_grad must be greater than 0, got 0"),
            ({"clip_gradient": 0}, ValueError, "clip_gradient must be greater than 0, got 0"),
            (
                {"learning_rate": 0.1, "lr_scheduler": abs},
                TypeError,
                "learning_rate must be left out: lr_scheduler has no base_lr that a copy "
                "could replace, got 0.1 and <built-in function abs>",
            ),
        ],
    )
    def test_construction(self, arguments, error, words):
        with pytest.raises(error) as raised:
            SGD(**arguments)
        assert str(raised.value) == words

    @pytest.mark.parametrize("callable_", [Locked(), constant], ids=["locked", "function"])
    def test_a_base_lr_that_a_copy_cannot_replace(self, callable_):
        with pytest.raises(TypeError, match="no base_lr that a copy could replace"):
            SGD(0.5, lr_scheduler=callable_)
        assert callable_.base_lr == 1

    def test_everything_but_learning_rate_is_by_name(self):
        with pytest.raises(TypeError, match="positional"):
            SGD(0.1, FactorScheduler(3))

    @pytest.mark.parametrize(
        ("weight", "grad", "state", "error", "words"),
        [
            (
                [1.0],
                np.ones(1),
                None,
                TypeError,
                r"weight must be a NumPy array of floats, got \[1.0\]",
            ),
            (np.ones(1, int), np.ones(1), None, TypeError, "weight .* got int64"),
            (
                np.ones(1),
                [1.0],
                None,
                TypeError,
                r"grad must be a NumPy array of floats, got \[1.0\]",
            ),
            (np.ones(1), np.ones(1, int), None, TypeError, "grad .* got int64"),
            (np.ones(1), np.ones(1, complex), None, TypeError, "grad .* got complex128"),
            (
                np.ones(2),
                np.ones(1),
                None,
                ValueError,
                r"grad must have .* shape \(2,\), got \(1,\)",
            ),
            (
                np.ones(1),
                np.ones(1),
                np.ones(1),
                TypeError,
                "state must be None without momentum",
            ),
        ],
    )
    def test_update(self, weight, grad, state, error, words):
        with pytest.raises(error, match=words):
            SGD().update(0, weight, grad, state)

    @pytest.mark.parametrize(
        ("state", "error", "words"),
        [
            (None, TypeError, "state must be a NumPy array of floats, got None"),
            (np.ones(3), ValueError, r"state must have the weight's shape \(2,\), got \(3,\)"),
        ],
    )
    def test_update_with_momentum(self, state, error, words):
        with pytest.raises(error, match=words):
            SGD(momentum=0.9).update(0, np.ones(2), np.ones(2), state)

    def test_the_weight_is_not_its_own_state(self):
        weight = np.ones(2)
        for state in (weight, weight[:]):
            with pytest.raises(ValueError, match="state must have memory of its own"):
                SGD(momentum=0.9).update(0, weight, np.ones(2), state)

    def test_a_class_is_no_schedule(self):
        with pytest.raises(TypeError, match=r"lr_scheduler must be callable .*, got the class"):
            SGD(lr_scheduler=FactorScheduler)

    def test_read_only_arrays(self):
        weight, state = np.ones(2), np.ones(2)
        state.flags.writeable = False
        with pytest.raises(ValueError, match="state must be writeable, got a read-only array"):
            SGD(momentum=0.9).update(0, weight, np.ones(2), state)
        weight.flags.writeable = False
        with pytest.raises(ValueError, match="weight must be writeable, got a read-only array"):
            SGD().update(0, weight, np.ones(2), None)
        with pytest.raises(TypeError, match="weight must be a NumPy array of floats, got None"):
            SGD().create_state(0, None)

    @pytest.mark.parametrize(
        ("rate", "error", "words"),
        [
            (None, TypeError, "the rate of iteration 1 must be a real number, got None"),
            (float("nan"), ValueError, "the rate of iteration 1 must be finite, got nan"),
            (-0.1, ValueError, "the rate of iteration 1 must be at least 0, got -0.1"),
        ],
    )
    def test_a_schedule_that_gives_no_rate(self, rate, error, words):
        weight = np.ones(1)
        with pytest.raises(error, match=words):
            SGD(lr_scheduler=lambda iteration: rate).update(0, weight, np.ones(1), None)
        assert weight.tolist() == [1.0]
