r"""
Warm up before the decay
========================

The first rate of a schedule may be too large for weights that are still
random: the loss grows, or stands still. A **warm-up** gives smaller
rates to the iterations before :math:`w`: it rises from :math:`\eta_b`,
or waits there:

.. math::

   \eta_t = \begin{cases}
   \eta_b + (\eta_0 - \eta_b) \, t / w & t < w, \text{ linear} \\
   \eta_b & t < w, \text{ constant}
   \end{cases}

From iteration :math:`w` on the schedule follows its decay. Here a cosine
is warmed up from 0 to 1 for 100 iterations.
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
ax = plot(scheduler, 1000)
_ = ax.set_title("A cosine after a straight rise of 100 iterations")

# %%
# 0 is the rate of iteration 0, before the first optimizer step. Iteration
# 1 has 0.01 already, so no step is wasted. The 100th iteration has the
# full rate, and the decay takes what is left until iteration 800:

[scheduler(t) for t in (0, 1, 50, 99, 100, 800)]
# -> [0.0, 0.01, 0.5, 0.99, 1.0, 0.001]

# %%
# A **constant** warm-up waits at the small rate instead of rising:

waiting = scheduler.replace(warmup_begin_lr=0.1, warmup_mode="constant")
[waiting(t) for t in (0, 1, 99, 100)]
# -> [0.1, 0.1, 0.1, 1.0]

# %%
ax = plot(scheduler, 1000, label="linear, from 0")
ax = plot(waiting, ax=ax, label="constant, at 0.1")
_ = ax.set_title("A linear and a constant warm-up before a cosine")

# %%
# Every scheduler can be warmed up, with the same three parameters. The
# steps of a stepwise schedule are counted from the start of training, so
# the first drop comes 150 iterations after this warm-up, not 250.

from lr_scheduler import (
    FactorScheduler,
    MultiFactorScheduler,
    PolyScheduler,
)

schedulers = [
    FactorScheduler(step=250, factor=0.5, base_lr=1),
    MultiFactorScheduler(step=[250, 750, 900], factor=0.5, base_lr=1),
    PolyScheduler(max_update=800, base_lr=1, final_lr=1e-3),
    CosineScheduler(max_update=800, base_lr=1, final_lr=1e-3),
]
warm = [each.replace(warmup_steps=100) for each in schedulers]
[[each(t) for t in (50, 100, 250, 500)] for each in warm[:2]], 250 - 100
# -> ([[0.5, 1, 1, 0.5], [0.5, 1, 1, 0.5]], 150)

# %%
ax = None
for each in warm:
    ax = plot(each, 1000, ax=ax)
_ = ax.set_title("Four schedules with the same linear warm-up")

# %%
# The two stepwise schedules are one line until iteration 500. The same four
# with a constant warm-up:

ax = None
for each in warm:
    waiting = each.replace(warmup_begin_lr=0.1, warmup_mode="constant")
    ax = plot(waiting, 1000, ax=ax, label=type(each).__name__)
_ = ax.set_title("Four schedules with the same constant warm-up")
