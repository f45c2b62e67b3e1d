r"""
Compare schedules: where each spends the learning rate
======================================================

Draw the candidates in one picture before you choose. These five schedules
share a warm-up to the same peak and differ in when they let the rate go.
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
    "milestones": MultiFactorScheduler(
        step=[350, 750, 900],
        factor=0.5,
        **warm,
    ),
    "steps": FactorScheduler(step=250, factor=0.5, **warm),
    "cosine": CosineScheduler(**end, **warm),
    "line": PolyScheduler(pwr=1, **end, **warm),
    "parabola": PolyScheduler(pwr=2, **end, **warm),
}

ax = None
for name, scheduler in schedulers.items():
    ax = plot(scheduler, 1000, ax=ax, label=name)
ax.set_title("Five ways down from one warm-up")

# %%
# The mean rate says how much a schedule spends. Over the 1000 iterations the
# parabola spends the least. The line and the cosine look different and spend
# the same:

iterations = np.arange(1, 1001)
print("           | halfway | mean")
# ->            | halfway | mean
for name, scheduler in schedulers.items():
    rates = scheduler(iterations)
    print(f"{name:10} |   {rates[499]:.3f} | {rates.mean():.3f}")
# -> milestones |   0.500 | 0.576
#    steps      |   0.500 | 0.444
#    cosine     |   0.346 | 0.401
#    line       |   0.401 | 0.401
#    parabola   |   0.161 | 0.276
