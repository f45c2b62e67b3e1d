"""SGD: updates worked by hand, counting, and the schedule that it follows."""

import pickle

import numpy as np
import pytest

from lr_scheduler import CosineScheduler, FactorScheduler, MultiFactorScheduler, PolyScheduler
from lr_scheduler.optimizer import SGD

SCHEDULERS = [
    FactorScheduler(3, 0.5, base_lr=1),
    MultiFactorScheduler([2, 5], 0.5, base_lr=1),
    PolyScheduler(8, base_lr=1),
    CosineScheduler(8, base_lr=1, warmup_steps=2),
]


def run(optim, gradients, weight):
    """Return the weight after updates with the gradients."""
    weight = np.array(weight)
    state = optim.create_state(0, weight)
    for gradient in gradients:
        optim.update(0, weight, np.array(gradient), state)
    return weight.tolist()


class TestUpdates:
    """Worked by hand, in numbers that are exact in binary."""

    def test_plain(self):
        """2 - 0.5 * 1 = 1.5; 1.5 - 0.5 * 2 = 0.5."""
        assert run(SGD(0.5), [[1.0], [2.0]], [2.0]) == [0.5]

    def test_momentum(self):
        """v = -0.5, w = 1.5; v = 0.5 * -0.5 - 0.5 * 2 = -1.25, w = 0.25."""
        assert run(SGD(0.5, momentum=0.5), [[1.0], [2.0]], [2.0]) == [0.25]

    def test_weight_decay_is_of_the_weight_before(self):
        """2 - 0.5 * (1 + 0.25 * 2) = 1.25."""
        assert run(SGD(0.5, wd=0.25), [[1.0]], [2.0]) == [1.25]

    def test_rescale_then_clip_then_decay(self):
        """0.5 * (8, 2) = (4, 1), clipped to (1.5, 1), plus 0.25 * 2; 2 - 0.5 * (2, 1.5)."""
        optim = SGD(0.5, wd=0.25, rescale_grad=0.5, clip_gradient=1.5)

        assert run(optim, [[8.0, 2.0]], [2.0, 2.0]) == [1.0, 1.25]

    def test_clips_both_signs(self):
        assert run(SGD(1, clip_gradient=0.5), [[-4.0, 4.0, 0.25]], [0.0, 0.0, 0.0]) == [
            0.5,
            -0.5,
            -0.25,
        ]

    def test_everything_at_once(self):
        """By hand: v = -(1 + 0.5), w = 0.5; v = -0.75 - 0.5 * (1 + 0.125), w = -0.8125."""
        optim = SGD(
            lr_scheduler=MultiFactorScheduler([1], 0.5, base_lr=1),
            momentum=0.5,
            wd=0.25,
            clip_gradient=1,
        )

        assert run(optim, [[9.0], [9.0]], [2.0]) == [-0.8125]

    @pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
    @pytest.mark.parametrize("momentum", [0, 0.5])
    def test_is_in_place_and_keeps_the_dtype(self, dtype, momentum):
        optim = SGD(lr_scheduler=lambda t: np.float64(0.5), momentum=momentum)
        weight = np.ones((2, 3), dtype=dtype)
        same, gradient = weight, np.ones((2, 3), dtype=dtype)
        state = optim.create_state("w", weight)
        optim.update("w", weight, gradient, state)

        assert weight is same
        assert weight.dtype == dtype
        assert weight.tolist() == [[0.5] * 3] * 2
        assert gradient.tolist() == [[1.0] * 3] * 2
        assert state is None or state.dtype == dtype

    def test_a_weight_without_dimensions(self):
        """By hand: v = -0.5, w = 1.5; v = 0.5 * -0.5 - 0.5 * 2 = -1.25, w = 0.25."""
        assert run(SGD(0.5, momentum=0.5), [1.0, 2.0], 2.0) == 0.25

    def test_the_state_is_zeros_whatever_the_weight(self):
        weight = np.array([np.inf, np.nan, -1.0])

        assert SGD(momentum=0.5).create_state(0, weight).tolist() == [0.0, 0.0, 0.0]

    def test_a_view_is_updated_in_its_base(self):
        base = np.ones((4, 4))
        optim = SGD(1)
        optim.update(0, base[::2, 1:3], np.ones((2, 2)), None)

        assert base.sum() == 12

    @pytest.mark.parametrize("scheduler", SCHEDULERS, ids=repr)
    def test_a_quadratic_follows_the_closed_form(self, scheduler):
        """The gradient of h w**2 / 2 is h w: each update multiplies w by 1 - rate * h."""
        optim, weight, h = SGD(lr_scheduler=scheduler), np.array([3.0]), 0.3
        for _ in range(10):
            optim.update(0, weight, h * weight, None)

        closed_form = 3.0 * np.prod([1 - scheduler(t) * h for t in range(1, 11)])

        assert weight[0] == pytest.approx(closed_form, rel=1e-14)


