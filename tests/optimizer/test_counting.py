"""SGD: how it counts optimizer steps, and the rate that it follows."""

import pickle

import numpy as np
import pytest
from support.samples import EVERY

from lr_scheduler import CosineScheduler, FactorScheduler, LRScheduler
from lr_scheduler.optimizer import SGD

HALVING = FactorScheduler(3, 0.5, base_lr=1)


def update(sgd, *indices):
    """Update a weight for each of the indices."""
    for index in indices:
        sgd.update(index, np.ones(1), np.ones(1), sgd.create_state(index, np.ones(1)))


def test_the_schedule_is_called_with_an_int_from_1_on():
    iterations = []
    update(SGD(lr_scheduler=lambda t: iterations.append(t) or 0.1), 0, 0, 0)

    assert repr(iterations) == "[1, 2, 3]"


def test_the_parameters_of_a_model_share_the_iteration():
    sgd, seen = SGD(lr_scheduler=float), []
    for name in ("weights", "bias") * 3:
        update(sgd, name)
        seen.append((sgd.num_update, sgd.learning_rate))

    assert seen == [(1, 1.0), (1, 1.0), (2, 2.0), (2, 2.0), (3, 3.0), (3, 3.0)]


def test_a_late_parameter_uses_the_largest_count():
    sgd = SGD(lr_scheduler=float)
    update(sgd, 0, 0, 0, 1)

    assert sgd.num_update == 3


def test_before_the_first_step_the_rate_is_of_iteration_0():
    sgd = SGD(lr_scheduler=CosineScheduler(10, base_lr=1, warmup_steps=5))

    assert (sgd.num_update, sgd.learning_rate) == (0, 0)


def test_a_refused_rate_is_not_counted():
    rates = {1: float("nan")}
    sgd, weight, state = SGD(lr_scheduler=rates.get, momentum=0.5), np.ones(1), np.ones(1)
    with pytest.raises(ValueError, match="the rate of iteration 1 must be finite"):
        sgd.update(0, weight, np.ones(1), state)
    assert (sgd.num_update, weight.tolist(), state.tolist()) == (0, [1], [1])
    rates[1] = 0.5
    sgd.update(0, weight, np.ones(1), state)

    assert (sgd.num_update, weight.tolist()) == (1, [1.0])


def test_a_new_index_lags_behind_without_a_count():
    """The 250 steps before count for "body" alone, so the rate waits for "head"."""
    sgd = SGD(lr_scheduler=float)
    update(sgd, *["body"] * 250)
    update(sgd, "head", "head")

    assert sgd.learning_rate == 250


@pytest.mark.parametrize("before", [[], ["body"] * 9, ["head"] * 500])
def test_every_index_counts_on_from_a_count_that_is_set(before):
    sgd, seen = SGD(lr_scheduler=float), []
    update(sgd, *before)
    sgd.num_update = np.int64(250)
    assert sgd.learning_rate == 250
    for index in ("head", "body", "head", "head"):
        update(sgd, index)
        seen.append(sgd.learning_rate)

    assert seen == [251, 251, 252, 253]


def test_a_pickle_keeps_the_count():
    sgd = SGD(lr_scheduler=HALVING, momentum=0.5)
    update(sgd, 0, 0, 0, 0)

    again = pickle.loads(pickle.dumps(sgd))

    assert (again.num_update, again.learning_rate, again.momentum) == (4, 0.5, 0.5)


def test_a_constant_rate_is_001_or_what_is_set():
    sgd = SGD()
    assert (sgd.learning_rate, sgd.lr_scheduler) == (0.01, None)

    sgd.set_learning_rate(0.25)

    assert sgd.learning_rate == 0.25


def test_a_schedule_decides_alone():
    with pytest.raises(ValueError, match=r"learning_rate must be left to the .*, got 0\.1"):
        SGD(lr_scheduler=HALVING).set_learning_rate(0.1)


def test_without_a_learning_rate_the_schedule_itself_is_kept():
    assert SGD(lr_scheduler=HALVING).lr_scheduler is HALVING


@pytest.mark.parametrize(
    "scheduler", [each for each in EVERY if isinstance(each, LRScheduler)], ids=repr
)
def test_a_learning_rate_replaces_the_base_lr_in_a_copy(scheduler):
    base_lr, config = scheduler.base_lr, repr(scheduler)

    sgd = SGD(1.1 * base_lr, lr_scheduler=scheduler)

    assert sgd.lr_scheduler == scheduler.replace(base_lr=1.1 * base_lr)
    assert repr(scheduler) == config


def test_a_learning_rate_replaces_the_base_lr_of_a_class_of_ones_own_in_a_copy():
    class Halving:
        base_lr = 1

        def __call__(self, iteration):
            return self.base_lr / 2**iteration

    mine = Halving()
    sgd = SGD(0.5, lr_scheduler=mine)

    assert (sgd.lr_scheduler.base_lr, mine.base_lr) == (0.5, 1)
    assert (sgd.lr_scheduler(1), mine(1)) == (0.25, 0.5)


@pytest.mark.parametrize(
    ("rates", "words"),
    [
        ({"warmup_begin_lr": 0.5}, r"warmup_begin_lr must be at most base_lr = 0\.1, got 0\.5"),
        (
            {"final_lr": 0.5},
            r"learning_rate must be at least final_lr = 0\.5 .*, got 0\.1: the s",
        ),
    ],
)
def test_a_learning_rate_with_which_a_schedule_would_turn_around_is_refused(rates, words):
    with pytest.raises(ValueError, match=words):
        SGD(0.1, lr_scheduler=CosineScheduler(10, base_lr=1, **rates))


@pytest.mark.parametrize(
    ("base_lr", "allowed", "refused", "bound"),
    [
        (0.2, [0.1, 0.5], 0.6, "most"),  # rises
        (0.5, [0.5, 0.6], 0.4, "least"),  # flat counts as a fall
        (0.8, [0.5, 0.9], 0.4, "least"),
    ],
)
def test_a_learning_rate_beyond_the_final_rate_is_refused(base_lr, allowed, refused, bound):
    schedule = CosineScheduler(10, base_lr=base_lr, final_lr=0.5)

    assert [SGD(lr, lr_scheduler=schedule).learning_rate for lr in allowed] == allowed
    with pytest.raises(ValueError, match=rf"at {bound} final_lr = 0\.5 .*, got {refused}: the"):
        SGD(refused, lr_scheduler=schedule)
