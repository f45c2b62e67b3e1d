"""
Why the learning rate matters: four runs of one network
=======================================================

A small network learns to read digits four times, from the same weights and
with the same images in the same order. Only the learning rate differs.

.. image:: /gallery/images/sphx_glr_plot_10_why_001.svg
   :alt: Four learning rates over 1000 iterations, and the training loss of each run. The run with a warm-up and a cosine ends at the lowest loss.
   :class: sphx-glr-single-img

- **Too low**: the loss is still falling when training ends.
- **Too high**: the first steps switch most hidden units off. They never come
  back, and the network can only guess.
- **Constant**: the network learns fast, but a batch of 4 images is small, so
  the loss keeps jumping.
- **Warm-up and cosine**: the rate is high in the middle and small at the end.
  The loss settles, lower than in all other runs.

The network
-----------

It has 64 hidden units for the 64 pixels of an image:
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
# The four runs
# -------------
#
# Three rates are constant. The fourth warms up for 100 iterations, then
# decays along a cosine:

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

print("run      | digits read correctly")
# -> run      | digits read correctly
for name, (_, _, accuracy) in runs.items():
    print(f"{name:8} | {accuracy:.0%}")
# -> too low  | 88%
#    too high | 10%
#    constant | 95%
#    cosine   | 97%

# %%
# The picture
# -----------

plt.style.use("lr_scheduler.curves")
fig, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3.4))
iterations = range(20, 1001, 20)
for name, (rates, losses, _) in runs.items():
    (line,) = left.plot(iterations, rates, label=name)
    right.plot(iterations, losses, label=name)
    for ax, last in ((left, rates[-1]), (right, losses[-1])):
        ax.annotate(
            name,
            (1000, last),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            color=line.get_color(),
        )
left.set(title="Only the rate differs", ylabel="Learning rate")
right.set(title="The cosine ends lowest", ylabel="Training loss")
for ax in (left, right):
    ax.set(xlabel="Iteration", yscale="log")
