r"""
Cycle the rate between two limits
=================================

``cyclic`` rises and falls in straight lines, again and again. Cycle
:math:`i`, counted from 0, rises for :math:`r` of its :math:`s`
iterations:

.. math::

   \eta_t = \eta_T + (\eta_0 - \eta_T) \, \gamma^i \begin{cases}
   x / r & x \le r \\
   (s - x) / (s - r) & x \ge r
   \end{cases}
   \qquad x = t - i s

Use it when you know between which rates a network learns, but not which
of them is best: each cycle passes all of them (Smith, 2017),
`arXiv:1506.01186 <https://arxiv.org/abs/1506.01186>`_.
"""

from lr_scheduler import ExponentialScheduler, cyclic, plot

limits = {"base_lr": 1, "final_lr": 0.1}
scheduler = cyclic(200, **limits)
ax = plot(scheduler)
_ = ax.set_title("Between 0.1 and 1, every 200 iterations")

# %%
# By default the rise is half of a cycle:

[round(scheduler(t), 4) for t in (0, 50, 100, 150, 200, 300)]
# -> [0.1, 0.55, 1.0, 0.55, 0.1, 1.0]

# %%
# The second argument is :math:`r`. ``lr_factor``, :math:`\gamma`,
# lowers the peaks, not the limit below: it halves the height of 0.9
# to 0.45.

halved = cyclic(200, lr_factor=0.5, **limits)
steep = cyclic(200, 20, lr_factor=0.5, **limits)
0.9 * 0.5, [round(steep(t), 4) for t in (20, 200, 220, 420)]
# -> (0.45, [1.0, 0.1, 0.55, 0.325])

# %%
ax = plot(halved, label="a rise of 100")
ax = plot(steep, ax=ax, label="a rise of 20")
_ = ax.set_title("Above 0.1, each peak is half the one before")

# %%
# For a decay at every iteration multiply the height by an exponential.
# With ``decay_steps`` of 1, ``factor`` is the factor of one iteration. The
# first two peaks, also by hand:

decay = ExponentialScheduler(1, 0.998, base_lr=1)
fading = 0.1 + cyclic(200, base_lr=0.9) * decay
peaks = [0.1 + 0.9 * 0.998**t for t in (100, 300)]
[round(fading(t), 4) for t in (100, 300)], [round(p, 4) for p in peaks]
# -> ([0.8367, 0.5936], [0.8367, 0.5936])

# %%
ax = plot(fading, label="the product")
ax = plot(0.1 + 0.9 * decay, ax=ax, label="where it peaks")
_ = ax.set_title("A factor of 0.998 at every iteration")
