"""One request about schedules, and its response: JSON text in, JSON text out."""

import json
from collections.abc import Sequence
from typing import Any

from lr_scheduler import Scheduler, from_config
from lr_scheduler._chart import HEIGHT, chart

from . import edit
from .axis import Axis
from .code import code, config_text, expression, value_of
from .shape import handles, length
from .table import table

WANT = ["chart", "table", "code"]
POINTS = 1000  # of a curve
LONGEST = 10**12  # iterations
ROWS = 200  # of the table


def answer(text: str) -> str:
    """Answer a request of the page: read a text, wrap a schedule, or show schedules."""
    request = json.loads(text)
    if "read" in request:
        return json.dumps(edit.read(request["read"]))
    if "wrap" in request:
        wrapped = edit.wrapped(request["wrap"], request["start"], request["schedule"])
        return json.dumps({"config": wrapped})
    return json.dumps(shown(request))


def shown(request: dict[str, Any]) -> dict[str, Any]:
    """Return what the page shows of schedules.

    A request has the `schedules`: configs in which each number is the text that the reader
    typed. Its `last` iteration and the `iterations` of its table are texts too; an empty text
    means the default for these schedules. With a `width` in pixels there may be a chart, and a
    table. The list `want` names what the page needs: "chart", "table" and "code", all of them
    by default. A chart has as many `points` as the request says, 1000 by default; its axes have
    a `height`, its y-axis includes the rate `high` and is logarithmic where `y` is "log", its
    x-axis counts `x`: see `Axis`. In the list `before` a schedule may have the config that it
    had before it became wrong, or before the drag if it `isDragged`: a faint curve shows that.

    The response has an entry for each schedule: its code, its expression and its config where
    "code" is wanted, or its error and the path of the schedule that has the error. The list
    `valid` has the indices of the schedules without an error. Where "table" is wanted, the
    response has their rates, spelled as Python spells them, also without a `width`. The last
    iteration and the iterations of the table are always there. With a chart come the `handles`
    of its curves, a list for each schedule.
    """
    want = request.get("want", WANT)
    configs = request["schedules"]
    entries, made = [], []
    for config in configs:
        entry, scheduler = build(config)
        entries.append(entry)
        made.append(scheduler)
    valid = [i for i, scheduler in enumerate(made) if scheduler is not None]
    schedulers = [scheduler for scheduler in made if scheduler is not None]
    names = [f"{i + 1} {configs[i]['type']}" for i in valid]
    response: dict[str, Any] = {"schedules": entries, "valid": valid, "errors": {}}
    ghosts = [
        scheduler
        for before, config, now in zip(request.get("before", []), configs, made, strict=False)
        if before
        and (now is None or (request.get("isDragged") and before != config))
        and (scheduler := build(before)[1])
    ]
    last = natural([*schedulers, *ghosts])
    axis = Axis("iterations")
    try:
        last = read_last(request["last"]) or last
        response["last"] = last
    except (TypeError, ValueError) as error:
        response["errors"]["last"] = str(error)
    try:
        axis = Axis.read(request.get("x", ""), request.get("per", ""))
    except (TypeError, ValueError) as error:
        response["errors"]["per"] = str(error)
    has_chart = "chart" in want and "last" in response and bool(request.get("width"))
    if has_chart and (schedulers or ghosts):
        try:
            drawn = sampled(last, request.get("points", POINTS))
            unit, x_name = axis.scale(last)
            response["chart"] = chart(
                valid,
                names,
                drawn,
                [[scheduler(t) for t in drawn] for scheduler in schedulers],
                request["width"],
                value_of(request.get("high") or "0"),
                height=request.get("height", HEIGHT),
                log=request.get("y") == "log",
                unit=unit,
                x_name=x_name,
                direct=bool(request.get("direct")),
                legend=False,
                ghosts=[[scheduler(t) for t in drawn] for scheduler in ghosts],
            )
            response["handles"] = [
                handles(value_of(config), scheduler) if scheduler else []
                for config, scheduler in zip(configs, made, strict=True)
            ]
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
    if "code" in want:
        for i in valid:
            entries[i] |= {
                "code": code(configs[i], last),
                "expression": expression(configs[i]),
                "config": config_text(value_of(configs[i])),
            }
    return response


def build(config: Any) -> tuple[dict[str, Any], Scheduler | None]:
    """Return a scheduler, or an entry of the response with its error."""
    try:
        return {}, from_config(value_of(config))
    except (TypeError, ValueError) as error:
        text = str(error.__cause__ or error)
        path = str(error)[: -len(text)].removesuffix(": ") or "config"
        return {"error": text, "path": path}, None


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
    """Return the number of iterations in which the schedules show their shape."""
    longest = max(map(length, schedulers), default=0)
    return longest if 1 <= longest <= LONGEST else 1000


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
