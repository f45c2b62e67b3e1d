"""Draw learning rates as an SVG chart, in CPython and in a browser alike.

:func:`chart` draws curves with axes, :func:`sparkline` a small curve without. They know no
schedules, only iterations and rates. The text has the colour of the page around it, and the
colours of the curves suit light and dark pages. No attribute ``style`` is used, which many a
Content-Security-Policy forbids.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from ._places import Place, Point, Space

# Each colour has a contrast of at least 3:1 with the white and with the dark page. The dashes
# distinguish the curves for readers who do not see the colours.
COLOURS = ("#1a7abb", "#ba5909", "#228557", "#af4cb7", "#c43d52", "#857119")
DASHES = ("none", "10 4", "3 3", "14 4 3 4", "6 2", "2 5")
FONT, DIGIT = 14, 8  # pixels
LEFT, RIGHT, BOTTOM, TOP = 62, 22, 48, 12  # margins in pixels
HEIGHT = 240  # of the axes
ROW = 22  # height of a row of the legend
LARGEST = 1e300  # larger rates are clamped, so that differences of rates stay finite


class Mark(NamedTuple):
    """A point of a curve where something happens, and what."""

    iteration: int
    rate: float
    text: str = ""
    curve: int = 0


class Scale(NamedTuple):
    """A map from numbers to pixels: linear, or linear in the logarithm."""

    start: float
    factor: float
    lowest: float = 0
    """The lowest number of a logarithmic scale, drawn for all below; 0 for a linear scale."""

    def place(self, number: float) -> float:
        """Return a number's position in pixels."""
        if self.lowest:
            number = math.log10(max(number, self.lowest))
        return self.start + self.factor * number

    def at(self, number: float) -> str:
        """Return a number's position in pixels, to one decimal."""
        return f"{self.place(number):.1f}"


