"""Arrays of JAX are computed by JAX, also under its transformations."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from support.samples import OF_THE_PACKAGE, Inverse

from lr_scheduler import (
    BatchClock,
    CosineScheduler,
    ExponentialScheduler,
    FactorScheduler,
    LRScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    PolyScheduler,
    constant,
    join,
    linear,
    repeat,
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


def test_a_formula_with_xp_is_compiled():
    class Sigmoid(LRScheduler):
        middle: int
        width: int

        def decay(self, t, xp):
            x = (t - self.middle) / self.width
            return self.base_lr / (1 + xp.exp(x))

    rates = jax.jit(Sigmoid(middle=500, width=50, base_lr=0.1))(jnp.array([0, 500, 550]))

    assert rates.tolist() == pytest.approx([0.1, 0.05, 0.1 / (1 + np.e)], rel=1e-4)


def test_a_constant_has_the_shape_of_the_iterations():
    class Constant(LRScheduler):
        def decay(self, t):
            return self.base_lr

    assert Constant(base_lr=1)(jnp.ones((2, 3), dtype=int)).shape == (2, 3)


def test_a_rate_that_cannot_be_computed_is_not_finite():
    line = PolyScheduler(4, base_lr=1, pwr=1)

    assert jax.jit(1 / line)(jnp.arange(3, 6)).tolist() == [4, jnp.inf, jnp.inf]
    assert (1 / constant(0))(jnp.arange(2)).tolist() == [jnp.inf, jnp.inf]
    assert jnp.isnan(jax.jit((line - 0.5) ** 0.5)(jnp.arange(1, 5))).tolist() == [0, 0, 1, 1]


LATEST = 2**31 - 1
FALL = linear(1000, base_lr=1)


@pytest.mark.parametrize("transform", [lambda f: f, jax.jit], ids=["plain", "jit"])
@pytest.mark.parametrize(
    ("scheduler", "rates"),
    [
        (FALL, [0.5, 0, 0, 0]),
        (FALL.delay(-LATEST), [0, 0, 0, 0]),
        (FALL.delay(-(2**40)), [0, 0, 0, 0]),
        (FALL.delay(LATEST - 1), [1, 0.999, 0.999, 0.999]),
        (FALL.delay(2**31), [1, 1, 1, 1]),
        (join([FALL, 0.25], [2**40]), [0.5, 0, 0, 0]),
        (join([1, 2**40], [600]), [1, 2**40, 2**40, 2**40]),
        (MultiFactorScheduler([600, 2**40], 0.5, base_lr=2**40), [2**40, *[2**39] * 3]),
    ],
    ids=repr,
)
def test_the_largest_integers_saturate(scheduler, rates, transform):
    iterations = [500, LATEST, 2**31, 2**32 - 1]

    unsigned = transform(scheduler)(jnp.asarray(iterations, dtype=jnp.uint32))
    signed = transform(scheduler)(jnp.asarray(iterations[:2], dtype=jnp.int32))

    assert unsigned.tolist() == pytest.approx(rates)
    assert signed.tolist() == pytest.approx(rates[:2])


def test_a_fractional_boundary_is_between_two_iterations_that_are_one_float32():
    """The boundaries are 2**23 + 0.25 and 3 times as many."""
    cycles = repeat(1, 2**23 + 0.25, period_factor=2, lr_factor=0.5)
    last = 3 * 2**23

    assert jnp.float32(last) == jnp.float32(last + 1)
    assert cycles(jnp.asarray([last, last + 1])).tolist() == [0.5, 0.25]


@pytest.mark.parametrize("transform", [jax.jit, jax.grad], ids=["jit", "grad"])
@pytest.mark.parametrize(
    "make",
    [
        lambda x: linear(1000, base_lr=x),
        lambda x: FALL.clip(high=x),
        lambda x: FALL.delay(x),
        lambda x: join([1, x], [5]),
        lambda x: PiecewiseScheduler([0, 9], jnp.stack([x, x])),
    ],
    ids=["base_lr", "clip", "delay", "join", "values"],
)
def test_a_traced_parameter_is_refused_with_the_way_out(make, transform):
    words = "got a traced value: JAX cannot trace .* as in value \\* scheduler\\(t\\)"
    with pytest.raises(TypeError, match=words):
        transform(lambda x: make(x)(5))(0.5)
    with pytest.raises(TypeError, match="count_from must be an integer, got a traced value: "):
        jax.jit(lambda x: repeat(1, 10, count_from=x)(5))(1)

    assert transform(lambda x: x * FALL(500))(1.0) == 0.5  # the way out


def test_refuses_floats():
    with pytest.raises(TypeError, match="array of integers, got dtype float32"):
        FactorScheduler(250)(jnp.arange(3.0))


@pytest.mark.parametrize(
    ("schedule", "milestone"),
    [
        (MultiFactorScheduler([10**12], 0.5, base_lr=1), 250_000),
        (join([1, 0.5], [2**40]), 274_877),  # 2**40 / 4,000,000 is 274,877.9
        (PiecewiseScheduler([0, 10**12], [1, 0.5], "constant"), 250_000),
    ],
    ids=["milestones", "join", "piecewise"],
)
def test_a_trillion_tokens_are_counted_in_float32(schedule, milestone):
    """No int32 holds them; float32 has steps of 65,536 tokens there, far below a batch."""
    scheduler = jax.jit(schedule.over(BatchClock([4_000_000])))

    rates = scheduler(jnp.arange(milestone - 9, milestone + 11))

    assert rates.tolist() == [1] * 10 + [0.5] * 10


def test_a_clock_in_float32_is_within_its_resolution_and_never_falls():
    clock = BatchClock([32_000, 512_000, 4_000_000], [5000, 9_999])
    iterations = np.arange(0, 2**20, 77)

    times = np.asarray(jax.jit(clock)(jnp.asarray(iterations)), dtype=float)

    np.testing.assert_allclose(times, clock(iterations), rtol=EPSILON, atol=0)
    assert (np.diff(times) >= 0).all()


def test_a_clock_in_float32_does_not_fall_where_rounding_would_let_it():
    """The last time of a batch size is rounded twice, the next times once."""
    clock = BatchClock([615_385_111_481, 497_133, 5], [1, 551_151])

    times = clock(jnp.arange(551_140, 551_160))

    assert (np.diff(times) >= 0).all()


def test_a_trillion_tokens_end():
    scheduler = CosineScheduler(10**12, base_lr=1).over(BatchClock([4_000_000]))

    assert jax.jit(scheduler)(jnp.asarray([375_000, 500_000])).tolist() == [0, 0]


def test_a_stretch_to_more_than_an_int32_drops_as_well():
    scheduler = MultiFactorScheduler([10**12], 0.5, base_lr=1).stretch(1 / 4_000_000)

    assert jax.jit(scheduler)(jnp.asarray([249_999, 250_001])).tolist() == [1, 0.5]


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


@pytest.mark.parametrize(
    "scheduler",
    [
        PiecewiseScheduler([0, 300, 600, 1000], [0.1, 0.05, 0.02, 0.01]),
        MultiFactorScheduler([300, 600, 800], 0.1),
        join([FALL, 0.5, CosineScheduler(500)], [300, 500]),
    ],
    ids=repr,
)
def test_a_few_boundaries_are_compared_one_by_one(scheduler):
    """A search is a loop, which takes three times as long as all the rest."""
    program = str(jax.make_jaxpr(scheduler)(5))

    assert not any(each in program for each in ("scan", "while", "gather"))


def test_a_thousand_knots_are_traced_as_a_hundred():
    """A gather by index: the program grows with the shapes alone."""

    def program(knots, modes):
        shapes = [modes[k % len(modes)] for k in range(knots - 1)]
        scheduler = PiecewiseScheduler(range(knots), np.linspace(1, 0.1, knots), shapes)
        return len(jax.make_jaxpr(scheduler)(5).eqns)

    for modes in ["linear"], ["linear", "cosine", "constant", 0.5, 0.7, 0.9]:
        assert program(1000, modes) == program(100, modes)


def test_a_power_in_float32_has_no_error_of_its_rounded_base():
    """Rounded to float32, 0.99999**100_000 is 0.3674."""
    for scheduler in (
        ExponentialScheduler(1, 0.99999, base_lr=1),
        FactorScheduler(1, 0.99999, base_lr=1).delay(-1),
    ):
        assert float(jax.jit(scheduler)(100_000)) == pytest.approx(scheduler(100_000), rel=1e-6)


def test_a_growth_without_an_end_becomes_infinite():
    scheduler = ExponentialScheduler(1, 2, base_lr=1)

    assert jax.jit(scheduler)(jnp.array([3, 500])).tolist() == [8, np.inf]
    assert scheduler.replace(base_lr=0)(jnp.array([3, 500])).tolist() == [0, 0]
