"""A schedule as the reader writes it: in Python, for a framework, as JSON."""

import json
from typing import Any

import lr_scheduler
from lr_scheduler import Scheduler

# Decimal numbers alone: Brython's `float` makes 0.0 of "0x10".
DIGITS = frozenset("0123456789")
DECIMAL = DIGITS | {".", "_"}
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
METHODS = ("clip", "delay", "over", "stretch")
SIGNS = {"sum": " + ", "product": " * ", "quotient": " / ", "power": " ** "}
# The adapter, what is imported before the package, and what follows the schedule.
FRAMEWORKS = {
    "Python": ("", "", ""),
    "PyTorch": ("to_torch", "", "scheduler = to_torch(schedule, optimizer)\n"),
    "optax": ("to_optax", "import optax\n\n", "optimizer = optax.sgd(to_optax(schedule))\n"),
    "Keras": (
        "to_keras",
        "import keras\n\n",
        "optimizer = keras.optimizers.SGD(to_keras(schedule))\n",
    ),
}


def value_of(config: Any) -> Any:
    """Return a config whose numbers are numbers, not the texts that were typed."""
    if isinstance(config, dict):
        return {name: value_of(value) for name, value in config.items()}
    if isinstance(config, list):
        return [value_of(value) for value in config]
    if config in ("True", "False"):
        return config == "True"
    if isinstance(config, str) and is_number(config):
        for kind in (int, float):
            try:
                return kind(config)
            except ValueError:
                pass
    return config


def is_number(text: str) -> bool:
    """Return whether a text looks like a decimal number; `int` or `float` decides."""
    unsigned = unsign(text)
    if unsigned in ("inf", "nan"):
        return True
    mantissa, e, exponent = unsigned.replace("E", "e").partition("e")
    digits = mantissa[1:] if mantissa[:1] == "." else mantissa
    is_mantissa = digits[:1] in DIGITS and DECIMAL.issuperset(digits)
    return is_mantissa and DIGITS.issuperset(unsign(exponent)) and bool(exponent) == bool(e)


def unsign(text: str) -> str:
    """Return a text without the sign that it may begin with."""
    return text[1:] if text[:1] in ("+", "-") else text


def config_text(values: Any, indent: str = "\n") -> str:
    """Write a config as JSON, with each number as Python writes it."""
    inner = indent + "  "
    if isinstance(values, dict):
        items = [f"{json.dumps(k)}: {config_text(v, inner)}" for k, v in values.items()]
        return "{" + inner + ("," + inner).join(items) + indent + "}"
    if isinstance(values, list):
        return "[" + ", ".join(config_text(value, indent) for value in values) + "]"
    return repr(values) if type(values) in (int, float) else json.dumps(values)


def expression(values: Any) -> str:
    """Write a config as the expression that makes its scheduler."""
    if isinstance(values, list):
        return "[" + ", ".join(map(expression, values)) + "]"
    if not isinstance(values, dict):
        return repr(values)
    kind = values["type"]
    arguments = {name: value for name, value in values.items() if name != "type"}
    if kind in SIGNS:
        return "(" + SIGNS[kind].join(map(expression, arguments["operands"])) + ")"
    before = expression(arguments.pop("scheduler")) + "." if kind in METHODS else ""
    inside = ", ".join(f"{name}={expression(value)}" for name, value in arguments.items())
    return f"{before}{kind}({inside})"


def code(values: Any, scheduler: Scheduler) -> dict[str, str]:
    """Return the code that makes a scheduler and uses it, for Python and each framework."""
    exact = repr(scheduler)
    called = expression(values)
    functions = {name for name in public_names(called) if name[0].islower()}
    assignment = f"schedule = {exact}\n"
    if functions - {"join", "repeat"}:  # a name says more than what it stands for
        assignment = f"schedule = {called}\n# {exact}\n"
    used = public_names(assignment.partition("\n")[0])
    texts = {}
    for framework, (adapter, first, last) in FRAMEWORKS.items():
        names = ", ".join(sorted(used | {adapter} if adapter else used))
        texts[framework] = f"{first}from lr_scheduler import {names}\n\n{assignment}{last}"
    return texts


def public_names(text: str) -> set[str]:
    """Return the public names of the package that occur in a text."""
    words = "".join([sign if sign in LETTERS else " " for sign in text]).split()
    return {word for word in words if word in lr_scheduler.__all__}
