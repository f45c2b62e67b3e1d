r"""
Halve the rate every 250 iterations
===================================

``FactorScheduler`` keeps the rate level for a step of
:math:`s` iterations, then multiplies it by a factor :math:`\alpha`; it
never goes below the floor :math:`f`:

.. math::

   \eta_t = \max\!\left(
   \eta_0 \, \alpha^{\lfloor (t - 1) / s \rfloor},\ f \right)

Use it when a rate is good for a while and then too large, again and
again, and no last iteration is to be chosen.
"""

from lr_scheduler import FactorScheduler, plot

scheduler = FactorScheduler(base_lr=1, step=250, factor=0.5)
ax = plot(scheduler, 1000)
_ = ax.set_title("The rate halves after every 250 iterations")

# %%
# The last iteration of a step still has the old rate, and the first of
# the next step has the new one:

[scheduler(t) for t in (250, 251, 500, 501, 750, 751, 1000)]
# -> [1, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125]

# %%
# Drops twice as often, each less steep, with a floor at 0.3. Without
# ``stop_factor_lr`` the floor is so low that you will hardly ever see it.

gentle = scheduler.replace(step=125, factor=0.75, stop_factor_lr=0.3)
[gentle(t) for t in (125, 126, 251, 376, 501, 626)]
# -> [1, 0.75, 0.5625, 0.421875, 0.31640625, 0.3]

# %%
ax = plot(scheduler, 1000, label="halved after every 250")
ax = plot(gentle, ax=ax, label="times 0.75 after every 125")
_ = ax.set_title("Few steep drops, or many gentle ones and a floor")
