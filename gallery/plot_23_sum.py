r"""
Sum of learning rates: how far a schedule goes
==============================================

How far can a schedule move a weight? If every gradient were 1, the weight
would move by the sum of the learning rates (in SGD without momentum):

.. math:: \sum_{t=1}^{T} \eta_t

Compare two schedules by their sums, or scale one to go as far as the other.
"""

import numpy as np

from lr_scheduler import CosineScheduler, linear, plot

scheduler = linear(1000, base_lr=1, warmup_steps=200)
cosine = CosineScheduler(1000, base_lr=1)
ax = plot(scheduler, label="line with warm-up")
plot(
    cosine,
    ax=ax,
    label="cosine",
    title="Two schedules with almost the same sum",
)

# %%
# A schedule takes an array, so NumPy answers questions about its rates.
# Include iteration 0, and an index of the array is an iteration:

t = np.arange(1001)
rates = scheduler(t)
rates[1:].sum().round(9).item()
# -> 500.0

# %%
# By hand: 199 rates before iteration 200 have a mean of a half, and so have
# the 801 rates from there on:

199 / 2 + 801 / 2
# -> 500.0

# %%
# The rates of a cosine at :math:`t` and :math:`T - t` add up to 1, and the
# last is 0, so the sum is :math:`(T - 1) / 2`:

cosine(t[1:]).sum().round(9).item()
# -> 499.5

# %%
# Multiply the cosine, and it goes exactly as far as the line:

scaled = 500 / 499.5 * cosine

# sphinx_gallery_thumbnail_number = 2
line_way = rates.cumsum()
cosine_way = np.append(0, scaled(t[1:]).cumsum())
ax = plot(lambda i: line_way[i], label="line with warm-up")
plot(
    lambda i: cosine_way[i],
    ax=ax,
    label="cosine, scaled",
    title="The cosine goes ahead, and both arrive at 500",
)
ax.set_ylabel("Sum of the rates so far")

# %%
# Search the sums for a value. The line passes half of its way at iteration
# 368:

np.searchsorted(line_way, 250).item()
# -> 368

# %%
# Search the rates, too. This is the first iteration after the peak with a
# rate below a quarter:

np.argmax((t > 200) & (rates < 0.25)).item()
# -> 801
