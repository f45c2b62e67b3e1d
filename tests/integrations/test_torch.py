"""PyTorch: the rates that a real optimizer uses, resumed runs, and what is refused."""

import ast
import copy
import gc
import io
import math
import os
import pickle
from collections.abc import Callable
from inspect import signature
from pathlib import Path
from random import Random
from types import SimpleNamespace

import accelerate
import pytest
import torch
import torch._dynamo.testing
import transformers
from support.samples import OF_THE_PACKAGE, STEPS
from torch.distributed import checkpoint
from torch.distributed.checkpoint.state_dict import get_state_dict, set_state_dict
from torch.distributed.fsdp import fully_shard

from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    PlateauRule,
    PlateauState,
    as_scheduler,
    constant,
    join,
    linear,
    one_cycle,
    to_torch,
)

COSINE = CosineScheduler(20, base_lr=0.1, final_lr=0.01, warmup_steps=4)


def make(
    scheduler,
    *,
    optimizer=torch.optim.SGD,
    groups=1,
    relative=False,
    schedules=None,
    **arguments,
):
    """Return an optimizer of some weights, and the scheduler of its rates."""
    weights = [torch.nn.Parameter(torch.ones(2)) for _ in range(groups)]
    own = {"lr_scale": arguments.pop("lr_scale")} if "lr_scale" in arguments else {}
    made = optimizer([{"params": [w], **own} for w in weights], **{"lr": 0.7, **arguments})
    return made, to_torch(scheduler, made, relative=relative, **(schedules or {}))


def train(optimizer, scheduler, steps):
    """Return the rates that the steps used, by group; plain SGD shows them in its weights."""
    used = []
    for _ in range(steps):
        weights = [group["params"][0] for group in optimizer.param_groups]
        before = [w.detach().double().clone() for w in weights]
        for w in weights:
            w.grad = torch.ones_like(w)
        rates = [float(group["lr"]) for group in optimizer.param_groups]
        optimizer.step()
        scheduler.step()
        if type(optimizer) is torch.optim.SGD:
            moved = [float((b - w.detach())[0]) for b, w in zip(before, weights, strict=True)]
            assert moved == pytest.approx(rates, abs=4e-6)  # of float32 weights, below 64
        used.append(rates)
    return used


@pytest.mark.parametrize("scheduler", OF_THE_PACKAGE, ids=repr)
@pytest.mark.parametrize("optimizer", [torch.optim.SGD, torch.optim.AdamW])
def test_optimizer_step_t_uses_the_rate_of_iteration_t(scheduler, optimizer):
    used = train(*make(scheduler, optimizer=optimizer, lr=0.01), STEPS)

    assert used == [[scheduler(t)] for t in range(1, STEPS + 1)]


@pytest.mark.parametrize("total_steps", [7, 60, 101])
@pytest.mark.parametrize("pct_start", [0.25, 0.3, 0.255, 1 / 3, 0.9])
@pytest.mark.parametrize(("mode", "anneal"), [("cosine", "cos"), ("linear", "linear")])
def test_one_cycle_is_that_of_pytorch_wherever_its_peak_is(
    total_steps, pct_start, mode, anneal
):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(2))], lr=0.7)
    theirs = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 0.1, total_steps, pct_start=pct_start, anneal_strategy=anneal
    )
    peak = pct_start * total_steps - 1
    ours = one_cycle(total_steps - 1, peak, base_lr=0.1, mode=mode).delay(1)

    for t in range(1, total_steps + 1):
        assert ours(t) == pytest.approx(theirs.get_last_lr()[0], rel=1e-12)
        optimizer.step()
        if t < total_steps:
            theirs.step()


def test_any_callable_is_a_schedule():
    assert train(*make(lambda t: 1 / t), 4) == [[1], [1 / 2], [1 / 3], [1 / 4]]


def test_is_a_scheduler_of_pytorch():
    optimizer, scheduler = make(COSINE)

    assert isinstance(scheduler, torch.optim.lr_scheduler.LRScheduler)
    assert scheduler.get_last_lr() == [COSINE(1)]
    train(optimizer, scheduler, 3)
    assert scheduler.get_last_lr() == scheduler.get_lr() == [COSINE(4)]
    assert scheduler.last_epoch == 3


def test_one_schedule_for_all_groups_also_for_one_that_comes_later():
    optimizer, scheduler = make(COSINE, groups=2)
    assert train(optimizer, scheduler, 2) == [[COSINE(t)] * 2 for t in (1, 2)]

    optimizer.add_param_group({"params": [torch.nn.Parameter(torch.ones(2))]})
    train(optimizer, scheduler, 1)
    assert train(optimizer, scheduler, 2) == [[COSINE(t)] * 3 for t in (4, 5)]


def test_one_schedule_for_each_group():
    schedules = COSINE, 0.1 * COSINE, FactorScheduler(3, 0.5, base_lr=1)

    used = train(*make(schedules, groups=3), 10)

    assert used == [[s(t) for s in schedules] for t in range(1, 11)]


def test_multiples_of_a_schedule_ask_it_once_for_all_groups():
    asked = []
    shared = as_scheduler(lambda t: asked.append(t) or 1 / t)
    made = make([0.5 * shared, shared * 0.25, shared], groups=3)
    asked.clear()

    assert train(*made, 2) == [[0.5, 0.25, 1], [0.25, 0.125, 0.5]]
    assert asked == [2, 3]


def test_a_schedule_may_have_no_hash():
    class Unhashable(list):
        def __call__(self, t):
            return self[0] / t

    used = train(*make([Unhashable([1]), 0.5 * COSINE, Unhashable([2])], groups=3), 4)

    assert used == [[1 / t, 0.5 * COSINE(t), 2 / t] for t in range(1, 5)]


