"""Draw learning rates as an SVG chart, in CPython and in a browser alike."""

import math
from collections.abc import Sequence
from typing import NamedTuple

# Each colour has a contrast of at least 3:1 with the white and with the dark page. The dashes
# distinguish the curves for readers who do not see the colours.
COLOURS = ("#1b7fc2", "#c9600a", "#23895a", "#b04fb8", "#c43d52", "#857119")
DASHES = ("none", "10 4", "3 3", "14 4 3 4", "6 2", "2 5")
FONT, DIGIT = 14, 8  # pixels
LEFT, RIGHT, BOTTOM, TOP = 62, 22, 48, 12  # margins in pixels
HEIGHT = 240  # of the axes
ROW = 22  # height of a row of the legend
LARGEST = 1e300  # larger rates are clamped, so that differences of rates stay finite


class Scale(NamedTuple):
    """A linear map from numbers to pixels."""

    start: float
    factor: float

    def at(self, number: float) -> str:
        """Return a number's position in pixels, to one decimal."""
        return f"{self.start + self.factor * number:.1f}"


def chart(
    styles: Sequence[int],
    names: Sequence[str],
    iterations: Sequence[int],
    curves: Sequence[Sequence[float]],
    width: int,
    high: float = 0,
) -> str:
    """Draw curves of rates over the same iterations; the last iteration ends the x-axis.

    ``styles[i]`` is the index of the colour and the dashes of curve ``i``. The y-axis includes
    the rate `high`.
    """
    last = iterations[-1]
    curves = [[min(max(rate, -LARGEST), LARGEST) for rate in curve] for curve in curves]
    low, high = min(0, *map(min, curves)), max(0, high, *map(max, curves))
    ys = ticks(low, high if high - low > 1 / LARGEST else low + 1, 5)
    xs = [x for x in ticks(0, last, max(2, width // 110)) if x <= last]
    legend = ROW * len(names) if len(names) > 1 else 0
    top = TOP + legend
    foot, right = top + HEIGHT, width - RIGHT
    labels = [f"{rate:.10g}" for rate in ys]
    left = max(LEFT, 30 + DIGIT * max(map(len, labels)))
    x = Scale(left, (right - left) / last)
    per_rate = -HEIGHT / (ys[-1] - ys[0])
    y = Scale(foot - per_rate * ys[0], per_rate)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{foot + BOTTOM}" '
        f'viewBox="0 0 {width} {foot + BOTTOM}" font-family="sans-serif" font-size="{FONT}" '
        f'fill="currentColor" data-left="{left}" data-right="{right}" data-last="{last}" '
        f'data-high="{ys[-1]!r}" '
        f'role="img" aria-label="{escape(alt_text(names, iterations, curves))}">'
    ]
    for rate, label in zip(ys, labels, strict=True):
        height = y.at(rate)
        parts.append(
            f'<path d="M{left} {height}H{right}" stroke="currentColor" opacity="0.2"/>'
            f'<text x="{left - 8}" y="{height}" dy="0.35em" text-anchor="end">'
            f"{label}</text>"
        )
    for iteration in xs:
        place = x.at(iteration)
        parts.append(
            f'<path d="M{place} {foot}v5" stroke="currentColor"/>'
            f'<text x="{place}" y="{foot + 20}" text-anchor="middle">{iteration:.10g}</text>'
        )
    parts.append(
        f'<path d="M{left} {foot}H{right}" stroke="currentColor"/>'
        f'<text x="{(left + right) // 2}" y="{foot + 40}" text-anchor="middle">'
        "Iteration</text>"
        f'<text transform="translate(14 {foot - HEIGHT // 2})rotate(-90)" '
        'text-anchor="middle">Learning rate</text>'
    )
    for i, curve in enumerate(curves):
        line = stroke(styles[i])
        if legend:
            row = TOP + ROW * i + ROW // 2
            parts.append(
                f'<path d="M{left} {row}h36" {line}/><text x="{left + 44}" y="{row}" '
                f'dy="0.35em">{escape(names[i])}</text>'
            )
        parts.append(f'<path d="{path(iterations, curve, x, y)}" fill="none" {line}/>')
    parts.append(
        f'<path class="marker" d="M0 {top}V{foot}" stroke="currentColor" visibility="hidden"/>'
        "</svg>"
    )
    return "".join(parts)


def stroke(style: int) -> str:
    """Return the SVG attributes of a line style."""
    return f'stroke="{COLOURS[style]}" stroke-width="2.5" stroke-dasharray="{DASHES[style]}"'


def path(iterations: Sequence[int], rates: Sequence[float], x: Scale, y: Scale) -> str:
    """Return the path of a curve.

    A rate holds for its whole iteration, so a drop is vertical. If the rate changes 200 times
    or more, the steps are too fine to see, and straight lines connect the rates.
    """
    drops = [i for i in range(1, len(rates)) if rates[i] != rates[i - 1]]
    if len(drops) >= 200:
        (left, per_iteration), (foot, per_rate) = x, y  # faster than `Scale.at`
        return "M" + "L".join(
            [
                f"{left + per_iteration * iteration:.1f} {foot + per_rate * rate:.1f}"
                for iteration, rate in zip(iterations, rates, strict=True)
            ]
        )
    steps = [f"H{x.at(iterations[i - 1])}V{y.at(rates[i])}" for i in drops]
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
    """Write a number as people do: 150,000 or 0.05, and 3e-4 where `small` or below 0.001."""
    if number and (small or abs(number) < 0.001 or abs(number) >= 1e15):
        digits, power = f"{number:.5e}".split("e")
        return f"{digits.rstrip('0').rstrip('.')}e{int(power)}"
    return f"{number:,.10g}"


def alt_text(
    names: Sequence[str], iterations: Sequence[int], curves: Sequence[Sequence[float]]
) -> str:
    """Describe the curves in words: their first, last, lowest and highest rates."""
    return "; ".join(
        f"{name}: {curve[0]:.3g} at iteration {iterations[0]}, {curve[-1]:.3g} at iteration "
        f"{iterations[-1]}, between {min(curve):.3g} and {max(curve):.3g}"
        for name, curve in zip(names, curves, strict=True)
    )


def escape(text: str) -> str:
    """Escape text for HTML; the browser has no module `html`."""
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, name)
    return text
