"""A schedule as a PyTorch scheduler; imported by `to_torch`."""

import warnings
from collections.abc import Callable, Sequence
from operator import mul
from typing import Any
from weakref import finalize, ref

import torch
from torch.optim.lr_scheduler import LRScheduler

from .. import _validation as check
from .._schedule import Schedule
from .._validation import MAX_ITERATION
from ._hyperparameter import Group, Hyperparameter, initial_lr, same

Values = dict[str, list[float]]  # by the name of the hyper-parameter, for each parameter group


class TorchScheduler(LRScheduler):
    """See :func:`to_torch`."""

    last_epoch: int
    _written: Values
    # Between a load and the next step:
    _saved: Values | None = None
    """What this scheduler had written when its state was saved."""
    _loaded: dict[str, list[Any]] | None = None
    """What the state of the optimizer holds."""
    _is_ours: dict[str, list[bool]] | None = None
    """In which groups this scheduler sets the values, and no other one."""

    def __init__(
        self,
        schedule: Schedule | Sequence[Schedule],
        optimizer: torch.optim.Optimizer,
        relative: bool,
        others: dict[str, Schedule | Sequence[Schedule]],
    ) -> None:
        if not isinstance(optimizer, torch.optim.Optimizer):
            raise TypeError(
                f"optimizer must be a PyTorch optimizer, got {check.short_repr(optimizer)}: "
                "if a library has wrapped the optimizer, pass the one inside; to "
                "deepspeed.initialize, pass lr_scheduler=lambda opt: to_torch(scheduler, opt)"
            )
        if "lr" in others:
            raise TypeError("lr is the first argument, scheduler: pass it only once")
        groups = optimizer.param_groups
        self._relative = check.boolean("relative", relative)
        self._hyperparameters = {
            name: Hyperparameter(name, each, groups)
            for name, each in {"lr": schedule, **others}.items()
        }
        for name, each in self._hyperparameters.items():
            each.check_first(groups, relative=relative and name == "lr")
        self.optimizer = optimizer
        self._find_factors()
        self._values(0)  # fails now, before anything has changed
        self._separate()
        super().__init__(optimizer)
        self._follow_loading()

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Restore a copy, whose optimizer has lost its hooks."""
        self.__dict__.update(state)
        self._follow_loading()

    def step(self, epoch: int | None = None) -> None:
        """Set the rates of the next optimizer step; call it after each optimizer step."""
        if self._step_count == 1:
            self._check_order()
        self._update_lr(epoch)
        self._step_count += 1

    def _check_order(self) -> None:
        # PyTorch has wrapped `optimizer.step`, which leaves a mark when it is called.
        is_wrapped = hasattr(self.optimizer.step, "_wrapped_by_lr_sched")
        if is_wrapped and not hasattr(self.optimizer, "_opt_called"):
            warnings.warn(
                "scheduler.step() was called before optimizer.step(), so no optimizer step "
                "uses the rate of iteration 1: call optimizer.step() first",
                stacklevel=3,
            )

    def _update_lr(self, epoch: int | None = None) -> None:
        """Count an optimizer step and set the next rates; SequentialLR calls this too."""
        steps = self.last_epoch + 1 if epoch is None else check.count("epoch", epoch)
        values = self._values(steps)  # a schedule may raise anything: nothing has changed yet
        groups = self.optimizer.param_groups
        for name, each in self._hyperparameters.items():
            each.write(groups, values[name])
        self.last_epoch = steps
        self._written, self._last_lr = values, [*values["lr"]]
        self._saved = self._loaded = self._is_ours = None

    def get_lr(self) -> list[float]:
        """Return the rate of the next optimizer step for each parameter group."""
        return self._values(self.last_epoch)["lr"]

    def _values(self, steps: int) -> Values:
        """Return the values for each parameter group after so many optimizer steps."""
        factors = self._current_factors()
        values = {}
        for name, each in self._hyperparameters.items():
            values[name] = each.values(steps + 1, len(factors))
        if self._has_factors:
            values["lr"] = [*map(mul, factors, values["lr"])]
        return values

    def _current_factors(self) -> list[float]:
        """Return what multiplies the schedule's rate in each group, also in new groups."""
        groups = self.optimizer.param_groups
        # PyTorch adds groups at the end.
        if len(groups) != len(self._groups) or groups[-1] is not self._groups[-1]:
            return self._meet_groups()
        return self._factors

    def _find_factors(self) -> list[float]:
        """Find what multiplies the schedule's rate in each parameter group."""
        self._groups = [*self.optimizer.param_groups]
        self._factors = [
            float(check.rate("lr_scale", group.get("lr_scale", 1)))
            * (float(initial_lr(group)) if self._relative else 1)
            for group in self._groups
        ]
        self._has_factors = any(factor != 1 for factor in self._factors)
        return self._factors

    def _separate(self) -> None:
        """Give each group, and the default of those to come, a tensor of its own."""
        for each in self._hyperparameters.values():
            each.separate([*self.optimizer.param_groups, self.optimizer.defaults])

    def _meet_groups(self) -> list[float]:
        """Take in groups that were added or removed; refuse one whose value would be lost."""
        groups, known = self.optimizer.param_groups, [*map(id, self._groups)]
        added = [group for group in groups if id(group) not in known]
        for name, each in self._hyperparameters.items():
            each.check_count(groups)
            if not (self._relative and name == "lr"):
                each.check_added(added, groups[0])
        for group, lr in [(group, self._initial_lr_of_added(group)) for group in added]:
            group.setdefault("initial_lr", lr)
        for name, each in self._hyperparameters.items():
            written = dict(zip(known, self._written[name], strict=True))
            self._written[name] = [written.get(id(g)) or each.number(g) for g in groups]
        self._separate()
        self.base_lrs = [initial_lr(group) for group in groups]
        return self._find_factors()

    def _initial_lr_of_added(self, group: Group) -> float:
        """Return the initial rate of a group that was added during the training.

        A rate of its own is its rate now, whose ratio to the schedule is kept.
        """
        lr = float(initial_lr(group))
        is_initial = "initial_lr" in group or lr == self.optimizer.defaults.get("lr")
        if not self._relative or not self.last_epoch or is_initial:
            return lr
        now = self._hyperparameters["lr"].values(self.last_epoch + 1, 1)[0]
        if now == 0:
            raise ValueError(
                f"a parameter group was added with lr {lr} where the schedule is 0, so its "
                "initial rate is unknown: add the group with its initial_lr, or earlier"
            )
        return lr / now

    def state_dict(self) -> dict[str, Any]:
        """Return the number of optimizer steps, and the values that were written last."""
        written = {name: list(numbers) for name, numbers in self._written.items()}
        return {"last_epoch": self.last_epoch, "written": written}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Resume at the saved optimizer step; load the optimizer before or after.

        A parameter group keeps the rate that another scheduler had set when the state was
        saved. A state without ``written``, such as one of PyTorch's own schedulers, sets all.
        """
        if not isinstance(state_dict, dict) or "last_epoch" not in state_dict:
            raise ValueError(
                f"state_dict must hold 'last_epoch', got {check.short_repr(state_dict)}"
            )
        steps = check.integer("last_epoch", state_dict["last_epoch"], minimum=-MAX_ITERATION)
        saved = state_dict.get("written", {})
        if not isinstance(saved, dict) or not all(map(_are_numbers, saved.values())):
            raise ValueError(
                "state_dict['written'] must be a dict of lists of numbers, "
                f"got {check.short_repr(saved)}"
            )
        before = self.last_epoch, self._saved
        self.last_epoch, self._saved = steps, saved
        try:
            self._resume()
        except Exception:  # a schedule may raise anything: undo the change, and raise it again
            self.last_epoch, self._saved = before
            raise
        self._step_count = steps + 1

    def _follow_loading(self) -> None:
        """Let the optimizer tell when it loads a state, as long as this scheduler lives."""
        optimizer: Any = getattr(self.optimizer, "optimizer", self.optimizer)  # in accelerate
        this = ref(self)  # the hooks are removed when it dies

        def call(method: Callable[..., None]) -> Callable[..., None]:
            return lambda _, *arguments: method(this(), *arguments)

        hooks = [
            optimizer.register_load_state_dict_pre_hook(call(TorchScheduler._before_loading)),
            optimizer.register_load_state_dict_post_hook(call(TorchScheduler._after_loading)),
            optimizer.register_state_dict_pre_hook(call(TorchScheduler._before_saving)),
        ]
        if type(optimizer).load_state_dict is not torch.optim.Optimizer.load_state_dict:
            # It may go on loading after the hooks, as ZeroRedundancyOptimizer does.
            hooks.append(optimizer.register_step_pre_hook(call(TorchScheduler._before_step)))
        for hook in hooks:
            finalize(self, hook.remove).atexit = False

    def _before_saving(self) -> None:
        if self._relative:
            self._current_factors()  # so that an added group has its initial rate

    def _before_loading(self, state: dict[str, Any]) -> None:
        """Note in which groups this scheduler had set the values, and what the state holds."""
        self._current_factors()
        self._in_charge = {
            name: [*map(each.holds, self._groups, self._written[name])]
            for name, each in self._hyperparameters.items()
        }
        self._loaded = {
            name: [*map(each.copy, state["param_groups"])]
            for name, each in self._hyperparameters.items()
        }

    def _after_loading(self) -> None:
        """Set the values again, which the optimizer has loaded."""
        self._separate()
        for group in self.optimizer.param_groups:  # saved before it had a scheduler
            group.setdefault("initial_lr", float(group["lr"]))
        self._find_factors()
        self._resume()

    def _before_step(self, *_: Any) -> None:
        """Set the values again, if an optimizer went on loading after its hooks."""
        for name, are_ours in (self._is_ours or {}).items():
            for group, number, is_ours in zip(
                self._groups, self._written[name], are_ours, strict=True
            ):
                if is_ours:
                    self._hyperparameters[name].write([group], [number])

    def _resume(self) -> None:
        """Set the values after a load, except where another scheduler has set them."""
        if self.last_epoch < 0:  # a part of SequentialLR whose turn has not come
            return
        values = self._values(self.last_epoch)
        self._is_ours = {name: [] for name in values}
        for name, each in self._hyperparameters.items():
            for i, group in enumerate(self._groups):
                is_ours = self._wrote(name, i)
                if is_ours:
                    each.write([group], [values[name][i]])
                elif self._loaded is not None and each.holds(group, self._written[name][i]):
                    each.write([group], [self._loaded[name][i]])
                self._is_ours[name].append(is_ours)
        self._written, self._last_lr = values, [*values["lr"]]
        if self._saved is not None and self._loaded is not None:  # each load has its other half
            self._saved = self._loaded = None

    def _wrote(self, name: str, i: int) -> bool:
        """Return whether this scheduler, now or when it was saved, wrote a value last."""
        saved = None if self._saved is None else self._saved.get(name, [])
        if saved is not None and i >= len(saved):  # a state of another scheduler, or plan
            return True
        if self._loaded is not None and saved is not None:
            return same(self._loaded[name][i], saved[i])
        if self._loaded is not None:
            return self._in_charge[name][i]
        value = self._hyperparameters[name].read(self._groups[i])
        return any(same(value, of[i]) for of in (self._written[name], saved) if of)


def _are_numbers(values: Any) -> bool:
    return isinstance(values, list) and all(map(check.is_real, values))
