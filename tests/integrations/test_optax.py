"""optax: schedules under jit and in optimizers, by the rates that real steps used."""

import math
from inspect import signature
from random import Random

import jax
import jax.numpy as jnp
import numpy as np
import optax
import optax.contrib
import pytest
from support.samples import OF_THE_PACKAGE, STEPS

from lr_scheduler import CosineScheduler, PlateauRule, PlateauState, linear, to_optax

EPSILON = float(jnp.finfo(jnp.float32).eps)
EACH = pytest.mark.parametrize("scheduler", OF_THE_PACKAGE, ids=repr)


def expected(scheduler):
    """Return the rates within 4 units in the last place of a float32 peak."""
    rates = [scheduler(t) for t in range(1, STEPS + 1)]
    return pytest.approx(rates, rel=0, abs=4 * EPSILON * max(rates))


def steps(optimizer, read):
    """Take jitted steps, and return what `read` reads from each."""
    params = jnp.zeros(2)
    state = optimizer.init(params)

    @jax.jit
    def step(params, state):
        changes, state = optimizer.update(jnp.ones(2), state, params)
        return optax.apply_updates(params, changes), state, changes

    seen = []
    for _ in range(STEPS):
        params, state, changes = step(params, state)
        seen.append(float(read(state, changes)))
    return seen


@EACH
def test_optimizer_step_t_uses_the_rate_of_iteration_t(scheduler):
    optimizer = optax.sgd(to_optax(scheduler))

    assert steps(optimizer, lambda _, changes: -changes[0]) == expected(scheduler)


@EACH
def test_injected_it_can_be_read(scheduler):
    optimizer = optax.inject_hyperparams(optax.adam)(learning_rate=to_optax(scheduler))

    used = steps(optimizer, lambda state, _: state.hyperparams["learning_rate"])

    assert used == expected(scheduler)


@EACH
@pytest.mark.parametrize("transform", [jax.jit, jax.vmap], ids=["jit", "vmap"])
def test_transformed(scheduler, transform):
    counts = jnp.arange(STEPS)

    assert transform(to_optax(scheduler))(counts).tolist() == expected(scheduler)


@pytest.mark.parametrize("transform", [lambda f: f, jax.jit], ids=["plain", "jit"])
@pytest.mark.parametrize("dtype", [jnp.int32, jnp.uint32])
def test_the_largest_count_saturates(dtype, transform):
    """The iteration after the count 2**31 - 1 would be no int32."""
    schedule = transform(to_optax(linear(1000, base_lr=1)))
    counts = [499, 2**31 - 2, 2**31 - 1, jnp.iinfo(dtype).max]

    rates = schedule(jnp.asarray(counts, dtype=dtype)).tolist()
    assert rates == pytest.approx([0.5, 0, 0, 0], rel=EPSILON)


@pytest.mark.parametrize("dtype", [jnp.uint8, jnp.int8])
def test_a_small_count_does_not_wrap(dtype):
    schedule, largest = to_optax(linear(1000, base_lr=1)), jnp.iinfo(dtype).max

    expected = pytest.approx(1 - (largest + 1) / 1000)
    assert schedule(jnp.asarray(largest, dtype=dtype)).item() == expected


def test_a_traced_factor_multiplies_the_rates():
    schedule = to_optax(linear(1000, base_lr=1))

    assert jax.grad(lambda peak: peak * schedule(499))(0.1) == 0.5


def test_joins_with_those_of_optax():
    cosine = CosineScheduler(10, base_lr=0.1)
    joined = optax.join_schedules([optax.constant_schedule(0.5), to_optax(cosine)], [5])

    expected = [0.5, 0.5, round(cosine(1), 6), 0]
    assert [round(float(joined(s)), 6) for s in (0, 4, 5, 14)] == expected


@pytest.mark.parametrize(
    "transform", [lambda f: f, jax.jit, jax.vmap], ids=["plain", "jit", "vmap"]
)
def test_joins_among_themselves(transform):
    """optax asks both for the rate of each count, also for a count of -5."""
    line = linear(10, base_lr=1)
    joined = optax.join_schedules([to_optax(line), to_optax(0.5 * line)], [5])
    counts = jnp.array([0, 4, 5, 14, 15])

    rates = [0.9, 0.5, 0.45, 0, 0]
    assert transform(joined)(counts).tolist() == pytest.approx(rates)
    assert [float(joined(count)) for count in counts.tolist()] == pytest.approx(rates)


COUNTS = [(-3, 0.9), (0, 0.9), (1.0, 0.8), (np.float32(1), 0.8), (np.array([1.0]), 0.8)]
TRACED = [*COUNTS, (jnp.float32(1.9), 0.8), (jnp.float32(-0.5), 0.9), (jnp.float32(3e9), 0)]


