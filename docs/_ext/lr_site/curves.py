"""The directive ``curve`` shows a schedule as code and picture; the role ``curve`` is small.

Both take an expression in the names of the package, such as ``linear(1000, base_lr=1)``.
The pictures are SVG in the colours of the page, light or dark.
"""

import ast
import math
import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import ClassVar, NamedTuple

from docutils import nodes
from docutils.parsers.rst import directives
from explorer import expressions
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole

import lr_scheduler
from lr_scheduler import Scheduler
from lr_scheduler._chart import ticks

POINTS = 200  # of a curve, besides those at its jumps


class Box(NamedTuple):
    """The place of the axes in a picture, in pixels."""

    left: int
    top: int
    right: int
    bottom: int


SMALL = Box(2, 3, 118, 41)
LARGE = Box(64, 10, 402, 150)


def evaluate(code: str) -> Scheduler:
    """Return the scheduler of an expression, which may have assignments above it."""
    names = {name: getattr(lr_scheduler, name) for name in lr_scheduler.__all__}
    *before, last = ast.parse(code.strip()).body
    if not isinstance(last, ast.Expr):
        raise TypeError(f"{code} ends without an expression")
    exec(compile(ast.Module(before, []), "curve", "exec"), names)
    scheduler = eval(compile(ast.Expression(last.value), "curve", "eval"), names)
    if not isinstance(scheduler, Scheduler):
        raise TypeError(f"{code} is no scheduler")
    return scheduler


def sample(scheduler: Scheduler, last: int) -> tuple[list[int], list[float]]:
    """Return iterations to draw, and their rates: evenly spaced, with more at each jump."""
    drawn = [last * i // POINTS for i in range(POINTS + 1)]
    rates = {t: scheduler(t) for t in drawn}
    least = (max(rates.values()) - min(rates.values())) / 1e4
    gaps = list(pairwise(rates))
    while gaps:
        a, b = gaps.pop()
        jump = abs(rates[a] - rates[b])
        if b - a > 1 and jump > least and jump > 0.05 * max(rates[a], rates[b]):
            middle = (a + b) // 2
            rates[middle] = scheduler(middle)
            gaps += [(a, middle), (middle, b)]
    return sorted(rates), [rates[t] for t in sorted(rates)]


def line(
    drawn: Sequence[int], rates: Sequence[float], box: Box, low: float, high: float
) -> str:
    """Return a curve as a path: straight lines between the iterations."""
    across = (box.right - box.left) / drawn[-1]
    up = (box.bottom - box.top) / (high - low)
    return "M" + "L".join(
        f"{box.left + across * t:.1f} {box.bottom - up * (max(rate, low) - low):.1f}"
        for t, rate in zip(drawn, rates, strict=True)
    )


def sparkline(expression: str, last: int) -> str:
    """Draw a schedule as a small curve without axes."""
    scheduler = evaluate(expression)
    drawn, rates = sample(scheduler, last)
    path = line(drawn, rates, SMALL, min(0, *rates), max(rates))
    return (
        '<svg class="sparkline" viewBox="0 0 120 44" aria-hidden="true">'
        f'<path d="M2 42H118"/><path class="line" d="{path}"/></svg>'
    )


def written(rate: float) -> str:
    """Write a rate as a person would: 6e-5, not 6e-05."""
    digits = f"{rate:.4e}" if 0 < rate < 1e-3 else f"{rate:.4g}"
    return re.sub(r"\.?0*e-0?", "e-", digits)


def picture(
    scheduler: Scheduler,
    last: int,
    unit: str,
    label: str,
    log: bool = False,
    dots: Iterable[float] = (),
) -> str:
    """Draw a schedule with axes; with `log` the axis of the rates is logarithmic.

    A log axis ends at the last power of 10 below the rates after the peak; a rate of the
    warm-up below it is drawn there.
    """
    drawn, rates = sample(scheduler, last)
    peak = max(rates)
    if log:
        after = rates[rates.index(peak) :]
        low = math.floor(math.log10(min(rate for rate in after if rate > 0)) + 1e-9)
        high = math.ceil(math.log10(peak) - 1e-9)
        levels = {
            float(n): f"1e{n}" if n < -2 else f"{10.0**n:g}" for n in range(low, high + 1)
        }
    else:
        levels = {rate: written(rate) for rate in (0.0, peak / 2, peak)}
    ends = min(levels), max(levels)

    def height(rate: float) -> float:
        if not log:
            return rate
        return math.log10(rate) if rate > 10 ** ends[0] else ends[0]

    def across(t: float) -> float:
        return LARGE.left + (LARGE.right - LARGE.left) * t / last

    def down(y: float) -> float:
        return LARGE.bottom - (LARGE.bottom - LARGE.top) * (y - ends[0]) / (ends[1] - ends[0])

    parts = [
        f'<svg class="curve" viewBox="0 0 430 190" role="img" aria-label="{escape(label)}">'
    ]
    for y, text in levels.items():
        parts.append(
            f'<path d="M{LARGE.left} {down(y):.1f}H{LARGE.right}"/>'
            f'<text x="{LARGE.left - 8}" y="{down(y) + 4:.1f}" text-anchor="end">{text}</text>'
        )
    for t in ticks(0, last, 4):
        if t <= last:
            x = across(t)
            parts.append(
                f'<path d="M{x:.1f} {LARGE.bottom}v5"/>'
                f'<text x="{x:.1f}" y="168" text-anchor="middle">{t:,.0f}</text>'
            )
    parts.append(
        f'<text x="{(LARGE.left + LARGE.right) / 2}" y="186" text-anchor="middle">{unit}</text>'
    )
    path = line(drawn, [height(rate) for rate in rates], LARGE, *ends)
    parts.append(f'<path class="line" d="{path}"/>')
    for t in dots:
        y = down(height(scheduler(int(t))))
        parts.append(f'<circle cx="{across(t):.1f}" cy="{y:.1f}" r="3.5"/>')
    return "".join([*parts, "</svg>"])


def code(expression: str) -> nodes.literal_block:
    """Show an expression as Python code, which the reader can copy."""
    text = expression.strip()
    return nodes.literal_block(text, text, language="python")


class Curve(SphinxDirective):
    """Show an expression as code, and below it its curve."""

    has_content = True
    option_spec: ClassVar = {"last": directives.positive_int}

    def run(self) -> list[nodes.Node]:
        """Draw the curve over 1000 iterations, or as many as `last`."""
        expression = "\n".join(self.content)
        scheduler, last = evaluate(expression), self.options.get("last", 1000)
        drawn = picture(scheduler, last, "iteration", f"Learning rate of {expression}")
        return [code(expression), nodes.raw("", drawn, format="html")]


class SmallCurve(SphinxRole):
    """Show the curve of an expression in a line of text."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Draw the curve over 1000 iterations."""
        return [nodes.raw("", sparkline(self.text, 1000), format="html")], []


def address(expression: str, last: int | None = None) -> str:
    """Return the fragment that opens an expression in the explorer."""
    encoded = "&".join(map(expressions.encode, expressions.read(expression.strip())))
    return encoded if last is None else f"{encoded}&last={last}"


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive and the role."""
    app.add_directive("curve", Curve)
    app.add_role("curve", SmallCurve())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
