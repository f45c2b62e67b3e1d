"""
See why the rate matters
========================

The learning rate decides how fast a network learns, and how good it is
in the end. Here a small network, with 64 hidden units for the 64 pixels of
an image, learns to read digits four times, from the same weights and the
same images in the same order. Only the rate differs.
"""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits

from lr_scheduler import CosineScheduler
from lr_scheduler.optimizer import SGD

images, labels = load_digits(return_X_y=True)
images, targets = images / 16, np.eye(10)[labels]

rng = np.random.default_rng(0)
order = rng.permutation(len(images))
train, test = order[:1000], order[1000:]
batches = rng.choice(train, size=(1000, 4))  # one row per iteration
initial = [rng.normal(0, np.sqrt(2 / 64), (64, n)) for n in (64, 10)]


def predict(weights, x):
    """Return the hidden layer and the log-probability of each digit."""
    hidden = np.maximum(x @ weights[0], 0)
    z = hidden @ weights[1]
    z -= z.max(axis=1, keepdims=True)
    return hidden, z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def learn(optim):
    """Return the rates, the training losses and the test accuracy."""
    weights = [weight.copy() for weight in initial]
    states = [optim.create_state(i, w) for i, w in enumerate(weights)]
    rates, losses = [], []
    for iteration, batch in enumerate(batches, start=1):
        hidden, log_p = predict(weights, images[batch])
        error = (np.exp(log_p) - targets[batch]) / len(batch)
        hidden_error = (error @ weights[1].T) * (hidden > 0)
        grads = images[batch].T @ hidden_error, hidden.T @ error
        for i in (0, 1):
            optim.update(i, weights[i], grads[i], states[i])
        if iteration % 20 == 0:
            rates.append(optim.learning_rate)
            _, log_p = predict(weights, images[train])
            losses.append(-(targets[train] * log_p).sum(axis=1).mean())
    answers = predict(weights, images[test])[1].argmax(axis=1)
    return rates, losses, float(np.mean(answers == labels[test]))


# %%
# Three rates are constant: too low, too high, and well chosen. The fourth
# warms up, then falls as a cosine.

scheduler = CosineScheduler(
    max_update=1000,
    base_lr=0.04,
    final_lr=0.001,
    warmup_steps=100,
)
runs = {
    "too low": learn(SGD(learning_rate=0.001, momentum=0.9)),
    "too high": learn(SGD(learning_rate=1, momentum=0.9)),
    "constant": learn(SGD(learning_rate=0.02, momentum=0.9)),
    "cosine": learn(SGD(lr_scheduler=scheduler, momentum=0.9)),
}
iterations = range(20, 1001, 20)
colors = "#3b82d6", "#c77d0a", "#2f9e58", "#d9534a"
fig, axes = plt.subplots(2, figsize=(5.4, 6.5), layout="constrained")
for color, (name, run) in zip(colors, runs.items(), strict=True):
    _ = axes[0].plot(iterations, run[0], color=color, label=name)
    _ = axes[1].plot(iterations, run[1], color=color)
for ax, label in zip(axes, ("Rate", "Training loss"), strict=True):
    _ = ax.set(title=f"{label} of the four runs", ylabel=label)
    _ = ax.set(xlabel="Iteration", yscale="log")
    ax.minorticks_off()
_ = fig.legend(loc="outside upper center", ncols=4)

# %%
# At 0.001 the loss is still falling at the end. At 1 the first few steps
# switch most of the hidden units off, and they never come back: the
# network can then only guess. At 0.02 the network learns fast, but a batch of
# 4 images is small, and the loss keeps jumping. The schedule ends at a small rate:
# the loss settles, lowest of all, and this run reads the digits best.

{name: round(accuracy, 2) for name, (_, _, accuracy) in runs.items()}
# -> {'too low': 0.88, 'too high': 0.1, 'constant': 0.95, 'cosine': 0.97}
