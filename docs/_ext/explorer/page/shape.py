"""How long a schedule is, and where its curve can be taken hold of."""

from collections.abc import Iterator
from itertools import islice
from math import prod
from typing import Any

from lr_scheduler import Scheduler
from lr_scheduler._shape import events, extent

MOST_EVENTS, MOST_BENDS = 8, 100  # of a schedule, in the table; looked at
MOST_HANDLES = 24
HOLD = ("CosineScheduler", "PolyScheduler", "linear", "one_cycle", "warmup_stable_decay")


def length(scheduler: Scheduler) -> int:
    """Return the number of iterations in which a schedule shows its shape."""
    try:
        return extent(scheduler)
    except ValueError:  # a division by a rate of 0
        return scheduler.end or 0


def eventful(scheduler: Scheduler, last: int) -> set[int]:
    """Return the iterations where something happens; of a jump, both sides."""
    high = max([abs(scheduler(t)) for t in (1, last // 2, last)])
    found = set()
    for t, what in islice(events(scheduler, 1, last, high, MOST_BENDS), MOST_EVENTS):
        found.add(t)
        if " after " in what and t < last:
            found.add(t + 1)
    return found


def rounded(number: float) -> float:
    """Return a number with two digits."""
    return float(f"{number:.1e}")


def handles(values: dict[str, Any], scheduler: Scheduler) -> list[dict[str, Any]]:
    """Return the points of a curve that a reader can move, and what moves with them.

    Each has its `name`, its iteration `t` and its `rate`. Its parameters are those of the
    schedule that the list `at` leads to, which counts from the iteration `shift` in steps of
    `time_scale` iterations, and has rates that `rate_scale` multiplies. In the numbers of that
    schedule, moving the point along the x-axis sets the parameter `x`, within `low` and `high`:
    to the iteration, or, if there is a `from`, to the iterations between. Moving the point
    along the y-axis sets the parameter `y`. A parameter is a list: its name, and the index if
    it is a list itself.
    """
    found = []
    for handle in points(values):
        t = handle["t"]
        if isinstance(t, (int, float)) and 0 <= t <= 2**53:
            handle["t"] = round(t) if t == round(t) else t
            handle["rate"] = scheduler(round(t))
            found.append(handle)
    return found if len(found) <= MOST_HANDLES else []


def points(values: Any) -> Iterator[dict[str, Any]]:
    """Yield the points of a schedule, also of one whose times or rates are scaled."""
    if not isinstance(values, dict):
        return
    kind = values["type"]
    if kind == "stretch":
        yield from moved(values, ["scheduler"], values["factor"])
    elif kind == "delay":
        yield from moved(values, ["scheduler"], shift=values["n"])
    elif kind == "product":
        operands = values["operands"]
        inner = [i for i, each in enumerate(operands) if isinstance(each, dict)]
        scale = prod(each for each in operands if not isinstance(each, dict))
        if len(inner) == 1 and scale:
            yield from moved(values, ["operands", *inner], rate_scale=scale)
    else:
        yield from own_points(values)


def moved(
    values: dict[str, Any],
    at: list[Any],
    time_scale: float = 1,
    shift: float = 0,
    rate_scale: float = 1,
) -> Iterator[dict[str, Any]]:
    """Yield the points of the schedule inside, where its times and rates are scaled."""
    inner: Any = values
    for key in at:
        inner = inner[key]
    for each in points(inner):
        yield each | {
            "at": at + each["at"],
            "t": each["t"] * time_scale + shift,
            "time_scale": each["time_scale"] * time_scale,
            "shift": each["shift"] * time_scale + shift,
            "rate_scale": each["rate_scale"] * rate_scale,
        }


def own_points(values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the points of a schedule of which the parameters tell the place."""
    kind, get = values["type"], values.get
    warmup = get("warmup_steps", 0)
    if kind in HOLD:
        last, decay = values["max_update"], get("decay_steps")
        start = last - 1 if decay is None else last - decay
        yield point("end of warm-up, peak", warmup, "warmup_steps", "base_lr", 0, start)
        if decay is not None:
            decaying = point(
                "start of the decay", last - decay, "decay_steps", None, warmup, last - 1
            )
            yield decaying | {"from": last}
        least = warmup + 1 if decay is None else warmup + decay
        yield point("end", last, "max_update", "final_lr", least)
    elif kind in ("ExponentialScheduler", "PowerScheduler", "inverse_sqrt"):
        yield point(
            "end of warm-up, peak", warmup, "warmup_steps", "base_lr", kind == "inverse_sqrt"
        )
    elif kind == "FactorScheduler":
        yield point("end of warm-up, peak", warmup, "warmup_steps", "base_lr", 0)
        yield point("first drop", values["step"], "step", None, 1)
    elif kind == "MultiFactorScheduler":
        milestones = values["step"]
        yield point("end of warm-up, peak", warmup, "warmup_steps", "base_lr", 0)
        yield from along("milestone", milestones, "step", None, 1)
    elif kind == "PiecewiseScheduler":
        yield from along("knot", values["boundaries"], "boundaries", "values", 0)
    elif kind in ("cosine_restarts", "cyclic"):
        yield point("peak", 0, None, "base_lr")
        yield point("end of the first cycle", values["period"], "period", "final_lr", 2)
    elif kind == "join":
        yield from along("boundary", values["boundaries"], "boundaries", None, 1)
    elif kind == "cooldown":
        at = values["at"]
        yield point("start of the decay", at, "at", None, 0)
        ending = point("end", at + values["decay_steps"], "decay_steps", "final_lr", at + 1)
        yield ending | {"from": at}
    elif kind == "constant":
        yield point("rate", 0, None, "lr")


def point(
    name: str, t: Any, x: str | None, y: str | None, low: Any = 0, high: Any = None
) -> dict[str, Any]:
    """Return a point that sets single parameters."""
    return {
        "name": name,
        "t": t,
        "x": x and [x],
        "y": y and [y],
        "low": low,
        "high": high,
        "at": [],
        "time_scale": 1,
        "shift": 0,
        "rate_scale": 1,
    }


def along(
    name: str, times: list[Any], x: str, y: str | None, least: int
) -> Iterator[dict[str, Any]]:
    """Yield a point for each item of a list, which stays between its neighbours."""
    for i, t in enumerate(times):
        low = times[i - 1] + 1 if i else least
        high = times[i + 1] - 1 if i + 1 < len(times) else None
        yield point(f"{name} {i + 1}", t, None, None, low, high) | {
            "x": [x, i],
            "y": y and [y, i],
        }
