r"""
Multi-power law: predict the loss of a language model
=====================================================

What would another schedule have given? A language model is too expensive to
train again for the answer. Luo et al. (2025, `arXiv:2503.12811
<https://arxiv.org/abs/2503.12811>`_) found a law that predicts the loss from
the learning rates alone. Here we compare its predictions with the losses that
the authors measured, and see how far you can trust it.

.. image:: /gallery/images/sphx_glr_plot_25_law_001.svg
   :alt: Three predicted loss curves, and the measured ends. The order is right.
   :class: sphx-glr-single-img

The law
-------

.. math::

   L_t = L_0 + A \, S_t^{-\alpha} + B \sum_{k=1}^{t} (\eta_k - \eta_{k-1})
   \left(1 - \left(1 + C \, \eta_k^{-\gamma} (S_t - S_{k-1})\right)^{-\beta}
   \right), \qquad S_t = \sum_{k=1}^{t} \eta_k

- :math:`L_0` is a loss that training never reaches.
- The second term is the way still to go. It shrinks with the sum of the
  learning rates, so it asks for high rates.
- The last term sums the changes of the rate, from a rate of 0 before the first
  iteration. A fall of the rate lowers the loss, and lowers it further the
  longer training goes on, so it asks for a low rate at the end.

The other letters are constants of the model.
"""

import matplotlib.pyplot as plt
import numpy as np

from lr_scheduler import (
    CosineScheduler,
    MultiFactorScheduler,
    plot,
    warmup_stable_decay,
)


def predict(rates, law, iterations):
    """Return the losses that the law predicts at these iterations."""
    L0, A, alpha, B, C, beta, gamma = law
    changes = np.diff(rates, prepend=0)  # the rate is 0 at iteration 0
    sums = np.append(0, np.cumsum(rates))
    scales = C * np.maximum(rates, 1e-300) ** -gamma  # also where a rate is 0
    losses = []
    for t in iterations:
        powers = (1 + scales[:t] * (sums[t] - sums[:t])) ** -beta
        drop = changes[:t] @ (1 - powers)
        losses.append(L0 + A * sums[t] ** -alpha + B * drop)
    return np.array(losses)


# %%
# The constants of three models
# -----------------------------
#
# The authors trained models of 25, 100 and 400 million parameters. To three
# runs of each they fitted the constants, which are published with their code
# (`MultiPowerLaw <https://github.com/thu-yao-01-luo/MultiPowerLaw>`_, file
# src/config.py):

laws = {  # L0, A, alpha, B, C, beta, gamma
    "25M": (
        *(3.04045406, 0.52468604, 0.50786857),
        *(363.78751622, 2.06560812, 0.58279013, 0.64142257),
    ),
    "100M": (
        *(2.6514477, 0.60115152, 0.45295811),
        *(437.9464276, 2.13245612, 0.59785199, 0.65523644),
    ),
    "400M": (
        *(2.37474466, 0.65421216, 0.42878731),
        *(523.42464371, 2.02462735, 0.59350493, 0.63472457),
    ),
}

# %%
# The schedules
# -------------
#
# Each model was trained with nine schedules, for 24,000 or 72,000 iterations.
# All warm up for 2160 iterations. The runs "wsdcon" drop the rate once, after
# iteration 8000:

warm = {"base_lr": 3e-4, "warmup_steps": 2160}
low = 3e-5
flat = MultiFactorScheduler([8000], 1, **warm)
cosine = CosineScheduler(24_000, final_lr=low, **warm)
wsd = warmup_stable_decay(24_000, 4000, mode="exponential", final_lr=low, **warm)
schedules = {
    "constant_24000": flat,
    "constant_72000": flat,
    "cosine_24000": cosine,
    "cosine_72000": cosine.replace(max_update=72_000),
    "wsd_20000_24000": wsd,
    "wsdld_20000_24000": wsd.replace(mode="linear"),
    "wsdcon_3": flat.replace(factor=0.1),
    "wsdcon_9": flat.replace(factor=0.3),
    "wsdcon_18": flat.replace(factor=0.6),
}

# %%
# The measured losses
# -------------------
#
# The same repository has the measured loss curves. These are the last values
# of each: iteration and loss, for the three models.

