"""One question about schedules, answered: JSON text in, JSON text out."""

import json
from collections.abc import Sequence
from typing import Any

from lr_scheduler import Scheduler, from_config
from lr_scheduler._chart import chart

from .code import code, config_text, value_of
from .table import table

POINTS = 1000  # of a curve
LONGEST = 10**12  # iterations
ROWS = 200  # of the table


def answer(question: str) -> str:
    """Answer a question of the page.

    It has the `schedules`: configs in which each number is the text that the reader typed. For
    its `last` iteration and its table of `iterations`, texts as well, an empty one means what
    suits the schedules. With a `width` in pixels it wants a chart and a table, too; the
    chart reaches at least up to the rate `high`.

    The answer has an entry for each schedule: its code and its config, or the error and the
    path of the schedule in which it is. The rates are those of the schedules that are `shown`,
    which have no error, as Python writes them.
    """
    asked = json.loads(question)
    schedules = [scheduled(config) for config in asked["schedules"]]
    shown = [i for i, (_, scheduler) in enumerate(schedules) if scheduler is not None]
    schedulers = [scheduler for _, scheduler in schedules if scheduler is not None]
    names = [f"{i + 1} {asked['schedules'][i]['type']}" for i in shown]
    told: dict[str, Any] = {
        "schedules": [entry for entry, _ in schedules],
        "shown": shown,
        "errors": {},
    }
    last = natural(asked["schedules"])
    try:
        last = read_last(asked["last"]) or last
        told["last"] = last
        if schedulers and "width" in asked:
            drawn = sampled(last)
            curves = [[scheduler(t) for t in drawn] for scheduler in schedulers]
            high = value_of(asked.get("high") or "0")
            told["chart"] = chart(shown, names, drawn, curves, asked["width"], high)
    except (TypeError, ValueError) as error:
        told["errors"]["last"] = str(error)
    try:
        iterations = read_iterations(asked["iterations"]) or quarters(last)
        told["iterations"] = iterations
        rates = [[repr(scheduler(t)) for t in iterations] for scheduler in schedulers]
        told["rates"] = rates
        if schedulers and "width" in asked:
            told["table"] = table(shown, names, iterations, rates)
    except (TypeError, ValueError) as error:
        told["errors"]["iterations"] = str(error)
    return json.dumps(told)


def scheduled(config: Any) -> tuple[dict[str, Any], Scheduler | None]:
    """Return what the page shows of a schedule, and the schedule unless there is an error."""
    values = value_of(config)
    try:
        scheduler = from_config(values)
    except (TypeError, ValueError) as error:
        text = str(error.__cause__ or error)
        path = str(error)[: -len(text)].removesuffix(": ") or "config"
        return {"error": text, "path": path}, None
    return {"code": code(values, scheduler), "config": config_text(values)}, scheduler


def read_last(text: str) -> int | None:
    """Read the last iteration of the chart: None for an empty text."""
    last = value_of(text)
    if last == "":
        return None
    if not isinstance(last, int) or not 1 <= last <= LONGEST:
        raise ValueError(f"last must be an integer from 1 to {LONGEST}, got {last!r}")
    return last


def read_iterations(text: str) -> list[Any]:
    """Read the iterations of the table; the schedulers refuse what is none."""
    iterations = [value_of(part.strip()) for part in text.split(",") if part.strip()]
    if len(iterations) > ROWS:
        raise ValueError(f"iterations must be at most {ROWS}, got {len(iterations)}")
    return iterations


def natural(configs: Sequence[Any]) -> int:
    """Return a round last iteration that shows what the schedules do."""
    longest = max(map(length, configs), default=0)
    if not 1 <= longest <= LONGEST:
        return 1000
    power: int = 10 ** (len(str(longest)) - 1)
    tenths = (10, 15, 20, 30, 40, 50, 60, 80, 100)
    return next(power * of // 10 for of in tenths if power * of >= longest * 10)


def length(config: Any) -> int:
    """Return how many iterations of a config are worth a look."""
    if not isinstance(config, dict):
        return 0
    inner = config.get("scheduler", config.get("schedulers", config.get("operands")))
    parts = [length(each) for each in (inner if isinstance(inner, list) else [inner])]
    kind, step = config["type"], config.get("step")
    if kind == "join":
        start = longest_of(step)
        return start + (max(parts[-1:], default=0) or start)
    if kind == "shift":
        return parts[0] + longest_of(config.get("iterations"))
    if kind == "stretch":
        factor = value_of(config.get("factor"))
        is_number = isinstance(factor, (int, float)) and 0 < factor < LONGEST
        return int(parts[0] * factor) if is_number else 0
    if "max_update" in config:
        return longest_of(config["max_update"])
    own = longest_of(step if isinstance(step, list) else [step, config.get("warmup_steps")])
    return max([own if isinstance(step, list) else 4 * own, *parts])


def longest_of(texts: Any) -> int:
    """Return the largest integer among texts: 0 if there is none."""
    values = map(value_of, texts if isinstance(texts, list) else [texts])
    integers: list[int] = [value for value in values if isinstance(value, int)]
    return max(integers, default=0)


def quarters(last: int) -> list[int]:
    """Return the iterations at the quarters and the ones after them."""
    quarter, half = last // 4, last // 2
    found = {1, quarter, quarter + 1, half, half + 1, last - quarter, last - quarter + 1, last}
    return sorted(t for t in found if 1 <= t <= last)


def sampled(last: int) -> list[int]:
    """Return the iterations from 1 to the last, or as many of them as a chart can show."""
    if last <= POINTS:
        return list(range(1, last + 1))
    return [1 + (last - 1) * i // (POINTS - 1) for i in range(POINTS)]
