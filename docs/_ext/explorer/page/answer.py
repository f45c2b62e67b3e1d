"""One request about schedules, and its response: JSON text in, JSON text out."""

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from lr_scheduler import Scheduler, from_config
from lr_scheduler._chart import HEIGHT, chart

from . import edit
from .axis import Axis
from .code import INTEGERS, code, config_text, expression, integral, ordered, value_of
from .shape import eventful, handles, length
from .table import short, table

WANT = ["chart", "table", "code"]
POINTS = 1000  # of a curve
LONGEST = 10**12  # iterations
ROWS = 200  # of the table
DEEPEST = 50  # nested schedules: a browser's stack can hold them
MOST_CHARACTERS = 100_000  # of a request
KEPT = 32  # schedules and curves


def answer(text: str) -> str:
    """Answer a request of the page: read, wrap, fit or sample a schedule, or show schedules."""
    check_size(text)
    request = json.loads(text)
    if "read" in request:
        response = edit.read(request["read"])
    elif "wrap" in request:
        wrapped = edit.wrapped(request["wrap"], request["start"], request["schedule"])
        response = {"config": wrapped}
    elif "fit" in request:
        response = {"config": edit.fitted(request["fit"], request["length"], request["last"])}
    elif "sample" in request:
        response = sampled_rates(request["sample"], request["length"], request["step"])
    else:
        response = shown(request)
    return json.dumps(response, ensure_ascii=not text.isascii())  # faster without


def shown(request: dict[str, Any]) -> dict[str, Any]:
    """Return what the page shows of schedules.

    A request has the `schedules`: configs in which each number is the text that the reader
    typed. Its `last` iteration and the `iterations` of its table are texts too; an empty text
    means the default for these schedules. With a `width` in pixels there may be a chart, and a
    table. The list `want` names what the page needs: "chart", "table" and "code", all of them
    by default. A chart has as many `points` as the request says, 1000 by default; its axes have
    a `height`, its y-axis is logarithmic where `y` is "log", its x-axis counts `x`: see `Axis`.
    Where a schedule `isDragged`, the axes of the picture before, which ended at the iteration
    `reach` and the rate `high`, are kept as far as they show the curves, and so they are after
    it, unless they are too long. In the list `before` a schedule may have the config that it
    had before it became wrong, or before the drag: a faint curve shows that.

    The response has an entry for each schedule: its code, its expression and its config where
    "code" is wanted, or its error and the path of the schedule that has the error. The list
    `valid` has the indices of the schedules without an error. Where "table" is wanted, the
    response has the iterations of the table and their `rates`, spelled as Python spells them,
    and `short`ly, also without a `width`. The last iteration is always there. With a chart
    come the `handles` of its curves, a list for each schedule.
    """
    want = request.get("want", WANT)
    configs = request["schedules"]
    texts = [json.dumps(config) for config in configs]
    entries = [entry(text, "code" in want) for text in texts]
    valid = [i for i, each in enumerate(entries) if "error" not in each]
    schedulers = [build(texts[i]) for i in valid]
    ghosts = [json.dumps(config) for config in outdated(request, entries)]
    last = natural([*schedulers, *map(build, ghosts)])
    response: dict[str, Any] = {"schedules": entries, "valid": valid, "errors": {}}
    errors = response["errors"]
    axis = Axis("iterations")
    try:
        axis = Axis.read(request.get("x", ""), request.get("per", ""))
    except ValueError as error:
        errors["per"] = said(error)
    try:
        last = read_last(request["last"]) or last
        response["last"] = last
    except (TypeError, ValueError) as error:
        errors["last"] = said(error)
    names = [f"{i + 1} {configs[i]['type']}" for i in valid]
    unit, x_name = axis.scale(last)
    if "chart" in want and request.get("width") and "last" in response and (valid or ghosts):
        try:
            shapes = [texts[i] for i in valid]
            end = last if request["last"] else reach(request, schedulers, last)
            response["chart"] = drawn(request, names, valid, shapes, ghosts, end, unit, x_name)
            response["handles"] = [
                handles(value_of(config), build(text)) if i in valid else []
                for i, (config, text) in enumerate(zip(configs, texts, strict=True))
            ]
        except (TypeError, ValueError) as error:
            errors["last"] = said(error)
    try:
        if "table" in want:
            iterations = read_iterations(request["iterations"]) or rows(schedulers, last)
            response["iterations"] = iterations
            rates = [[scheduler(t) for t in iterations] for scheduler in schedulers]
            response["rates"] = [[*map(repr, column)] for column in rates]
            response["short"] = [[*map(short, column)] for column in rates]
            if schedulers and request.get("width"):
                times = None
                if axis.kind != "iterations":
                    times = x_name, [short(t * unit) for t in iterations]
                response["table"] = table(
                    valid, names, iterations, times, response["short"], response["rates"]
                )
    except (TypeError, ValueError) as error:
        errors["iterations"] = said(error)
    if "code" in want:
        per = axis.per if axis.kind == "epochs" else None
        for i in valid:
            entries[i] = entries[i] | {"code": code(ordered(configs[i]), last, per)}
    return response