measured = {
    "constant_24000": [(23936, 3.3473), (23936, 3.0354), (23936, 2.8167)],
    "constant_72000": [(71936, 3.2573), (71936, 2.9413), (71936, 2.7157)],
    "cosine_24000": [(23920, 3.3044), (23920, 2.9791), (23920, 2.7396)],
    "cosine_72000": [(71920, 3.2038), (71920, 2.8632), (71936, 2.6154)],
    "wsd_20000_24000": [(23904, 3.2766), (23904, 2.9514), (23936, 2.7222)],
    "wsdld_20000_24000": [(23904, 3.2776), (23904, 2.9535), (23936, 2.7251)],
    "wsdcon_3": [(14144, 3.3964), (15936, 3.0676), (15936, 2.8402)],
    "wsdcon_9": [(14144, 3.3901), (15936, 3.0588), (15936, 2.83)],
    "wsdcon_18": [(14144, 3.3985), (15936, 3.0725), (15936, 2.8506)],
}

# %%
# Compare
# -------
#
# For the largest model:

errors = {}  # prediction - measurement, for the three models
for name, ends in measured.items():
    errors[name] = [
        predict(schedules[name](np.arange(1, t + 1)), law, [t])[0] - loss
        for law, (t, loss) in zip(laws.values(), ends, strict=True)
    ]

print("schedule          | measured | law")
# -> schedule          | measured | law
for name, (*_, error) in errors.items():
    loss = measured[name][-1][1]
    print(f"{name:17} | {loss:8.3f} | {loss + error:.3f}")
# -> constant_24000    |    2.817 | 2.817
#    constant_72000    |    2.716 | 2.708
#    cosine_24000      |    2.740 | 2.757
#    cosine_72000      |    2.615 | 2.618
#    wsd_20000_24000   |    2.722 | 2.700
#    wsdld_20000_24000 |    2.725 | 2.701
#    wsdcon_3          |    2.840 | 2.849
#    wsdcon_9          |    2.830 | 2.844
#    wsdcon_18         |    2.851 | 2.851

# %%
# The error over all schedules, for each model:

table = np.abs([*errors.values()])
print("model | mean error | largest")
# -> model | mean error | largest
for name, column in zip(laws, table.T, strict=True):
    print(f"{name:5} | {column.mean():10.4f} | {column.max():.3f}")
# -> 25M   |     0.0052 | 0.011
#    100M  |     0.0085 | 0.017
#    400M  |     0.0108 | 0.024

# %%
# The picture
# -----------
#
# Three schedules of 24,000 iterations, with the largest model. A dot is the
# last measured loss:

shown = {
    "constant": "constant_24000",
    "cosine": "cosine_24000",
    "WSD": "wsd_20000_24000",
}
plt.style.use("lr_scheduler.curves")
fig, (above, below) = plt.subplots(2, 1, figsize=(6, 6), sharex=True)
at = np.arange(8000, 24_001, 250)
for label, name in shown.items():
    plot(schedules[name], 24_000, ax=above, label=label)
    rates = schedules[name](np.arange(1, 24_001))
    (line,) = below.plot(at, predict(rates, laws["400M"], at))
    below.plot(*measured[name][-1], "o", color=line.get_color())
above.set(title="Three schedules", xlabel="")
below.set_title("Lines: predicted losses. Dots: measured ends")
below.set(xlabel="Iteration", ylabel="Loss")

# %%
# What the law gets wrong
# -----------------------
#
# The law puts these three in the right order. But from the cosine to WSD it
# predicts more than three times the gain that was measured:

gains = [
    measured["cosine_24000"][-1][1] - measured["wsd_20000_24000"][-1][1],
    errors["cosine_24000"][-1] - errors["wsd_20000_24000"][-1],
]
print(f"measured:  {gains[0]:.3f}")
# -> measured:  0.017
print(f"predicted: {sum(gains):.3f}")
# -> predicted: 0.057

# %%
# So do not read more from the law than its errors allow. If two predictions
# differ by less than the largest error, 0.024, the schedules may be in either
# order. And ask only for schedules like those of the fit: a peak of about 3e-4
# and 24,000 to 72,000 iterations.
