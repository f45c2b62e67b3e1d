"""What a user writes, for the type checker: this file is checked, never run."""

from dataclasses import dataclass
from typing import Any, assert_type

import numpy as np
from numpy.typing import NDArray

from lr_scheduler import (
    BatchClock,
    CosineScheduler,
    ExponentialScheduler,
    FactorScheduler,
    LRScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    Scheduler,
    from_config,
    join,
    one_cycle,
    plot,
    repeat,
    to_optax,
)
from lr_scheduler.optimizer import SGD


class Inverse(LRScheduler):
    """A subclass with a parameter."""

    halving: int

    def decay(self, t: int) -> float:
        """Return the rate."""
        return self.base_lr / (1 + t / self.halving)


@dataclass(frozen=True)
class Decorated(LRScheduler):
    """A subclass with the decorator, as version 0.1.0 asked for."""

    halving: int

    def decay(self, t: Any, xp: Any) -> Any:
        """Return the rates."""
        return self.base_lr * xp.exp(-t / self.halving)


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
assert_type(0.5 * scheduler + mine - 1, Scheduler)
assert_type((mine * scheduler).clip(low=0).delay(1).stretch(50, hold=True), Scheduler)
assert_type(scheduler.over(BatchClock([256, 512], [1000])).over(mine), Scheduler)
assert_type(join([scheduler, mine, 0.1], [5, 9])(1), float)
assert_type(repeat(mine, 10, lr_factor=0.5)(iterations), NDArray[np.float64])
assert_type(one_cycle(100, 30, base_lr=0.01), PiecewiseScheduler)
assert_type(from_config(scheduler.to_config()), Scheduler)
PiecewiseScheduler([0, 5, 9], [0.1, 1, 0], ["linear", "1-sqrt"])
PiecewiseScheduler([0, 5], [0.1, 1], "cubic")  # type: ignore[arg-type]
to_optax(mine)
SGD(lr_scheduler=mine)
SGD(0.1, lr_scheduler=FactorScheduler(250)).lr_scheduler.base_lr
plot(Inverse(halving=3, base_lr=1), ax=plot(mine))
plot(mine, 100, start=0, log=True, color="red")
plot(0.1)
optim = SGD(lr_scheduler=mine)
optim.momentum, optim.clip_gradient, optim.num_update = 0.5, None, 250
weight: NDArray[np.floating[Any]] = np.ones(2)
assert_type(optim.create_state(0, weight), NDArray[np.floating[Any]])
ExponentialScheduler(100, 0.5)  # type: ignore[call-arg]
Decorated(halving=3, base_lr=1)(iterations)
assert_type(scheduler.end, int | None)
Inverse(3, base_lr=1).halving = 4  # type: ignore[misc]
Inverse(halving=3)  # type: ignore[call-arg]
CosineScheduler(8, warmup_mode="liner")  # type: ignore[arg-type]
CosineScheduler("800")  # type: ignore[arg-type]
CosineScheduler(800)(2.5)  # type: ignore[call-overload]
