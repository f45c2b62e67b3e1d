r"""
Verify a schedule on a few iterations
=====================================

A **schedule** gives the learning rate of an iteration: the number of an
optimizer step, counted from 1. Before you train with a schedule, ask it
for the rates where it changes. ``FactorScheduler`` multiplies the rate
by a factor :math:`\alpha` after every :math:`s` iterations:

.. math:: \eta_t = \eta_0 \, \alpha^{\lfloor (t - 1) / s \rfloor}

Here it starts from 1 and halves the rate after every 250 iterations.
"""

from lr_scheduler import FactorScheduler, plot

scheduler = FactorScheduler(base_lr=1, step=250, factor=0.5)

# %%
# A step, here 250 iterations, ends with its old rate. So the 250th
# iteration still has the first rate, and the 251st has half of it:

scheduler(1), scheduler(250), scheduler(251), scheduler(501)
# -> (1, 1, 0.5, 0.25)

# %%
# By hand, for iteration 501: :math:`\lfloor (501 - 1) / 250 \rfloor` is
# the number of drops so far, and each drop halves the rate.

drops = (501 - 1) // 250
drops, 1 * 0.5**drops
# -> (2, 0.25)

# %%
# A scheduler remembers nothing. Any order gives the same answers, and
# training resumes with nothing but the number of the iteration:

scheduler(501), scheduler(1), scheduler(501)
# -> (0.25, 1, 0.25)

# %%
# An array of iterations gives the array of their rates at once, equal,
# bit for bit, to the values of single calls:

import numpy as np

scheduler(np.array([1, 250, 251, 501]))
# -> array([1.  , 1.  , 0.5 , 0.25])

# %%
# In a picture, each step is level and each drop is upright:

ax = plot(scheduler, 1000)
_ = ax.set_title("The rate halves after every 250 iterations")
