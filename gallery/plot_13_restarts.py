r"""
Restart the decay
=================

``repeat`` follows a schedule again and again. Cycle :math:`i`, counted
from 0, is :math:`m^i` times as long and :math:`\gamma^i` times as high
as the first one, which takes :math:`s` iterations:

.. math::

   \eta_t = \gamma^i \, \eta^{(0)}\!\left(\frac{t - b_i}{m^i}\right),
   \qquad b_i < t \le b_{i+1},
   \qquad b_i = s \, (1 + m + \ldots + m^{i-1})

where :math:`\eta^{(0)}` is the schedule that is repeated, and the
boundary :math:`b_i` is the last iteration before cycle :math:`i`.

Use it to have a network that you can stop with at the end of every
cycle, where the rate is low, and not only at the end of the last.
``cosine_restarts`` repeats half a cosine (Loshchilov and Hutter, 2017),
`arXiv:1608.03983 <https://arxiv.org/abs/1608.03983>`_.
"""

from lr_scheduler import CosineScheduler, cosine_restarts, plot, repeat

scheduler = cosine_restarts(100, base_lr=1, period_factor=2)
lower = cosine_restarts(100, base_lr=1, period_factor=2, lr_factor=0.5)
ax = plot(scheduler, 700, label="of one height")
ax = plot(lower, 700, ax=ax, label="each half as high")
_ = ax.set_title("Cycles that end at 100, 300 and 700")

# %%
# A boundary ends its cycle; the restart is the iteration after it.
# Libraries that count from 0 give that one the full rate, and so does
# ``count_from=0``:

zero = cosine_restarts(100, base_lr=1, period_factor=2, count_from=0)
[round(scheduler(t), 4) for t in (100, 101, 300, 301)], zero(101)
# -> ([0.0, 0.9999, 0.0, 1.0], 1.0)

# %%
# Half-way through a cycle the rate is half of the height:

middles = 50, 200, 500
[[round(each(t), 4) for t in middles] for each in (scheduler, lower)]
# -> [[0.5, 0.5, 0.5], [0.5, 0.25, 0.125]]

# %%
# Any schedule can be repeated, for instance a cosine with a warm-up.
# With ``cycles`` the last rate of the last cycle is held:

warm = CosineScheduler(200, base_lr=1, final_lr=0.2, warmup_steps=40)
three = repeat(warm, 200, lr_factor=0.5, cycles=3)
[three(t) for t in (40, 200, 240, 400, 440, 600, 1000)]
# -> [1.0, 0.2, 0.5, 0.1, 0.25, 0.05, 0.05]

# %%
ax = plot(three, 1000)
_ = ax.set_title("Three cycles with a warm-up, then level")

# %%
# With an integer :math:`m` every boundary is exact, however late. With
# :math:`s = 10` and :math:`m = 3` the first :math:`i` cycles take
# :math:`10 \, (3^i - 1) / 2` iterations. Cycles 5 and 30 end at:

tripled = cosine_restarts(10, base_lr=1, period_factor=3)
ends = [10 * (3**i - 1) // 2 for i in (5, 30)]
10 + 30 + 90 + 270 + 810, ends, [tripled(end) for end in ends]
# -> (1210, [1210, 1029455660473240], [0.0, 0.0])

# %%
# The number of cycles until iteration 1210 is a logarithm, which
# rounding puts below 5. ``repeat`` compares with the ends instead:

from math import log

log(1 + 2 * 1210 / 10, 3) < 5, round(tripled(1211), 4)
# -> (True, 1.0)
