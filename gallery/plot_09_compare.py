r"""
Compare the schedules in one picture
====================================

To choose a schedule, see where it spends the rate. Here are five over
1000 iterations. All of them warm up to a rate of 1. The smooth ones
then fall to 0.001, which they reach at iteration 800; the stepwise ones
have 0.125 at iteration 1000. How much rate each spends is told by its
mean: the area below the curve, divided by its length.
"""

import numpy as np

from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    PolyScheduler,
    plot,
)

warm = {"base_lr": 1, "warmup_steps": 50}
end = {"max_update": 800, "final_lr": 1e-3}
schedulers = {
    "FactorScheduler": FactorScheduler(step=250, factor=0.5, **warm),
    "MultiFactorScheduler": MultiFactorScheduler(step=[250, 750, 900], factor=0.5, **warm),
    "PolyScheduler, pwr=1": PolyScheduler(pwr=1, **end, **warm),
    "PolyScheduler, pwr=2": PolyScheduler(pwr=2, **end, **warm),
    "CosineScheduler": CosineScheduler(**end, **warm),
}

ax = None
for name, scheduler in schedulers.items():
    ax = plot(scheduler, 1000, ax=ax, label=name)
_ = ax.set_title("Five schedules with a warm-up of 50 iterations")

# %%
# Until iteration 500 the line of one stepwise schedule lies on the other's.
# The rates at the end of the warm-up, half-way, and at the last iteration:

for name, scheduler in schedulers.items():
    rates = scheduler(np.array([50, 500, 1000]))
    print(f"{name:20}", *(f"{rate:6.3f}" for rate in rates))
# -> FactorScheduler       1.000  0.500  0.125
#    MultiFactorScheduler  1.000  0.500  0.125
#    PolyScheduler, pwr=1  1.000  0.401  0.001
#    PolyScheduler, pwr=2  1.000  0.161  0.001
#    CosineScheduler       1.000  0.346  0.001

# %%
# And the mean rate of all 1000 iterations. The parabola is the lowest;
# the line and the cosine, which look so different, spend the same.

iterations = np.arange(1, 1001)
for name, scheduler in schedulers.items():
    print(f"{name:20} {scheduler(iterations).mean():.3f}")
# -> FactorScheduler      0.444
#    MultiFactorScheduler 0.525
#    PolyScheduler, pwr=1 0.401
#    PolyScheduler, pwr=2 0.276
#    CosineScheduler      0.401
