"""One rate, of iteration 1,000,000,000."""

import pytest

from lr_scheduler import (
    CosineScheduler,
    ExponentialScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    PolyScheduler,
    cosine_restarts,
    cyclic,
    join,
    one_cycle,
)

FAR = 10**9
SCHEDULES = {
    "FactorScheduler": FactorScheduler(1000, 0.999999, base_lr=1),
    "MultiFactorScheduler of 1000 boundaries": MultiFactorScheduler(
        range(10**6, FAR + 1, 10**6), 0.99
    ),
    "CosineScheduler": CosineScheduler(2 * FAR, base_lr=1, warmup_steps=1000),
    "PolyScheduler": PolyScheduler(2 * FAR, base_lr=1),
    "ExponentialScheduler": ExponentialScheduler(FAR, 0.1, base_lr=0.01),
    "one_cycle": one_cycle(2 * FAR, base_lr=1, warmup_steps=1000),
    "cosine_restarts": cosine_restarts(1000, base_lr=1),
    "cosine_restarts of growing length": cosine_restarts(1000, base_lr=1, period_factor=1.1),
    "cyclic": cyclic(1000, base_lr=1, final_lr=0.1),
    "join of 1000 schedules": join([CosineScheduler(2 * FAR)] * 1000, range(1, 1000)),
}


@pytest.mark.parametrize("name", SCHEDULES)
def test_takes_less_than_5_microseconds(measure, name):
    scheduler = SCHEDULES[name]
    calls = range(FAR, FAR + 1000)

    def call():
        for t in calls:
            scheduler(t)

    assert 0 <= scheduler(FAR) <= 1
    measure(name, call, goal=5e-6, per=len(calls))
