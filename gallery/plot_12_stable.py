r"""
Keep the rate, and decay at the end
===================================

**Warm-up, stable, decay** rises for :math:`w` iterations, keeps the rate
:math:`\eta_0`, and falls to :math:`\eta_T` in the last :math:`d` of
:math:`T` iterations:

.. math::

   \eta_t = \begin{cases}
   \eta_b + (\eta_0 - \eta_b) \, t / w & t \le w \\
   \eta_0 & w \le t \le T - d \\
   \eta_T + (\eta_0 - \eta_T) \, g((t - T + d) / d) & t \ge T - d
   \end{cases}

where :math:`g(u)` falls from 1 to 0: here in a straight line,
:math:`1 - u`.

Use it when you do not know yet how long to train: only the decay depends
on :math:`T`. The name is that of Hu et al. (2024),
`arXiv:2404.06395 <https://arxiv.org/abs/2404.06395>`_.
"""

from lr_scheduler import CosineScheduler, plot, warmup_stable_decay

warm = {"base_lr": 1, "warmup_steps": 100}
scheduler = warmup_stable_decay(1000, 200, **warm)
ax = plot(scheduler)
_ = ax.set_title("Stable until iteration 800, then down to 0")

# %%
# The last stable iteration is 800; the next one is a 200th of the way down:

[scheduler(t) for t in (50, 100, 800, 801, 900, 1000)]
# -> [0.5, 1.0, 1, 0.995, 0.5, 0.0]

# %%
# Training goes well, and shall go on until iteration 1400. No rate before
# the decay changes, so you continue from weights that were saved at
# iteration 800, as if the longer training had been meant all along:

import numpy as np

longer = warmup_stable_decay(1400, 200, **warm)
t = np.arange(801)
np.array_equal(scheduler(t), longer(t)), scheduler(801), longer(801)
# -> (True, 0.995, 1)

# %%
# A cosine has to know its end from the start. Half-way to iteration 1000
# the longer one is far above the shorter one:

short_cosine = CosineScheduler(1000, base_lr=1)
long_cosine = CosineScheduler(1400, base_lr=1)
round(short_cosine(500), 4), round(long_cosine(500), 4)
# -> (0.5, 0.7169)

# %%
ax = plot(scheduler, 1400, label="stable, to 1000")
ax = plot(longer, 1400, ax=ax, label="stable, to 1400")
ax = plot(short_cosine, 1400, ax=ax, label="cosine, to 1000")
ax = plot(long_cosine, 1400, ax=ax, label="cosine, to 1400")
_ = ax.set_title("The stable ones part at 800, the cosines at once")

# %%
# ``mode`` shapes the decay. Hägele et al. (2024),
# `arXiv:2405.18392 <https://arxiv.org/abs/2405.18392>`_, compare several, and
# find 1-sqrt, :math:`g(u) = 1 - \sqrt{u}`, better than a straight line: it
# drops at once, and then ever more slowly. A quarter into the decay, and
# half-way:

modes = "linear", "cosine", "1-sqrt"
shapes = {m: warmup_stable_decay(1000, 200, mode=m, **warm) for m in modes}
[[round(shapes[m](t), 4) for t in (850, 900)] for m in modes]
# -> [[0.75, 0.5], [0.8536, 0.5], [0.5, 0.2929]]

# %%
ax = None
for mode, shape in shapes.items():
    ax = plot(shape, ax=ax, label=mode)
_ = ax.set_title("Three shapes of the decay")
