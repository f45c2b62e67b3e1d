"""PyTorch: the rates that a real optimizer uses, resumed runs, and what is refused."""

import copy
import io
import math
import pickle
from inspect import signature
from random import Random

import accelerate
import pytest
import torch
from support.samples import OF_THE_PACKAGE, STEPS

from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    PlateauRule,
    PlateauState,
    one_cycle,
    to_torch,
)

COSINE = CosineScheduler(20, base_lr=0.1, final_lr=0.01, warmup_steps=4)


def make(scheduler, *, optimizer=torch.optim.SGD, groups=1, **arguments):
    """Return an optimizer of some weights, and the scheduler of its rates."""
    weights = [torch.nn.Parameter(torch.ones(2)) for _ in range(groups)]
    made = optimizer([{"params": [w]} for w in weights], **{"lr": 0.7, **arguments})
    return made, to_torch(scheduler, made)


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
    used = train(*make(scheduler, optimizer=optimizer), STEPS)

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
    assert scheduler.get_last_lr() == [COSINE(4)]
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

    def test_the_state_is_the_count(self):
        assert self.saved(7)[1] == {"last_epoch": 7}

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
                {"last_epoch": -1},
                ValueError,
                "last_epoch must be at least 0 iterations, got -1",
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
        assert scheduler.state_dict() == {"last_epoch": 0}
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

    with pytest.raises(ValueError, match=r"if their rates differ, got one for \[0.5, 0.25\]"):
        to_torch(COSINE, optimizer)


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
