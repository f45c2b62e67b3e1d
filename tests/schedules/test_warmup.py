"""The warm-up that every schedule has."""

import pytest

from lr_scheduler import CosineScheduler, FactorScheduler, MultiFactorScheduler, PolyScheduler

SCHEDULERS = [
    FactorScheduler(1000, 0.5, base_lr=1),
    MultiFactorScheduler([1000], 0.5, base_lr=1),
    PolyScheduler(800, base_lr=1),
    CosineScheduler(800, base_lr=1),
]


@pytest.mark.parametrize("scheduler", SCHEDULERS, ids=repr)
def test_linear_reaches_the_base_rate_at_warmup_steps(scheduler):
    """ "We start with value 0, and linearly increase it for the first 100 iterations"."""
    scheduler = scheduler.replace(warmup_steps=100, warmup_begin_lr=0, warmup_mode="linear")

    assert [scheduler(0), scheduler(1), scheduler(99), scheduler(100)] == [0.0, 0.01, 0.99, 1]
    assert repr(scheduler(0)) == "0.0"
    assert type(scheduler(100)) is (int if hasattr(scheduler, "factor") else float)


@pytest.mark.parametrize("scheduler", SCHEDULERS, ids=repr)
@pytest.mark.parametrize("begin", [0, 0.0, 0.25, 1])
def test_constant_waits_unchanged(scheduler, begin):
    scheduler = scheduler.replace(
        warmup_steps=100, warmup_begin_lr=begin, warmup_mode="constant"
    )

    assert [repr(scheduler(t)) for t in (0, 1, 99)] == [repr(begin)] * 3
    assert scheduler(100) == 1


@pytest.mark.parametrize("scheduler_class", [PolyScheduler, CosineScheduler])
def test_the_decay_spans_what_the_warmup_leaves(scheduler_class):
    """Half of the way from 100 to 800 is 450; a bare schedule of 700 has it at 350."""
    scheduler = scheduler_class(800, base_lr=1, final_lr=1e-3, warmup_steps=100)
    bare = scheduler_class(700, base_lr=1, final_lr=1e-3)

    assert scheduler(450) == bare(350)
    assert scheduler(800) == 0.001


def test_the_last_possible_warmup_leaves_one_iteration():
    assert CosineScheduler(100, base_lr=1, warmup_steps=99)(99) == 1
    assert CosineScheduler(100, base_lr=1, warmup_steps=99)(100) == 0
