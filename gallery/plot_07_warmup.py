r"""
Warm-up (warmup): start small, then decay
=========================================

Warm up when the loss grows or stands still in the first iterations although
the same rate works later: with large batches, with deep networks, or with
Adam, whose running averages begin with few gradients. The weights are random
at first, so a full-sized step may take them too far. A warm-up raises the
learning rate from a small value to the peak before the decay begins.
"""

from lr_scheduler import CosineScheduler, plot

scheduler = CosineScheduler(
    base_lr=1,
    final_lr=1e-3,
    max_update=800,
    warmup_steps=100,
    warmup_begin_lr=0,
    warmup_mode="linear",
)
plot(
    scheduler,
    1000,
    title="The rate rises for 100 iterations, then decays",
)

# %%
# ``warmup_begin_lr`` is the rate of iteration 0, before the first step, where
# a rate of 0 would change nothing. So iteration 1 already has a rate of 0.01.
# Iteration 100 is the first at ``base_lr``, and the decay starts there:

print("iteration | rate")
# -> iteration | rate
for t in (0, 1, 50, 99, 100, 800):
    print(f"{t:9} | {scheduler(t)}")
# ->         0 | 0.0
#            1 | 0.01
#           50 | 0.5
#           99 | 0.99
#          100 | 1.0
#          800 | 0.001

# %%
# Add a warm-up to a schedule
# ---------------------------
#
# Every scheduler with a ``base_lr`` takes ``warmup_steps``, the number of
# iterations until the peak. To add it to a scheduler that you have, use
# ``replace``:

cosine = CosineScheduler(max_update=1000, base_lr=3e-4)
warm = cosine.replace(warmup_steps=50)
ax = plot(cosine, label="without")
plot(
    warm,
    ax=ax,
    label="with",
    title="The warm-up leaves the end where it was",
)

# %%
# ``max_update`` counts from the start of training, so the warm-up shortens
# the decay. If you know the warm-up as a fraction of the training (a warm-up
# ratio), multiply by the length. :ref:`The Hugging Face Trainer's warmup_ratio
# <warmup-ratio>` works the same way:

length = 1000
warmup = round(0.05 * length)
CosineScheduler(length, base_lr=3e-4, warmup_steps=warmup)
# -> CosineScheduler(max_update=1000, base_lr=0.0003, warmup_steps=50)

# %%
# Sums and cycles have no ``warmup_steps``. Put a rise before them with
# ``join``. The schedule starts when the rise ends:

from lr_scheduler import PiecewiseScheduler, cosine_restarts, join

rise = PiecewiseScheduler([0, 50], [0, 3e-4])
joined = join([rise, cosine_restarts(475, base_lr=3e-4)], [50])
plot(joined, 1000, title="A rise, joined to two cycles")

# %%
# Linear or constant
# ------------------
#
# A **linear** warm-up rises from ``warmup_begin_lr``. A **constant** warm-up
# waits there, then jumps to the full rate. Set its ``warmup_begin_lr``: with
# the default of 0 these steps would change nothing.

waiting = scheduler.replace(
    warmup_begin_lr=0.1,
    warmup_mode="constant",
)
ax = plot(scheduler, 1000, label="linear")
plot(
    waiting,
    1000,
    ax=ax,
    label="constant",
    title="Rise to the peak, or wait and jump",
)

# %%
# Goyal et al. (2017, `arXiv:1706.02677 <https://arxiv.org/abs/1706.02677>`_)
# describe the constant warm-up for fine-tuning and the linear one for
# large batches, where the jump of a constant warm-up makes the error spike.
#
# In a formula, :math:`w` is ``warmup_steps``, :math:`\eta_b` is
# ``warmup_begin_lr`` and :math:`\eta_0` is ``base_lr``:
#
# .. math::
#
#    \eta_t = \begin{cases}
#    \eta_b + (\eta_0 - \eta_b) \, t / w & t < w, \text{ linear} \\
#    \eta_b & t < w, \text{ constant}
#    \end{cases}
#
# Warm up each schedule
# ---------------------
#
# The same three parameters work for every scheduler with a ``base_lr``:

from lr_scheduler import (
    FactorScheduler,
    MultiFactorScheduler,
    PolyScheduler,
)

# sphinx_gallery_thumbnail_number = 5
schedulers = [
    MultiFactorScheduler([400, 750, 900], factor=0.5, base_lr=1),
    FactorScheduler(250, factor=0.5, base_lr=1),
    PolyScheduler(max_update=800, base_lr=1, final_lr=1e-3),
    CosineScheduler(max_update=800, base_lr=1, final_lr=1e-3),
]
ax = None
for each in schedulers:
    ax = plot(each.replace(warmup_steps=100), 1000, ax=ax)
ax.set_title("Four schedules, one linear warm-up")

# %%
# Step schedules count from the start
# -----------------------------------
#
# ``FactorScheduler`` and ``MultiFactorScheduler`` count their steps from the
# start of training, not from the end of the warm-up. After the warm-up of 100
# iterations above, the first drop of the ``FactorScheduler`` comes 150
# iterations later, not 250. Here two drops fall
# inside the warm-up. The rise does not show them and reaches 0.96 at iteration
# 24. Iteration 25 has both drops, and the rate never reaches ``base_lr``:
#
# .. 150 = 250 - 100

steps = FactorScheduler(step=10, factor=0.5, base_lr=1)
short = steps.replace(warmup_steps=25)
plot(short, 60, title="The warm-up hides two drops")
[short(24), short(25)]
# -> [0.96, 0.25]

# %%
# To count the steps from the end of the warm-up, join the schedule to a rise:

rise = PiecewiseScheduler([0, 25], [0, 1])
after = join([rise, steps], [25])
[after(25), after(26), after(35), after(36)]
# -> [1.0, 1, 1, 0.5]

# %%
# When the warm-up is too long
# ----------------------------
#
# A warm-up has to end before the decay does, and it cannot fall. The error
# says what to change:

try:
    cosine.replace(warmup_steps=1000)
except ValueError as error:
    print(error)
# -> warmup_steps must be less than max_update = 1000, got 1000
