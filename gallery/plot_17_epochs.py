r"""
Count in epochs
===============

Recipes often count epochs, and an optimizer counts iterations.
``stretch`` turns a schedule of epochs into one of iterations; :math:`c` is
the number of iterations in an epoch:

.. math::

   \eta'_t = \eta_{t / c} \quad\text{or, with hold,}\quad
   \eta'_t = \eta_{\lceil t / c \rceil}

Use ``hold=True`` for a recipe that sets the rate once per epoch. Without
it the rate moves at every iteration.
"""

from lr_scheduler import CosineScheduler, MultiFactorScheduler, plot

epochs, batches = CosineScheduler(4, base_lr=1), 250
smooth = epochs.stretch(batches)
held = epochs.stretch(batches, hold=True)
ax = plot(smooth, label="no hold")
ax = plot(held, ax=ax, label="hold=True")
_ = ax.set_title("Four epochs of 250 iterations along a cosine")

# %%
# The schedule of epochs itself:

[round(epochs(epoch), 4) for epoch in (0, 1, 2, 3, 4)]
# -> [1.0, 0.8536, 0.5, 0.1464, 0.0]

# %%
# The first and the last iteration of the first two epochs. Both schedules
# have the same rate when an epoch ends; one that is held has it all along:

t = 1, 250, 251, 500
[[round(each(i), 4) for i in t] for each in (smooth, held)]
# -> [[1.0, 0.8536, 0.8517, 0.5], [0.8536, 0.8536, 0.5, 0.5]]

# %%
# So a held schedule that ends at 0 learns nothing in its last epoch. If
# the recipe counts epochs from 0, shift it first: every epoch then has the
# rate of its start.

counted_from_0 = epochs.shift(-1).stretch(batches, hold=True)
[round(counted_from_0(i), 4) for i in (1, 250, 251, 500, 751, 1000)]
# -> [1.0, 1.0, 0.8536, 0.8536, 0.1464, 0.1464]

# %%
ax = plot(held, label="from 1")
ax = plot(counted_from_0, ax=ax, label="from 0")
_ = ax.set_title("Held rates of epochs counted from 1, and from 0")

# %%
# A stepwise schedule drops after whole epochs, so there is nothing to hold:

stepwise = MultiFactorScheduler([1, 3], 0.5, base_lr=1)
drops = stepwise.stretch(batches)
same = stepwise.stretch(batches, hold=True)
all(drops(i) == same(i) for i in range(1001)), drops(250), drops(251)
# -> (True, 1, 0.5)