def test_a_rate_in_a_tensor_is_filled():
    optimizer, scheduler = make(COSINE, optimizer=torch.optim.AdamW, lr=torch.tensor(0.7))
    held = optimizer.param_groups[0]["lr"]

    used = train(optimizer, scheduler, 8)

    assert optimizer.param_groups[0]["lr"] is held
    assert used == [[torch.tensor(COSINE(t)).item()] for t in range(1, 9)]
    scheduler.load_state_dict({"last_epoch": 4})
    assert optimizer.param_groups[0]["lr"] is held
    assert held.item() == torch.tensor(COSINE(5)).item()


def test_a_group_without_a_schedule_of_its_own_is_refused():
    optimizer, scheduler = make([COSINE, COSINE], groups=2)
    optimizer.add_param_group({"params": [torch.nn.Parameter(torch.ones(2))]})

    with pytest.raises(ValueError, match=r"scheduler must hold 3 schedules, .*, got 2"):
        train(optimizer, scheduler, 1)


def test_groups_that_share_a_tensor_get_one_each():
    """PyTorch puts the tensor that it is given into every group."""
    schedules = COSINE, 0.5 * COSINE

    used = train(
        *make(schedules, optimizer=torch.optim.AdamW, lr=torch.tensor(0.7), groups=2), 6
    )

    assert used == [[torch.tensor(s(t)).item() for s in schedules] for t in range(1, 7)]


def test_a_tensor_of_integers_is_refused():
    with pytest.raises(TypeError, match=r"lr must be a tensor of floats, got tensor\(1\)"):
        make(COSINE, optimizer=torch.optim.AdamW, lr=torch.tensor(1))


def test_keeps_the_schedules_that_it_was_given():
    schedules = [COSINE, COSINE]
    optimizer, scheduler = make(schedules, groups=2)
    schedules[1] = None

    assert train(optimizer, scheduler, 3) == [[COSINE(t)] * 2 for t in (1, 2, 3)]


class TestResuming:
    """The state is the number of optimizer steps; the rates come from the schedule."""

    @staticmethod
    def saved(steps):
        optimizer, scheduler = make(COSINE)
        train(optimizer, scheduler, steps)
        file = io.BytesIO()
        torch.save([optimizer.state_dict(), scheduler.state_dict()], file)
        file.seek(0)
        return torch.load(file, weights_only=True)

    def test_the_state_is_the_count_and_the_rate_that_was_set(self):
        assert self.saved(7)[1] == {"last_epoch": 7, "written": {"lr": [COSINE(8)]}}

    @pytest.mark.parametrize("order", ["optimizer first", "scheduler first"])
    @pytest.mark.parametrize("steps", [0, 1, 7, 19, 20, 25])
    @pytest.mark.parametrize(
        "plan", [COSINE, COSINE.replace(max_update=40), COSINE.replace(base_lr=0.5)], ids=repr
    )
    def test_goes_on_with_the_plan_that_it_is_given(self, steps, plan, order):
        states = self.saved(steps)
        optimizer, scheduler = make(plan)

        parts = [(optimizer, states[0]), (scheduler, states[1])]
        for part, state in parts if order == "optimizer first" else reversed(parts):
            part.load_state_dict(state)

        assert scheduler.get_last_lr() == [plan(steps + 1)]
        assert train(optimizer, scheduler, 9) == [
            [plan(t)] for t in range(steps + 1, steps + 10)
        ]

    @pytest.mark.parametrize(
        "copied", [copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))]
    )
    def test_a_copy_follows_its_own_optimizer(self, copied):
        optimizer, scheduler = make(COSINE)
        train(optimizer, scheduler, 2)
        old = optimizer.state_dict()["param_groups"][0] | {"lr": 0.7}

        again = copied(scheduler)
        again.optimizer.load_state_dict(optimizer.state_dict() | {"param_groups": [old]})

        assert again.optimizer is not optimizer
        assert again.optimizer.param_groups[0]["lr"] == COSINE(3)
        assert train(again.optimizer, again, 2) == [[COSINE(3)], [COSINE(4)]]

    def test_follows_an_optimizer_that_accelerate_has_wrapped(self):
        accelerator = accelerate.Accelerator(cpu=True)
        optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(2))], lr=0.7)
        wrapped = accelerator.prepare(optimizer)
        scheduler = to_torch(COSINE, wrapped)

        wrapped.load_state_dict(wrapped.state_dict())

        assert scheduler.get_last_lr() == [COSINE(1)]
        assert wrapped.param_groups[0]["lr"] == COSINE(1)

    def test_takes_the_count_of_one_of_pytorchs_own(self):
        optimizer, theirs = make(COSINE)
        theirs = torch.optim.lr_scheduler.StepLR(optimizer, 5)
        train(optimizer, theirs, 7)
        optimizer, ours = make(COSINE)

        ours.load_state_dict(theirs.state_dict())

        assert train(optimizer, ours, 2) == [[COSINE(8)], [COSINE(9)]]

    def test_the_optimizer_may_outlive_the_scheduler(self):
        optimizer, scheduler = make(COSINE)
        state = optimizer.state_dict()
        del scheduler

        optimizer.load_state_dict(state)

        assert optimizer.param_groups[0]["lr"] == COSINE(1)

    @pytest.mark.parametrize(
        ("state", "error", "words"),
        [
            ({}, ValueError, "state_dict must hold 'last_epoch', got {}"),
            (None, ValueError, "state_dict must hold 'last_epoch', got None"),
            (
                {"last_epoch": 3, "written": {"lr": 0.1}},
                ValueError,
                r"state_dict\['written'\] must be a dict of lists of numbers, got ",
            ),
            ({"last_epoch": 3, "written": [0.1]}, ValueError, "must be a dict of lists"),
            (
                {"last_epoch": 3, "written": {"lr": ["a"]}},
                ValueError,
                "must be a dict of lists",
            ),
            ({"last_epoch": 1.5}, TypeError, "last_epoch must be an integer, got 1.5"),
        ],
    )
    def test_refuses(self, state, error, words):
        with pytest.raises(error, match=words):
            make(COSINE)[1].load_state_dict(state)

    def test_a_refused_state_changes_nothing(self):
        def fails_late(t):
            return 0.1 if t < 5 else -1

        optimizer, scheduler = make(fails_late)

        with pytest.raises(ValueError, match="the rate of iteration 6 must be at least 0"):
            scheduler.load_state_dict({"last_epoch": 5})
        assert scheduler.state_dict() == {"last_epoch": 0, "written": {"lr": [0.1]}}
        assert scheduler.get_last_lr() == [optimizer.param_groups[0]["lr"]] == [0.1]


