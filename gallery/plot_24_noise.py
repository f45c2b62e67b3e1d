r"""
Noisy quadratic: what is left, and what the noise keeps up
==========================================================

Why is the learning rate high first and low at the end? Two things keep the
loss up: the way still to go, which a high rate makes short, and the noise of
the gradients, which a low rate makes small. On a noisy quadratic you can
compute both exactly, without a random number.

.. image:: /gallery/images/sphx_glr_plot_24_noise_001.svg
   :alt: Constant 1 ends with noise, constant 0.1 with way left, the cosine with little of both.
   :class: sphx-glr-single-img

- **Constant 1** goes all the way, but the weights never come to rest.
- **Constant 0.1** has less noise, but much of the way is left.
- **The cosine** goes the way while the rate is high. While the rate falls, so
  does the noise.

The model
---------

The loss has 200 directions. Direction :math:`i` has the curvature
:math:`h_i = 1 / i`, so the first direction is steep and the last is almost
flat. Each weight starts at a distance of 1 from its minimum. Its gradient has
noise of variance :math:`c_i = 0.3 \, h_i`, new in each iteration. SGD with
this gradient changes the weight's mean and its variance. Let :math:`m_i` be
the square of the mean distance, and :math:`v_i` the variance:

.. math::

   m_i &\leftarrow (1 - \eta_t h_i)^2 \, m_i \\
   v_i &\leftarrow (1 - \eta_t h_i)^2 \, v_i + \eta_t^2 \, c_i

A step shrinks both, and adds its own noise. The expected loss above the
minimum is the sum of all :math:`h_i m_i / 2`, the way still to go, and all
:math:`h_i v_i / 2`, the noise.
"""

import matplotlib.pyplot as plt
import numpy as np

from lr_scheduler import (
    CosineScheduler,
    constant,
    linear,
    plot,
    warmup_stable_decay,
)

curvature = 1 / np.arange(1, 201)
gradient_noise = 0.3 * curvature  # its variance


def expected_loss(rates):
    """Return the way still to go and the noise, before and after each step."""
    mean, variance = np.ones(200), np.zeros(200)
    way, noise = [curvature @ mean**2 / 2], [0.0]
    for rate in rates:
        shrink = 1 - rate * curvature
        mean = shrink * mean
        variance = shrink**2 * variance + rate**2 * gradient_noise
        way.append(curvature @ mean**2 / 2)
        noise.append(curvature @ variance / 2)
    return np.array(way), np.array(noise)


# %%
# Five schedules
# --------------
#
# Each has 1000 iterations, and rates of at most 1. The loss is the sum of both
# parts:

schedules = {
    "constant 1": constant(1),
    "constant 0.1": constant(0.1),
    "linear": linear(1000, base_lr=1),
    "cosine": CosineScheduler(1000, base_lr=1),
    "WSD": warmup_stable_decay(1000, 200, base_lr=1),
}
t = np.arange(1, 1001)
runs = {name: expected_loss(each(t)) for name, each in schedules.items()}

print("schedule     |    way |  noise | loss")
# -> schedule     |    way |  noise | loss
for name, (way, noise) in runs.items():
    loss = way[-1] + noise[-1]
    print(f"{name:12} | {way[-1]:.4f} | {noise[-1]:.4f} | {loss:.4f}")
# -> constant 1   | 0.0000 | 0.5446 | 0.5446
#    constant 0.1 | 0.1101 | 0.0431 | 0.1531
#    linear       | 0.0006 | 0.0565 | 0.0571
#    cosine       | 0.0006 | 0.0552 | 0.0558
#    WSD          | 0.0000 | 0.1225 | 0.1225

# %%
# WSD holds the rate and decays in the last 200 iterations. It has gone all the
# way, but the decay is too short for all of the noise: flat directions forget
# slowly.
#
# The picture
# -----------

plt.style.use("lr_scheduler.curves")
fig, axes = plt.subplots(3, 1, figsize=(6, 8), sharex=True)
for name in ("constant 1", "constant 0.1", "cosine"):
    plot(schedules[name], 1000, ax=axes[0], label=name)
    for ax, losses in zip(axes[1:], runs[name], strict=True):
        ax.plot(losses)
axes[0].set(title="Three learning rates", xlabel="")
axes[1].set_title("A high rate goes the way")
axes[1].set(ylabel="Way still to go", ylim=(0, 1))
axes[2].set_title("A low rate removes the noise")
axes[2].set(xlabel="Iteration", ylabel="Noise")

# %%
# Check it with random numbers
# ----------------------------
#
# Train 400 times with the cosine, each time with other noise. The mean loss
# of these runs is the expected loss, up to its standard error:

rng = np.random.default_rng(1)
weights = np.ones((400, 200))
for rate in schedules["cosine"](t):
    noise = np.sqrt(gradient_noise) * rng.normal(size=weights.shape)
    weights -= rate * (curvature * weights + noise)
losses = weights**2 @ curvature / 2

standard_error = losses.std() / np.sqrt(400)
print(f"simulated: {losses.mean():.3f} +- {standard_error:.4f}")
# -> simulated: 0.056 +- 0.0003
print(f"exact:     {sum(runs['cosine'])[-1]:.3f}")
# -> exact:     0.056

# %%
# Too high
# --------
#
# In the steepest direction, a rate above 2 multiplies the distance by a number
# below -1: each step jumps over the minimum and lands farther away. In
# general the limit is 2, divided by the largest curvature. After 100 steps:

for rate in (1.9, 2.1):
    way, noise = expected_loss(constant(rate)(t[:100]))
    print(f"rate {rate}: way {way[-1]:.3g}, noise {noise[-1]:.3g}")
# -> rate 1.9: way 0.0277, noise 3.67
#    rate 2.1: way 9.5e+07, noise 5.98e+08
