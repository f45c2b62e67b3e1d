"""The warm-up that every schedule with a base rate has."""

import numpy as np
import pytest
from support.samples import EVERY

from lr_scheduler import CosineScheduler, LRScheduler, PolyScheduler, _scalar

WARMING = {type(s): s for s in EVERY if isinstance(s, LRScheduler)}.values()
EACH = pytest.mark.parametrize("scheduler", WARMING, ids=lambda s: type(s).__name__)


def warmed(scheduler, **arguments):
    """Return a scheduler that warms up to the rate 1 in 100 iterations."""
    longer = {"max_update": 1000} if hasattr(scheduler, "max_update") else {}
    return scheduler.replace(base_lr=1, warmup_steps=100, **longer, **arguments)


@EACH
def test_linear_reaches_the_base_rate_at_warmup_steps(scheduler):
    """ "We start with value 0, and linearly increase it for the first 100 iterations"."""
    scheduler = warmed(scheduler, warmup_begin_lr=0, warmup_mode="linear")

    assert [repr(scheduler(t)) for t in (0, 1, 99)] == ["0.0", "0.01", "0.99"]
    assert scheduler(100) == scheduler._phase(1, 100, _scalar)


@EACH
@pytest.mark.parametrize("begin", [0, 0.0, 0.25, 1])
def test_constant_waits_unchanged(scheduler, begin):
    scheduler = warmed(scheduler, warmup_begin_lr=begin, warmup_mode="constant")

    assert [repr(scheduler(t)) for t in (0, 1, 99)] == [repr(begin)] * 3
    assert scheduler(100) == scheduler._phase(1, 100, _scalar)


@pytest.mark.parametrize("scheduler_class", [PolyScheduler, CosineScheduler])
def test_the_decay_spans_what_the_warmup_leaves(scheduler_class):
    """Half of the way from 100 to 800 is 450; a bare schedule of 700 has it at 350."""
    scheduler = scheduler_class(800, base_lr=1, final_lr=1e-3, warmup_steps=100)
    bare = scheduler_class(700, base_lr=1, final_lr=1e-3)

    assert scheduler(450) == bare(350)
    assert scheduler(800) == 0.001


def test_the_last_possible_warmup_leaves_one_iteration():
    scheduler = CosineScheduler(100, base_lr=1, warmup_steps=99)

    assert (scheduler(99), scheduler(100)) == (1, 0)


def test_a_start_that_differs_from_its_default_in_type_alone_is_shown():
    scheduler = CosineScheduler(9, warmup_begin_lr=0.0)

    assert repr(scheduler) == "CosineScheduler(max_update=9, warmup_begin_lr=0.0)"


def test_rises_to_the_largest_integers_without_an_overflow():
    scheduler = PolyScheduler(2**42, base_lr=2**52, warmup_steps=2**40)

    assert scheduler(2**39) == scheduler(np.array([2**39]))[0] == 2.0**51


@pytest.mark.parametrize("warmup_steps", [3, 10**9, 2**53 - 1])
@pytest.mark.parametrize("begin", [0, 0.001, 0.01 / 3])
def test_rises_to_no_rate_above_the_base_rate(warmup_steps, begin):
    """0.001 + (0.01 - 0.001) is 0.010000000000000002."""
    scheduler = PolyScheduler(
        2**53, base_lr=0.01, warmup_steps=warmup_steps, warmup_begin_lr=begin
    )
    iterations = [warmup_steps - t for t in range(min(warmup_steps, 200))]

    rates = [scheduler(t) for t in iterations]

    assert max(rates) == rates[0] == 0.01
    assert scheduler(np.array(iterations)).tolist() == rates