@pytest.mark.parametrize(
    ("scheduler", "error", "words"),
    [
        (0.1, TypeError, r"scheduler must be callable with an iteration, got 0\.1"),
        (
            CosineScheduler,
            TypeError,
            "such as CosineScheduler.*, got the class CosineScheduler",
        ),
        ([COSINE], ValueError, "scheduler must hold 2 schedules, one for each .*, got 1"),
        (
            [COSINE, 0.1],
            TypeError,
            r"scheduler\[1\] must be callable with an iteration, got 0.1",
        ),
        (lambda t: -t, ValueError, "the rate of iteration 1 must be at least 0, got -1"),
        (lambda t: "1", TypeError, "the rate of iteration 1 must be a real number, got '1'"),
        ([COSINE, lambda t: "1"], TypeError, "iteration 1 must be a real number, got '1'"),
        ([COSINE, -1 * COSINE], ValueError, "iteration 1 must be at least 0, got -0.025"),
    ],
)
def test_refuses(scheduler, error, words):
    with pytest.raises(error, match=words):
        make(scheduler, groups=2)


def test_one_schedule_for_groups_with_rates_of_their_own_is_refused():
    """It would replace both; PyTorch's own would scale each."""
    weights = [torch.nn.Parameter(torch.ones(2)) for _ in range(2)]
    groups = [{"params": weights[:1], "lr": 0.5}, {"params": weights[1:]}]
    optimizer = torch.optim.SGD(groups, lr=0.25)

    with pytest.raises(
        ValueError,
        match=r"if their lr differs, got one for \[0.5, 0.25\]: write base_lr=1 and "
        r"relative=True; or pass a list such as \[schedule, 0.5 \* schedule\]",
    ):
        to_torch(COSINE, optimizer)


@pytest.mark.parametrize("wrap", [lambda s: s, lambda s: s.delay(1), lambda s: [s, 0.5 * s]])
def test_a_relative_schedule_whose_base_lr_is_a_rate_of_the_optimizer_is_refused(wrap):
    """The product would be the square of the rate."""
    weights = [torch.nn.Parameter(torch.ones(2)) for _ in range(2)]
    groups = [{"params": weights[:1], "lr": 0.25}, {"params": weights[1:]}]
    optimizer = torch.optim.SGD(groups, lr=0.5)
    schedule = CosineScheduler(100, base_lr=0.5)

    with pytest.raises(ValueError, match=r"must be 1 with relative=True.* got 0.5, which is"):
        to_torch(wrap(schedule), optimizer, relative=True)
    to_torch(wrap(schedule.replace(base_lr=1)), optimizer, relative=True)


def test_refuses_what_is_no_optimizer():
    with pytest.raises(TypeError, match="optimizer must be a PyTorch optimizer, got 5"):
        to_torch(COSINE, 5)


def test_a_skipped_step_does_not_count():
    """A loss scaler skips a step whose gradients overflow; the schedule must not go on."""
    optimizer, scheduler = make(COSINE)
    (w,) = optimizer.param_groups[0]["params"]
    scaler = torch.amp.GradScaler("cpu", init_scale=4.0)
    used, skipped = [], 0
    for batch in range(8):
        optimizer.zero_grad()
        loss = (w * (float("inf") if batch in (2, 5) else 1.0)).sum()
        scaler.scale(loss).backward()
        rate, before = optimizer.param_groups[0]["lr"], w.detach().clone()
        scale = scaler.get_scale()
        scaler.step(optimizer)
        scaler.update()
        if scaler.get_scale() < scale:
            assert torch.equal(w, before)
            skipped += 1
        else:
            assert not torch.equal(w, before)
            used.append(rate)
            scheduler.step()

    assert skipped == 2
    assert used == [COSINE(t) for t in range(1, 7)]


def rates_of(optimizer, name="lr"):
    return [float(group[name]) for group in optimizer.param_groups]


def add_group(optimizer, **settings):
    optimizer.add_param_group({"params": [torch.nn.Parameter(torch.ones(2))], **settings})


class TestDefaultBaseRate:
    """A `base_lr` that was left out must not train in place of the optimizer's lr."""

    @pytest.mark.parametrize(
        "schedule",
        [
            CosineScheduler(9),
            0.1 * FactorScheduler(9),
            join([CosineScheduler(9, base_lr=1), 2 - CosineScheduler(9).delay(1)], [4]),
        ],
        ids=repr,
    )
    def test_is_refused_beside_another_lr(self, schedule):
        match = (
            r"must be given a base_lr, got the default 0\.01, and the optimizer's lr is "
            r"0\.7: write base_lr=0\.7; if 0\.01 is meant, set the optimizer's lr to 0\.01"
        )
        with pytest.raises(ValueError, match=match):
            make(schedule)
        with pytest.raises(ValueError, match=match):
            make([constant(0.1), schedule], groups=2)

    @pytest.mark.parametrize(("name", "value"), [("weight_decay", 0.3), ("beta1", 0.9)])
    def test_is_refused_for_other_hyper_parameters(self, name, value):
        with pytest.raises(
            ValueError,
            match=rf"^{name} must be given a base_lr, .* optimizer's {name} is {value}:",
        ):
            make(
                COSINE,
                optimizer=torch.optim.AdamW,
                weight_decay=0.3,
                schedules={name: CosineScheduler(9)},
            )

    def test_is_right_where_the_optimizer_has_the_same(self):
        schedule = CosineScheduler(9)
        optimizer, scheduler = make(schedule, lr=0.01)
        train(optimizer, scheduler, 3)

        to_torch(schedule, optimizer)  # the lr has fallen, but began at 0.01

        assert rates_of(make(schedule, lr=torch.tensor(0.01), optimizer=torch.optim.AdamW)[0])

    def test_is_refused_as_a_factor(self):
        with pytest.raises(ValueError, match=r"got the default 0\.01: write base_lr=1"):
            make(CosineScheduler(9), lr=0.01, relative=True)


