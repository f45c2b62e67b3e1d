"""Keras's schedules, in a real optimizer that takes real steps."""

import os

os.environ["KERAS_BACKEND"] = "jax"

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
    used = []
    with jax.disable_jit():  # else each step compiles Keras's branches again
        for _ in range(updates):
            (weight,), state = optimizer.stateless_apply(state, [gradient], [0 * gradient])
            used.append(-float(weight))
    return used
