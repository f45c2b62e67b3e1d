r"""
Restart the decay
=================

``repeat`` follows a schedule again and again. Cycle :math:`i`, counted
from 0, is :math:`m^i` times as long and :math:`g^i` times as high as the
first one, whose length is :math:`s`:

.. math::

   \eta_t = g^i \, \eta^{(0)}\!\left(\frac{t - b_i}{m^i}\right), \qquad
   b_i < t \le b_{i+1}, \qquad b_i = s \, (1 + m + \dots + m^{i-1})

A restart jumps back to a high rate with the weights as they are. Use it
to have a usable network at the end of every cycle, long before the last.
``cosine_restarts`` repeats half a cosine, as in
`arXiv:1608.03983 <https://arxiv.org/abs/1608.03983>`_ (Loshchilov and
Hutter, 2017).
"""

from lr_scheduler import CosineScheduler, cosine_restarts, plot, repeat

scheduler = cosine_restarts(100, base_lr=1, step_factor=2)
lower = cosine_restarts(100, base_lr=1, step_factor=2, lr_factor=0.5)
ax = plot(scheduler, 700, label="of one height")
ax = plot(lower, 700, ax=ax, label="each half as high")
_ = ax.set_title("Cycles that end with iterations 100, 300 and 700")

# %%
# Each cycle is twice as long as the one before. Half-way through them the
# rate is half of the height:

middles = 50, 200, 500
[[round(each(t), 4) for t in middles] for each in (scheduler, lower)]
# -> [[0.5, 0.5, 0.5], [0.5, 0.25, 0.125]]

# %%
# The boundary ends the old cycle; the restart is the iteration after it:

[round(scheduler(t), 4) for t in (100, 101, 300, 301, 700)]
# -> [0.0, 0.9999, 0.0, 1.0, 0.0]

# %%
# Any schedule can be repeated, for instance a cosine with a warm-up. With
# a ``count`` the last rate of the last cycle is held:

warm = CosineScheduler(200, base_lr=1, final_lr=0.2, warmup_steps=40)
three = repeat(warm, 200, lr_factor=0.5, count=3)
[three(t) for t in (40, 200, 240, 400, 440, 600, 1000)]
# -> [1.0, 0.2, 0.5, 0.1, 0.25, 0.05, 0.05]

# %%
ax = plot(three)
_ = ax.set_title("Three cycles with a warm-up, then level at 0.05")

# %%
# No cycle is off by one, however many there are. With :math:`s = 10` and
# :math:`m = 3` five cycles take
# :math:`10 \, (1 + 3 + 9 + 27 + 81) = 10 \, (3^5 - 1) / 2` iterations:

tripled = cosine_restarts(10, base_lr=1, step_factor=3)
end = 10 * (3**5 - 1) // 2
sum([10, 30, 90, 270, 810]), end, tripled(end), round(tripled(end + 1), 4)
# -> (1210, 1210, 0.0, 1.0)

# %%
# From an iteration to its cycle leads a logarithm, which is 5 here; in
# floating point it is less, and its whole part misses a cycle. ``repeat``
# looks the end up among those of all cycles instead, also the 30th:

from math import log

last = 10 * (3**30 - 1) // 2
int(log(1 + 2 * end / 10, 3)), tripled(last), round(tripled(last + 1), 4)
# -> (4, 0.0, 1.0)
