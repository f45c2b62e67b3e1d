"""The command ``python -m lr_scheduler``: schedules as a table and a chart, or as SVG."""

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from . import _chart, _terminal
from ._expression import ExpressionError, read
from ._schedule import Scheduler
from ._shape import extent, marks, sampled

LONGEST = 10**15  # iterations
HELP = """\
Print learning-rate schedules as a table and a chart, or write them as SVG.

A SCHEDULE is an expression such as

  CosineScheduler(1000, base_lr=0.1, warmup_steps=100)
  0.5 * FactorScheduler(250, 0.5, base_lr=1).clip(low=0.1)

or a file with an expression or a config in JSON, or - for the standard input.
Nothing in it is executed. Several schedules are drawn over the same iterations.
"""
EXIT = "The exit code is 0, or 2 for a text that is no schedule, or 1 for any other error."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m lr_scheduler",
        description=HELP,
        epilog=EXIT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("schedules", metavar="SCHEDULE", nargs="+")
    parser.add_argument("--stop", type=_iteration, metavar="N", help="last iteration to show")
    parser.add_argument("--log", action="store_true", help="logarithmic learning rates")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="write a chart as SVG")
    asked = parser.parse_args(arguments)
    try:
        schedules = [read(_text(each)) for each in asked.schedules]
    except ExpressionError as error:
        print(f"error: {error}\n\n{error.shown()}", file=sys.stderr)
        return 2
    except (OSError, UnicodeDecodeError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    try:
        stop = asked.stop or max(map(extent, schedules))
        if asked.svg:
            asked.svg.write_text(_svg(schedules, stop, asked.log), "utf-8")
        else:
            print(_shown(schedules, stop, asked.log))
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _iteration(text: str) -> int:
    """Return a last iteration that may be asked for."""
    digits = text.replace(",", "").replace("_", "")
    if not (digits.isdecimal() and len(digits) < 20 and 1 <= int(digits) <= LONGEST):
        raise argparse.ArgumentTypeError(
            f"must be an integer from 1 to {LONGEST:,}, got {text}"
        )
    return int(digits)


def _text(argument: str) -> str:
    """Return the text of a schedule: the argument, or what is in the file that it names."""
    if argument == "-":
        return sys.stdin.read()
    is_file = argument.endswith(".json") or ("(" not in argument and Path(argument).is_file())
    return Path(argument).read_text("utf-8") if is_file else argument


def _names(schedules: Sequence[Scheduler]) -> list[str]:
    texts = [repr(each) for each in schedules]
    return [text if len(text) <= 300 else f"{text[:300]}..." for text in texts]


def _svg(schedules: Sequence[Scheduler], stop: int, log: bool) -> str:
    """Return the chart of the schedules as a file of SVG."""
    iterations = sorted({t for each in schedules for t in sampled(each, 1, stop)})
    curves = [[float(each(t)) for t in iterations] for each in schedules]
    found = [
        mark
        for i, each in enumerate(schedules)
        for mark in marks(each, 1, stop, max(curves[i]), i)
    ]
    styles = [i % len(_chart.COLOURS) for i in range(len(schedules))]
    return _chart.chart(
        styles, _names(schedules), iterations, curves, 720, height=320, log=log, marks=found
    )


def _shown(schedules: Sequence[Scheduler], stop: int, log: bool) -> str:
    """Return the charts and the table of the schedules as text."""
    is_braille = _terminal.can_encode(sys.stdout.encoding)
    width = min(shutil.get_terminal_size().columns, 100)
    count = _terminal.columns(width, is_braille)
    drawn = [1 + (stop - 1) * i // (count - 1) for i in range(count)]
    curves = [[float(each(t)) for t in drawn] for each in schedules]
    rates = [rate for curve in curves for rate in curve]
    low, high = min(0.0, *rates), max(rates)
    if log:
        low = min((rate for rate in rates if rate > 0), default=0)
        if not low:
            raise ValueError("no learning rate is above 0: leave --log out")
    parts = []
    for i, (name, curve) in enumerate(zip(_names(schedules), curves, strict=True)):
        number = f"({i + 1}) " if len(schedules) > 1 else ""
        picture = _terminal.chart(curve, stop, low, high, log=log, is_braille=is_braille)
        parts.append(f"{number}{name}\n\n{picture}")
    happens = [m for each in schedules for m in marks(each, 1, stop, high)]
    quarters = {1, *(max(1, stop * i // 4) for i in range(1, 5))}
    after = {m.iteration + 1 for m in happens if "after" in m.text and m.iteration < stop}
    rows = sorted(quarters | {m.iteration for m in happens} | after)
    values = [[float(each(t)) for t in rows] for each in schedules]
    words = happens if len(schedules) == 1 else []
    return "\n\n".join([*parts, _terminal.table(rows, values, words)])