SHAPE = CosineScheduler(20, base_lr=1, warmup_steps=4)


class TestRelative:
    """The schedule multiplies the rate that each parameter group began with."""

    @pytest.mark.parametrize("as_lr", [float, torch.tensor])
    def test_keeps_the_ratio_of_groups(self, as_lr):
        optimizer = torch.optim.AdamW([torch.nn.Parameter(torch.ones(2))], lr=as_lr(0.5))
        add_group(optimizer, lr=as_lr(0.25))
        add_group(optimizer, lr=as_lr(0.25), lr_scale=0.5)

        used = train(optimizer, to_torch(SHAPE, optimizer, relative=True), 10)

        expected = [[f * SHAPE(t) for f in (0.5, 0.25, 0.125)] for t in range(1, 11)]
        assert used == (expected if as_lr is float else [pytest.approx(e) for e in expected])

    def test_one_shape_for_each_group(self):
        shapes = SHAPE, constant(0.5)
        assert train(*make(shapes, groups=2, relative=True, lr=0.5), 5) == [
            [0.5 * SHAPE(t), 0.25] for t in range(1, 6)
        ]

    @pytest.mark.parametrize("order", ["made first", "loaded first"])
    def test_the_first_rate_survives_loading(self, order):
        optimizer, scheduler = make(SHAPE, lr=0.5, relative=True)
        train(optimizer, scheduler, 7)
        states = optimizer.state_dict(), scheduler.state_dict()

        optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(2))], lr=0.1)
        if order == "loaded first":
            optimizer.load_state_dict(states[0])
        scheduler = to_torch(SHAPE, optimizer, relative=True)
        if order == "made first":
            optimizer.load_state_dict(states[0])
        scheduler.load_state_dict(states[1])

        assert train(optimizer, scheduler, 2) == [[0.5 * SHAPE(8)], [0.5 * SHAPE(9)]]

    def test_multiplies_the_rate_of_an_optimizer_saved_without_a_scheduler(self):
        saved = torch.optim.SGD([torch.nn.Parameter(torch.ones(2))], lr=0.5).state_dict()
        optimizer, scheduler = make(SHAPE, lr=0.1, relative=True)
        optimizer.load_state_dict(saved)
        optimizer.load_state_dict(optimizer.state_dict())

        assert train(optimizer, scheduler, 2) == [[0.5 * SHAPE(1)], [0.5 * SHAPE(2)]]

    def test_lr_scale_counts_without_it_too(self):
        """As in timm, whose layer decay it is."""
        optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(2))], lr=0.1)
        add_group(optimizer, lr_scale=0.5)

        assert train(optimizer, to_torch(COSINE, optimizer), 3) == [
            [COSINE(t), 0.5 * COSINE(t)] for t in (1, 2, 3)
        ]


class TestAddedGroup:
    """`add_param_group`, when the training has begun."""

    @pytest.mark.parametrize(
        ("settings", "initial"),
        [
            ({}, 0.5),  # the optimizer's
            ({"lr": 0.1}, 0.1 / SHAPE(4)),  # its rate now
            ({"lr": 0.1, "initial_lr": 0.2}, 0.2),
        ],
    )
    def test_follows_a_relative_schedule(self, settings, initial):
        optimizer, scheduler = make(SHAPE, lr=0.5, relative=True)
        train(optimizer, scheduler, 3)
        add_group(optimizer, **settings)
        train(optimizer, scheduler, 1)

        assert train(optimizer, scheduler, 2) == [
            [0.5 * SHAPE(t), initial * SHAPE(t)] for t in (5, 6)
        ]
        optimizer.load_state_dict(optimizer.state_dict())
        assert rates_of(optimizer) == [0.5 * SHAPE(7), initial * SHAPE(7)]

    def test_has_its_first_rate_before_the_first_step(self):
        optimizer, scheduler = make(SHAPE, lr=0.5, relative=True)
        add_group(optimizer, lr=0.1)
        train(optimizer, scheduler, 1)

        assert rates_of(optimizer) == [0.5 * SHAPE(2), 0.1 * SHAPE(2)]

    def test_is_refused_where_the_ratio_is_unknown(self):
        optimizer, scheduler = make(linear(2, base_lr=1), lr=0.5, relative=True)
        train(optimizer, scheduler, 3)
        add_group(optimizer, lr=0.1)

        with pytest.raises(ValueError, match=r"added with lr 0\.1 where the schedule is 0"):
            scheduler.step()

    def test_with_a_rate_of_its_own_is_refused_and_nothing_has_changed(self):
        optimizer, scheduler = make(COSINE)
        train(optimizer, scheduler, 3)
        add_group(optimizer, lr=0.001)

        for change in (
            scheduler.step,
            lambda: optimizer.load_state_dict(optimizer.state_dict()),
        ):
            with pytest.raises(
                ValueError,
                match=r"added with lr 0\.001, which scheduler would replace: call to_torch "
                "with relative=True, which keeps its ratio, or a list",
            ):
                change()
            assert rates_of(optimizer) == [COSINE(4), 0.001]
            assert scheduler.last_epoch == 3

    def test_may_have_the_rate_of_the_others(self):
        optimizer, scheduler = make(COSINE)
        train(optimizer, scheduler, 3)
        add_group(optimizer, lr=scheduler.get_last_lr()[0])
        scheduler.step()

        assert rates_of(optimizer) == [COSINE(5)] * 2

    def test_with_its_first_rate_is_taken_where_the_schedule_is_0(self):
        optimizer, scheduler = make(linear(2, base_lr=1), lr=0.5, relative=True)
        train(optimizer, scheduler, 3)
        add_group(optimizer, lr=0.1, initial_lr=0.1)
        scheduler.step()

        assert rates_of(optimizer) == [0, 0]

    def test_has_a_tensor_of_its_own(self):
        """PyTorch gives it the tensor of the defaults, which the first group has too."""
        lr = torch.tensor(0.5)
        optimizer, scheduler = make(SHAPE, optimizer=torch.optim.AdamW, lr=lr, relative=True)
        assert optimizer.param_groups[0]["lr"] is lr  # a compiled optimizer has seen it
        train(optimizer, scheduler, 5)
        for _ in range(2):
            add_group(optimizer)
            scheduler.step()

        assert rates_of(optimizer) == pytest.approx([0.5 * SHAPE(8)] * 3)
        assert len({id(group["lr"]) for group in optimizer.param_groups}) == 3

    def test_saved_before_it_is_stepped_keeps_its_ratio(self):
        optimizer, scheduler = make(SHAPE, lr=0.5, relative=True)
        train(optimizer, scheduler, 5)
        add_group(optimizer, lr=0.2)
        states = optimizer.state_dict(), scheduler.state_dict()
        optimizer, scheduler = make(SHAPE, lr=0.5, relative=True, groups=2)
        optimizer.load_state_dict(states[0])
        scheduler.load_state_dict(states[1])
        train(optimizer, scheduler, 1)

        assert rates_of(optimizer) == [0.5 * SHAPE(7), 0.2 / SHAPE(6) * SHAPE(7)]

    def test_in_the_place_of_another_is_noticed(self):
        optimizer, scheduler = make(SHAPE, lr=0.5, relative=True, groups=2)
        train(optimizer, scheduler, 5)
        del optimizer.param_groups[0]
        add_group(optimizer, lr=0.2)
        scheduler.step()

        assert rates_of(optimizer) == [0.5 * SHAPE(7), 0.2 / SHAPE(6) * SHAPE(7)]

    def test_does_not_change_the_rates_that_were_reported(self):
        optimizer, scheduler = make(SHAPE, lr=0.5, relative=True)
        optimizer.step()
        reported = scheduler.get_last_lr()
        add_group(optimizer)
        scheduler.step()

        assert reported == [0.5 * SHAPE(1)]

    def test_may_be_removed_again(self):
        optimizer, scheduler = make(SHAPE, lr=0.5, relative=True, groups=2)
        optimizer.step()
        del optimizer.param_groups[0]
        scheduler.step()

        assert rates_of(optimizer) == [0.5 * SHAPE(2)]


