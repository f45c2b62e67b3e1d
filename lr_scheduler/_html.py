"""A schedule as HTML, for notebooks: its curve and its parameters."""

from typing import Any

from . import _validation as check
from ._chart import chart, escape
from ._shape import extent, marks, sampled

WIDTH, HEIGHT = 560, 180  # of the chart, in pixels
LONGEST = 1000  # characters of a repr


def html(schedule: Any, names: list[str], y_name: str = "Learning rate") -> str:
    """Return a schedule as HTML; `names` are those of the parameters to list."""
    stop = extent(schedule)
    iterations = sampled(schedule, 1, stop)
    rates = [float(schedule(t)) for t in iterations]
    text = repr(schedule)
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]}... ({len(text)} characters)"
    picture = chart(
        [0],
        [text[:80]],
        iterations,
        [rates],
        WIDTH,
        height=HEIGHT,
        y_name=y_name,
        marks=marks(schedule, 1, stop, max(rates)),
    )
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(check.short_repr(getattr(schedule, name)))}"
        "</td></tr>"
        for name in names
    )
    table = f"<table><tbody>{rows}</tbody></table>" if rows else ""
    return f"<div><p><code>{escape(text)}</code></p>{picture}{table}</div>"
