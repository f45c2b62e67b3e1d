"""What the explorer offers: the schedules, their parameters, and what the sliders reach."""

import re
from collections.abc import Callable
from inspect import Parameter, getdoc, signature
from typing import Any

import lr_scheduler
from lr_scheduler import Scheduler

from .page.code import METHODS, SIGNS

# A first config of each, in the order of the reference; numbers as texts, as they are typed.
# What is a list here is one in the page too; a dict is a schedule with parameters of its own.
COSINE = {"type": "CosineScheduler", "max_update": "1000", "base_lr": "1"}
RISE = {"type": "PiecewiseScheduler", "boundaries": ["0", "100"], "values": ["0", "1"]}
SCHEDULES: dict[str, dict[str, Any]] = {
    "FactorScheduler": {"step": "250", "factor": "0.5", "base_lr": "1"},
    "MultiFactorScheduler": {"step": ["250", "750", "900"], "factor": "0.5", "base_lr": "1"},
    "PolyScheduler": {"max_update": "1000", "base_lr": "1"},
    "linear": {"max_update": "1000", "base_lr": "1"},
    "CosineScheduler": {"max_update": "1000", "base_lr": "1"},
    "ExponentialScheduler": {"decay_steps": "250", "factor": "0.5", "base_lr": "1"},
    "PowerScheduler": {"decay_steps": "100", "base_lr": "1"},
    "inverse_sqrt": {"warmup_steps": "100", "base_lr": "1"},
    "PiecewiseScheduler": {
        "boundaries": ["0", "100", "700", "1000"],
        "values": ["0", "1", "0.5", "0"],
    },
    "one_cycle": {"max_update": "1000", "warmup_steps": "300", "base_lr": "1"},
    "warmup_stable_decay": {
        "max_update": "1000",
        "decay_steps": "200",
        "base_lr": "1",
        "warmup_steps": "50",
    },
    "cosine_restarts": {"period": "250", "base_lr": "1"},
    "cyclic": {"period": "250", "base_lr": "1", "final_lr": "0.1"},
}
OPERATORS: dict[str, dict[str, Any]] = {
    "join": {"schedulers": [RISE, COSINE], "boundaries": ["100"]},
    "repeat": {
        "scheduler": COSINE | {"max_update": "250"},
        "period": "250",
        "lr_factor": "0.5",
    },
    "sum": {"operands": [COSINE, "0.1"]},
    "product": {"operands": [COSINE, "0.5"]},
    "clip": {"scheduler": COSINE, "low": "0.1", "high": "0.8"},
    "delay": {"scheduler": COSINE, "n": "200"},
    "stretch": {"scheduler": COSINE, "factor": "0.5"},
}
# How far a slider reaches at first, and its step; it reaches further when a number is typed.
RATE, LENGTH, ITERATIONS = (0, 1, 0.01), (10, 1000, 10), (0, 1000, 10)
SLIDERS = {
    "base_lr": RATE,
    "count_from": (0, 1, 1),
    "cycles": (1, 10, 1),
    "decay_steps": LENGTH,
    "factor": (0.01, 1, 0.01),
    "final_lr": RATE,
    "high": RATE,
    "low": RATE,
    "lr_factor": (0.01, 1, 0.01),
    "max_update": LENGTH,
    "n": ITERATIONS,
    "period": LENGTH,
    "period_factor": (0.1, 3, 0.1),
    "pwr": (0.1, 4, 0.1),
    "rise_steps": LENGTH,
    "step": LENGTH,
    "stop_factor_lr": RATE,
    "warmup_begin_lr": RATE,
    "warmup_steps": ITERATIONS,
}
STRETCH = {"factor": (0.1, 4, 0.1)}
PHASES = ["cosine", "linear", "1-sqrt"]
CHOICES = {
    "one_cycle": {"mode": PHASES},
    "warmup_stable_decay": {"mode": PHASES},
}
WARM_UP = {"warmup_mode": ["linear", "constant"]}


def described(make: Callable[..., Any]) -> dict[str, str]:
    """Return the first sentence that the docstring has for each parameter, without markup."""
    text = re.search(r"^Parameters\n-+\n(.+?)\n(?=\n\S)", getdoc(make) or "", re.M | re.S)
    found = {}
    for item in re.split(r"\n(?=\S)", text[1] if text else ""):
        names, _, body = item.partition("\n")
        plain = re.sub(r"\s*:math:`[^`]*`", "", " ".join(body.split()))
        plain = re.sub(r":\w+:`[~.]*([^`]*)`|`([^`]*)`", r"\1\2", plain)
        for name in names.partition(" :")[0].split(", "):
            found[name] = re.split(r"(?<=\.)\s", plain)[0]
    return found


def parameters(name: str, start: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the parameters of a schedule: the default's text, the slider or the choices."""
    if name in SIGNS:
        return {"operands": {"schedules": True}}
    make = getattr(Scheduler if name in METHODS else lr_scheduler, name)
    # A docstring may say "see LRScheduler" or "see repeat": take the sentence from there.
    shared = described(lr_scheduler.LRScheduler) | described(lr_scheduler.repeat)
    texts = described(make)
    texts |= {key: shared[key] for key in texts.keys() & shared if ": see " in texts[key]}
    found: dict[str, dict[str, Any]] = {}
    for parameter in signature(make).parameters.values():
        if parameter.name == "self":
            found["scheduler"] = {"schedule": True}
            continue
        entry: dict[str, Any] = {"help": texts[parameter.name]}
        if parameter.default is not Parameter.empty:
            default = parameter.default
            entry["default"] = "" if default is None else str(default)
        choices = (WARM_UP | CHOICES.get(name, {})).get(parameter.name)
        sliders = SLIDERS | (STRETCH if name == "stretch" else {})
        if choices:
            entry["choices"] = choices
        elif isinstance(parameter.default, bool):
            entry["choices"] = ["False", "True"]
        elif parameter.name in ("scheduler", "schedulers"):
            entry[parameter.name.replace("scheduler", "schedule")] = True
        elif isinstance(start.get(parameter.name), list):
            entry["list"] = True
        elif parameter.name in sliders:
            entry["slider"] = sliders[parameter.name]
        found[parameter.name] = entry
    return found


def anchor(name: str) -> str:
    """Return the anchor of a schedule on the page of the reference."""
    if name in SIGNS:
        return "lr_scheduler.Scheduler"
    return f"lr_scheduler.Scheduler.{name}" if name in METHODS else f"lr_scheduler.{name}"


def menu() -> dict[str, Any]:
    """Return what the page offers, group by group."""
    groups = {"Schedules": SCHEDULES, "Made of others": OPERATORS}
    return {
        group: {
            name: {
                "start": {"type": name, **start},
                "parameters": parameters(name, start),
                "anchor": anchor(name),
            }
            for name, start in entries.items()
        }
        for group, entries in groups.items()
    }
