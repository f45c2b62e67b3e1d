r"""
Drop the rate at iterations of your choice
==========================================

``MultiFactorScheduler`` multiplies the rate by a
factor :math:`\alpha` after each boundary :math:`b` of a set :math:`S`.
The exponent counts the boundaries that are behind:

.. math:: \eta_t = \eta_0 \, \alpha^{\#\{b \in S \,:\, b < t\}}

Use it when a recipe tells where the rate drops. Here it halves after
the 250th, the 750th and the 900th iteration.
"""

from lr_scheduler import MultiFactorScheduler, plot

scheduler = MultiFactorScheduler(base_lr=1, step=[250, 750, 900], factor=0.5)
ax = plot(scheduler, 1000)
_ = ax.set_title("The rate halves after iterations 250, 750 and 900")

# %%
# Both sides of every boundary:

[(scheduler(b), scheduler(b + 1)) for b in scheduler.step]
# -> [(1, 0.5), (0.5, 0.25), (0.25, 0.125)]

# %%
# The steps need not be equal. After the first 250 iterations these
# are 500 and 150 long, and the last one never ends:

import numpy as np

np.diff(scheduler.step)
# -> array([500, 150])

# %%
# Past the last boundary the rate holds:

scheduler(901), scheduler(1_000_000)
# -> (0.125, 0.125)