def chart(
    styles: Sequence[int],
    names: Sequence[str],
    iterations: Sequence[int],
    curves: Sequence[Sequence[float]],
    width: int,
    high: float = 0,
    *,
    height: int = HEIGHT,
    log: bool = False,
    unit: float = 1,
    x_name: str = "Iteration",
    y_name: str = "Learning rate",
    legend: bool = True,
    direct: bool = False,
    marks: Sequence[Mark] = (),
    dots: bool = False,
    ghosts: Sequence[Sequence[float]] = (),
) -> str:
    """Draw curves of rates over the same iterations.

    Parameters
    ----------
    styles : sequence of int
        For each curve, the index of its colour and dashes in `COLOURS` and `DASHES`.
    names : sequence of str
        The names of the curves. A single name is not drawn, only told to screen readers.
    iterations : sequence of int
        The iterations of the rates; the last iteration ends the x-axis.
    curves : sequence of sequence of float
        The rates of each curve, one for each iteration.
    width : int
        Width of the chart in pixels.
    high : float, default 0
        A rate that the y-axis includes.
    height : int, default 240
        Height of the axes in pixels, without the names above and below.
    log : bool, default False
        Draw the rates on a logarithmic scale. Rates of 0 are drawn at its foot.
    unit : float, default 1
        What an iteration counts on the x-axis, such as the tokens of a batch in billions.
    x_name, y_name : str
        Names of the axes, with their units. An empty name takes no room.
    legend : bool, default True
        Write the names of several curves above the axes.
    direct : bool, default False
        Write the names next to the curves, which are then solid, instead of a legend.
    marks : sequence of Mark, default ()
        Points to mark with dots; with a single curve the texts of the marks are written too.
    dots : bool, default False
        Draw a dot for each rate, and a thin line between.
    ghosts : sequence of sequence of float, default ()
        The rates of curves to draw faintly, below the others and without names.

    Returns
    -------
    str
        An SVG element without ids or styles.
    """
    last = iterations[-1]
    curves, ghosts = [_clamped(curve) for curve in curves], [_clamped(g) for g in ghosts]
    lows, highs = [min(curve) for curve in curves], [max(curve) for curve in curves]
    if log:
        scaled, ys = _logarithmic([*curves, *ghosts], high, height)
    else:
        low = min([0, *lows, *map(min, ghosts)])
        scaled, ys = _linear(low, max([0, high, *highs, *map(max, ghosts)]), height)
    labels = tick_texts(ys)
    left = max(LEFT if y_name else 0, (30 if y_name else 12) + DIGIT * max(map(len, labels)))
    end = last * unit
    xs = [x for x in ticks(0, end, max(2, width // 110)) if x <= end * (1 + 1e-9)]
    x_labels = tick_texts(xs)
    while len(xs) > 2 and DIGIT * (max(map(len, x_labels)) + 2) > (width - left) / len(xs):
        xs, x_labels = xs[::2], x_labels[::2]
    if xs[-1] < end * (1 - 1e-9):  # the end has a label too, in place of one that is near
        xs.append(end)
        x_labels = [*x_labels, number_text(end if end == int(end) else float(f"{end:.4g}"))]
        needed = DIGIT * (len(x_labels[-2]) + len(x_labels[-1]) + 2) / 2
        if (width - left) * (1 - xs[-2] / end) < needed:
            del xs[-2], x_labels[-2]
    beyond = DIGIT * len(x_labels[-1]) / 2 - (width - left) * (1 - xs[-1] / end)
    right = width - max(RIGHT, math.ceil(beyond) + 2)
    has_legend = legend and len(names) > 1 and not direct
    above = ROW if len(names) == 1 and any(mark.text for mark in marks) else 0
    top = TOP + above + (ROW * len(names) if has_legend else 0)
    foot = top + height
    x = Scale(left, (right - left) / last)
    y = scaled._replace(start=foot + scaled.start)
    bottom = foot + (BOTTOM if x_name else BOTTOM - 20)

    said = alt_text(names, iterations, curves, lows, highs)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{bottom}" '
        f'viewBox="0 0 {width} {bottom}" font-family="sans-serif" font-size="{FONT}" '
        f'fill="currentColor" data-left="{left}" data-right="{right}" data-last="{last}" '
        f'data-top="{top}" data-foot="{foot}" data-low="{ys[0]!r}" data-high="{ys[-1]!r}" '
        f'data-scale="{"log" if log else "linear"}" '
        f'role="img" aria-label="{escape(said or "no curve")}">'
    ]
    for rate, label in zip(ys, labels, strict=True):
        place = y.at(rate)
        parts.append(
            f'<path d="M{left} {place}H{right}" stroke="currentColor" opacity="0.2"/>'
            f'<text x="{left - 8}" y="{place}" dy="0.35em" text-anchor="end">'
            f"{label}</text>"
        )
    for number, label in zip(xs, x_labels, strict=True):
        place = x.at(number / unit)
        parts.append(
            f'<path d="M{place} {foot}v5" stroke="currentColor"/>'
            f'<text x="{place}" y="{foot + 20}" text-anchor="middle">{label}</text>'
        )
    parts.append(f'<path d="M{left} {foot}H{right}" stroke="currentColor"/>')
    if x_name:
        parts.append(
            f'<text x="{(left + right) // 2}" y="{foot + 40}" text-anchor="middle">'
            f"{escape(x_name)}</text>"
        )
    if y_name:
        parts.append(
            f'<text transform="translate(14 {foot - height // 2})rotate(-90)" '
            f'text-anchor="middle">{escape(y_name)}</text>'
        )
    for curve in ghosts:
        d = path(iterations, curve, x, y)
        parts.append(
            f'<path d="{d}" fill="none" stroke="currentColor" stroke-width="2" opacity="0.3"/>'
        )
    for i, curve in enumerate(curves):
        line = stroke(styles[i], solid=direct, width=1 if dots else 2.5)
        if has_legend:
            row = TOP + ROW * i + ROW // 2
            parts.append(
                f'<path d="M{left} {row}h36" {line}/><text x="{left + 44}" y="{row}" '
                f'dy="0.35em">{escape(names[i])}</text>'
            )
        d = path(iterations, curve, x, y, is_straight=dots)
        parts.append(f'<path d="{d}" fill="none" stroke-linejoin="round" {line}/>')
        if dots:
            parts += [
                _dot(x.place(t), y.place(rate), styles[i])
                for t, rate in zip(iterations, curve, strict=True)
            ]
    parts += [_dot(x.place(m.iteration), y.place(m.rate), styles[m.curve], 4) for m in marks]
    drawn = curves if direct or any(mark.text for mark in marks) else []
    space = Space(
        (left, top - above),
        (right, foot),
        [_corners(iterations, curve, x, y) for curve in drawn],
    )
    if len(curves) == 1:
        for mark in marks:
            at = x.place(mark.iteration), y.place(mark.rate)
            if mark.text and (center := space.text(at, _size(mark.text))):
                parts.append(_text(mark.text, center, 'opacity="0.75"'))
    elif direct:
        places = space.names([(i, _size(name)) for i, name in enumerate(names)])
        for style, name, found in zip(styles, names, places, strict=True):
            parts += _named(name, found, COLOURS[style])
    parts.append(
        f'<path class="marker" d="M0 {top}V{foot}" stroke="currentColor" visibility="hidden"/>'
        "</svg>"
    )
    return "".join(parts)


def sparkline(
    iterations: Sequence[int],
    rates: Sequence[float],
    width: int = 120,
    height: int = 32,
    *,
    style: int = 0,
    log: bool = False,
    name: str = "",
) -> str:
    """Draw a small curve without axes, from a rate of 0, or of a logarithmic scale, up.

    Parameters
    ----------
    iterations, rates : sequence
        The iterations, and their rates.
    width, height : int
        Size in pixels.
    style : int, default 0
        Index of the colour in `COLOURS`.
    log : bool, default False
        Draw the rates on a logarithmic scale.
    name : str, optional
        What a screen reader says of the curve; without a name it is hidden from them.

    Returns
    -------
    str
        An SVG element.
    """
    rates = _clamped(rates)
    if log:
        lowest = min((rate for rate in rates if rate > 0), default=1)
        low, high = math.log10(lowest), math.log10(max(*rates, lowest))
    else:
        lowest, low, high = 0, min(0, *rates), max(0, *rates)
    factor = -(height - 4) / (high - low) if high - low > 1 / LARGEST else -1.0
    y = Scale(height - 2 - factor * low, factor, lowest)
    span = iterations[-1] - iterations[0] or 1
    per_iteration = (width - 4) / span
    x = Scale(2 - per_iteration * iterations[0], per_iteration)
    said = f'role="img" aria-label="{escape(name)}"' if name else 'aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="sparkline" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}" {said}>'
        f'<path d="{path(iterations, rates, x, y)}" fill="none" stroke="{COLOURS[style]}" '
        'stroke-width="2" stroke-linejoin="round"/></svg>'
    )


def _clamped(rates: Sequence[float]) -> Sequence[float]:
    """Return rates whose differences are finite."""
    if min(rates) >= -LARGEST and max(rates) <= LARGEST:  # nearly always
        return rates
    return [min(max(rate, -LARGEST), LARGEST) for rate in rates]


def _linear(low: float, high: float, height: int) -> tuple[Scale, list[float]]:
    """Return the y-scale from the foot of the axes, and its ticks."""
    ys = ticks(low, high if high - low > 1 / LARGEST else low + 1, max(2, height // 48))
    per_rate = -height / (ys[-1] - ys[0])
    return Scale(-per_rate * ys[0], per_rate), ys


def _logarithmic(
    curves: Sequence[Sequence[float]], high: float, height: int
) -> tuple[Scale, list[float]]:
    """Return the logarithmic y-scale from the foot of the axes, and its ticks."""
    found = [rate for curve in curves for rate in curve if rate > 0] or [1]
    low, high = min(found), max(high, *found)
    first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
    last = max(last, first + 1)
    if last - first <= 2:
        steps = [float(f"{of}e{power}") for power in range(first, last) for of in (1, 2, 5)]
        ys = [*steps, float(f"1e{last}")]
        while len(ys) > 2 and ys[1] <= low * (1 + 1e-9):
            ys.pop(0)
        while len(ys) > 2 and ys[-2] >= high * (1 - 1e-9):
            ys.pop()
    else:
        every = math.ceil((last - first) * 32 / height)
        ys = [float(f"1e{power}") for power in range(first, last + every, every)]
    foot = math.log10(ys[0])
    per_decade = -height / (math.log10(ys[-1]) - foot)
    return Scale(-per_decade * foot, per_decade, ys[0]), ys


def _size(text: str) -> tuple[float, float]:
    """Return about the size of a text in pixels."""
    return 7.5 * len(text), FONT + 2


def _named(name: str, place: Place, colour: str) -> list[str]:
    """Return a name in the colour of its curve, and the line to it."""
    center, leader = place
    parts = [_text(name, center, f'fill="{colour}" font-weight="bold"')]
    if leader:
        (x, y), (to_x, to_y) = leader
        parts.append(f'<path d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}" stroke="{colour}"/>')
    return parts


def _text(text: str, center: Point, attributes: str) -> str:
    """Return a text around a point."""
    return (
        f'<text x="{center[0]:.1f}" y="{center[1]:.1f}" dy="0.35em" text-anchor="middle" '
        f"{attributes}>{escape(text)}</text>"
    )


def _dot(x: float, y: float, style: int, radius: int = 3) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{COLOURS[style]}"/>'


def _corners(
    iterations: Sequence[int], rates: Sequence[float], x: Scale, y: Scale
) -> list[Point]:
    """Return the corners of a curve, those of its drops too."""
    found: list[Point] = []
    for iteration, rate in zip(iterations, rates, strict=True):
        place = y.place(rate)
        if found and abs(place - found[-1][1]) > 2:  # the slope of such a step is no curve's
            found.append((found[-1][0], place))
        found.append((x.place(iteration), place))
    return found


def stroke(style: int, *, solid: bool = False, width: float = 2.5) -> str:
    """Return the SVG attributes of a line style."""
    line = f'stroke="{COLOURS[style]}" stroke-width="{width}"'
    return line if solid else f'{line} stroke-dasharray="{DASHES[style]}"'


def path(
    iterations: Sequence[int],
    rates: Sequence[float],
    x: Scale,
    y: Scale,
    *,
    is_straight: bool = False,
) -> str:
    """Return the path of a curve.

    A rate holds for its whole iteration, so a drop is vertical. If the rate changes 200 times
    or more, the steps are too fine to see, and straight lines connect the rates.
    """
    drops = [i for i in range(1, len(rates)) if rates[i] != rates[i - 1]]
    (left, per_iteration, _), (foot, per_rate, lowest) = x, y
    if len(drops) >= 200 or is_straight:
        if lowest:
            heights = [y.place(rate) for rate in rates]
        else:
            heights = [foot + per_rate * rate for rate in rates]  # faster than `Scale.place`
        return "M" + "L".join(
            [
                f"{left + per_iteration * iteration:.1f} {height:.1f}"
                for iteration, height in zip(iterations, heights, strict=True)
            ]
        )
    if lowest:
        heights = [y.place(rates[i]) for i in drops]
    else:
        heights = [foot + per_rate * rates[i] for i in drops]
    steps = [
        f"H{left + per_iteration * iterations[i - 1]:.1f}V{height:.1f}"
        for i, height in zip(drops, heights, strict=True)
    ]
    end = f"H{x.at(iterations[-1])}" if len(rates) > 1 else "h0.1"  # a single point: a dot
    return f"M{x.at(iterations[0])} {y.at(rates[0])}{''.join(steps)}{end}"


def ticks(low: float, high: float, count: int) -> list[float]:
    """Return about `count` round, equally spaced numbers that enclose `low` and `high`."""
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * of for of in (1, 2, 2.5, 5, 10) if power * of >= rough * 0.999)
    first, end = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [i * step for i in range(first, end + 1)]


def tick_texts(numbers: Sequence[float]) -> list[str]:
    """Write the numbers of an axis: 150,000 and 0.25, but 3e-4 if all are small."""
    largest = max(map(abs, numbers), default=0)
    return [number_text(number, largest < 0.002) for number in numbers]


def number_text(number: float, small: bool = False) -> str:
    """Write a number as people do: 150,000 or 0.05, 3e-4 where `small`, and 1e12."""
    if number and (small or abs(number) < 0.001 or abs(number) >= 1e10):
        digits, power = f"{number:.5e}".split("e")
        return f"{digits.rstrip('0').rstrip('.')}e{int(power)}"
    return f"{number:,.10g}"


def alt_text(
    names: Sequence[str],
    iterations: Sequence[int],
    curves: Sequence[Sequence[float]],
    lows: Sequence[float],
    highs: Sequence[float],
) -> str:
    """Describe the curves in words: their first, last, lowest and highest rates."""
    return "; ".join(
        f"{name}: {curve[0]:.3g} at iteration {iterations[0]}, {curve[-1]:.3g} at iteration "
        f"{iterations[-1]}, between {low:.3g} and {high:.3g}"
        for name, curve, low, high in zip(names, curves, lows, highs, strict=True)
    )


def escape(text: str) -> str:
    """Escape text for HTML; the browser has no module `html`."""
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, name)
    return text
