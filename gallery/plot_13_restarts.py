r"""
Cosine with warm restarts (SGDR): decay, jump back, repeat
==========================================================

Use warm restarts to have a usable network at the end of every cycle, not only
at the end of training: each cycle ends at a small learning rate, and you can
stop there. The method is from Loshchilov and Hutter (2017, `arXiv:1608.03983
<https://arxiv.org/abs/1608.03983>`_); PyTorch calls it
``CosineAnnealingWarmRestarts``.
"""

from lr_scheduler import (
    CosineScheduler,
    cosine_restarts,
    plot,
    repeat,
)

scheduler = cosine_restarts(100, base_lr=0.1, period_factor=2)
plot(scheduler, 700, title="Each cycle is twice as long")

# %%
# ``period_factor`` makes the cycles longer, ``lr_factor`` makes them lower:

lower = cosine_restarts(
    100,
    base_lr=0.1,
    period_factor=2,
    lr_factor=0.5,
)
ax = plot(scheduler, 700, label="period_factor=2")
plot(
    lower,
    700,
    ax=ax,
    label="and lr_factor=0.5",
    title="Restarts at the full rate, or at half of the last one",
)

# %%
# The cycles end at iterations 100, 300 and 700. The restart is the iteration
# after the end:

print("iteration | rate")
# -> iteration | rate
for t in (50, 100, 101, 200, 300, 301):
    print(f"{t:9} | {scheduler(t):.5f}")
# ->        50 | 0.05000
#          100 | 0.00000
#          101 | 0.09999
#          200 | 0.05000
#          300 | 0.00000
#          301 | 0.10000

# %%
# Libraries that count from 0 give the restart the full rate. So does
# ``count_from=0``:

zero = scheduler.replace(count_from=0)
zero(101)
# -> 0.1

# %%
# Repeat any schedule
# -------------------
#
# ``repeat`` restarts any schedule, for instance a cosine with a warm-up. After
# the last of ``cycles`` the rate holds:

# sphinx_gallery_thumbnail_number = 3
warm = CosineScheduler(
    200,
    base_lr=0.1,
    final_lr=0.02,
    warmup_steps=40,
)
three = repeat(warm, 200, lr_factor=0.5, cycles=3)
plot(three, 1000, title="Three cycles, each with its own warm-up")

# %%
[round(three(t), 5) for t in (40, 200, 240, 400, 440, 600, 1000)]
# -> [0.1, 0.02, 0.05, 0.01, 0.025, 0.005, 0.005]

# %%
# In a formula, cycle :math:`i`, counted from 0, is :math:`m^i` times as long
# and :math:`\gamma^i` times as high as the first cycle, which takes :math:`s`
# iterations:
#
# .. math::
#
#    \eta_t = \gamma^i \, \eta^{(0)}\!\left(\frac{t - b_i}{m^i}\right),
#    \qquad b_i < t \le b_{i+1},
#    \qquad b_i = s \, (1 + m + \ldots + m^{i-1})
#
# The schedule that is repeated is :math:`\eta^{(0)}`, and :math:`b_i` is the
# last iteration before cycle :math:`i`.
#
# With an integer :math:`m` every boundary is exact, however late. Here the
# cycles take 10, 30, 90, ... iterations, so the first :math:`i` of them end
# at :math:`10 \, (3^i - 1) / 2`. Cycle 30 still ends at a rate of 0:
#
# .. 90 = 10 * 3 * 3

tripled = cosine_restarts(10, base_lr=0.1, period_factor=3)
end = 10 * (3**30 - 1) // 2
end
# -> 1029455660473240

# %%
tripled(end)
# -> 0.0
