"""What the explorer offers: the schedules, their parameters, and what the sliders reach."""

import re
from collections.abc import Callable
from inspect import Parameter, getdoc, signature
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_origin

import lr_scheduler
from lr_scheduler import Scheduler

from .page.code import METHODS, SIGNS
from .page.expressions import read
from .page.table import short

DOCS = Path(__file__).parents[2]


def first_configs() -> dict[str, dict[str, Any]]:
    """Return the arguments on each page of the reference, by the name of the schedule.

    They are in the order of the table there. Numbers are texts, as they are typed. What is a
    list here is one in the page too; a dict is a schedule with parameters of its own.
    """
    text = (DOCS / "reference.md").read_text("utf-8")
    names = " ".join(re.findall(r"^```\{api-table\}\n([^`]+)", text, re.M)).split()
    pages = [(DOCS / "reference" / f"{name}.md").read_text("utf-8") for name in names]
    code = re.findall(r"^```\{api\} .+\n(\w+\(.+)$", "\n".join(pages), re.M)
    return {config.pop("type"): config for config in map(read, code)}


COSINE = {"type": "CosineScheduler", "max_update": "1000", "base_lr": "1"}
SCHEDULES = first_configs()
OPERATORS: dict[str, dict[str, Any]] = {
    "cooldown": SCHEDULES.pop("cooldown"),
    "join": SCHEDULES.pop("join"),
    "repeat": SCHEDULES.pop("repeat"),
    "sum": {"operands": [COSINE, "0.1"]},
    "product": {"operands": [COSINE, "0.5"]},
    "quotient": {"operands": [COSINE, "2"]},
    "power": {"operands": [COSINE, "2"]},
    "clip": {"scheduler": COSINE, "low": "0.1", "high": "0.8"},
    "delay": {"scheduler": COSINE, "n": "200"},
    "over": {
        "scheduler": {**COSINE, "max_update": "100000"},
        "clock": {"type": "BatchClock", **SCHEDULES["BatchClock"]},
    },
    "stretch": {"scheduler": COSINE, "factor": "0.5"},
}
# What the label of a parameter says of it, after its name.
LABELS = {
    "at": "last iteration before the decay",
    "base_lr": "peak learning rate",
    "batch_sizes": "samples or tokens per batch",
    "boundaries": "iterations of the knots",
    "clock": "what counts samples or tokens",
    "count_from": "which rate each cycle reaches",
    "cycles": "number of cycles",
    "decay_steps": "iterations of decay",
    "factor": "multiplies the rate",
    "final_lr": "learning rate at the end",
    "high": "highest rate",
    "hold": "hold each rate",
    "low": "lowest rate",
    "lr": "learning rate",
    "lr_factor": "multiplies each new cycle's rates",
    "max_update": "iteration of the end",
    "mode": "shape",
    "n": "iterations of delay",
    "operands": "schedules or numbers",
    "period": "iterations of a cycle",
    "period_factor": "multiplies each new cycle's length",
    "pwr": "exponent",
    "rise_steps": "iterations of the rise",
    "scheduler": "schedule",
    "schedulers": "schedules",
    "step": "iterations between drops",
    "stop_factor_lr": "lowest rate of the drops",
    "values": "rates at the knots",
    "warmup_begin_lr": "rate at iteration 0",
    "warmup_mode": "shape of the warm-up",
    "warmup_steps": "iterations of warm-up",
}
# Where a name means something else.
OWN_LABELS = {
    "BatchClock": {"boundaries": "last iteration of each size"},
    "ExponentialScheduler": {"decay_steps": "iterations per factor"},
    "MultiFactorScheduler": {"step": "milestones"},
    "PowerScheduler": {"decay_steps": "time scale"},
    "cyclic": {
        "base_lr": "peak of the first cycle",
        "final_lr": "rate between cycles",
        "lr_factor": "scales each new height above final_lr",
    },
    "cosine_restarts": {
        "base_lr": "rate at the start of the first cycle",
        "final_lr": "rate at the end of a cycle",
        "lr_factor": "scales each new height above final_lr",
        "period": "iterations of the first cycle",
    },
    "join": {"boundaries": "last iteration of each part"},
    "repeat": {"period": "iterations of the first cycle"},
    "stretch": {"factor": "iterations per epoch of the schedule"},
}
# What an empty field means, where the default depends on other parameters or is no number.
EMPTY = {
    "cycles": "endless",
    "final_lr": "warmup_begin_lr / 10000",
    "high": "no limit",
    "low": "no limit",
    "rise_steps": "half the cycle",
    "warmup_begin_lr": "base_lr / 25",
}
# What a choice means, where its value does not tell.
CHOICES = {
    "count_from": {
        "1": "1: its last, not its first",
        "0": "0: its first, not its last",
    },
}