class TestBesideAnotherScheduler:
    """A load leaves a rate alone that another scheduler had set."""

    @staticmethod
    def resumed(make, order):
        """Return what `make` makes, with the states of what it had trained."""
        optimizer, *schedulers = make()
        states = [part.state_dict() for part in (optimizer, *schedulers)]
        fresh = make(steps=0)
        parts = [*zip(fresh, states, strict=True)]
        for part, state in parts if order == "optimizer first" else reversed(parts):
            part.load_state_dict(state)
        return fresh

    @pytest.mark.parametrize("order", ["optimizer first", "scheduler first"])
    @pytest.mark.parametrize("drops", [0, 1, 2])
    def test_plateau_after_a_warm_up(self, order, drops):
        def made(steps=3):
            optimizer, ours = make(COSINE)
            plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, patience=0)
            train(optimizer, ours, steps)
            if steps:
                for metric in range(1 + drops):
                    plateau.step(metric)
            return optimizer, ours, plateau

        optimizer, *_ = self.resumed(made, order)

        assert rates_of(optimizer) == pytest.approx([COSINE(4) * 0.1**drops], rel=1e-12)

    @pytest.mark.parametrize("order", ["optimizer first", "scheduler first"])
    @pytest.mark.parametrize("steps", [0, 1, 3, 4, 5, 9])
    @pytest.mark.parametrize("ours_is", ["first", "second"])
    def test_as_a_part_of_a_sequence(self, ours_is, steps, order):
        def made(steps=steps):
            optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(2))], lr=0.1)
            parts = [
                to_torch(COSINE, optimizer),
                torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.5),
            ]
            if ours_is == "second":
                parts.reverse()
            both = torch.optim.lr_scheduler.SequentialLR(optimizer, parts, [4])
            train(optimizer, both, steps)
            return optimizer, both

        assert train(*self.resumed(made, order), 8) == train(*made(), 8)

    @pytest.mark.parametrize("order", ["optimizer first", "scheduler first"])
    @pytest.mark.parametrize("steps", [0, 1, 2, 3, 5, 6, 9])
    @pytest.mark.parametrize("nested", [False, True])
    @pytest.mark.filterwarnings("ignore:.*before optimizer.step")  # the nested one steps
    def test_as_several_parts_of_a_sequence(self, nested, steps, order):
        def made(steps=steps):
            optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(2))], lr=0.1)
            of_torch = torch.optim.lr_scheduler
            parts = [
                to_torch(COSINE, optimizer),
                to_torch(constant(0.05), optimizer),
                of_torch.ExponentialLR(optimizer, 0.9),
            ]
            if nested:
                parts[:2] = [of_torch.SequentialLR(optimizer, parts[:2], [2])]
                both = of_torch.SequentialLR(optimizer, parts, [6])
            else:
                both = of_torch.SequentialLR(optimizer, parts, [2, 6])
            train(optimizer, both, steps)
            return optimizer, both

        assert train(*self.resumed(made, order), 8) == train(*made(), 8)

    def test_a_second_load_of_one_half(self):
        """What the first load found out does not hold for the second."""
        optimizer, scheduler = make(COSINE)
        train(optimizer, scheduler, 3)
        early = scheduler.state_dict()
        train(optimizer, scheduler, 5)
        late = optimizer.state_dict(), scheduler.state_dict()
        optimizer, scheduler = make(COSINE)
        optimizer.load_state_dict(late[0])
        scheduler.load_state_dict(late[1])

        scheduler.load_state_dict(early)
        assert rates_of(optimizer) == [COSINE(4)]

        optimizer.param_groups[0]["lr"] = 0.003  # another scheduler takes over
        scheduler.load_state_dict(late[1])
        assert rates_of(optimizer) == [0.003]

    def test_a_load_of_the_optimizer_alone_takes_no_group_away(self):
        optimizer, scheduler = make(COSINE)
        train(optimizer, scheduler, 2)
        best = optimizer.state_dict()
        train(optimizer, scheduler, 3)

        optimizer.load_state_dict(best)
        assert rates_of(optimizer) == [COSINE(6)]

        optimizer.param_groups[0]["lr"] = 0.003  # another scheduler takes over
        optimizer.load_state_dict(best)
        assert rates_of(optimizer) == [COSINE(3)]


