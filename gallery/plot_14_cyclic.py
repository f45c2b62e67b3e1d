r"""
Cyclic learning rate (CyclicLR): cycle between two limits
=========================================================

Use a cyclic rate when you know between which learning rates your network
learns, but not which of them is best: every cycle passes all of them. The
limits come from an :doc:`LR range test <plot_19_find>`. The method is from
Smith (2017, `arXiv:1506.01186 <https://arxiv.org/abs/1506.01186>`_); PyTorch
calls it ``CyclicLR``.
"""

from lr_scheduler import ExponentialScheduler, cyclic, plot

limits = {"base_lr": 0.006, "final_lr": 0.001}
scheduler = cyclic(200, **limits)
plot(scheduler, title="Up and down every 200 iterations")

# %%
# By default the rise takes half of a cycle:

[round(scheduler(t), 4) for t in (0, 50, 100, 150, 200, 300)]
# -> [0.001, 0.0035, 0.006, 0.0035, 0.001, 0.006]

# %%
# The second argument is the length of the rise. ``lr_factor`` lowers the peaks
# and leaves the lower limit where it is. PyTorch calls a factor of 0.5
# ``"triangular2"``:

# sphinx_gallery_thumbnail_number = 2
ax = plot(cyclic(200, lr_factor=0.5, **limits), label="rise of 100")
plot(
    cyclic(200, 20, lr_factor=0.5, **limits),
    ax=ax,
    label="rise of 20",
    title="Each peak is half as high above the lower limit",
)

# %%
# To shrink the cycles at every iteration (PyTorch's ``"exp_range"``), multiply
# them by an exponential. ``factor`` is the factor of one iteration:

decay = ExponentialScheduler(1, 0.998, base_lr=1)
fading = 0.001 + cyclic(200, base_lr=0.005) * decay
ax = plot(fading, label="cycles")
plot(
    0.001 + 0.005 * decay,
    ax=ax,
    label="envelope",
    title="The peaks follow an exponential",
)

# %%
# In a formula, cycle :math:`i`, counted from 0, rises for :math:`r` of its
# :math:`s` iterations:
#
# .. math::
#
#    \eta_t = \eta_T + (\eta_0 - \eta_T) \, \gamma^i \begin{cases}
#    x / r & x \le r \\
#    (s - x) / (s - r) & x \ge r
#    \end{cases}
#    \qquad x = t - i s
