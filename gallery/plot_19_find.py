"""
LR range test: find a good rate
===============================

An LR range test (a *learning-rate finder*, *lr_find* in fastai and
Lightning) raises the learning rate from far too low to far too high in one
short run. Where the loss falls, the rate is usable; where the loss explodes,
the rate is too high (Smith, 2015, `arXiv:1506.01186
<https://arxiv.org/abs/1506.01186>`_). Use the test when you have no idea of
the rate. It works best for a new model whose training has a warm-up and a
decay.

.. image:: /gallery/images/sphx_glr_plot_19_find_001.svg
   :alt: The loss against the rate. It falls, is lowest at a rate far too high, then explodes.
   :class: sphx-glr-single-img

You get the peak learning rate in three steps:

1. Run the range test. The suggestion is a tenth of the rate with the lowest
   loss.
2. Train briefly with 1, 2, 5 and 10 times the suggestion as the peak.
3. Take the rate with the best validation accuracy; of equally good rates, take
   the highest. This is the ``base_lr`` of your schedule.

Start each test, and then the training, from fresh weights and with a fresh
optimizer. In PyTorch, with your own data loader and your own function that
makes a fresh model:

.. code-block:: python

    import math

    import torch
    from torch.nn.functional import cross_entropy

    from lr_scheduler import PiecewiseScheduler, to_torch


    def range_test(model, optimizer, sweep, steps):
        scheduler = to_torch(sweep, optimizer)
        rates, losses, mean = [], [], 0
        while True:  # a loader shorter than the sweep starts over
            for images, labels in loader:
                loss = cross_entropy(model(images), labels)
                mean = 0.9 * mean + 0.1 * loss.item()
                smoothed = mean / (1 - 0.9 ** (len(losses) + 1))
                diverged = not math.isfinite(smoothed) or (
                    smoothed > 4 * min(losses, default=smoothed)
                )
                if diverged or len(losses) == steps:
                    return rates, losses
                rates.append(scheduler.get_last_lr()[0])
                losses.append(smoothed)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                scheduler.step()


    model = make_model()
    optimizer = torch.optim.AdamW(model.parameters())
    sweep = PiecewiseScheduler([0, 200], [1e-5, 1], "exponential")
    rates, losses = range_test(model, optimizer, sweep, 200)
    suggested = rates[losses.index(min(losses))] / 10

The section :ref:`torch-range-test` runs this code on digits. In Keras pass the
sweep to ``to_keras``, in optax to ``to_optax``. Lightning's *lr_find* runs a
sweep of its own: see :doc:`/how-to/trainers`.

Range and length
----------------

The sweep is a schedule like any other. In ``mode="exponential"`` it spends
the same number of iterations on each factor of 10. Adam usually needs lower
learning rates than SGD. Start with 200 steps and these ranges:
"""

from lr_scheduler import PiecewiseScheduler

sgd = PiecewiseScheduler([0, 200], [1e-4, 10], "exponential")
adam = PiecewiseScheduler([0, 200], [1e-5, 1], "exponential")

print("iteration | SGD    | Adam, AdamW")
# -> iteration | SGD    | Adam, AdamW
for t in (0, 40, 80, 120, 160, 200):
    print(f"{t:9} | {sgd(t):6.4g} | {adam(t):.4g}")
# ->         0 | 0.0001 | 1e-05
#           40 |  0.001 | 0.0001
#           80 |   0.01 | 0.001
#          120 |    0.1 | 0.01
#          160 |      1 | 0.1
#          200 |     10 | 1

# %%
# Each factor of 10 takes 40 steps. The moving average below spans about 10
# steps; in a shorter test it lags too far behind the rate. If the loss falls
# from the first step on, start the sweep a factor of 10 lower. If the loss
# still falls at the end, go a factor of 10 higher. Add 40 steps for each, since
# the number of steps for a factor of 10 changes the suggestion.
#
# Run the test
# ------------
#
# Here a network with 64 hidden units learns to read digits with SGD and
# momentum, in batches of 32 images. NumPy is enough for it:

import numpy as np
from sklearn.datasets import load_digits

