"""What a user writes, for the type checker: this file is checked, never run."""

from dataclasses import dataclass
from typing import assert_type

import numpy as np
from numpy.typing import NDArray

from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    LRScheduler,
    MultiFactorScheduler,
    plot,
)
from lr_scheduler.optimizer import SGD


@dataclass(frozen=True)
class Inverse(LRScheduler):
    """A subclass with a parameter."""

    step: int

    def decay(self, t: int) -> float:
        """Return the rate."""
        return self.base_lr / (1 + t / self.step)


def mine(iteration: int) -> float:
    """Return the rate."""
    return 1 / iteration


iterations: NDArray[np.int64] = np.arange(10)
scheduler = MultiFactorScheduler([250, 750], 0.5, base_lr=1)
assert_type(scheduler(1), float)
assert_type(scheduler(np.int64(1)), float)
assert_type(scheduler(iterations), NDArray[np.float64])
assert_type(scheduler.replace(base_lr=2), MultiFactorScheduler)
MultiFactorScheduler(range(10, 90, 10))
MultiFactorScheduler(iterations)
SGD(lr_scheduler=mine)
SGD(0.1, lr_scheduler=FactorScheduler(250)).lr_scheduler.base_lr
plot(Inverse(step=3), ax=plot(mine))
CosineScheduler(8, warmup_mode="liner")  # type: ignore[arg-type]
CosineScheduler("800")  # type: ignore[arg-type]
CosineScheduler(800)(2.5)  # type: ignore[call-overload]