def sampled_rates(config: dict[str, Any], length: int, step: int) -> dict[str, Any]:
    """Return the rates of a schedule, from iteration 1 in steps, and its handles.

    Return its expression too if it has all rates, and so is at rest; or its error.
    """
    text = json.dumps(config)
    found = entry(text, step == 1)
    if "error" in found:
        return found
    try:
        rates = [build(text)(t) for t in range(1, length + 1, step)]
    except (TypeError, ValueError) as error:
        return {"error": str(error)}
    return found | {"rates": rates, "handles": handles(value_of(config), build(text))}


def drawn(
    request: dict[str, Any],
    names: list[str],
    styles: list[int],
    texts: list[str],
    ghosts: list[str],
    end: int,
    unit: float,
    x_name: str,
) -> str:
    """Draw the chart of a request, up to the iteration `end`."""
    points = request.get("points", POINTS)
    curves = [curve(text, end, points) for text in texts]
    high = value_of(request.get("high") or "0")
    if not request.get("isDragged") and high > 2 * max(map(max, curves), default=0):
        high = 0
    return chart(
        styles,
        names,
        sampled(end, points),
        curves,
        request["width"],
        high,
        height=request.get("height", HEIGHT),
        log=request.get("y") == "log",
        unit=unit,
        x_name=x_name,
        direct=bool(request.get("direct")),
        legend=False,
        ghosts=[curve(text, end, points) for text in ghosts],
    )


def reach(request: dict[str, Any], schedulers: Sequence[Scheduler], last: int) -> int:
    """Return where the x-axis ends: where it ended before a drag, if the curves suit that."""
    before: int = request.get("reach") or last
    ends = max([scheduler.end or 0 for scheduler in schedulers], default=0)
    is_kept = request.get("isDragged") or last <= 2 * before <= 4 * last
    return before if ends <= before and is_kept else last


def outdated(request: dict[str, Any], entries: list[dict[str, Any]]) -> list[Any]:
    """Return what schedules were before, of those that became wrong or are dragged."""
    is_dragged = request.get("isDragged")
    found = zip(request.get("before", []), request["schedules"], entries, strict=False)
    return [
        before
        for before, config, now in found
        if before and ("error" in now or (is_dragged and before != config))
    ]


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


def said(error: object) -> str:
    """Return an error, which says what to type instead of an empty text or a comma."""
    message = str(error)
    name = message.partition(" must be ")[0]
    typed = message.rpartition(", got ")[2].strip("'")
    if message.endswith(", got ''"):
        return f"{name} is empty: type a number{', such as 0.1' if name.endswith('lr') else ''}"
    if name == "cycles" and "integer" in message:
        return f"{message}: leave it empty for endless cycles"
    whole, comma, rest = typed.partition(",")
    joined = typed.replace(",", "")
    if comma and INTEGERS.issuperset(joined):
        if all(len(group) == 3 for group in rest.split(",")):
            return f"{message}: write {joined} without the comma"
        return f"{message}: write {whole}.{rest} with a point"
    return message


@kept
def entry(text: str, with_code: bool) -> dict[str, Any]:
    """Return the entry of a schedule: its expression and config, if wanted, or its error."""
    try:
        build(text)
    except (TypeError, ValueError) as error:
        message = str(error.__cause__ or error)
        path = str(error)[: -len(message)].removesuffix(": ") or "config"
        return {"error": said(message), "path": path}
    if not with_code:
        return {}
    config = ordered(json.loads(text))
    return {"expression": expression(config), "config": config_text(value_of(config))}


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
    last = integral(value_of(text))
    if last == "":
        return None
    if not isinstance(last, int) or not 1 <= last <= LONGEST:
        raise ValueError(f"last must be an integer from 1 to {LONGEST}, got {last!r}")
    return last


def read_iterations(text: str) -> list[Any]:
    """Read the iterations of the table; the schedulers refuse what is no iteration."""
    first, *others = text.split("range(")
    iterations = listed(first)
    for other in others:
        inside, _, after = other.partition(")")
        iterations += [*ranged(inside)[: ROWS + 1], *listed(after)]
    if len(iterations) > ROWS:
        raise ValueError(f"iterations must be at most {ROWS}, got {len(iterations)}")
    return iterations


def listed(text: str) -> list[Any]:
    """Return the numbers of a text."""
    return [integral(value_of(part.strip())) for part in text.split(",") if part.strip()]


def ranged(text: str) -> range:
    """Return the iterations of a range, from what stands in its brackets."""
    try:
        return range(*listed(text))
    except (TypeError, ValueError):
        raise ValueError(
            f"range must have integers, as in range(0, 1000, 100), got range({text})"
        ) from None


def natural(schedulers: Sequence[Scheduler]) -> int:
    """Return the number of iterations in which the schedules show their shape."""
    longest = max(map(length, schedulers), default=0)
    return longest if 1 <= longest <= LONGEST else 1000


def rows(schedulers: Sequence[Scheduler], last: int) -> list[int]:
    """Return the iterations of the table: the ends, the middle, and where something happens."""
    found = {1, max(1, last // 2), last}
    for scheduler in schedulers:
        found.update(eventful(scheduler, last))
    return sorted(found)


def sampled(last: int, points: int = POINTS) -> list[int]:
    """Return the iterations from 1 to the last, or this many of them, at least 2."""
    if last <= points:
        return list(range(1, last + 1))
    return [1 + (last - 1) * i // (points - 1) for i in range(points)]