@pytest.mark.parametrize("order", ["optimizer first", "scheduler first"])
def test_tensors_stay_apart_after_a_load(order):
    """PyTorch lets the groups share one tensor when it loads a state that shares it."""
    schedules = COSINE, 0.5 * COSINE
    arguments = {"optimizer": torch.optim.AdamW, "groups": 2}
    optimizer, scheduler = make(schedules, lr=torch.tensor(0.7), **arguments)
    train(optimizer, scheduler, 3)
    states = optimizer.state_dict(), scheduler.state_dict()
    shared = torch.tensor(0.25)
    for group in states[0]["param_groups"]:
        group["lr"] = shared
    states[1]["written"]["lr"] = [0.25, 0.25]
    optimizer, scheduler = make(schedules, lr=torch.tensor(0.7), **arguments)

    parts = [(optimizer, states[0]), (scheduler, states[1])]
    for part, state in parts if order == "optimizer first" else reversed(parts):
        part.load_state_dict(state)

    used = train(optimizer, scheduler, 3)
    assert used == [[torch.tensor(s(t)).item() for s in schedules] for t in (4, 5, 6)]


class TestErrors:
    """Nothing has changed after an error, and nothing stays behind."""

    def test_a_step_that_fails_does_not_count(self):
        def fails_once(t, failed=[]):  # noqa: B006
            if t == 3 and not failed:
                failed.append(t)
                raise OSError("the file of rates is away")
            return 1 / t

        optimizer, scheduler = make([fails_once, fails_once], groups=2)
        train(optimizer, scheduler, 1)
        with pytest.raises(OSError, match="away"):
            scheduler.step()

        assert rates_of(optimizer) == [1 / 2] * 2
        assert scheduler.state_dict()["last_epoch"] == 1
        scheduler.step()
        assert rates_of(optimizer) == [1 / 3] * 2

    @pytest.mark.parametrize("schedule", [lambda t: -t, CosineScheduler(9)])
    def test_a_scheduler_that_cannot_be_made_leaves_the_optimizer_as_it_was(self, schedule):
        lr = torch.tensor(0.7)
        weights = [torch.nn.Parameter(torch.ones(2)) for _ in range(2)]
        optimizer = torch.optim.AdamW([{"params": [w]} for w in weights], lr=lr)
        before = [dict(group) for group in optimizer.param_groups]

        with pytest.raises(ValueError, match="must"):
            to_torch(schedule, optimizer)

        assert [{**group} for group in optimizer.param_groups] == before
        assert all(group["lr"] is lr for group in optimizer.param_groups)

    def test_a_dropped_scheduler_leaves_no_hook(self):
        optimizer, scheduler = make(COSINE)
        hooks = [
            optimizer._optimizer_load_state_dict_pre_hooks,
            optimizer._optimizer_load_state_dict_post_hooks,
            optimizer._optimizer_state_dict_pre_hooks,
        ]
        before = [*map(len, hooks)]
        for _ in range(3):
            to_torch(COSINE, optimizer)
        del scheduler

        gc.collect()

        assert before == [1, 1, 1]
        assert [*map(len, hooks)] == [0, 0, 0]

    def test_warns_of_the_wrong_order(self):
        _, scheduler = make(COSINE)
        with pytest.warns(UserWarning, match="call optimizer.step\\(\\) first"):
            scheduler.step()

    @pytest.mark.parametrize(
        ("arguments", "error", "words"),
        [
            ({"relative": 1}, TypeError, "relative must be True or False, got 1"),
            (
                {"schedules": {"beta1": COSINE}},
                ValueError,
                "beta1 must be a number in the optimizer's parameter groups, which have lr, "
                "momentum, dampening, weight_decay",
            ),
            (
                {"optimizer": torch.optim.Adam, "schedules": {"beta1": constant(1)}},
                ValueError,
                "beta1 of iteration 1 must be below 1, got 1",
            ),
            ({"schedules": {"nesterov": COSINE}}, ValueError, "nesterov must be a number in "),
            ({"schedules": {"rho": COSINE}}, ValueError, "^rho must be a number in "),
            (
                {"dampening": torch.ones(2), "schedules": {"dampening": COSINE}},
                ValueError,
                "^dampening must be a number in ",
            ),
            (
                {"optimizer": torch.optim.Adam, "schedules": {"betas": COSINE}},
                ValueError,
                "betas must be a number in .*, which have lr, eps, weight_decay, beta1, beta2",
            ),
            ({"lr_scale": -1}, ValueError, "lr_scale must be at least 0, got -1"),
            (
                {"schedules": {"momentum": [COSINE]}, "groups": 2},
                ValueError,
                "must hold 2 sched",
            ),
            ({"schedules": {"momentum": 0.9}}, TypeError, "momentum must be callable"),
            ({"schedules": {"lr": COSINE}}, TypeError, "lr is the first argument, scheduler"),
        ],
    )
    def test_refuses(self, arguments, error, words):
        with pytest.raises(error, match=words):
            make(COSINE, **arguments)

    def test_an_optimizer_that_computes_its_own_rate_is_refused(self):
        weight = torch.nn.Parameter(torch.ones(2))
        with pytest.raises(
            ValueError, match="lr must be a number, got None: give the optimizer"
        ):
            to_torch(COSINE, transformers.Adafactor([weight]))


