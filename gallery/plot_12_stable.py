r"""
Warmup-stable-decay (WSD): hold the rate, decay at the end
==========================================================

**Warm-up, stable, decay** rises for :math:`w` iterations, keeps the
rate :math:`\eta_0`, and falls to :math:`\eta_T` in the last :math:`d`
of :math:`T` iterations:

.. math::

   \eta_t = \begin{cases}
   \eta_b + (\eta_0 - \eta_b) \, t / w & t \le w \\
   \eta_0 & w \le t \le T - d \\
   \eta_T + (\eta_0 - \eta_T) \, g((t - T + d) / d) & T - d \le t \le T
   \end{cases}

Use it when you do not know yet how long to train: :math:`T` decides
nothing but the decay. The name is that of Hu et al. (2024),
`arXiv:2404.06395 <https://arxiv.org/abs/2404.06395>`_.
"""

from lr_scheduler import CosineScheduler, cooldown, plot, warmup_stable_decay

warm = {"base_lr": 1, "warmup_steps": 100}
scheduler = warmup_stable_decay(1000, 200, **warm)
[scheduler(t) for t in (50, 100, 800, 801, 900, 1000)]
# -> [0.5, 1.0, 1, 0.995, 0.5, 0.0]

# %%
# Say the training goes well and is to last until iteration 1400. No
# rate before the decay changes: the weights of iteration 800 are those
# that the longer training would have had.

import numpy as np

longer = warmup_stable_decay(1400, 200, **warm)
t = np.arange(801)
np.array_equal(scheduler(t), longer(t)), scheduler(801), longer(801)
# -> (True, 0.995, 1)

# %%
ax = plot(longer, 1400, label="until 1400")
ax = plot(scheduler, 1400, ax=ax, label="until 1000")
_ = ax.set_title("The two part after iteration 800")

# %%
# A cosine needs its end from the start. Half-way to iteration 1000 the
# longer one is far above the shorter one:

cosine = CosineScheduler(1000, base_lr=1)
[round(c(500), 4) for c in (cosine, cosine.replace(max_update=1400))]
# -> [0.5, 0.7169]

# %%
# ``mode`` is the shape :math:`g(u)` of the decay. Hägele et al. (2024),
# `arXiv:2405.18392 <https://arxiv.org/abs/2405.18392>`_, found
# :math:`1 - \sqrt{u}` better than the linear :math:`1 - u`; it is steep
# at first. After a quarter of the decay, and after half of it:

last = {
    mode: warmup_stable_decay(1000, 400, mode=mode, **warm)
    for mode in ("linear", "cosine", "1-sqrt")
}
[[round(each(t), 4) for t in (700, 800)] for each in last.values()]
# -> [[0.75, 0.5], [0.8536, 0.5], [0.5, 0.2929]]

# %%
ax = None
for mode, each in last.items():
    ax = plot(each, ax=ax, label=mode)
_ = ax.set_title("Three shapes of a decay of 400 iterations")

# %%
# Two shapes need a final rate above 0. An **exponential** decay divides
# the rate by the same number in every iteration; in an **inverse** decay
# the inverse of the rate grows by the same number. A number :math:`p` is
# the shape :math:`1 - u^p`. Half-way from 1 to 0.01, the rate is
# :math:`\sqrt{0.01}`, or the inverse is half-way from 1 to 100, or
# a quarter of the fall is done:

tenth = {**warm, "final_lr": 0.01}
more = {
    mode: warmup_stable_decay(1000, 400, mode=mode, **tenth)
    for mode in ("exponential", "inverse", 2)
}
by_hand = [0.01**0.5, 2 / (1 + 100), 0.01 + 0.99 * 3 / 4]
[round(each(800), 4) for each in more.values()], [round(rate, 4) for rate in by_hand]
# -> ([0.1, 0.0198, 0.7525], [0.1, 0.0198, 0.7525])

# %%
ax = None
for mode, each in more.items():
    ax = plot(each, ax=ax, label=f"mode={mode!r}")
_ = ax.set_title("Three more shapes, down to 0.01")

# %%
# A run need not end where it was planned to. ``cooldown`` follows the
# schedule to the iteration of your checkpoint, and decays from the rate
# there. Here one run is finished from three checkpoints, each in another
# 200 iterations:

ends = {at: cooldown(scheduler, at, 200) for at in (200, 400, 600)}
[[each(at), each(at + 100), each(at + 200)] for at, each in ends.items()]
# -> [[1, 0.5, 0.0], [1, 0.5, 0.0], [1, 0.5, 0.0]]

# %%
# Up to the checkpoint the rates are those of the run:

finished = cooldown(scheduler, 400, 200)
np.array_equal(finished(t[:401]), scheduler(t[:401]))
# -> True

# %%
ax = plot(scheduler, 1000, label="the run")
for at, each in ends.items():
    ax = plot(each, 1000, ax=ax, label=f"finished from {at}")
_ = ax.set_title("One run, finished from three checkpoints")
