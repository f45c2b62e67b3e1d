"""Draw the rates of another library and ours, as SVG that the page's CSS colours.

The first picture has the whole curve. The second has the iterations around the first change of
the rate, each a dot of ours on a dot of theirs, with the number that each library gives it.
"""

from collections.abc import Sequence

from lr_scheduler._chart import Scale, escape, ticks

from .peer_rates import Library, Row

WIDTH, HEIGHT, RIGHT, TOP, FOOT = 360, 178, 12, 28, 136  # pixels; the axes end at FOOT
DIGIT = 7  # width of a digit
DOTS = 6
VISIBLE = 1e-3  # of the highest rate: a smaller change is hard to see


def pictures(row: Row, library: Library) -> str:
    """Draw a row."""
    schedule = row.schedule
    ours = [schedule(t) for t in range(1, len(row.rates) + 1)]
    start = max(1, min(first_change(row.rates) - 3, len(ours) - DOTS + 1))
    few = slice(start - 1, start - 1 + DOTS)
    return (
        '<div class="peers-charts">'
        f"{lines(row.rates, ours, f'{row.name} of {library.title}, and ours: one curve.')}"
        f"{dots(row.rates[few], ours[few], start, row, library.title)}</div>"
    )


def first_change(rates: Sequence[float]) -> int:
    """Return the first iteration whose rate is not that of the one before; 1 for a level."""
    seen = VISIBLE * max(map(abs, rates))
    changes = (t for t in range(2, len(rates) + 1) if abs(rates[t - 1] - rates[t - 2]) > seen)
    return next(changes, 1)


def frame(low: float, high: float, end: float, alt: str) -> tuple[str, Scale, Scale]:
    """Return the start of a picture, with its y-axis, and the scales of both axes."""
    rates = ticks(low, high, 3)
    labels = [f"{rate:.6g}" for rate in rates]
    left = max(76, 12 + DIGIT * max(map(len, labels)))
    per_rate = (TOP - FOOT) / (rates[-1] - rates[0])
    y = Scale(FOOT - per_rate * rates[0], per_rate)
    grid = "".join(f"M{left} {y.at(rate)}H{WIDTH - RIGHT}" for rate in rates)
    texts = "".join(
        f'<text x="{left - 6}" y="{y.at(rate)}" dy=".35em">{label}</text>'
        for rate, label in zip(rates, labels, strict=True)
    )
    start = (
        f'<svg class="peers" role="img" aria-label="{escape(alt)}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}"><path class="grid" d="{grid}"/>'
        f'<g text-anchor="end">{texts}</g>'
    )
    return start, Scale(left, (WIDTH - RIGHT - left) / end), y


def lines(theirs: Sequence[float], ours: Sequence[float], alt: str) -> str:
    """Draw both curves, ours on top of theirs."""
    last = len(ours)
    start, x, y = frame(min(0, *ours), max(0, *ours), last, alt)
    curves = "".join(
        f'<path class="{who}" d="M'
        + "L".join(f"{x.at(t)} {y.at(rate)}" for t, rate in enumerate(rates, 1))
        + '"/>'
        for who, rates in (("theirs", theirs), ("ours", ours))
    )
    numbers = "".join(
        f'<text x="{x.at(t)}" y="{FOOT + 20}">{t:.0f}</text>'
        for t in ticks(0, last, 4)
        if t <= last
    )
    middle = (x.start + WIDTH - RIGHT) / 2
    return (
        f'{start}<text x="0" y="13">Learning rate</text>{curves}<g text-anchor="middle">'
        f'{numbers}<text x="{middle:.0f}" y="{FOOT + 37}">Iteration</text></g></svg>'
    )


def dots(
    theirs: Sequence[float], ours: Sequence[float], start: int, row: Row, title: str
) -> str:
    """Draw single iterations, with both counts below them."""
    low, high = min(ours), max(ours)
    if high - low <= 1e-6 * high:
        low, high = min(0, low), max(0, high) or 1
    counts = [row.value(row.counted, t=t) for t in range(start, start + len(ours))]
    told = [(str(start + i), f"{n:.3g}" if n >= 0 else "-") for i, n in enumerate(counts)]
    alt = f"{row.name} of {title}, and ours: " + "; ".join(
        f"iteration {t}, their count {n}: {rate:.6g}"
        for (t, n), rate in zip(told, ours, strict=True)
    )
    begin, x, y = frame(low, high, len(ours), alt)
    marks = "".join(
        f'<circle class="{who}" cx="{x.at(i)}" cy="{y.at(rate)}" r="{radius}"/>'
        for who, radius, rates in (("theirs", 6, theirs), ("ours", 3, ours))
        for i, rate in enumerate(rates, 1)
    )
    numbers = "".join(
        f'<text x="{x.at(i)}" y="{FOOT + 20}">{t}</text>'
        f'<text x="{x.at(i)}" y="{FOOT + 37}">{n}</text>'
        for i, (t, n) in enumerate(told, 1)
    )
    legend = (
        f'<circle class="theirs" cx="8" cy="9" r="6"/><text x="20" y="13">{escape(title)}'
        '</text><circle class="ours" cx="226" cy="9" r="3"/><text x="234" y="13">lr_scheduler'
        "</text>"
    )
    heads = (
        f'<text x="0" y="{FOOT + 20}">iteration</text>'
        f'<text x="0" y="{FOOT + 37}">their count</text>'
    )
    return f'{begin}{legend}{marks}{heads}<g text-anchor="middle">{numbers}</g></svg>'
