"""Keras: real optimizer steps, and a model that is saved and loaded in a new process.

It runs on the backend of KERAS_BACKEND; `test_keras_backends.py` runs it on the others, too.
"""

import subprocess
import sys
from contextlib import nullcontext
from functools import partial

import keras
import numpy as np
import pytest
from support.samples import OF_THE_PACKAGE, STEPS

from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    LRScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    constant,
    linear,
    to_keras,
)

BACKEND = keras.config.backend()
EPSILON = float(np.finfo(np.float32).eps)
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation")  # Keras', NumPy 2
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


# Steps that are not compiled take long on TensorFlow.
@pytest.mark.parametrize("scheduler", OF_THE_PACKAGE[:: 1 if BACKEND == "jax" else 4], ids=repr)
def test_optimizer_step_t_uses_the_rate_of_iteration_t(scheduler):
    """The weight itself shows the rate: plain SGD with a gradient of 1."""
    weight = keras.Variable(np.zeros(1, "float32"))
    optimizer = keras.optimizers.SGD(to_keras(scheduler))
    used = []
    for _ in range(STEPS):
        weight.assign(np.zeros(1, "float32"))
        optimizer.apply([keras.ops.ones(1)], [weight])
        used.append(-keras.ops.convert_to_numpy(weight)[0])

    assert used == expected(scheduler)


def rates_of(schedulers):
    """Return a function of the steps that returns the rates of all schedulers."""
    return lambda steps: [to_keras(scheduler)(steps) for scheduler in schedulers]


def compilers():
    """Return the ways in which the backend compiles a function, by name."""
    if BACKEND == "tensorflow":
        import tensorflow as tf

        return {"tf.function": tf.function, "XLA": partial(tf.function, jit_compile=True)}
    if BACKEND == "jax":
        import jax

        return {"XLA": jax.jit}
    return {}  # torch.compile needs a compiler of C++


@pytest.mark.parametrize("way", ["eager", *({"XLA"} & compilers().keys())])
def test_all_schedules_compute_their_rates(way):
    many = [
        MultiFactorScheduler(range(1, 50, 2), 0.9, base_lr=1),
        PiecewiseScheduler(range(0, 60, 2), np.linspace(0.1, 1, 30), ["cosine", *[0.7] * 28]),
    ]
    schedulers = OF_THE_PACKAGE + many if way == "XLA" or BACKEND != "jax" else many
    steps = keras.ops.arange(STEPS, dtype="int32")

    found = compilers().get(way, lambda each: each)(rates_of(schedulers))(steps)

    for scheduler, rates in zip(schedulers, found, strict=True):
        assert keras.ops.convert_to_numpy(rates).tolist() == expected(scheduler), scheduler


@pytest.mark.parametrize(
    ("floatx", "error"),
    [
        ("float64", 2.0**-52),
        ("float32", 2.0**-23),
        ("bfloat16", 2.0**-8),
        ("float16", 2.0**-11),
    ],
)
def test_the_precision_is_that_of_keras(floatx, error):
    """Half precision is rounded once, from rates that are computed in float32."""
    x64 = nullcontext()
    if BACKEND == "jax":
        import jax

        x64 = jax.enable_x64(floatx == "float64")
    before = keras.config.floatx()
    keras.config.set_floatx(floatx)
    try:
        with x64:
            steps = keras.ops.arange(STEPS, dtype="int32")
            way, *_ = [*compilers().values(), lambda function: function]
            found = way(rates_of(OF_THE_PACKAGE[::5]))(steps)
            for scheduler, rates in zip(OF_THE_PACKAGE[::5], found, strict=True):
                assert keras.backend.standardize_dtype(rates.dtype) == floatx
                wide = "float64" if floatx == "float64" else "float32"
                rates = keras.ops.convert_to_numpy(keras.ops.cast(rates, wide))
                exact = scheduler(range(1, STEPS + 1))
                assert abs(rates - exact).max() <= 2 * error * exact.max(), scheduler
    finally:
        keras.config.set_floatx(before)


@pytest.mark.parametrize(
    ("step", "rate"),
    [(-3, 0.25), (0, 0.25), (1, 0.5), (1.0, 0.5), (np.float32(1), 0.5), (np.int8(1), 0.5)],
)
def test_a_step_of_any_type(step, rate):
    schedule = to_keras(linear(8, base_lr=1, warmup_steps=4))

    assert float(schedule(step)) == rate
    assert float(schedule(keras.ops.convert_to_tensor(step))) == rate


