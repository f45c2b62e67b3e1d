r"""
Give each layer a rate of its own
=================================

A schedule times a number is a schedule, so one curve serves all layers
of a network, or all groups of its parameters. Here the layer that lies
:math:`k` below the last one has

.. math:: \eta_t^{(k)} = 0.5^k \, \eta_t

Use it to fine-tune a trained network, whose lower layers are to change
the least: Howard and Ruder, 2018, `arXiv:1801.06146
<https://arxiv.org/abs/1801.06146>`_.
"""

import numpy as np
from sklearn.datasets import load_digits

from lr_scheduler import CosineScheduler, plot
from lr_scheduler.optimizer import SGD

scheduler = CosineScheduler(500, base_lr=0.1, warmup_steps=50)
curves = [scheduler * 0.5**k for k in (2, 1, 0)]
ax = None
for number, curve in enumerate(curves, start=1):
    ax = plot(curve, 500, ax=ax, label=f"layer {number}")
_ = ax.set_title("The last layer has the full rate")

# %%
# With an optimizer for each, three new layers learn to read digits:

images, labels = load_digits(return_X_y=True)
images, targets = images / 16, np.eye(10)[labels]
rng = np.random.default_rng(0)
order = rng.permutation(len(images))
train, test = order[:1000], order[1000:]
sizes = [(64, 64), (64, 64), (64, 10)]
weights = [rng.normal(0, np.sqrt(2 / n), (n, m)) for n, m in sizes]
optims = [SGD(lr_scheduler=curve, momentum=0.9) for curve in curves]
states = [optims[i].create_state(i, weights[i]) for i in range(3)]


def predict(x):
    """Return the input of each layer, and the scores of the digits."""
    inputs = [x]
    for weight in weights[:-1]:
        inputs.append(np.maximum(inputs[-1] @ weight, 0))
    return inputs, inputs[-1] @ weights[-1]


rates = []
for batch in rng.choice(train, size=(500, 16)):
    inputs, scores = predict(images[batch])
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    error = p / p.sum(axis=1, keepdims=True) - targets[batch]
    for i in (2, 1, 0):
        grad = inputs[i].T @ error / len(batch)
        error = (error @ weights[i].T) * (inputs[i] > 0)
        optims[i].update(i, weights[i], grad, states[i])
    rates.append([optim.learning_rate for optim in optims])

# %%
# The rates of iterations 25, 50 and 275, half-way up, at the top and
# half-way down, as the optimizers tell them:

[[round(rate, 6) for rate in rates[t - 1]] for t in (25, 50, 275)]
# -> [[0.0125, 0.025, 0.05], [0.025, 0.05, 0.1], [0.0125, 0.025, 0.05]]

# %%
# So it is in all 500 iterations, and the network reads most of the digits
# that it has not seen:

expected = np.outer(scheduler(np.arange(1, 501)), [0.25, 0.5, 1])
answers = predict(images[test])[1].argmax(axis=1)
accuracy = np.mean(answers == labels[test]).item()
np.array_equal(rates, expected), accuracy > 0.95
# -> (True, True)
