r"""
Parameter groups: a rate for each layer
=======================================

Fine-tune the lower layers of a trained network less than the upper ones
(*discriminative fine-tuning* or layer-wise learning-rate decay; Howard and
Ruder, 2018, `arXiv:1801.06146 <https://arxiv.org/abs/1801.06146>`_). A
schedule times a number is a schedule, so one curve serves all layers.
"""

from lr_scheduler import CosineScheduler, plot

scheduler = CosineScheduler(500, base_lr=0.1, warmup_steps=50)
curves = [scheduler * 0.5**k for k in (2, 1, 0)]
ax = None
for layer in (3, 2, 1):
    ax = plot(curves[layer - 1], ax=ax, label=f"layer {layer}")
ax.set_title("Each layer has half the rate of the layer above")

# %%
# The layer that lies :math:`k` below the last one has the rate
#
# .. math:: \eta_t^{(k)} = 0.5^k \, \eta_t
#
# In PyTorch, give each parameter group its own schedule: see
# :doc:`/how-to/pytorch`. With the package's ``SGD``, make an optimizer for
# each layer. Here a network with three layers learns to read digits:

import numpy as np
from sklearn.datasets import load_digits

from lr_scheduler.optimizer import SGD

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


print("iteration | layer 1 | layer 2 | layer 3")
# -> iteration | layer 1 | layer 2 | layer 3
for t, batch in enumerate(rng.choice(train, size=(500, 16)), start=1):
    inputs, scores = predict(images[batch])
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    error = p / p.sum(axis=1, keepdims=True) - targets[batch]
    for i in (2, 1, 0):
        grad = inputs[i].T @ error / len(batch)
        error = (error @ weights[i].T) * (inputs[i] > 0)
        optims[i].update(i, weights[i], grad, states[i])
    if t in (25, 50, 275):
        rates = [f"{optim.learning_rate:7.4f}" for optim in optims]
        print(f"{t:9}", *rates, sep=" | ")
# ->        25 |  0.0125 |  0.0250 |  0.0500
#           50 |  0.0250 |  0.0500 |  0.1000
#          275 |  0.0125 |  0.0250 |  0.0500

# %%
# The rates are those of the schedule halfway up, at the peak and halfway
# down. The network reads most of the digits that it has not seen:

answers = predict(images[test])[1].argmax(axis=1)
print(f"{np.mean(answers == labels[test]):.0%}")
# -> 97%