@pytest.mark.parametrize(("count", "rate"), TRACED, ids=repr)
def test_a_count_of_any_type(count, rate):
    schedule = to_optax(linear(10, base_lr=1))

    assert float(jnp.squeeze(schedule(count))) == pytest.approx(rate)
    assert float(jnp.squeeze(jax.jit(schedule)(count))) == pytest.approx(rate)


def test_a_scan_of_counts():
    schedule = to_optax(linear(10, base_lr=1))

    _, rates = jax.lax.scan(lambda count, _: (count + 1, schedule(count)), 0, length=3)

    assert rates.tolist() == pytest.approx([0.9, 0.8, 0.7])


def test_other_hyper_parameters_are_injected():
    optimizer = optax.inject_hyperparams(optax.adamw)(
        learning_rate=to_optax(linear(10, base_lr=1)),
        b1=to_optax(linear(10, base_lr=0.8, final_lr=0.9)),
        weight_decay=to_optax(linear(10, base_lr=0.2)),
    )

    for name, rates in (("b1", [0.81, 0.82]), ("weight_decay", [0.18, 0.16])):
        used = steps(optimizer, lambda state, _, name=name: state.hyperparams[name])
        assert used[:2] == pytest.approx(rates)


def test_is_a_value():
    cosine = CosineScheduler(10, base_lr=0.1)

    assert to_optax(cosine) == to_optax(cosine)
    assert hash(to_optax(cosine)) == hash(to_optax(cosine))
    assert to_optax(cosine)(0) == cosine(1)


def test_refuses_what_is_no_schedule():
    with pytest.raises(TypeError, match=r"scheduler must be callable .*, got 0\.1"):
        to_optax(0.1)


@pytest.mark.parametrize("tolerance", ["rtol", "atol"])
def test_the_plateau_rule_has_arguments_for_that_of_optax(tolerance):
    random = Random(tolerance)
    metrics = [1, 0.99, 0.9, -1, math.nan, math.inf]
    for patience in (1, 1, 2, 3):
        factor = random.uniform(0.5, 0.99)
        cooldown, lowest = random.randrange(4), random.choice([0.0, 0.05, 0.5])
        threshold = random.choice([1e-4, 0.1, 0.5])
        rule = PlateauRule(
            factor,
            patience - 1,
            threshold,
            "rel" if tolerance == "rtol" else "abs",
            cooldown=cooldown,
            min_scale=lowest,
            eps=0,
        )
        with jax.enable_x64(True):
            theirs = optax.contrib.reduce_on_plateau(
                factor,
                patience,
                cooldown=cooldown,
                min_scale=lowest,
                **{"rtol": 0.0, "atol": 0.0, tolerance: threshold},
            )
            update = jax.jit(theirs.update)
            ours, state = rule.start(), theirs.init(jnp.ones(1))
            for _ in range(200):
                metric = random.choice([*metrics, random.gauss(1, 0.5)])
                _, state = update(jnp.ones(1), state, value=metric)
                ours = rule(ours, metric)
                assert ours == PlateauState(
                    state.scale.item(),
                    None if ours.best is None else state.best_value.item(),
                    state.plateau_count.item(),
                    state.cooldown_count.item(),
                )
        assert ours.scale < 1


def test_the_plateau_rule_has_the_defaults_of_optax_but_for_its_patience():
    theirs = signature(optax.contrib.reduce_on_plateau).parameters

    assert {name: each.default for name, each in theirs.items()} == {
        "factor": PlateauRule().factor,
        "patience": PlateauRule().patience,
        "rtol": PlateauRule().threshold,
        "atol": 0,
        "cooldown": PlateauRule().cooldown,
        "accumulation_size": 1,
        "min_scale": PlateauRule().min_scale,
    }


def test_a_step_with_the_scale_of_a_plateau_rule_is_compiled_once():
    """As on the page about plateaus."""
    traced = []

    @jax.jit
    def step(scale):
        traced.append(scale)
        return scale * to_optax(CosineScheduler(20, base_lr=0.1))(3)

    rule = PlateauRule(factor=0.5, patience=0)
    state = rule.start()
    for loss in (1, 1, 1):
        step(float(state.scale))
        state = rule(state, loss)

    assert state.scale == 0.25
    assert len(traced) == 1


def test_refuses_a_count_that_is_no_integer():
    schedule = to_optax(CosineScheduler(10))

    with pytest.raises(TypeError, match=r"count must be an integer or an array .*, got 2\.5"):
        schedule(2.5)
    with pytest.raises(
        TypeError, match="count must be an array of integers, got dtype float64"
    ):
        schedule(np.array([2.5]))
