"""The code that the explorer writes for a framework, run with that framework."""

import json

import numpy as np
import pytest
from in_page import answer
from menu import OPERATORS, SCHEDULES

EXAMPLES = [{"type": name, **start} for name, start in {**SCHEDULES, **OPERATORS}.items()]
FLOAT32 = 2.0**-22  # two units in the last place of the highest rate, 1


def run(config, framework, **names):
    request = {"schedules": [config], "last": "", "iterations": "1"}
    (entry,) = json.loads(answer(json.dumps(request)))["schedules"]
    exec(entry["code"][framework], names)
    return names


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
def test_pytorch_gets_the_rates(config):
    import torch

    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=1)
    names = run(config, "PyTorch", optimizer=optimizer)
    used = []
    for _ in range(3):
        used.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        names["scheduler"].step()

    assert used == [names["schedule"](t) for t in (1, 2, 3)]


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
def test_optax_gets_the_rates(config):
    names = run(config, "optax")
    state = names["optimizer"].init(np.float32(0))
    used = []
    for _ in range(3):
        update, state = names["optimizer"].update(np.float32(-1), state)
        used.append(float(update))

    rates = [names["schedule"](t) for t in (1, 2, 3)]

    assert used == pytest.approx(rates, rel=0, abs=FLOAT32)


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
def test_keras_gets_the_rates(config):
    import keras

    names = run(config, "Keras")
    weight = keras.Variable([0.0])
    used = []
    for _ in range(3):
        before = float(weight[0])
        names["optimizer"].apply([keras.ops.ones(1)], [weight])
        used.append(before - float(weight[0]))

    rates = [names["schedule"](t) for t in (1, 2, 3)]

    assert used == pytest.approx(rates, rel=0, abs=FLOAT32)