images, labels = load_digits(return_X_y=True)
images, targets = images / 16, np.eye(10)[labels]
order = np.random.default_rng(0).permutation(len(images))
train, validation = order[:1000], order[1000:]


class Network:
    """A hidden layer, a softmax layer, and SGD with momentum."""

    def __init__(self, seed, momentum=0.9):
        rng = np.random.default_rng(seed)
        std = np.sqrt(2 / 64)
        shapes = (64, 64), (64, 10)
        self.weights = [rng.normal(0, std, shape) for shape in shapes]
        self.velocities = [0, 0]
        self.momentum = momentum

    def predict(self, batch):
        """Return the hidden layer and the log-probabilities."""
        hidden = np.maximum(images[batch] @ self.weights[0], 0)
        z = hidden @ self.weights[1]
        z -= z.max(axis=1, keepdims=True)
        total = np.exp(z).sum(axis=1, keepdims=True)
        return hidden, z - np.log(total)

    def step(self, batch, rate):
        """Take an optimizer step, and return the loss before it."""
        hidden, log_p = self.predict(batch)
        error = (np.exp(log_p) - targets[batch]) / len(batch)
        hidden_error = (error @ self.weights[1].T) * (hidden > 0)
        gradients = images[batch].T @ hidden_error, hidden.T @ error
        for i, gradient in enumerate(gradients):
            self.velocities[i] *= self.momentum
            self.velocities[i] -= rate * gradient
            self.weights[i] += self.velocities[i]
        return -(targets[batch] * log_p).sum(axis=1).mean()


def batches_of(steps, seed):
    """Return the images of each batch, by their numbers."""
    return np.random.default_rng(seed).choice(train, (steps, 32))


# %%
# Take your own model, with the optimizer, batch size and data of the training
# that follows: each of them changes the answer.
#
# Batches differ, so smooth the losses with a moving average. Stop when the
# smoothed loss is above 4 times its lowest value (for losses above 0), or no
# longer finite: from there on the run only diverges.


def range_test(network, sweep, steps, seed=0):
    """Return rates and smoothed losses, until the loss diverges."""
    rates, losses, mean = [], [], 0
    for t, batch in enumerate(batches_of(steps, seed), start=1):
        loss = network.step(batch, sweep(t))
        mean = 0.9 * mean + 0.1 * loss
        smoothed = mean / (1 - 0.9**t)
        diverged = smoothed > 4 * min(losses, default=smoothed)
        if diverged or not np.isfinite(smoothed):
            break
        rates.append(sweep(t))
        losses.append(smoothed)
    return np.array(rates), np.array(losses)


def suggest(rates, losses):
    """Return a tenth of the rate with the lowest loss."""
    return rates[losses.argmin()].item() / 10


rates, losses = range_test(Network(seed=0), sgd, 200)
suggested = suggest(rates, losses)
round(suggested, 3)
# -> 0.04

# %%
# At the lowest loss the rate is already too high, since there the loss no
# longer falls. A tenth of it is fastai's *minimum* suggestion (`source
# <https://github.com/fastai/fastai/blob/0a049e8a90/fastai/callback/schedule.py>`_).

import matplotlib.pyplot as plt

plt.style.use("lr_scheduler.curves")
fig, ax = plt.subplots()
ax.plot(rates, losses)
for times, name in ((1, "suggested"), (10, "lowest loss")):
    rate = times * suggested
    ax.axvline(rate, color="#ba5909", linestyle="--", linewidth=1)
    ax.annotate(
        name,
        (rate, 1),
        xycoords=ax.get_xaxis_transform(),
        xytext=(5, 0),
        textcoords="offset points",
        color="#ba5909",
        va="top",
    )
ax.set(xscale="log", xlabel="Learning rate", ylabel="Loss")
ax.set_title("Start at a tenth of the rate with the lowest loss")

# %%
# Read the picture from the left. Below about 0.001 the loss hardly moves:
# the rate is too low. Then it falls; at the suggested rate it falls
# steeply. Near the rate of the lowest loss it stops falling, and beyond it explodes.
# Compare your own curve with these losses:

