"""Arrays of JAX are computed by JAX, also under its transformations."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from support.samples import OF_THE_PACKAGE, Inverse

from lr_scheduler import FactorScheduler, LRScheduler, PolyScheduler

EACH = pytest.mark.parametrize("scheduler", OF_THE_PACKAGE, ids=repr)
EPSILON = float(jnp.finfo(jnp.float32).eps)


@EACH
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


@EACH
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
    rates = jax.jit(Inverse(base_lr=1, warmup_steps=2))(jnp.arange(5))

    assert rates.tolist() == pytest.approx([0, 0.5, 1 / 3, 1 / 4, 1 / 5])


def test_a_constant_has_the_shape_of_the_iterations():
    class Constant(LRScheduler):
        def decay(self, t):
            return self.base_lr

    assert Constant(base_lr=1)(jnp.ones((2, 3), dtype=int)).shape == (2, 3)


def test_a_rate_that_cannot_be_computed_is_not_finite():
    line = PolyScheduler(4, base_lr=1, pwr=1)

    assert jax.jit(1 / line)(jnp.arange(3, 6)).tolist() == [4, jnp.inf, jnp.inf]
    assert jnp.isnan(jax.jit((line - 0.5) ** 0.5)(jnp.arange(1, 5))).tolist() == [0, 0, 1, 1]


def test_refuses_floats():
    with pytest.raises(TypeError, match="array of integers, got dtype float32"):
        FactorScheduler(250)(jnp.arange(3.0))
