"""One request about schedules, and its response: JSON text in, JSON text out."""

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from lr_scheduler import Scheduler, from_config
from lr_scheduler._chart import chart

from .code import code, config_text, value_of
from .table import table

WANT = ["chart", "table", "code"]
POINTS = 1000  # of a curve
LONGEST = 10**12  # iterations
ROWS = 200  # of the table
DEEPEST = 50  # nested schedules: a browser's stack can hold them
MOST_CHARACTERS = 100_000  # of a request
KEPT = 32  # schedules and curves


def answer(text: str) -> str:
    """Answer a request of the page.

    A request has the `schedules`: configs in which each number is the text that the reader
    typed. Its `last` iteration and the `iterations` of its table are texts too; an empty text
    means the default for these schedules. With a `width` in pixels there may be a chart, whose
    y-axis includes the rate `high`, and a table. The list `want` names what the page needs:
    "chart", "table" and "code", all of them by default. A chart has as many `points` as the
    request says, 1000 by default.

    The response has an entry for each schedule: its code and its config where "code" is wanted,
    or its error and the path of the schedule that has the error. The list `valid` has the
    indices of the schedules without an error. Where "table" is wanted, the response has their
    rates, spelled as Python spells them, also without a `width`. The last iteration and the
    iterations of the table are always there.
    """
    check_size(text)
    request = json.loads(text)
    want = request.get("want", WANT)
    texts = [json.dumps(config) for config in request["schedules"]]
    entries = [entry(text, "code" in want) for text in texts]
    valid = [i for i, each in enumerate(entries) if "error" not in each]
    texts = [texts[i] for i in valid]
    schedulers = [build(text) for text in texts]
    names = [f"{i + 1} {request['schedules'][i]['type']}" for i in valid]
    response: dict[str, Any] = {
        "schedules": entries,
        "valid": valid,
        "errors": {},
    }
    last = natural(schedulers)
    try:
        last = read_last(request["last"]) or last
        response["last"] = last
        if schedulers and request.get("width") and "chart" in want:
            points = request.get("points", POINTS)
            drawn = sampled(last, points)
            curves = [curve(text, last, points) for text in texts]
            high = value_of(request.get("high") or "0")
            response["chart"] = chart(valid, names, drawn, curves, request["width"], high)
    except (TypeError, ValueError) as error:
        response["errors"]["last"] = str(error)
    try:
        iterations = read_iterations(request["iterations"]) or quarters(last)
        response["iterations"] = iterations
        if "table" in want:
            rates = [[repr(scheduler(t)) for t in iterations] for scheduler in schedulers]
            response["rates"] = rates
            if schedulers and request.get("width"):
                response["table"] = table(valid, names, iterations, rates)
    except (TypeError, ValueError) as error:
        response["errors"]["iterations"] = str(error)
    return json.dumps(response, ensure_ascii=not text.isascii())  # faster without


Result = TypeVar("Result")


def kept(function: Callable[..., Result]) -> Callable[..., Result]:
    """Keep the latest results; texts alone are keys that Brython finds quickly."""
    found: dict[str, Result] = {}

    def call(*arguments: Any) -> Result:
        key = " ".join(map(str, arguments))
        if key not in found:
            if len(found) >= KEPT:
                del found[next(iter(found))]
            found[key] = function(*arguments)
        return found[key]

    return call


def check_size(text: str) -> None:
    """Refuse a request that would take a browser's stack or a reader's time."""
    if len(text) > MOST_CHARACTERS:
        raise ValueError(
            f"the schedules must have at most {MOST_CHARACTERS} characters, got {len(text)}: "
            "shorten their lists"
        )
    if text.count("{") <= DEEPEST:  # nearly always
        return
    depth = deepest = -1  # the request itself is no schedule
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise ValueError(
            f"schedules must be nested at most {DEEPEST} deep, got {deepest}: nest fewer"
        )


@kept
def entry(text: str, with_code: bool) -> dict[str, Any]:
    """Return the entry of a schedule in the response: its code, if wanted, or its error."""
    try:
        scheduler = build(text)
    except (TypeError, ValueError) as error:
        message = str(error.__cause__ or error)
        path = str(error)[: -len(message)].removesuffix(": ") or "config"
        return {"error": message, "path": path}
    if not with_code:
        return {}
    values = value_of(json.loads(text))
    return {"code": code(values, scheduler), "config": config_text(values)}


@kept
def build(text: str) -> Scheduler:
    """Return the schedule of a config; while one slider moves, the others are kept."""
    return from_config(value_of(json.loads(text)))


@kept
def curve(text: str, last: int, points: int) -> list[float]:
    """Return the rates of a schedule in the chart."""
    scheduler = build(text)
    return [scheduler(t) for t in sampled(last, points)]


def read_last(text: str) -> int | None:
    """Read the last iteration of the chart: None for an empty text."""
    last = value_of(text)
    if last == "":
        return None
    if not isinstance(last, int) or not 1 <= last <= LONGEST:
        raise ValueError(f"last must be an integer from 1 to {LONGEST}, got {last!r}")
    return last


def read_iterations(text: str) -> list[Any]:
    """Read the iterations of the table; the schedulers refuse what is no iteration."""
    iterations = [value_of(part.strip()) for part in text.split(",") if part.strip()]
    if len(iterations) > ROWS:
        raise ValueError(f"iterations must be at most {ROWS}, got {len(iterations)}")
    return iterations


def natural(schedulers: Sequence[Scheduler]) -> int:
    """Return a round number of iterations in which the schedules show their shape."""
    longest = max(map(length, schedulers), default=0)
    if not 1 <= longest <= LONGEST:
        return 1000
    power: int = 10 ** (len(str(longest)) - 1)
    tenths = (10, 15, 20, 30, 40, 50, 60, 80, 100)
    return next(power * of // 10 for of in tenths if power * of >= longest * 10)


def length(scheduler: Scheduler) -> int:
    """Return the number of iterations in which a schedule shows its shape."""
    if scheduler.end is None:  # a few drops, cycles or decay lengths
        return 4 * largest_number(scheduler.to_config())
    return scheduler.end


def largest_number(value: Any) -> int:
    """Return the largest number in a config, rounded down: 0 if there is none."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return max(map(largest_number, value), default=0)
    return int(value) if isinstance(value, (int, float)) else 0


def quarters(last: int) -> list[int]:
    """Return the iterations at the quarters and the iterations after them."""
    quarter, half = last // 4, last // 2
    found = {1, quarter, quarter + 1, half, half + 1, last - quarter, last - quarter + 1, last}
    return sorted(t for t in found if 1 <= t <= last)


def sampled(last: int, points: int = POINTS) -> list[int]:
    """Return the iterations from 1 to the last, or this many of them, at least 2."""
    if last <= points:
        return list(range(1, last + 1))
    return [1 + (last - 1) * i // (points - 1) for i in range(points)]
