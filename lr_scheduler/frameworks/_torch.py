"""A schedule as a PyTorch scheduler; imported by `to_torch`."""

from collections.abc import Sequence
from typing import Any
from weakref import WeakMethod

import torch
from torch.optim.lr_scheduler import LRScheduler

from .. import _validation as check
from .._schedule import Schedule, check_schedule


class TorchScheduler(LRScheduler):
    """See :func:`to_torch`."""

    last_epoch: int

    def __init__(
        self, schedule: Schedule | Sequence[Schedule], optimizer: torch.optim.Optimizer
    ) -> None:
        if not isinstance(optimizer, torch.optim.Optimizer):
            raise TypeError(
                f"optimizer must be a PyTorch optimizer, got {check.short_repr(optimizer)}"
            )
        if callable(schedule) or not isinstance(schedule, (list, tuple)):
            check_schedule("scheduler", schedule)
            _check_same(optimizer)
        else:
            _check_groups(schedule, len(optimizer.param_groups))
            for i, each in enumerate(schedule):
                check_schedule(f"scheduler[{i}]", each)
        self._schedule = schedule if callable(schedule) else tuple(schedule)
        _check_tensors(optimizer)
        super().__init__(optimizer)
        self._follow_loading()

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Restore a copy, whose optimizer has lost its hooks."""
        self.__dict__.update(state)
        self._follow_loading()

    def get_lr(self) -> list[float | torch.Tensor]:
        """Return the rate of the next optimizer step for each parameter group."""
        t, groups = self.last_epoch + 1, len(self.optimizer.param_groups)
        if callable(self._schedule):
            return [_rate(self._schedule, t)] * groups
        _check_groups(self._schedule, groups)
        return [_rate(each, t) for each in self._schedule]

    def state_dict(self) -> dict[str, Any]:
        """Return the number of optimizer steps."""
        return {"last_epoch": self.last_epoch}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Resume at the saved optimizer step; take states of PyTorch's own schedulers too."""
        if not isinstance(state_dict, dict) or "last_epoch" not in state_dict:
            raise ValueError(
                f"state_dict must hold 'last_epoch', got {check.short_repr(state_dict)}"
            )
        before = self.last_epoch
        self.last_epoch = check.count("last_epoch", state_dict["last_epoch"])
        try:
            self._set_rates()
        except Exception:  # a schedule may raise anything: undo the change
            self.last_epoch = before
            raise
        self._step_count = self.last_epoch + 1

    def _follow_loading(self) -> None:
        """Set the rates again whenever the optimizer has loaded its saved rates."""
        optimizer: Any = getattr(self.optimizer, "optimizer", self.optimizer)  # in accelerate
        set_rates = WeakMethod(self._set_rates)
        optimizer.register_load_state_dict_post_hook(
            lambda _: (method := set_rates()) and method()
        )

    def _set_rates(self) -> None:
        self._last_lr = self.get_lr()
        for group, rate in zip(self.optimizer.param_groups, self._last_lr, strict=True):
            if isinstance(group["lr"], torch.Tensor):
                group["lr"].fill_(rate)
            else:
                group["lr"] = rate


def _check_tensors(optimizer: torch.optim.Optimizer) -> None:
    """Give each group its own tensor, where PyTorch shares one tensor between groups."""
    seen = set[int]()
    for group in optimizer.param_groups:
        lr = group["lr"]
        if isinstance(lr, torch.Tensor):
            if not lr.is_floating_point():
                raise TypeError(f"the optimizer's lr must be a tensor of floats, got {lr!r}")
            group["lr"] = lr.clone() if id(lr) in seen else lr
            seen.add(id(group["lr"]))


def _check_same(optimizer: torch.optim.Optimizer) -> None:
    """Refuse a single schedule if the groups have different rates."""
    rates = [float(group["lr"]) for group in optimizer.param_groups]
    if len(set(rates)) > 1:
        raise ValueError(
            "scheduler must hold one schedule for each parameter group if their rates differ, "
            f"got one for {rates}: pass a list such as [schedule, 0.1 * schedule]"
        )


def _check_groups(schedules: Any, groups: int) -> None:
    of = "schedules, one for each parameter group"
    check.sequence("scheduler", schedules, of=of, count=groups)


def _rate(schedule: Schedule, iteration: int) -> float:
    return float(check.rate(f"the rate of iteration {iteration}", schedule(iteration)))
