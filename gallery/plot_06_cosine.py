r"""
Decay along a cosine
====================

``CosineScheduler`` needs no power to be chosen. It
follows half a cosine from :math:`\eta_0` to the final rate
:math:`\eta_T` at iteration :math:`T`, level at both ends:

.. math::

   \eta_t = \eta_T + (\eta_0 - \eta_T) \, \frac{1 + \cos(\pi t / T)}{2}

Use it when the length of the training is settled, to stay long near the
first rate and long near the last.
"""

from lr_scheduler import CosineScheduler, PolyScheduler, plot

scheduler = CosineScheduler(base_lr=1, final_lr=1e-3, max_update=800)
ax = plot(scheduler, 1000)
_ = ax.set_title("Half a cosine that arrives at 0.001 with iteration 800")

# %%
# The first and the last hundred iterations hardly change the rate; half
# of the fall is over half-way, at iteration 400:

[round(scheduler(t), 4) for t in (0, 1, 100, 400, 700, 800, 1000)]
# -> [1.0, 1.0, 0.962, 0.5005, 0.039, 0.001, 0.001]

# %%
# It does not rise again after the end, as a bare cosine would:

from math import cos, pi

bare = (1 + cos(pi * 1000 / 800)) / 2
round(bare, 4), scheduler(1000)
# -> (0.1464, 0.001)

# %%
# Beside a straight line and a parabola of the same length:

line = PolyScheduler(base_lr=1, final_lr=1e-3, max_update=800, pwr=1)
ax = plot(scheduler, 1000, label="half a cosine")
ax = plot(line, ax=ax, label="a straight line")
ax = plot(line.replace(pwr=2), ax=ax, label="a parabola")
_ = ax.set_title("Half a cosine, a line and a parabola to 0.001")
