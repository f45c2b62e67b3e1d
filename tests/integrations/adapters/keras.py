"""Keras's schedules, in a real optimizer that takes real steps."""

import os

os.environ["KERAS_BACKEND"] = "jax"
# Else XLA multiplies by the reciprocal of a constant, and 1 - n / n may be below 0.
os.environ["XLA_FLAGS"] = "--xla_disable_hlo_passes=algsimp"

import jax
import keras
from support.run_code import last_value

jax.config.update("jax_enable_x64", True)
keras.config.set_floatx("float64")


def rates(code, updates):
    """Return the rates that the optimizer used: its update is -rate times the gradient."""
    optimizer = keras.optimizers.SGD(learning_rate=last_value(code, {}))
    optimizer.build([keras.Variable(0.0, dtype="float64")])
    gradient = jax.numpy.ones([])
    state = [variable.value for variable in optimizer.variables]
    step = jax.jit(optimizer.stateless_apply)
    used = []
    for _ in range(updates):
        (weight,), state = step(state, [gradient], [0 * gradient])
        used.append(-float(weight))
    return used
