"""optax's schedules, in a real optimizer that takes real steps, in float64."""

import os

# Else XLA multiplies by the reciprocal of a constant, and 1 - n / n may be below 0.
os.environ["XLA_FLAGS"] = "--xla_disable_hlo_passes=algsimp"

import jax
import jax.numpy as jnp
import optax
from support.run_code import last_value

jax.config.update("jax_enable_x64", True)


def rates(code, updates):
    """Return the rates that the optimizer used: its update is -rate times the gradient."""
    optimizer = optax.sgd(last_value(code, {}))
    gradient = jnp.ones([], jnp.float64)
    # JAX divides optax's own count, an int32, in float32.
    state = optax.tree.set(optimizer.init(gradient), count=jnp.zeros([], jnp.int64))
    step = jax.jit(optimizer.update)
    used = []
    for _ in range(updates):
        update, state = step(gradient, state)
        assert update.dtype == jnp.float64
        used.append(-float(update))
    return used