print("rate  | smoothed loss")
# -> rate  | smoothed loss
for i in (39, 79, 119, losses.argmin(), 159):
    print(f"{rates[i]:.3f} | {losses[i]:.2f}")
# -> 0.001 | 2.38
#    0.010 | 2.05
#    0.100 | 0.87
#    0.398 | 0.36
#    1.000 | 0.41

# %%
# Choose the peak
# ---------------
#
# Treat the suggestion as a lower bound. Train for 500 steps with 1, 2, 5 and
# 10 times the suggestion as the peak of a cosine. ``shape`` is a cosine with
# peak 1, so ``rate * shape`` has the peak ``rate``. Each validation accuracy
# is the mean of 3 runs:

from lr_scheduler import CosineScheduler

shape = CosineScheduler(500, base_lr=1, warmup_steps=50)


def accuracy(schedule, seed):
    """Train a fresh network, and return its validation accuracy."""
    network = Network(seed)
    for t, batch in enumerate(batches_of(500, seed), start=1):
        network.step(batch, schedule(t))
    answers = network.predict(validation)[1].argmax(axis=1)
    return np.mean(answers == labels[validation])


print("times | peak  | validation accuracy")
# -> times | peak  | validation accuracy
for times in (1, 2, 5, 10):
    rate = times * suggested
    runs = [accuracy(rate * shape, seed) for seed in range(3)]
    print(f"{times:5} | {rate:.3f} | {np.mean(runs):.3f}")
# ->     1 | 0.040 | 0.967
#        2 | 0.080 | 0.968
#        5 | 0.199 | 0.977
#       10 | 0.398 | 0.967

# %%
# Here 5 times the suggestion, about 0.2, is the best, but not by much: a
# difference of 0.01 is 8 of the 797 validation images. Round the rate, and
# write it as ``base_lr``:
#
# .. 797: the images of load_digits that are not in the training data
# .. 8 = 0.01 * 797

schedule = CosineScheduler(500, base_lr=0.2, warmup_steps=50)

# %%
# If the lowest of the four rates is the best, try lower rates too; if the
# highest is, try higher rates. Choose on validation data, and keep the test
# data for the end.
#
# When not to trust it
# --------------------
#
# The suggestion is a place to start, not the best rate. It depends on the
# weights and the batches. These are the suggestions of five range tests:

suggestions = []
for seed in range(5):
    test = range_test(Network(seed), sgd, 200, seed)
    suggestions.append(round(suggest(*test), 2))
suggestions
# -> [0.04, 0.04, 0.04, 0.06, 0.09]

# %%
# It depends on the length of the test. In a longer test the rate rises more
# slowly, so the loss is lowest at a lower rate, and the suggestion is lower:

for steps in (50, 200, 400):
    knots, ends = [0, steps], [1e-4, 10]
    sweep = PiecewiseScheduler(knots, ends, "exponential")
    found = suggest(*range_test(Network(seed=0), sweep, steps))
    print(f"{steps:3} steps: {found:.3f}")
# ->  50 steps: 0.100
#    200 steps: 0.040
#    400 steps: 0.026

# %%
# It depends on the optimizer. Without momentum the suggestion is higher:

plain = Network(seed=0, momentum=0)
round(suggest(*range_test(plain, sgd, 200)), 3)
# -> 0.126

# %%
# It depends on the rule, too. fastai's default is another rule, *valley*.
# Lightning suggests the rate where the loss falls most per unit of rate, and
# not per factor of 10. On the curve above, without its first 10 losses and
# its last one, Lightning's rule suggests a rate far too low:

slope = np.gradient(losses[10:-1], rates[10:-1])
round(rates[10:-1][slope.argmin()].item(), 4)
# -> 0.0003

# %%
# So repeat the test, always try several multiples of the suggestion, and do
# not trust it in these cases:
#
# - You train without a warm-up. The sweep itself is a warm-up, and a training
#   that begins at the suggested rate at once may diverge.
# - The rate stays high for a long time. The test sees the first iterations
#   only, and a rate that is fine there may be too high later. A schedule that
#   decays helps.
# - The curve has no clear fall, because the losses are noisy, or because a
#   trained network is fine-tuned and its loss is low from the start.