class TestHyperparameters:
    """Weight decay, momentum and betas follow schedules of their own."""

    def test_each_follows_its_schedule(self):
        schedules = {"weight_decay": 0.1 * COSINE, "momentum": 1 - COSINE}
        optimizer, scheduler = make(COSINE, schedules=schedules)
        for t in range(1, 9):
            for name, schedule in schedules.items():
                assert rates_of(optimizer, name) == [schedule(t)]
            optimizer.step()
            scheduler.step()

    def test_betas(self):
        schedules = {"beta1": 1 - COSINE, "beta2": 1 - 0.1 * COSINE}
        optimizer, scheduler = make(COSINE, optimizer=torch.optim.AdamW, schedules=schedules)
        train(optimizer, scheduler, 3)

        assert optimizer.param_groups[0]["betas"] == (1 - COSINE(4), (1 - 0.1 * COSINE)(4))

    def test_one_for_each_group(self):
        """Biases and norms have no weight decay, so one schedule for both is refused."""
        optimizer = torch.optim.AdamW([torch.nn.Parameter(torch.ones(2))], lr=0.1)
        add_group(optimizer, weight_decay=0.0)
        with pytest.raises(
            ValueError, match=r"if their weight_decay differs, got .*\[0.01, 0.0\]: pass a list"
        ):
            to_torch(COSINE, optimizer, weight_decay=COSINE)

        scheduler = to_torch(COSINE, optimizer, weight_decay=[COSINE, constant(0)])
        train(optimizer, scheduler, 3)

        assert rates_of(optimizer, "weight_decay") == [COSINE(4), 0]

    @pytest.mark.parametrize("order", ["optimizer first", "scheduler first"])
    def test_are_saved_and_resumed(self, order):
        optimizer, scheduler = make(COSINE, schedules={"momentum": 1 - COSINE})
        for _ in range(5):
            optimizer.step()
            scheduler.step()
        states = optimizer.state_dict(), scheduler.state_dict()
        plan = {"momentum": 1 - 2 * COSINE}
        optimizer, scheduler = make(COSINE, schedules=plan)

        parts = [(optimizer, states[0]), (scheduler, states[1])]
        for part, state in parts if order == "optimizer first" else reversed(parts):
            part.load_state_dict(state)

        assert rates_of(optimizer, "momentum") == [plan["momentum"](6)]

    def test_a_group_that_is_added_must_have_the_same(self):
        optimizer, scheduler = make(COSINE, schedules={"momentum": 1 - COSINE})
        optimizer.step()
        add_group(optimizer, momentum=0.5)

        with pytest.raises(
            ValueError,
            match=r"added with momentum 0\.5, which momentum would replace: call .* with a l",
        ):
            scheduler.step()


@pytest.fixture
def process_group():
    store = torch.distributed.HashStore()
    torch.distributed.init_process_group("gloo", store=store, rank=0, world_size=1)
    yield
    torch.distributed.destroy_process_group()


@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")  # by PyTorch itself
@pytest.mark.usefixtures("process_group")
@pytest.mark.parametrize("order", ["optimizer first", "scheduler first"])
@pytest.mark.parametrize("other_rate", [None, 0.003])
def test_follows_an_optimizer_in_shards(order, other_rate):
    """ZeroRedundancyOptimizer goes on loading when PyTorch's hooks have run."""

    from torch.distributed.optim import ZeroRedundancyOptimizer  # warns, so not above

    def made(plan):
        sharded = ZeroRedundancyOptimizer(
            [torch.nn.Parameter(torch.ones(2))], torch.optim.SGD, lr=0.7
        )
        return sharded, to_torch(plan, sharded)

    optimizer, scheduler = made(COSINE)
    train(optimizer, scheduler, 5)
    if other_rate:
        optimizer.param_groups[0]["lr"] = other_rate
    optimizer.consolidate_state_dict()
    states = optimizer.state_dict(), scheduler.state_dict()
    plan = COSINE.replace(max_update=40)
    optimizer, scheduler = made(plan)

    parts = [(optimizer, states[0]), (scheduler, states[1])]
    for part, state in 2 * (parts if order == "optimizer first" else parts[::-1]):
        part.load_state_dict(state)
    (weight,) = optimizer.param_groups[0]["params"]
    before = weight.detach().clone()
    weight.grad = torch.ones_like(weight)
    optimizer.step()

    rate = other_rate or plan(6)
    assert float((before - weight.detach())[0]) == pytest.approx(rate, abs=1e-7)


@pytest.mark.usefixtures("process_group")
@pytest.mark.parametrize("order", ["optimizer first", "scheduler first"])
def test_resumes_with_fsdp2_from_a_distributed_checkpoint(order, tmp_path):
    """The checkpoint saves and loads the scheduler itself."""

    def made(plan):
        model = torch.nn.Linear(2, 1, bias=False)
        fully_shard(model, mesh=torch.distributed.init_device_mesh("cpu", (1,)))
        optimizer = torch.optim.AdamW(model.parameters(), lr=0.7)
        return model, optimizer, to_torch(plan, optimizer)

    model, optimizer, scheduler = made(COSINE)
    train(optimizer, scheduler, 5)
    names = "model", "optimizer"
    states = dict(zip(names, get_state_dict(model, optimizer), strict=True))
    checkpoint.save({**states, "scheduler": scheduler}, checkpoint_id=tmp_path)
    plan = COSINE.replace(max_update=40)
    model, optimizer, scheduler = made(plan)

    states = dict(zip(names, get_state_dict(model, optimizer), strict=True))
    if order == "scheduler first":
        checkpoint.load({"scheduler": scheduler}, checkpoint_id=tmp_path)
    checkpoint.load(states, checkpoint_id=tmp_path)
    model_state, optimizer_state = states.values()
    set_state_dict(
        model, optimizer, model_state_dict=model_state, optim_state_dict=optimizer_state
    )
    if order == "optimizer first":
        checkpoint.load({"scheduler": scheduler}, checkpoint_id=tmp_path)

    assert train(optimizer, scheduler, 2) == [[plan(6)], [plan(7)]]


