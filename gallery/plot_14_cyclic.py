r"""
Cycle the rate between two limits
=================================

``cyclic`` rises and falls in straight lines, again and again. Cycle
:math:`i`, counted from 0, is a triangle between :math:`\eta_T` and
:math:`\eta_T + (\eta_0 - \eta_T) \, g^i`:

.. math::

   \eta_t = \eta_T + (\eta_0 - \eta_T) \, g^i \begin{cases}
   x / r & x \le r \\
   (s - x) / (s - r) & x \ge r
   \end{cases}
   \qquad x = t - i s

where :math:`s` is the length of a cycle and :math:`r` that of its rise,
half of it by default.

Use it when you know two rates between which the network learns, but not
which of them is best: every cycle passes all of them. See
`arXiv:1506.01186 <https://arxiv.org/abs/1506.01186>`_ (Smith, 2017).
"""

from lr_scheduler import ExponentialScheduler, cyclic, plot

limits = {"base_lr": 1, "final_lr": 0.1}
scheduler = cyclic(200, **limits)
ax = plot(scheduler)
_ = ax.set_title("Up and down between 0.1 and 1, in 200 iterations")

# %%
# The peak is at half a cycle, the foot at its end:

[round(scheduler(t), 4) for t in (0, 50, 100, 150, 200, 300)]
# -> [0.1, 0.55, 1.0, 0.55, 0.1, 1.0]

# %%
# The second argument is the length of the rise, and ``lr_factor`` lowers
# the peaks; it scales what is above the foot, so 0.5 halves 0.9 to 0.45:

steep = cyclic(200, 20, lr_factor=0.5, **limits)
halved = cyclic(200, lr_factor=0.5, **limits)
[round(steep(t), 4) for t in (20, 220, 420)], 0.9 * 0.5
# -> ([1.0, 0.55, 0.325], 0.45)

# %%
ax = plot(halved, label="a rise of 100")
ax = plot(steep, ax=ax, label="a rise of 20")
_ = ax.set_title("Peaks that are halved cycle by cycle")

# %%
# For a decay at every iteration, not only between cycles, multiply the
# triangles by an exponential. Its ``step`` of 1 makes 0.998 the factor
# of one iteration:

decay = ExponentialScheduler(1, 0.998, base_lr=1)
fading = 0.1 + cyclic(200, base_lr=0.9) * decay
[round(fading(t), 4) for t in (100, 200, 300)]
# -> [0.8367, 0.1, 0.5936]

# %%
# By hand, for the peaks of the first two cycles:

[round(0.1 + 0.9 * 0.998**t, 4) for t in (100, 300)]
# -> [0.8367, 0.5936]

# %%
# The peaks come down along the exponential itself:

ax = plot(fading, label="triangles that fade")
ax = plot(0.1 + 0.9 * decay, ax=ax, label="the line of their peaks")
_ = ax.set_title("A factor of 0.998 at every iteration")
