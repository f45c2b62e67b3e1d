"""Arrays of JAX are computed by JAX, also under its transformations."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    LRScheduler,
    MultiFactorScheduler,
    PolyScheduler,
)

SCHEDULERS = [
    FactorScheduler(250, 0.5, base_lr=1),
    FactorScheduler(250, base_lr=1),
    MultiFactorScheduler([250, 750, 900], 0.5, base_lr=1, warmup_steps=50),
    PolyScheduler(800, base_lr=1, final_lr=1e-3),
    PolyScheduler(800, base_lr=1, pwr=0.9, warmup_steps=100, warmup_mode="constant"),
    CosineScheduler(800, base_lr=1, final_lr=1e-3, warmup_steps=100),
]
EPSILON = float(jnp.finfo(jnp.float32).eps)


@pytest.mark.parametrize("scheduler", SCHEDULERS, ids=repr)
@pytest.mark.parametrize(
    "transform", [lambda f: f, jax.jit, jax.vmap], ids=["plain", "jit", "vmap"]
)
def test_agrees_with_numpy(scheduler, transform):
    """In float32, JAX's default: within 4 units in its last place of the peak 1."""
    iterations = np.arange(1001)

    rates = transform(scheduler)(jnp.asarray(iterations))

    assert isinstance(rates, jax.Array)
    assert rates.dtype == jnp.float32
    np.testing.assert_allclose(rates, scheduler(iterations), rtol=0, atol=4 * EPSILON)


@pytest.mark.parametrize("scheduler", SCHEDULERS, ids=repr)
def test_small_integers_do_not_wrap(scheduler):
    """A uint8 has no 800 to be compared with; it is widened first."""
    iterations = jnp.asarray([0, 1, 99, 100, 255], dtype=jnp.uint8)

    rates = scheduler(iterations)

    np.testing.assert_allclose(
        rates, scheduler(np.array([0, 1, 99, 100, 255])), rtol=0, atol=4 * EPSILON
    )


def test_a_traced_iteration_below_zero_counts_as_zero():
    scheduler = PolyScheduler(800, base_lr=1)

    assert jax.jit(scheduler)(-5) == scheduler(0)


def test_a_subclass_is_handed_the_array():
    class Inverse(LRScheduler):
        def decay(self, t):
            return self.base_lr / t

    scheduler = Inverse(base_lr=1, warmup_steps=2)

    assert jax.jit(scheduler)(jnp.arange(5)).tolist() == pytest.approx(
        [0, 0.5, 1 / 2, 1 / 3, 1 / 4]
    )


def test_a_constant_has_the_shape_of_the_iterations():
    class Constant(LRScheduler):
        def decay(self, t):
            return self.base_lr

    assert Constant(base_lr=1)(jnp.ones((2, 3), dtype=int)).shape == (2, 3)


def test_refuses_floats():
    with pytest.raises(TypeError, match="array of integers, got dtype float32"):
        FactorScheduler(250)(jnp.arange(3.0))