@pytest.mark.usefixtures("process_group")
def test_takes_the_count_alone_from_a_distributed_checkpoint(tmp_path):
    """The checkpoint has no weight decay, which only the resumed run schedules."""
    optimizer, scheduler = make(COSINE)
    train(optimizer, scheduler, 5)
    checkpoint.save({"scheduler": scheduler}, checkpoint_id=tmp_path)
    saved = optimizer.state_dict()
    optimizer, scheduler = make(COSINE, schedules={"weight_decay": 0.1 * COSINE})

    states = {"scheduler": {"last_epoch": 0}}
    checkpoint.load(states, checkpoint_id=tmp_path)
    scheduler.load_state_dict(states["scheduler"])
    optimizer.load_state_dict(saved)

    assert rates_of(optimizer) == [COSINE(6)]
    assert rates_of(optimizer, "weight_decay") == [(0.1 * COSINE)(6)]


def test_deepspeed_makes_a_scheduler_for_the_optimizer_inside_its_own():
    """DeepSpeed is not imported; its method is compiled from its source."""
    deepspeed = Path(os.environ["PEERS_WITHOUT_DEPENDENCIES"], "deepspeed")
    source = ast.parse((deepspeed / "runtime" / "engine.py").read_text("utf-8"))
    (method,) = (
        node
        for node in ast.walk(source)
        if isinstance(node, ast.FunctionDef) and node.name == "_configure_lr_scheduler"
    )
    names = {"Callable": Callable, "log_dist": lambda message, ranks: None}
    exec(compile(ast.Module([method], []), deepspeed, "exec"), names)
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(2))], lr=0.7)
    engine = SimpleNamespace(
        basic_optimizer=optimizer,
        optimizer=object(),
        client_lr_scheduler=lambda optimizer: to_torch(COSINE, optimizer),
    )

    names["_configure_lr_scheduler"](engine)

    assert train(optimizer, engine.lr_scheduler, 2) == [[COSINE(1)], [COSINE(2)]]


def test_muon_follows_a_relative_schedule():
    optimizer = torch.optim.Muon([torch.nn.Parameter(torch.ones(2, 2))], lr=0.02)

    used = train(optimizer, to_torch(SHAPE, optimizer, relative=True), 9)

    assert used == [[0.02 * SHAPE(t)] for t in range(1, 10)]


@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")  # by PyTorch itself
@pytest.mark.parametrize(("lr", "compiled"), [(torch.tensor(0.7), 1), (0.7, 2)])
def test_an_optimizer_with_its_rate_in_a_tensor_is_compiled_once(lr, compiled):
    """The scheduler fills the tensor; a float is compiled again when it first changes."""
    torch.compiler.reset()
    optimizer, scheduler = make(COSINE, optimizer=torch.optim.AdamW, lr=lr)
    graphs = torch._dynamo.testing.CompileCounter()
    step = torch.compile(optimizer.step, backend=graphs)
    (weight,) = optimizer.param_groups[0]["params"]
    weight.grad = torch.ones_like(weight)
    for _ in range(8):
        step()
        scheduler.step()

    assert graphs.frame_count == compiled


class TestPlateauRule:
    """The rule, against PyTorch's own on random metrics."""

    @pytest.mark.parametrize("mode", ["min", "max"])
    @pytest.mark.parametrize("threshold_mode", ["rel", "abs"])
    def test_follows_that_of_pytorch(self, mode, threshold_mode):
        random = Random(f"{mode} {threshold_mode}")
        reduced = 0
        for _ in range(500):
            arguments = {
                "mode": mode,
                "threshold_mode": threshold_mode,
                "factor": random.choice([0.1, 0.5, random.uniform(0.01, 0.99)]),
                "patience": random.randrange(4),
                "threshold": random.choice([0, 1e-4, 0.1, 0.5]),
                "cooldown": random.randrange(4),
                "eps": random.choice([0, 1e-8, 0.01]),
            }
            lowest = random.choice([0, 0.05, 0.5])
            optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=1.0)
            theirs = torch.optim.lr_scheduler.ReduceLROnPlateau(
                optimizer, min_lr=lowest, **arguments
            )
            rule = PlateauRule(min_scale=lowest, **arguments)
            state = rule.start()
            for _ in range(60):
                value = random.choice([1, 1, 0.9, -1, math.nan, math.inf, -math.inf])
                value = random.choice([value, random.gauss(1, 0.5), random.randint(-3, 3)])
                metric = random.choice([value, torch.tensor(value)])
                theirs.step(metric)
                state = rule(state, metric)
                best = None if math.isinf(theirs.best) and state.best is None else theirs.best
                assert state == PlateauState(
                    optimizer.param_groups[0]["lr"],
                    best,
                    theirs.num_bad_epochs,
                    theirs.cooldown_counter,
                )
            reduced += state.scale < 1
        assert reduced > 450

    def test_has_the_names_and_the_defaults_of_pytorch(self):
        own = signature(PlateauRule).parameters
        theirs = signature(torch.optim.lr_scheduler.ReduceLROnPlateau).parameters

        expected = {name: each.default for name, each in theirs.items() if name != "optimizer"}
        expected["min_scale"] = expected.pop("min_lr")
        assert {name: each.default for name, each in own.items()} == expected

    @pytest.mark.parametrize(
        "metric", [torch.ones(1), torch.ones(2), torch.tensor(True), torch.tensor(1j)]
    )
    def test_refuses_other_tensors(self, metric):
        with pytest.raises(TypeError, match="metric must be a real number, got "):
            PlateauRule()(PlateauState(), metric)