class TestCounting:
    """The first update uses iteration 1."""

    def test_asks_for_iterations_in_turn(self):
        asked = []
        optim = SGD(lr_scheduler=lambda iteration: asked.append(iteration) or 0.1)
        run(optim, [[1.0]] * 3, [1.0])

        assert asked == [1, 2, 3]
        assert [type(iteration) for iteration in asked] == [int] * 3

    def test_the_parameters_of_a_model_share_the_iteration(self):
        optim, seen = SGD(lr_scheduler=float), []
        for _ in range(3):
            for name in ("weights", "bias"):
                optim.update(name, np.ones(1), np.ones(1), None)
                seen.append((optim.num_update, optim.learning_rate))

        assert seen == [(1, 1.0), (1, 1.0), (2, 2.0), (2, 2.0), (3, 3.0), (3, 3.0)]

    def test_a_late_parameter_uses_the_largest_count(self):
        optim = SGD(lr_scheduler=float)
        for index in (0, 0, 0, 1):
            optim.update(index, np.ones(1), np.ones(1), None)

        assert optim.num_update == 3

    def test_before_any_update_the_rate_is_of_iteration_0(self):
        optim = SGD(lr_scheduler=CosineScheduler(10, base_lr=1, warmup_steps=5))

        assert optim.num_update == 0
        assert optim.learning_rate == 0.0

    def test_a_refused_update_is_not_counted(self):
        optim = SGD()
        with pytest.raises(ValueError, match="grad must have the weight's shape"):
            optim.update(0, np.ones(2), np.ones(3), None)

        assert optim.num_update == 0

    def test_a_refused_rate_is_not_counted(self):
        rates = {1: float("nan")}
        optim, weight, state = SGD(lr_scheduler=rates.get, momentum=0.5), np.ones(1), np.ones(1)
        with pytest.raises(ValueError, match="the rate of iteration 1 must be finite"):
            optim.update(0, weight, np.ones(1), state)
        rates[1] = 0.5
        optim.update(0, weight, np.ones(1), state)

        assert (optim.num_update, weight.tolist()) == (1, [1.0])

    def test_the_count_is_not_for_setting(self):
        with pytest.raises(AttributeError, match="num_update"):
            SGD().num_update = 500

    def test_pickles_with_its_count(self):
        optim = SGD(lr_scheduler=SCHEDULERS[0], momentum=0.5)
        weight = np.ones(2)
        optim.update(0, weight, weight, optim.create_state(0, weight))

        other = pickle.loads(pickle.dumps(optim))

        assert (other.num_update, other.learning_rate) == (1, optim.learning_rate)


class TestRate:
    """`learning_rate` overrides `base_lr`, in the optimizer's own copy."""

    def test_the_default_is_001(self):
        assert SGD().learning_rate == 0.01

    def test_constant(self):
        optim = SGD(0.5)
        optim.set_learning_rate(0.25)

        assert optim.learning_rate == 0.25
        assert optim.lr_scheduler is None

    @pytest.mark.parametrize("scheduler", SCHEDULERS, ids=repr)
    def test_overrides_in_a_copy(self, scheduler):
        optim = SGD(learning_rate=0.1, lr_scheduler=scheduler)

        assert optim.lr_scheduler.base_lr == 0.1
        assert scheduler.base_lr == 1
        assert optim.lr_scheduler(7) == pytest.approx(0.1 * scheduler(7), rel=1e-15)

    def test_two_optimizers_share_a_scheduler(self):
        one, two = (SGD(rate, lr_scheduler=SCHEDULERS[0]) for rate in (0.1, 0.2))

        assert (one.lr_scheduler(4), two.lr_scheduler(4)) == (0.05, 0.1)

    def test_without_learning_rate_the_scheduler_itself_is_kept(self):
        assert SGD(lr_scheduler=SCHEDULERS[0]).lr_scheduler is SCHEDULERS[0]

    def test_overrides_the_base_lr_of_a_callable_class_in_a_copy(self):
        class Halving:
            def __init__(self, base_lr):
                self.base_lr = base_lr

            def __call__(self, iteration):
                return self.base_lr / 2**iteration

        mine = Halving(base_lr=1)
        optim = SGD(0.5, lr_scheduler=mine)

        assert (optim.lr_scheduler.base_lr, mine.base_lr) == (0.5, 1)
        assert (optim.lr_scheduler(1), mine(1)) == (0.25, 0.5)

    def test_a_final_rate_above_the_override_is_an_error(self):
        with pytest.raises(
            ValueError, match=r"final_lr must be at most base_lr = 0\.1, got 0\.5"
        ):
            SGD(0.1, lr_scheduler=CosineScheduler(10, base_lr=1, final_lr=0.5))

    def test_a_scheduler_decides_alone(self):
        with pytest.raises(ValueError, match="learning_rate must be left to the lr_scheduler"):
            SGD(lr_scheduler=SCHEDULERS[0]).set_learning_rate(0.1)
