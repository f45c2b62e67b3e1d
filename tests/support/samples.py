"""Sample schedulers: one or more of every kind, by the name that makes them.

They are short, so that 30 iterations of a real training meet a warm-up, drops and ends, and
their rates lie between 0 and 1. Tests of arrays, processes, configs and frameworks share them.
"""

import math

import lr_scheduler
from lr_scheduler import (
    BatchClock,
    CosineScheduler,
    FactorScheduler,
    LRScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    PolyScheduler,
    Scheduler,
    as_scheduler,
    cosine_restarts,
    cyclic,
    join,
    linear,
    repeat,
    warmup_stable_decay,
)
from lr_scheduler._as_scheduler import AsScheduler
from lr_scheduler._schedule import REGISTRY
from support.formulas import ARGUMENTS


class Inverse(LRScheduler):
    """A schedule of one's own, in plain Python."""

    def decay(self, t):
        return self.base_lr / (1 + t)


# The public names that make a schedule.
SCHEDULES = [name for name in lr_scheduler.__all__ if name in REGISTRY]
LINE = linear(10, base_lr=1)
COSINE = CosineScheduler(25, base_lr=0.5, final_lr=0.1, warmup_steps=5, warmup_begin_lr=0.01)

SAMPLES: dict[str, list[Scheduler]] = {
    "FactorScheduler": [
        FactorScheduler(7, 0.9, base_lr=1),
        FactorScheduler(5, 0.5, 0.2, base_lr=1, warmup_steps=3, warmup_mode="constant"),
        FactorScheduler(5, base_lr=1),  # nothing drops, and an int stays an int
    ],
    "MultiFactorScheduler": [MultiFactorScheduler([5, 9, 500], 0.3, base_lr=1, warmup_steps=3)],
    "PolyScheduler": [
        PolyScheduler(25, base_lr=0.1, final_lr=0.01, warmup_steps=5),
        PolyScheduler(800, base_lr=1, pwr=0.9, warmup_steps=9, warmup_mode="constant"),
    ],
    "CosineScheduler": [COSINE],
    "PiecewiseScheduler": [
        PiecewiseScheduler(
            [3, 9, 20, 70], [0.1, 0.3, 0.05, 1], ["linear", "1-sqrt", "constant"]
        ),
        PiecewiseScheduler([0, 9, 70], [0.1, 1, 0], "cosine"),
    ],
    "warmup_stable_decay": [
        warmup_stable_decay(25, 8, base_lr=0.1, warmup_steps=5, mode="1-sqrt")
    ],
    "cosine_restarts": [
        cosine_restarts(4, base_lr=0.1, final_lr=0.01, period_factor=2, lr_factor=0.5)
    ],
    "cyclic": [cyclic(10, base_lr=0.1, lr_factor=0.5)],
    "join": [join([0.5, COSINE, 0.1], [5, 20])],
    "repeat": [
        repeat(LINE, 10, lr_factor=0.9),
        repeat(LINE, 9, cycles=8, period_factor=1.5, count_from=0),
    ],
    "sum": [COSINE + 0.25, COSINE - MultiFactorScheduler([9], 0.5, base_lr=0.01)],
    "product": [0.5 * COSINE, LINE.clip(low=0.5) * COSINE],
    "quotient": [COSINE / 3, 0.1 / (1 + LINE) / COSINE],
    "power": [COSINE**0.5, LINE**2, 0.5 ** (1 + LINE), COSINE ** (1 + LINE)],
    "clip": [COSINE.clip(0.2, 0.4), COSINE.clip(LINE, 0.5 * COSINE + 0.2)],
    "delay": [COSINE.delay(3), LINE.delay(-2.5)],
    "stretch": [
        COSINE.stretch(1.5),
        MultiFactorScheduler([2, 3], 0.1, base_lr=0.1).stretch(6, hold=True),
    ],
    "BatchClock": [BatchClock([4e-4, 1e-3, 5e-4], [9, 20])],
    "over": [
        COSINE.over(BatchClock([1, 2, 1.5], [6, 10])),
        linear(10**12, base_lr=1, warmup_steps=10**11).over(BatchClock([4 * 10**10])),
    ],
    "Inverse": [Inverse(base_lr=1, warmup_steps=4)],
    "as_scheduler": [as_scheduler(math.erfc)],
}
# Any other schedule is made with the last of the arguments that compare it with its formula.
for name in SCHEDULES:
    if name not in SAMPLES:
        SAMPLES[name] = [getattr(lr_scheduler, name)(**ARGUMENTS[name][-1])]
EVERY = [scheduler for samples in SAMPLES.values() for scheduler in samples]
# A config needs the class of a subclass, and a framework needs formulas that it can trace.
WITH_CONFIG = [s for s in EVERY if not isinstance(s, AsScheduler)]
OF_THE_PACKAGE = [s for s in WITH_CONFIG if not isinstance(s, Inverse)]
STEPS = 30
