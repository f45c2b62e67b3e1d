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


def code(config, framework, steps, **settings):
    """Return the training loop that the explorer shows."""
    request = {"schedules": [config], "last": str(steps), "iterations": "1", "want": ["code"]}
    (entry,) = json.loads(answer(json.dumps(request | settings)))["schedules"]
    return entry["code"][framework]


def run(config, framework, steps, made, **settings):
    """Run the training loop that the explorer shows, and return what it has made."""
    return last_value(f"{code(config, framework, steps, **settings)}\n{made}", {})


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


TAKEN = {
    "PyTorch": "scheduler.last_epoch",
    "optax": "state[1].count",
    "Keras": "optimizer.iterations",
}


@pytest.mark.parametrize("framework", TAKEN)
@pytest.mark.parametrize(("per", "steps", "taken"), [("4", 8, 8), ("4", 9, 12), ("3.5", 8, 8)])
def test_the_loop_has_the_epochs_of_the_axis(framework, per, steps, taken):
    settings = {"x": "epochs", "per": per}

    assert int(run(EXAMPLES[0], framework, steps, TAKEN[framework], **settings)) == taken


def test_a_loop_over_epochs_is_the_reader_s():
    text = code(EXAMPLES[0], "PyTorch", 450_450, x="epochs", per="5005")

    assert text.startswith("# Install: ")
    assert "needs none.\noptimizer = torch.optim.SGD(model.parameters(), momentum=0.9)" in text
    assert (
        "# The first optimizer step has the rate schedule(1).\nfor epoch in range(90):" in text
    )


@pytest.mark.parametrize("framework", ["PyTorch", "optax"])
def test_the_loop_counts_the_iterations_of_the_schedule(framework):
    assert run(EXAMPLES[0], framework, 3, "iteration") == 3
