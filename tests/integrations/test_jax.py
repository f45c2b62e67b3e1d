"""Arrays of JAX are computed by JAX, also under its transformations."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from support.samples import OF_THE_PACKAGE, Inverse

from lr_scheduler import (
    CosineScheduler,
    ExponentialScheduler,
    FactorScheduler,
    LRScheduler,
    PiecewiseScheduler,
    PolyScheduler,
)

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


def test_refuses_floats():
    with pytest.raises(TypeError, match="array of integers, got dtype float32"):
        FactorScheduler(250)(jnp.arange(3.0))


@pytest.mark.parametrize("transform", [lambda f: f, jax.jit], ids=["plain", "jit"])
@pytest.mark.parametrize("max_update", [10, 1000, 10**9])
@pytest.mark.parametrize("ends", [(0.01, 0.001), (0.3, 0.1 / 3), (0.7, 0.1)])
def test_a_rate_is_within_its_range_and_exact_at_its_ends(ends, max_update, transform):
    iterations = np.array([0, 1, 3, 7, max_update // 3, max_update - 1, max_update])
    for base_lr, final_lr in ends, ends[::-1]:
        rates = {"base_lr": base_lr, "final_lr": final_lr}
        for scheduler in (
            CosineScheduler(max_update, **rates),
            *(PolyScheduler(max_update, pwr=pwr, **rates) for pwr in (0.5, 0.9, 1, 2, 3)),
            *(
                PiecewiseScheduler([0, max_update], [base_lr, final_lr], mode)
                for mode in ("linear", "cosine", 0.5, 0.7, 2, "exponential", "inverse")
            ),
        ):
            got = np.asarray(transform(scheduler)(jnp.asarray(iterations)))

            first, last = np.float32(base_lr), np.float32(final_lr)
            assert (got[0], got[-1]) == (first, last), scheduler
            assert min(first, last) <= got.min() <= got.max() <= max(first, last), scheduler


def test_a_thousand_knots_are_traced_as_ten():
    """A gather by index: the program grows with the shapes alone."""

    def program(knots, modes):
        shapes = [modes[k % len(modes)] for k in range(knots - 1)]
        scheduler = PiecewiseScheduler(range(knots), np.linspace(1, 0.1, knots), shapes)
        return len(jax.make_jaxpr(scheduler)(5).eqns)

    for modes in ["linear"], ["linear", "cosine", "constant", 0.5, 0.7, 0.9]:
        assert program(1000, modes) == program(10, modes)


def test_a_growth_without_an_end_becomes_infinite():
    scheduler = ExponentialScheduler(1, 2, base_lr=1)

    assert jax.jit(scheduler)(jnp.array([3, 500])).tolist() == [8, np.inf]
    assert scheduler.replace(base_lr=0)(jnp.array([3, 500])).tolist() == [0, 0]
