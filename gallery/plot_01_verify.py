r"""
Check a schedule before you train
=================================

A schedule is a function of the iteration, so you can print and plot its
learning rates before training starts. Look at the iterations where the rate
changes: an error there is easy to make and hard to see in a loss curve.

This schedule starts at 1 and halves the rate every 250 iterations:
"""

from lr_scheduler import FactorScheduler, plot

scheduler = FactorScheduler(base_lr=1, step=250, factor=0.5)
plot(scheduler, 1000, title="The rate halves every 250 iterations")

# %%
# An *iteration* is the number of an optimizer step, counted from 1. Print
# the rate on both sides of each drop:

print("iteration | rate")
# -> iteration | rate
for t in (1, 250, 251, 500, 501):
    print(f"{t:9} | {scheduler(t)}")
# ->         1 | 1
#          250 | 1
#          251 | 0.5
#          500 | 0.5
#          501 | 0.25

# %%
# The rate drops *after* iteration 250. Draw a dot for each iteration and you
# see which one is the first with the new rate:

# sphinx_gallery_thumbnail_number = 2
plot(
    scheduler,
    256,
    start=245,
    title="Iteration 250 has the old rate, 251 the new one",
    marker="o",
    linestyle="none",
)

# %%
# In a formula, ``step`` is :math:`s` and ``factor`` is :math:`\alpha`:
#
# .. math:: \eta_t = \eta_0 \, \alpha^{\lfloor (t - 1) / s \rfloor}
#
# Work out iteration 501 by hand. The exponent is the number of drops so far:

drops = (501 - 1) // 250
drops
# -> 2

# %%
1 * 0.5**drops
# -> 0.25

# %%
# A scheduler remembers nothing. Call it in any order and the rates stay the
# same, so the iteration is all that you need to resume a run:

[scheduler(501), scheduler(1), scheduler(501)]
# -> [0.25, 1, 0.25]

# %%
# Call it with a NumPy array to get many rates at once:

import numpy as np

scheduler(np.array([1, 250, 251, 501]))
# -> array([1.  , 1.  , 0.5 , 0.25])
