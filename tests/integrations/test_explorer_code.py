"""The code that the explorer writes for a framework, run with that framework."""

import json

import numpy as np
import pytest
from explorer.menu import OPERATORS, SCHEDULES
from explorer.page import answer
from support.run_code import last_value

EXAMPLES = [{"type": name, **start} for name, start in {**SCHEDULES, **OPERATORS}.items()]
FLOAT32 = 2.0**-22  # two units in the last place of the highest rate, 1


def run(config, framework, made, **names):
    """Run the code that the explorer shows, and return what it has made."""
    request = {"schedules": [config], "last": "", "iterations": "1"}
    (entry,) = json.loads(answer(json.dumps(request)))["schedules"]
    return last_value(f"{entry['code'][framework]}\n{made}", names)


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
def test_pytorch_gets_the_rates(config):
    import torch

    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=1)
    schedule, scheduler = run(config, "PyTorch", "schedule, scheduler", optimizer=optimizer)
    used = []
    for _ in range(3):
        used.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()

    assert used == [schedule(t) for t in (1, 2, 3)]


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
def test_optax_gets_the_rates(config):
    schedule, optimizer = run(config, "optax", "schedule, optimizer")
    state = optimizer.init(np.float32(0))
    used = []
    for _ in range(3):
        update, state = optimizer.update(np.float32(-1), state)
        used.append(float(update))

    rates = [schedule(t) for t in (1, 2, 3)]

    assert used == pytest.approx(rates, rel=0, abs=FLOAT32)


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
def test_keras_gets_the_rates(config):
    import keras

    schedule, optimizer = run(config, "Keras", "schedule, optimizer")
    weight = keras.Variable([0.0])
    used = []
    for _ in range(3):
        before = float(weight[0])
        optimizer.apply([keras.ops.ones(1)], [weight])
        used.append(before - float(weight[0]))

    rates = [schedule(t) for t in (1, 2, 3)]

    assert used == pytest.approx(rates, rel=0, abs=FLOAT32)
