"""Keras's schedules, in a real optimizer that takes real steps."""

import os

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras
from support.run_code import last_value

if keras.backend.backend() == "jax":
    import jax

    jax.config.update("jax_enable_x64", True)
keras.config.set_floatx("float64")


def rates(code, updates):
    """Return the rates that the optimizer used; cosines are in float32 on the JAX backend."""
    optimizer = keras.optimizers.SGD(learning_rate=last_value(code, {}))
    variable = keras.Variable(0.0, dtype="float64")
    gradient = keras.ops.ones([], dtype="float64")
    optimizer.build([variable])
    used = []
    for _ in range(updates):
        used.append(float(optimizer.learning_rate))
        optimizer.apply([gradient])
    return used
