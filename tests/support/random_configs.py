"""Configs that a reader may give the explorer: every number is a text, right or wrong."""

import json
import math
from random import Random
from typing import Any

from explorer.menu import OPERATORS, SCHEDULES, menu
from explorer.page import answer

ENTRIES = {name: entry for group in menu().values() for name, entry in group.items()}
PARAMETERS = {name: entry["parameters"] for name, entry in ENTRIES.items()}
EXAMPLES = [entry["start"] for entry in ENTRIES.values()]
# Texts to type where a number belongs, each with the value that it has; some are accepted.
TEXTS = {
    **{text: text for text in ("", "x", "10**", "0x10", "é", "None")},
    **{
        "10**2": 100.0,
        "0": 0,
        "-1": -1,
        "nan": math.nan,
        "1e400": math.inf,
        "2.5": 2.5,
        "1_0": 10,
    },
    "True": True,
}


def ask(*schedules: Any, **settings: Any) -> dict[str, Any]:
    """Return what Python answers when the page asks for schedules."""
    request = {"schedules": schedules, "last": "", "iterations": "", "width": 560} | settings
    response: dict[str, Any] = json.loads(answer(json.dumps(request)))
    return response


def text(value: Any) -> Any:
    """Return a config as the page has it: a text for each number."""
    if isinstance(value, dict):
        return {name: text(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [text(item) for item in value]
    return str(value)


class RandomConfigs:
    """Random configs of every type: about half make a schedule, the others are refused."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def rate(self) -> str:
        """Return a learning rate: a round one, or one of any magnitude."""
        if self.random.random() < 0.5:
            return str(self.random.randint(1, 100) / 100)
        return repr(self.random.uniform(0.1, 1) * 10.0 ** self.random.randint(-6, 2))

    def value(self, name: str, parameter: dict[str, Any], start: Any) -> Any:
        """Return a value for a parameter."""
        random = self.random
        if "choices" in parameter:
            return random.choice(parameter["choices"] + ["2", "0.7"] * ("other" in parameter))
        if "schedules" in parameter:
            return [self.config(3) for _ in start]
        if name == "clock":  # any other schedule may fall
            return {"type": "BatchClock", **SCHEDULES["BatchClock"]}
        if "schedule" in parameter:
            return self.config(3)
        if name in ("batch_sizes", "values"):
            return [self.rate() for _ in start]
        if "list" in parameter:
            return [str(t) for t in sorted(random.sample(range(1500), len(start)))]
        if name in ("factor", "lr_factor"):
            return repr(random.uniform(0.01, 1))
        if name == "pwr":
            return random.choice(["1", "2", "0.5", repr(random.uniform(0.1, 5))])
        if name == "period_factor":
            return random.choice(["2", "1.5", repr(random.uniform(1.01, 3))])
        low, high, *_ = parameter["slider"]
        if low == 1 and high > 10:  # iterations
            return str(random.randint(1, random.choice([20, 400, 2000])))
        if name in ("cycles", "count_from"):
            return str(random.randint(0, 5))
        return self.rate()

    def config(self, depth: int = 1) -> dict[str, Any]:
        """Return a config; a deep one is simple."""
        starts = SCHEDULES if depth > 2 else SCHEDULES | OPERATORS
        name = self.random.choice(list(starts))
        start = starts[name]
        return {"type": name} | {
            key: self.value(key, parameter, start.get(key))
            for key, parameter in PARAMETERS[name].items()
            if key in start or self.random.random() < 0.4
        }

    def spoiled(self) -> dict[str, Any]:
        """Return a config with one value replaced."""
        config = self.config()
        key = self.random.choice([key for key in config if key != "type"])
        return config | {key: self.random.choice([*TEXTS])}