def test_a_step_that_is_no_integer_is_refused():
    with pytest.raises(
        TypeError, match="count must be an array of integers, got dtype float64"
    ):
        to_keras(linear(8, base_lr=1))(0.5)


def test_an_integer_too_large_for_keras_is_named():
    with pytest.raises(ValueError, match="every parameter must be at most 2147483647"):
        to_keras(FactorScheduler(2**40, 0.5))(5)


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
import sys
import keras, lr_scheduler.keras
model = keras.models.load_model(sys.argv[1])
print(int(model.optimizer.iterations))
print(repr(model.optimizer._learning_rate.scheduler))
print(float(model.optimizer.learning_rate))
"""


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


class WithKeras(LRScheduler):
    """A class of one's own, with a function of Keras."""

    def decay(self, t):
        """Return the rate."""
        return self.base_lr * keras.ops.exp(-t)


class WithFunctions(LRScheduler):
    """A class of one's own, for arrays of any library."""

    def decay(self, t, xp):
        """Return the rate."""
        return self.base_lr * xp.where(t < 5, xp.exp(-t), 1 / (1 + t // 2))


@pytest.mark.parametrize("kind", [Own, WithKeras, WithFunctions])
def test_a_class_of_ones_own_computes(kind):
    formula = {
        Own: lambda t: 1 / (1 + t),
        WithKeras: lambda t: np.exp(-t),
        WithFunctions: lambda t: np.where(t < 5, np.exp(-t), 1 / (1 + t // 2)),
    }[kind]
    rates = to_keras(kind(base_lr=1))(np.arange(9))

    exact = formula(np.arange(1.0, 10))
    np.testing.assert_allclose(keras.ops.convert_to_numpy(rates), exact, rtol=2 * EPSILON)


def test_a_callback_sets_the_rate_of_each_epoch():
    """Epoch 1 has the rate of iteration 1, and a milestone at 2 drops in epoch 3."""
    epochs = MultiFactorScheduler([2], 0.5, base_lr=1)
    model = build(0.1)
    callback = keras.callbacks.LearningRateScheduler(lambda epoch: float(epochs(epoch + 1)))
    history = model.fit(np.ones((4, 2)), np.zeros((4, 1)), epochs=3, callbacks=[callback])

    assert history.history["learning_rate"] == [1, 1, 0.5]


def test_keras_own_plateau_callback_refuses_a_schedule():
    callback = keras.callbacks.ReduceLROnPlateau("loss", patience=1, min_delta=1e9)
    for rate, refusal in (
        (0.1, nullcontext()),
        (
            to_keras(constant(0.1)),
            pytest.raises(TypeError, match="learning rate is not settable"),
        ),
    ):
        with refusal:
            build(rate).fit(np.ones((4, 2)), np.ones((4, 1)), epochs=3, callbacks=[callback])


def test_steps_that_the_loss_scaler_skips_do_not_count():
    """A first scale that overflows float16; only a step that counts moves the weights."""
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_float16")
    try:
        schedule = linear(20, base_lr=0.1, warmup_steps=4)
        model = build(to_keras(schedule))
    finally:
        keras.config.set_dtype_policy(before)
    used = []
    for _ in range(12):
        rate, kernel = float(model.optimizer.learning_rate), model.get_weights()[0]
        model.fit(np.ones((4, 2)), np.full((4, 1), 100), batch_size=4, verbose=0)
        if (model.get_weights()[0] != kernel).any():
            used.append(rate)

    assert 0 < int(model.optimizer.iterations) == len(used) < 12
    assert used == expected(schedule, last=len(used))


def test_a_scheduler_that_is_not_converted_says_what_to_write():
    """Keras takes any callable for a learning rate, and calls it without an argument."""
    for scheduler in linear(8, base_lr=1), linear(8, base_lr=1) + 1:
        with pytest.raises(TypeError, match=r"iteration is missing: .* to_keras\(scheduler\)"):
            train(build(scheduler), 1)


def test_a_model_goes_on_with_another_schedule():
    model = build(to_keras(linear(20, base_lr=0.1)))
    train(model, 2)

    model.optimizer.learning_rate = to_keras(linear(20, base_lr=0, final_lr=0))
    model.make_train_function(force=True)
    before = model.get_weights()[0]
    train(model, 1)

    assert (model.get_weights()[0] == before).all()


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
