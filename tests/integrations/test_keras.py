"""Keras on JAX: real optimizer steps, and a model that is saved and loaded in a new process."""

import os

os.environ["KERAS_BACKEND"] = "jax"

import subprocess
import sys

import keras
import numpy as np
import pytest
from support.samples import OF_THE_PACKAGE, STEPS

from lr_scheduler import CosineScheduler, LRScheduler, linear, to_keras

EPSILON = float(np.finfo(np.float32).eps)
EACH = pytest.mark.parametrize("scheduler", OF_THE_PACKAGE, ids=repr)


def train(model, steps):
    """Fit a model for so many optimizer steps, and return the rates that they used."""
    used = []
    for _ in range(steps):
        used.append(float(model.optimizer.learning_rate))
        model.fit(np.ones((4, 2)), np.zeros((4, 1)), epochs=1, batch_size=4, verbose=0)
    return used


def build(schedule):
    """Return a compiled model."""
    model = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.SGD(schedule), loss="mse")
    return model


def expected(scheduler, first=1, last=STEPS):
    """Return the rates within 4 units in the last place of a float32 peak."""
    rates = [scheduler(t) for t in range(first, last + 1)]
    return pytest.approx(rates, rel=0, abs=4 * EPSILON * max(rates))


@EACH
def test_optimizer_step_t_uses_the_rate_of_iteration_t(scheduler):
    """The weight itself shows the rate: plain SGD with a gradient of 1."""
    weight = keras.Variable(np.zeros(1, "float32"))
    optimizer = keras.optimizers.SGD(to_keras(scheduler))
    used = []
    for _ in range(STEPS):
        weight.assign(np.zeros(1, "float32"))
        optimizer.apply([np.ones(1, "float32")], [weight])
        used.append(-float(weight[0]))

    assert used == expected(scheduler)


@pytest.mark.parametrize(
    "largest",
    [
        *(2**31 - 1, 2**40, np.int64(2**40), np.uint32(2**32 - 1), np.array(2**40)),
        *(("int32", 2**31 - 1), ("uint32", 2**31), ("uint32", 2**32 - 1)),
    ],
    ids=repr,
)
def test_the_largest_step_saturates(largest):
    """The iteration after the step 2**31 - 1 would be no int32."""
    if isinstance(largest, tuple):
        dtype, value = largest
        largest = keras.ops.convert_to_tensor(value, dtype=dtype)

    assert float(to_keras(linear(1000, base_lr=1))(largest)) == 0


def test_fits():
    scheduler = CosineScheduler(10, base_lr=0.1, warmup_steps=3)

    assert train(build(to_keras(scheduler)), 12) == expected(scheduler, 1, 12)


@EACH
def test_the_config_gives_it_back(scheduler):
    schedule = to_keras(scheduler)

    again = keras.optimizers.schedules.deserialize(
        keras.optimizers.schedules.serialize(schedule)
    )

    assert again.scheduler == scheduler
    assert type(schedule).from_config(schedule.get_config()).scheduler == scheduler


LOAD = """
import os, sys
os.environ["KERAS_BACKEND"] = "jax"
import keras, lr_scheduler.keras
model = keras.models.load_model(sys.argv[1])
print(int(model.optimizer.iterations))
print(repr(model.optimizer._learning_rate.scheduler))
print(float(model.optimizer.learning_rate))
"""


@pytest.mark.filterwarnings("ignore:__array__ implementation")  # Keras' own, with NumPy 2
def test_survives_saving_and_loading_in_a_new_process(tmp_path):
    scheduler = CosineScheduler(10, base_lr=0.1, warmup_steps=3) + 0.5
    model = build(to_keras(scheduler))
    train(model, 5)
    model.save(tmp_path / "model.keras")

    done = subprocess.run(
        [sys.executable, "-c", LOAD, tmp_path / "model.keras"],
        capture_output=True,
        text=True,
        check=True,
    )

    iterations, loaded, rate = done.stdout.splitlines()
    assert (iterations, loaded) == ("5", repr(scheduler))
    assert [float(rate)] == expected(scheduler, 6, 6)
    here = keras.models.load_model(tmp_path / "model.keras")
    assert train(here, 4) == expected(scheduler, 6, 9)


class Own(LRScheduler):
    """A class of one's own."""

    def decay(self, t):
        """Return the rate."""
        return self.base_lr / (1 + t)


def test_a_class_of_ones_own_is_found_if_keras_knows_it():
    config = keras.optimizers.schedules.serialize(to_keras(0.5 * Own(base_lr=1)))

    with pytest.raises(ValueError, match=r"must be one of .*, got 'Own'"):
        keras.optimizers.schedules.deserialize(config)
    again = keras.optimizers.schedules.deserialize(config, custom_objects={"Own": Own})
    assert again.scheduler == 0.5 * Own(base_lr=1)


def test_what_has_no_config_is_refused_before_training():
    with pytest.raises(TypeError, match=r"operands\[1\] must be a scheduler or plain data"):
        to_keras(CosineScheduler(10) + (lambda t: 1))


@pytest.mark.parametrize("schedule", [0.1, lambda t: 0.1, CosineScheduler], ids=repr)
def test_refuses_what_keras_cannot_save(schedule):
    with pytest.raises(TypeError, match="scheduler must be a scheduler of this package"):
        to_keras(schedule)
