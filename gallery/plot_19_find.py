"""
LR range test: find a good learning rate
========================================

An LR range test (a *learning-rate finder*, *lr_find* in fastai and
Lightning) raises the rate from far too low to far too high in one short
run. Where the loss falls, the rate is usable; where the loss explodes, the
rate is too high. Use the test when you train a new model, or with a new
optimizer, and have no idea of the rate (Smith, 2015, `arXiv:1506.01186
<https://arxiv.org/abs/1506.01186>`_).

The sweep is a schedule like any other. In ``mode="exponential"`` it spends as
many iterations on each power of ten:
"""

from lr_scheduler import PiecewiseScheduler

sweep = PiecewiseScheduler([0, 200], [1e-4, 10], "exponential")
[round(sweep(t), 4) for t in (0, 40, 80, 120, 160, 200)]
# -> [0.0001, 0.001, 0.01, 0.1, 1.0, 10.0]

# %%
# Here a network with 64 hidden units learns to read digits, in batches of
# 32 images. Take your own model, with the same optimizer, batch size and data
# as in the training that follows: each of them changes the answer.

import numpy as np
from sklearn.datasets import load_digits

from lr_scheduler.optimizer import SGD

images, labels = load_digits(return_X_y=True)
images, targets = images / 16, np.eye(10)[labels]
rng = np.random.default_rng(0)
order = rng.permutation(len(images))
train, test = order[:1000], order[1000:]
initial = [rng.normal(0, np.sqrt(2 / 64), (64, n)) for n in (64, 10)]


def predict(weights, x):
    """Return the hidden layer and the log-probabilities."""
    hidden = np.maximum(x @ weights[0], 0)
    z = hidden @ weights[1]
    z -= z.max(axis=1, keepdims=True)
    return hidden, z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def learn(schedule, steps, momentum=0.9, seed=1):
    """Return the loss of each batch, and the test accuracy."""
    optim = SGD(lr_scheduler=schedule, momentum=momentum)
    weights = [weight.copy() for weight in initial]
    states = [optim.create_state(i, w) for i, w in enumerate(weights)]
    rng = np.random.default_rng(seed)
    batches = rng.choice(train, size=(steps, 32))
    losses = []
    for batch in batches:
        hidden, log_p = predict(weights, images[batch])
        losses.append(-(targets[batch] * log_p).sum(axis=1).mean())
        error = (np.exp(log_p) - targets[batch]) / len(batch)
        hidden_error = (error @ weights[1].T) * (hidden > 0)
        grads = images[batch].T @ hidden_error, hidden.T @ error
        for i in (0, 1):
            optim.update(i, weights[i], grads[i], states[i])
    answers = predict(weights, images[test])[1].argmax(axis=1)
    return np.array(losses), np.mean(answers == labels[test]).item()


# %%
# Batches differ, so smooth the losses with a moving average. Stop at four
# times the lowest loss: from there on the run only diverges. The suggestion
# is a tenth of the rate with the lowest loss. At the lowest loss itself the
# rate is already too high, since there the loss no longer falls.


def smooth(losses, beta=0.9):
    """Return the moving average, corrected for its start at 0."""
    means, mean = [], 0
    for t, loss in enumerate(losses, start=1):
        mean = beta * mean + (1 - beta) * loss
        means.append(mean / (1 - beta**t))
        if means[-1] > 4 * min(means):
            break
    return np.array(means)


def range_test(sweep, steps, **settings):
    """Return rates and smoothed losses, until they diverge."""
    losses = smooth(learn(sweep, steps, **settings)[0])
    return sweep(np.arange(1, len(losses) + 1)), losses


def suggest(rates, losses):
    """Return a tenth of the rate with the lowest loss."""
    return rates[losses.argmin()].item() / 10


rates, losses = range_test(sweep, 200)
suggested = suggest(rates, losses)
round(suggested, 3)
# -> 0.04

# %%

import matplotlib.pyplot as plt

fig, ax = plt.subplots()
_ = ax.plot(rates, losses, label="smoothed loss")
_ = ax.axvline(suggested, color="#2f9e58", ls="--", label="suggested")
_ = ax.axvline(10 * suggested, color="#d9534a", ls=":", label="lowest loss")
_ = ax.set(xscale="log", xlabel="Learning rate", ylabel="Loss")
_ = ax.set_title("The loss while the rate rises")
_ = ax.legend()

# %%
# Read the picture from the left. Below about 0.001 the loss hardly moves:
# the rate is too low. Then it falls; at the suggested rate it falls
# steeply. Near the dotted line it stops falling, and beyond it explodes.
#
# fastai and Lightning suggest the steepest point of the curve, which is close
# by. The first losses are left out, since the noise of the batches is steep too:

slope = np.gradient(losses, np.log(rates))
round(rates[10 + slope[10:].argmin()].item(), 3)
# -> 0.05

# %%
# To check the suggestion, train for 500 steps with a lower rate, with it, and
# with higher rates, each as the peak of a cosine. The test accuracies:

from lr_scheduler import CosineScheduler

shape = CosineScheduler(500, base_lr=1, warmup_steps=50)
for rate in (0.004, suggested, 0.2, 4):
    _, accuracy = learn(rate * shape, 500)
    print(f"{rate:.3f}: {accuracy:.2f}")
# -> 0.004: 0.88
#    0.040: 0.97
#    0.200: 0.98
#    4.000: 0.10

# %%
# The suggestion trains well and is on the safe side. Here a rate five times
# as high is a little better. With 100 times as much the network only guesses.
#
# .. 100 = 4 / 0.04
#
# When not to trust it
# --------------------
#
# The suggestion is a place to start, not the best rate. It depends on the
# batches. These are the suggestions of five tests:

[round(suggest(*range_test(sweep, 200, seed=seed)), 2) for seed in range(5)]
# -> [0.06, 0.04, 0.05, 0.05, 0.1]

# %%
# It depends on the length of the test. In a longer test the rate rises more
# slowly, the loss has fallen at a lower rate, and the suggestion is lower:

for steps in (50, 200, 1000):
    longer = PiecewiseScheduler([0, steps], [1e-4, 10], "exponential")
    print(f"{steps:4} steps: {suggest(*range_test(longer, steps)):.3f}")
# ->   50 steps: 0.158
#     200 steps: 0.040
#    1000 steps: 0.027

# %%
# And it depends on the optimizer. Without momentum, the suggestion is far
# below a rate that trains well:

suggested = suggest(*range_test(sweep, 200, momentum=0))
for rate in (suggested, 1):
    _, accuracy = learn(rate * shape, 500, momentum=0)
    print(f"{rate:.3f}: {accuracy:.2f}")
# -> 0.112: 0.94
#    1.000: 0.98

# %%
# So repeat the test, compare the suggestion with a few higher and lower rates in
# short runs, and do not trust it in these cases:
#
# - You train without a warm-up. The sweep itself is a warm-up, and a training
#   that begins at the suggested rate at once may diverge.
# - The rate is to stay high for long. The test sees the first iterations only,
#   and a rate that is fine there may be too high later. A schedule that decays
#   helps.
# - The curve has no clear fall, because the losses are noisy, or because a
#   trained network is fine-tuned and its loss is low from the start.
#
# In PyTorch, pass the sweep to ``to_torch``, in Keras to ``to_keras``, in optax
# to ``to_optax``. Lightning's *lr_find* runs a sweep of its own.