class Slider(NamedTuple):
    """What a slider reaches: evenly, or by the logarithm, and then perhaps 0 too."""

    low: float
    high: float
    step: float
    is_log: bool = False
    has_zero: bool = False


RATE, RATE_OR_ZERO = Slider(1e-6, 10, 0, True), Slider(1e-8, 1, 0, True, True)
LENGTH, ITERATIONS = Slider(1, 1e6, 0, True), Slider(1, 1e6, 0, True, True)
SHARE, FEW = Slider(0.01, 1, 0.01), Slider(1, 10, 1)
# The parameters whose type and default do not tell the reach.
SLIDERS = {
    "at": ITERATIONS,
    "cycles": FEW,
    "factor": SHARE,
    "high": RATE,
    "low": RATE_OR_ZERO,
    "lr": RATE_OR_ZERO,
    "lr_factor": SHARE,
    "n": ITERATIONS,
    "period": LENGTH,
    "period_factor": Slider(0.1, 3, 0.1),
    "pwr": Slider(0.1, 4, 0.1),
    "rise_steps": LENGTH,
    "stop_factor_lr": RATE_OR_ZERO,
}
# Durations may be real numbers, but most are integers.
DURATIONS = {"decay_steps", "max_update", "warmup_steps"}
STRETCH = {"factor": Slider(0.1, 4, 0.1)}


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


def literals(kind: Any) -> list[str]:
    """Return the names that a type allows, each once."""
    if get_origin(kind) is Literal:
        return [*get_args(kind)]
    names = [name for each in get_args(kind) for name in literals(each)]
    return list(dict.fromkeys(names))


def control(name: str, parameter: Parameter, start: Any) -> dict[str, Any]:
    """Return what a parameter of a schedule is chosen with, which follows from its type."""
    if parameter.name in ("clock", "scheduler"):
        return {"schedule": True}
    if parameter.name == "schedulers":
        return {"schedules": True}
    if isinstance(start, list):
        return {"list": True}
    kind, default = parameter.annotation, parameter.default
    if get_origin(kind) is Literal:
        return {"choices": [*get_args(kind)]}
    if parameter.name in CHOICES:
        meanings = CHOICES[parameter.name]
        return {"choices": [*meanings], "names": meanings}
    if names := literals(kind):  # a name, a number or a list
        return {"choices": names, "other": True}
    if kind is bool:
        return {"choices": ["False", "True"]}
    sliders = SLIDERS | (STRETCH if name == "stretch" else {})
    if parameter.name in sliders:
        return {"slider": sliders[parameter.name]}
    kinds = {kind, *get_args(kind)}
    if int in kinds or parameter.name in DURATIONS:
        return {"slider": ITERATIONS if default == 0 else LENGTH}
    return (
        {"slider": RATE if parameter.name == "base_lr" else RATE_OR_ZERO}
        if float in kinds
        else {}
    )


def parameters(name: str, start: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the parameters of a schedule: the default's text, the slider or the choices."""
    if name in SIGNS:
        return {"operands": {"schedules": True, "label": LABELS["operands"]}}
    make = getattr(Scheduler if name in METHODS else lr_scheduler, name)
    # A docstring may say "see LRScheduler": take the sentence from there.
    shared = described(lr_scheduler.LRScheduler)
    texts = described(make)
    texts |= {key: shared[key] for key in texts.keys() & shared if ": see " in texts[key]}
    labels = LABELS | OWN_LABELS.get(name, {})
    found: dict[str, dict[str, Any]] = {}
    for parameter in signature(make).parameters.values():
        if parameter.name == "self":
            found["scheduler"] = {"schedule": True, "label": labels["scheduler"]}
            continue
        entry: dict[str, Any] = {
            "help": texts[parameter.name],
            "label": labels[parameter.name],
        }
        if parameter.default is not Parameter.empty:
            default = parameter.default
            entry["default"] = "" if default is None else str(default)
            if isinstance(default, float):
                entry["default"] = short(default)
            if default is None:
                entry["empty"] = EMPTY[parameter.name]
        found[parameter.name] = entry | control(name, parameter, start.get(parameter.name))
    return found


def address(name: str) -> str:
    """Return where the reference describes a schedule, in the folder of its pages."""
    if name in SIGNS:
        return "Scheduler.html#lr_scheduler.Scheduler"
    if name in METHODS:
        return f"Scheduler.html#lr_scheduler.Scheduler.{name}"
    return f"{name}.html#lr_scheduler.{name}"


def menu() -> dict[str, Any]:
    """Return what the page offers, group by group."""
    groups = {"Schedules": SCHEDULES, "Made of others": OPERATORS}
    return {
        group: {
            name: {
                "start": {"type": name, **start},
                "parameters": parameters(name, start),
                "reference": address(name),
            }
            for name, start in entries.items()
        }
        for group, entries in groups.items()
    }
