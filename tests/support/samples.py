"""One scheduler of every kind, for the tests of the frameworks."""

from lr_scheduler import (
    CosineScheduler,
    ExponentialScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    PolyScheduler,
    PowerScheduler,
    cosine_restarts,
    cyclic,
    join,
    one_cycle,
    warmup_stable_decay,
)

SCHEDULERS = [
    FactorScheduler(5, 0.5, base_lr=1),
    FactorScheduler(5, base_lr=1),
    MultiFactorScheduler([5, 9], 0.5, base_lr=1, warmup_steps=3),
    PolyScheduler(25, base_lr=0.1, final_lr=0.01, warmup_steps=5),
    CosineScheduler(25, base_lr=0.1, warmup_steps=5, warmup_begin_lr=0.01),
    ExponentialScheduler(7, 0.5, base_lr=0.1, warmup_steps=5, warmup_mode="constant"),
    PowerScheduler(7, base_lr=0.1, warmup_steps=7),
    PiecewiseScheduler([3, 9, 20], [0.1, 0.3, 0.05], ["linear", "1-sqrt"]),
    one_cycle(25, 8, base_lr=0.1),
    warmup_stable_decay(25, 8, base_lr=0.1, warmup_steps=5, mode="1-sqrt"),
    cosine_restarts(4, base_lr=0.1, final_lr=0.01, step_factor=2, lr_factor=0.5),
    cyclic(10, base_lr=0.1, lr_factor=0.5),
    join([0.1, CosineScheduler(12, base_lr=0.1), 0.05], [5, 20]),
    (CosineScheduler(12, base_lr=0.1).shift(-1).stretch(1.5) * 2 + 0.5).clip(high=0.6),
    MultiFactorScheduler([2, 3], 0.1, base_lr=0.1).stretch(6, hold=True),
]
UPDATES = 30
