"""A chart of rates as SVG text, drawn alike when the site is built and in the page."""

import math
from collections.abc import Iterator, Sequence

# Each at least 3:1 against the white and the dark page; the dashes tell them apart as well.
COLOURS = ("#1b7fc2", "#c9600a", "#23895a", "#b04fb8", "#c43d52", "#857119")
DASHES = ("none", "10 4", "3 3", "14 4 3 4", "6 2", "2 5")
FONT = 14  # pixels
LEFT, RIGHT, BOTTOM, TOP = 62, 22, 48, 12
HEIGHT = 240  # of the axes
ROW = 22  # of the legend
LARGEST = 1e300  # rate that is drawn


def chart(
    looks: Sequence[int],
    names: Sequence[str],
    iterations: Sequence[int],
    curves: Sequence[Sequence[float]],
    width: int,
) -> str:
    """Draw the rates of some schedules at the same iterations, which end with the axis."""
    last = iterations[-1]
    rates = [rate for curve in curves for rate in curve if abs(rate) <= LARGEST]
    low, high = min([0, *rates]), max([0, *rates])
    ys = ticks(low, high if high - low > 1 / LARGEST else low + 1, 5)
    xs = [x for x in ticks(0, last, max(2, width // 110)) if x <= last]
    legend = ROW * len(names) if len(names) > 1 else 0
    top = TOP + legend
    foot, right = top + HEIGHT, width - RIGHT
    low, high = ys[0], ys[-1]

    per_iteration, per_rate = (right - LEFT) / last, HEIGHT / (high - low)

    def x(iteration: float) -> str:
        return f"{LEFT + per_iteration * iteration:.1f}"

    def y(rate: float) -> str:
        return f"{foot - per_rate * (rate - low):.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{foot + BOTTOM}" '
        f'viewBox="0 0 {width} {foot + BOTTOM}" font-family="sans-serif" font-size="{FONT}" '
        f'fill="currentColor" data-left="{LEFT}" data-right="{right}" data-last="{last}" '
        f'role="img" aria-label="{escaped(told(names, iterations, curves))}">'
    ]
    for rate in ys:
        height = y(rate)
        parts.append(
            f'<path d="M{LEFT} {height}H{right}" stroke="currentColor" opacity="0.2"/>'
            f'<text x="{LEFT - 8}" y="{height}" dy="0.35em" text-anchor="end">'
            f"{rate:.10g}</text>"
        )
    for iteration in xs:
        place = x(iteration)
        parts.append(
            f'<path d="M{place} {foot}v5" stroke="currentColor"/>'
            f'<text x="{place}" y="{foot + 20}" text-anchor="middle">{iteration:.10g}</text>'
        )
    parts.append(
        f'<path d="M{LEFT} {foot}H{right}" stroke="currentColor"/>'
        f'<text x="{(LEFT + right) // 2}" y="{foot + 40}" text-anchor="middle">'
        "Iteration</text>"
        f'<text transform="translate(14 {foot - HEIGHT // 2})rotate(-90)" '
        'text-anchor="middle">Learning rate</text>'
    )
    for i, curve in enumerate(curves):
        stroke = look(looks[i])
        if legend:
            row = TOP + ROW * i + ROW // 2
            parts.append(
                f'<path d="M{LEFT} {row}h36" {stroke}/><text x="{LEFT + 44}" y="{row}" '
                f'dy="0.35em">{escaped(names[i])}</text>'
            )
        places = [x(iteration) for iteration in iterations]
        heights = [y(rate) if abs(rate) <= LARGEST else None for rate in curve]
        parts.append(f'<path d="{"".join(path(places, heights))}" fill="none" {stroke}/>')
    parts.append(
        f'<path class="marker" d="M0 {top}V{foot}" stroke="currentColor" visibility="hidden"/>'
        "</svg>"
    )
    return "".join(parts)


def look(i: int) -> str:
    """Return the attributes of the line of a schedule."""
    return f'stroke="{COLOURS[i]}" stroke-width="2.5" stroke-dasharray="{DASHES[i]}"'


def path(places: Sequence[str], heights: Sequence[str | None]) -> Iterator[str]:
    """Join the points.

    A rate holds for the whole of its iteration, so a drop is upright; where nearly every rate
    is another one, the steps would be too fine to see.
    """
    drops = sum(heights[i] != heights[i - 1] for i in range(1, len(heights)))
    if len(places) == 1 and heights[0] is not None:  # a single point is no line: a dot
        yield f"M{places[0]} {heights[0]}h0.1"
        return
    before = None
    for i, height in enumerate(heights):
        if height is None:
            pass
        elif before is None:
            yield f"M{places[i]} {height}"
        elif drops >= 200:
            yield f"L{places[i]} {height}"
        else:
            if height != before:
                yield f"H{places[i - 1]}V{height}"
            if i == len(heights) - 1 or heights[i + 1] is None:
                yield f"H{places[i]}"
        before = height


def ticks(low: float, high: float, count: int) -> list[float]:
    """Return about `count` round numbers at equal distances, which enclose both ends."""
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * of for of in (1, 2, 2.5, 5, 10) if power * of >= rough * 0.999)
    first, end = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [i * step for i in range(first, end + 1)]


def told(
    names: Sequence[str], iterations: Sequence[int], curves: Sequence[Sequence[float]]
) -> str:
    """Say in words what the curves show."""
    return "; ".join(
        f"{name}: {curve[0]:.3g} at iteration {iterations[0]}, {curve[-1]:.3g} at iteration "
        f"{iterations[-1]}, between {min(curve):.3g} and {max(curve):.3g}"
        for name, curve in zip(names, curves, strict=True)
    )


def escaped(text: str) -> str:
    """Write text for HTML."""
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, name)
    return text
