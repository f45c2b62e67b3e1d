"""Schedules as text for a terminal: a chart of braille dots or stars, and a table."""

from collections.abc import Sequence
from math import log10

from ._chart import Mark, number_text

ROWS = 10  # of a chart
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # of a braille character
SIGNS = {True: [*"┤│└─┴"], False: [*"||+-+"]}  # by whether the stream can encode them


def can_encode(encoding: str | None) -> bool:
    """Return whether an encoding has the characters of the chart."""
    try:
        "".join([*SIGNS[True], chr(0x28FF)]).encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def columns(width: int, is_braille: bool = True) -> int:
    """Return the number of points that a chart of this width shows."""
    return max(width - 14, 16) * (2 if is_braille else 1)


def chart(
    rates: Sequence[float],
    last: int,
    low: float,
    high: float,
    *,
    first: int = 1,
    log: bool = False,
    is_braille: bool = True,
) -> str:
    """Draw rates, one for each column of dots, between `low` and `high`.

    ``len(rates)`` is :func:`columns` of the width. A logarithmic scale needs a `low` above 0.
    """
    wide, tall = (2, 4) if is_braille else (1, 1)
    height = ROWS * tall

    def row(rate: float) -> int:
        if log:
            share = log10(max(rate, low) / low) / (log10(high / low) or 1)
        else:
            share = (rate - low) / ((high - low) or 1)
        return round(share * (height - 1))

    lit = set()
    before = row(rates[0])
    for x, rate in enumerate(rates):
        y = row(rate)
        between = range(min(y, before + (y > before)), max(y, before - (y < before)) + 1)
        lit |= {(x, each) for each in between}
        before = y

    tick, side, corner, floor, mark = SIGNS[is_braille]
    middle = (low * high) ** 0.5 if log else (low + high) / 2
    labels = {0: low, ROWS // 2: middle, ROWS - 1: high}
    texts = {row: number_text(float(f"{number:.3g}")) for row, number in labels.items()}
    margin = max(map(len, texts.values()))
    count = len(rates) // wide
    lines = []
    for number in reversed(range(ROWS)):
        cells = (
            _cell(lit, column * wide, number * tall, is_braille) for column in range(count)
        )
        text = texts.get(number, "")
        lines.append(f"{text:>{margin}} {tick if text else side}{''.join(cells).rstrip()}")
    half = count // 2
    lines.append(
        f"{'':{margin}} {corner}{floor * (half - 1)}{mark}{floor * (count - half - 1)}{mark}"
    )
    middle_text, end = f"{(first + last) // 2:,}", f"{last:,}"
    feet = f"{first:,}".ljust(half - len(middle_text) // 2) + middle_text
    lines.append(f"{'':{margin}} {feet:<{count - len(end)}}{end}")
    return "\n".join(lines)


def _cell(lit: set[tuple[int, int]], x: int, y: int, is_braille: bool) -> str:
    """Return the character of a cell whose lowest left dot is at x and y."""
    if not is_braille:
        return "*" if (x, y) in lit else " "
    bits = sum(
        DOTS[3 - up][right]
        for up in range(4)
        for right in range(2)
        if (x + right, y + up) in lit
    )
    return chr(0x2800 + bits) if bits else " "


def table(
    iterations: Sequence[int], curves: Sequence[Sequence[float]], marks: Sequence[Mark]
) -> str:
    """Write a row for each iteration, with the rate of each schedule and what happens there."""
    heads = (
        ["Learning rate"] if len(curves) == 1 else [f"({i + 1})" for i in range(len(curves))]
    )
    words = {mark.iteration: mark.text for mark in marks}
    rows = [
        [f"{t:,}", *(f"{curve[i]:.6g}" for curve in curves)] for i, t in enumerate(iterations)
    ]
    widths = [
        max(map(len, column)) for column in zip(["Iteration", *heads], *rows, strict=True)
    ]
    lines = []
    for row, word in zip(
        [["Iteration", *heads], *rows],
        ["", *(words.get(t, "") for t in iterations)],
        strict=True,
    ):
        cells = [text.rjust(width) for text, width in zip(row, widths, strict=True)]
        lines.append("  ".join([*cells, word]).rstrip())
    return "\n".join(lines)
