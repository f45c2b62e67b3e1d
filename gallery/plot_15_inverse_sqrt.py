r"""
Decay as the inverse square root
================================

``inverse_sqrt`` rises in a straight line, then decays without an end,
ever more slowly:

.. math::

   \eta_t = \begin{cases}
   \eta_b + (\eta_0 - \eta_b) \, t / w & t < w \\
   \eta_0 \sqrt{w / t} & t \ge w
   \end{cases}

Use it when there is no last iteration to choose. It is the schedule of
the Transformer, also called Noam.
"""

from lr_scheduler import PowerScheduler, inverse_sqrt, plot

scheduler = inverse_sqrt(100, base_lr=1)
ax = plot(scheduler)
_ = ax.set_title("A rise to 1 at iteration 100, then a decay")

# %%
# After the warm-up, four times the iterations have half the rate:

[scheduler(t) for t in (50, 100, 400, 1600, 6400)]
# -> [0.5, 1.0, 0.5, 0.25, 0.125]

# %%
# Vaswani et al. (2017), `arXiv:1706.03762
# <https://arxiv.org/abs/1706.03762>`_, write it as
# :math:`\min(1 / \sqrt{t}, \, t / (w \sqrt{w})) / \sqrt{d}` for a model
# of width :math:`d`. The highest rate is :math:`1 / \sqrt{d w}`:

import numpy as np

d, w = 512, 4000
noam = inverse_sqrt(w, base_lr=1 / (d * w) ** 0.5)
t = np.arange(1, 20_001)
paper = np.minimum(1 / np.sqrt(t), t / w**1.5) / d**0.5
round(noam(w), 6), np.allclose(noam(t), paper, rtol=1e-12, atol=0)
# -> (0.000699, True)

# %%
# ``PowerScheduler`` has any power :math:`p` and any length :math:`s`:
# :math:`\eta_0 \, (1 + (t - w) / s)^{-p}`. With :math:`s = w` and
# :math:`p = 0.5` it is ``inverse_sqrt``:

warm = {"base_lr": 1, "warmup_steps": 100}
powers = [PowerScheduler(100, pwr=p, **warm) for p in (0.5, 1, 2)]
powers[0] == scheduler, [round(each(400), 4) for each in powers]
# -> (True, [0.5, 0.25, 0.0625])

# %%
# A longer :math:`s` slows the decay. With 300 the rate is 1 over the
# root of 2 at iteration 400, 300 after the warm-up:

slow = PowerScheduler(300, **warm)
round(slow(400), 4), round(1 / 2**0.5, 4)
# -> (0.7071, 0.7071)

# %%
ax = None
for each in powers:
    ax = plot(each, ax=ax, label=f"pwr={each.pwr}")
_ = ax.set_title("Three powers after one warm-up")
