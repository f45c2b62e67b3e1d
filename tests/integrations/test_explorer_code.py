"""The code that the explorer writes for a framework, run with that framework."""

import json

import jax
import jax.numpy as jnp
import pytest
from explorer.menu import OPERATORS, SCHEDULES
from explorer.page import answer
from support.run_code import last_value

EXAMPLES = [{"type": name, **start} for name, start in {**SCHEDULES, **OPERATORS}.items()]
FLOAT32 = 2.0**-22  # two units in the last place of the highest rate, 1


def run(config, framework, steps, made):
    """Run the training loop that the explorer shows, and return what it has made."""
    request = {"schedules": [config], "last": str(steps), "iterations": "1", "want": ["code"]}
    (entry,) = json.loads(answer(json.dumps(request)))["schedules"]
    return last_value(f"{entry['code'][framework]}\n{made}", {})


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
def test_pytorch_trains_with_the_rates(config):
    schedule, scheduler, optimizer = run(config, "PyTorch", 3, "schedule, scheduler, optimizer")

    assert scheduler.last_epoch == 3
    assert optimizer.param_groups[0]["lr"] == schedule(4)


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
def test_optax_trains_with_the_rates(config):
    schedule, state, optimizer = run(config, "optax", 3, "schedule, state, optimizer")
    update, _ = optimizer.update(jax.tree.map(jnp.ones_like, state[0].trace), zeroed(state))

    assert state[1].count == 3
    assert float(-update["w"][0, 0]) == pytest.approx(schedule(4), rel=0, abs=FLOAT32)


def zeroed(state):
    """Return the state with no momentum, so that an update is the rate."""
    trace, *rest = state
    return (trace._replace(trace=jax.tree.map(jnp.zeros_like, trace.trace)), *rest)


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
def test_keras_trains_with_the_rates(config):
    schedule, optimizer = run(config, "Keras", 3, "schedule, optimizer")

    assert int(optimizer.iterations) == 3
    assert float(optimizer.learning_rate) == pytest.approx(schedule(4), rel=0, abs=FLOAT32)
