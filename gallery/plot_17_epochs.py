r"""
Count in epochs
===============

Recipes often count epochs, which are passes over the training data; an
optimizer counts iterations, one for each step. ``stretch`` turns a
schedule of epochs into one of iterations, :math:`c` in each epoch:

.. math::

   \eta^\prime_t = \eta_{t / c} \quad\text{or, with hold,}\quad
   \eta^\prime_t = \eta_{\lceil t / c \rceil}

Use ``hold=True`` for a recipe that sets the rate once per epoch.
Without it the rate moves at every iteration.
"""

from lr_scheduler import CosineScheduler, MultiFactorScheduler, plot

epochs, batches = CosineScheduler(4, base_lr=1), 250
smooth = epochs.stretch(batches)
held = epochs.stretch(batches, hold=True)
ax = plot(smooth, 1000, label="no hold")
ax = plot(held, ax=ax, label="hold=True")
_ = ax.set_title("Four epochs of 250 iterations along a cosine")

# %%
# The schedule of epochs itself:

[round(epochs(epoch), 4) for epoch in (0, 1, 2, 3, 4)]
# -> [1.0, 0.8536, 0.5, 0.1464, 0.0]

# %%
# The first and the last iteration of two epochs. Both schedules end an
# epoch with the same rate; the held one has it for the whole of it:

t = 1, 250, 251, 500
[[round(each(i), 4) for i in t] for each in (smooth, held)]
# -> [[1.0, 0.8536, 0.8524, 0.5], [0.8536, 0.8536, 0.5, 0.5]]

# %%
# The last epoch holds a rate of 0, and is lost. If a recipe counts
# from epoch 0, delay the schedule by an epoch first: each epoch then holds
# the rate of its start.

from_0 = epochs.delay(1).stretch(batches, hold=True)
[round(from_0(i), 4) for i in (1, 250, 251, 500, 751, 1000)]
# -> [1.0, 1.0, 0.8536, 0.8536, 0.1464, 0.1464]

# %%
ax = plot(held, 1000, label="from 1")
ax = plot(from_0, 1000, ax=ax, label="from 0")
_ = ax.set_title("Held rates, with epochs from 1 and from 0")

# %%
# A schedule that drops only after whole epochs is the same either way:

drops = MultiFactorScheduler([1, 3], 0.5, base_lr=1)
one, other = drops.stretch(batches), drops.stretch(batches, hold=True)
all(one(i) == other(i) for i in range(1001)), one(250), one(251)
# -> (True, 1, 0.5)
