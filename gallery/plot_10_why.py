"""
Why the learning rate matters: four runs of one network
=======================================================

A small network learns to read digits four times, from the same weights and
with the same images in the same order. Only the learning rate differs.

.. image:: /gallery/images/sphx_glr_plot_10_why_001.svg
   :alt: The four learning rates, and the loss of each run. The cosine ends at the lowest loss.
   :class: sphx-glr-single-img

- **Too low**: the loss is still falling when training ends.
- **Too high**: the first steps switch most hidden units off, and the network
  can only guess. The units are ReLUs: where its input is negative, a ReLU
  outputs 0 and has no gradient, so it never comes back.
- **Constant**: the network learns fast, but a batch of 4 images is small, so
  the loss keeps jumping.
- **Warm-up and cosine**: the rate is high in the middle and small at the end.
  The loss settles, lower than in all other runs.

The network
-----------

It has 64 hidden units for the 64 pixels of an image. It learns by SGD with
momentum: each step also repeats 0.9 of the step before.
"""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits

from lr_scheduler import CosineScheduler, constant, plot
from lr_scheduler.optimizer import SGD

images, labels = load_digits(return_X_y=True)
images, targets = images / 16, np.eye(10)[labels]

rng = np.random.default_rng(0)
order = rng.permutation(len(images))
train, test = order[:1000], order[1000:]
batches = rng.choice(train, size=(1000, 4))  # one row per iteration
std = np.sqrt(2 / 64)
initial = [rng.normal(0, std, (64, n)) for n in (64, 10)]


def predict(weights, x):
    """Return the hidden layer and the log-probabilities."""
    hidden = np.maximum(x @ weights[0], 0)
    z = hidden @ weights[1]
    z -= z.max(axis=1, keepdims=True)
    return hidden, z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def learn(schedule):
    """Return the training losses and the test accuracy."""
    optim = SGD(lr_scheduler=schedule, momentum=0.9)
    weights = [weight.copy() for weight in initial]
    states = [optim.create_state(i, weights[i]) for i in (0, 1)]
    losses = []
    for iteration, batch in enumerate(batches, start=1):
        hidden, log_p = predict(weights, images[batch])
        error = (np.exp(log_p) - targets[batch]) / len(batch)
        hidden_error = (error @ weights[1].T) * (hidden > 0)
        grads = images[batch].T @ hidden_error, hidden.T @ error
        for i in (0, 1):
            optim.update(i, weights[i], grads[i], states[i])
        if iteration % 20 == 0:
            _, log_p = predict(weights, images[train])
            loss = -(targets[train] * log_p).sum(axis=1).mean()
            losses.append(loss)
    answers = predict(weights, images[test])[1].argmax(axis=1)
    return losses, np.mean(answers == labels[test])


# %%
# The four runs
# -------------
#
# Three rates are constant. The fourth warms up for 100 iterations, then
# decays along a cosine:

cosine = CosineScheduler(
    max_update=1000,
    base_lr=0.04,
    final_lr=0.001,
    warmup_steps=100,
)
schedules = {
    "too low": constant(0.001),
    "too high": constant(1),
    "constant": constant(0.02),
    "cosine": cosine,
}
runs = {name: learn(each) for name, each in schedules.items()}

print("run      | digits read correctly")
# -> run      | digits read correctly
for name, (_, accuracy) in runs.items():
    print(f"{name:8} | {accuracy:.0%}")
# -> too low  | 88%
#    too high | 10%
#    constant | 95%
#    cosine   | 97%

# %%
# The picture
# -----------

plt.style.use("lr_scheduler.curves")
fig, (above, below) = plt.subplots(2, 1, figsize=(6, 6))
for name, schedule in schedules.items():
    plot(schedule, 1000, ax=above, label=name, log=True)
    losses, _ = runs[name]
    (line,) = below.plot(range(20, 1001, 20), losses)
    below.annotate(
        name,
        (1000, losses[-1]),
        xytext=(5, 0),
        textcoords="offset points",
        color=line.get_color(),
        va="center",
    )
above.set_title("Only the rate differs")
below.set_title("The cosine ends lowest")
below.set(
    xlabel="Iteration",
    ylabel="Training loss",
    xlim=above.get_xlim(),
    yscale="log",
)

# %%
# Other learning rates
# --------------------
#
# The constant of 0.02 is not a weak opponent. Half of it ends no lower, and
# twice as much ends higher. The best cosine ends at about half the loss of
# the best constant, and its peak is higher. With a peak of only 0.01 the
# cosine is too low for most of the training:

print("peak | constant | cosine")
# -> peak | constant | cosine
for peak in (0.01, 0.02, 0.04):
    tried = constant(peak), cosine.replace(base_lr=peak)
    ends = [learn(each)[0][-1] for each in tried]
    print(f"{peak} | {ends[0]:8.2f} | {ends[1]:6.2f}")
# -> 0.01 |     0.12 |   0.14
#    0.02 |     0.12 |   0.08
#    0.04 |     0.21 |   0.06
