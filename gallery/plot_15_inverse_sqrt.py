r"""
Decay as the inverse square root
================================

``inverse_sqrt`` rises in a straight line, then decays as a power of the
time that has no end:

.. math::

   \eta_t = \begin{cases}
   \eta_0 \, t / w & t < w \\
   \eta_0 \sqrt{w / t} & t \ge w
   \end{cases}

Use it when training may go on for ever: there is no last iteration to
choose. It is the schedule of the Transformer, also called Noam.
"""

from lr_scheduler import PowerScheduler, inverse_sqrt, plot

scheduler = inverse_sqrt(100, base_lr=1)
ax = plot(scheduler)
_ = ax.set_title("A rise to 1 at iteration 100, then a slow decay")

# %%
# Four times the iterations, half the rate:

[scheduler(t) for t in (50, 100, 400, 1600, 6400)]
# -> [0.5, 1.0, 0.5, 0.25, 0.125]

# %%
# Vaswani et al. (2017), `arXiv:1706.03762
# <https://arxiv.org/abs/1706.03762>`_, write it for a model of width
# :math:`d` as :math:`d^{-1/2} \min(t^{-1/2}, \, t \, w^{-3/2})`. Its peak is
# :math:`1 / \sqrt{d w}`, here with their width and their warm-up:

width, warmup_steps = 512, 4000
noam = inverse_sqrt(warmup_steps, base_lr=(width * warmup_steps) ** -0.5)
round(noam(warmup_steps), 7)
# -> 0.0006988

# %%
# The paper's formula gives the same rates, up to rounding:

import numpy as np

t = np.arange(1, 20_001)
paper = width**-0.5 * np.minimum(t**-0.5, t * warmup_steps**-1.5)
np.allclose(noam(t), paper, rtol=1e-12, atol=0)
# -> True

# %%
# ``PowerScheduler`` takes any power :math:`p` of the same curve,
# :math:`\eta_0 \, (1 + (t - w) / s)^{-p}`. At iteration 400 the base is 4,
# and the rates are its powers:

warm = {"base_lr": 1, "warmup_steps": 100}
powers = [0.25, 0.5, 1, 2]
curves = {p: PowerScheduler(100, pwr=p, **warm) for p in powers}
[round(curve(400), 4) for curve in curves.values()]
# -> [0.7071, 0.5, 0.25, 0.0625]

# %%
# With 0.5 it is ``inverse_sqrt``. A ``step`` longer than the warm-up slows
# the decay: with 300 the base at iteration 400 is 2.

slow = PowerScheduler(300, **warm)
curves[0.5] == scheduler, round(slow(400), 4), round(2**-0.5, 4)
# -> (True, 0.7071, 0.7071)

# %%
ax = None
for pwr, curve in curves.items():
    ax = plot(curve, ax=ax, label=f"pwr={pwr}")
ax = plot(slow, ax=ax, label="pwr=0.5, step=300")
_ = ax.set_title("Four powers, and a slower decay")
