"""The directive ``curve`` shows a schedule as code and picture; the role ``curve`` is small.

Both take an expression in the names of the package, such as ``linear(1000, base_lr=1)``.
"""

import ast
from collections.abc import Iterable
from itertools import pairwise

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole

import lr_scheduler
from lr_scheduler import Scheduler
from lr_scheduler._chart import Mark, chart
from lr_scheduler._chart import sparkline as small_curve

POINTS = 500  # of a curve, besides those at its jumps
WIDTH, HEIGHT = 430, 150  # of a picture and of its axes, in pixels


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


def sparkline(scheduler: Scheduler, last: int) -> str:
    """Draw a schedule as a small curve without axes."""
    return small_curve(*sample(scheduler, last), height=44)


def picture(
    scheduler: Scheduler,
    last: int,
    name: str,
    x_name: str = "Iteration",
    *,
    unit: float = 1,
    log: bool = False,
    dots: Iterable[int] = (),
) -> str:
    """Draw a schedule with axes, and dots at iterations.

    The x-axis counts `unit` for an iteration, such as a part of an epoch. A log axis is as long
    as the rates after the peak need; the lower rates of a warm-up are drawn at its foot.
    """
    drawn, rates = sample(scheduler, last)
    if log:
        after = rates[rates.index(max(rates)) :]
        foot = min(rate for rate in after if rate > 0)
        rates = [max(rate, foot) for rate in rates]
    return chart(
        [0],
        [name],
        drawn,
        [rates],
        WIDTH,
        height=HEIGHT,
        log=log,
        unit=unit,
        x_name=x_name,
        y_name="",
        marks=[Mark(t, scheduler(t)) for t in dots],
    ).replace("<svg ", '<svg class="curve" ', 1)


def code(expression: str) -> nodes.literal_block:
    """Show an expression as Python code, which the reader can copy."""
    text = expression.strip()
    return nodes.literal_block(text, text, language="python")


class Curve(SphinxDirective):
    """Show an expression as code, and below it its curve."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Draw the curve over 1000 iterations."""
        expression = "\n".join(self.content)
        drawn = picture(evaluate(expression), 1000, expression)
        return [code(expression), nodes.raw("", drawn, format="html")]


class SmallCurve(SphinxRole):
    """Show the curve of an expression in a line of text."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Draw the curve over 1000 iterations."""
        return [nodes.raw("", sparkline(evaluate(self.text), 1000), format="html")], []


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive and the role."""
    app.add_directive("curve", Curve)
    app.add_role("curve", SmallCurve())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
