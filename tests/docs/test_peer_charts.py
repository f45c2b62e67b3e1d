"""The pictures on the pages for users of other libraries show the rates that they name."""

import re

import numpy as np
import pytest
from lr_site import peer_rates
from lr_site.peer_chart import DOTS, pictures

ROWS = {
    f"{library.key}: {row.name}": (library, row)
    for library in peer_rates.libraries()
    for row in library.rows
}
EACH = pytest.mark.parametrize("name", ROWS)


def pair(name):
    """Return both pictures of a row."""
    library, row = ROWS[name]
    return re.findall(r"<svg.*?</svg>", pictures(row, library))


def rate_at(svg):
    """Return a function from a height in pixels to a rate, as the y-axis tells it."""
    ticks = re.findall(r'<text x="[\d.]+" y="([\d.]+)" dy="\.35em">([^<]+)<', svg)
    heights, rates = np.array(ticks, dtype=float).T
    slope, start = np.polyfit(heights, rates, 1)
    return lambda height: slope * height + start, abs(slope) * 0.1  # to a tenth of a pixel


def dots(svg, who):
    """Return the centres of the dots, without the one in the legend."""
    found = re.findall(rf'<circle class="{who}" cx="([\d.]+)" cy="([\d.]+)"', svg)
    return np.array(found[1:], dtype=float)


@EACH
def test_the_curves_are_the_rates(name):
    _, row = ROWS[name]
    svg, _ = pair(name)
    at, near = rate_at(svg)

    for who in ("theirs", "ours"):
        (curve,) = re.findall(rf'class="{who}" d="M([^"]+)"', svg)
        _, heights = np.array([each.split() for each in curve.split("L")], dtype=float).T
        assert at(heights) == pytest.approx(row.rates, abs=near)


@EACH
def test_a_dot_is_the_rate_of_the_iteration_below_it(name):
    _, row = ROWS[name]
    _, svg = pair(name)
    at, near = rate_at(svg)
    theirs, ours = dots(svg, "theirs"), dots(svg, "ours")
    labels = dict(re.findall(r'<text x="([\d.]+)" y="156">([^<]+)<', svg))
    iterations = [int(labels[f"{x:.1f}"]) for x, _ in ours]

    assert len(ours) == DOTS
    assert theirs == pytest.approx(ours, abs=0.11)  # both are rounded
    assert at(ours[:, 1]) == pytest.approx([row.rates[t - 1] for t in iterations], abs=near)


@pytest.mark.parametrize(
    ("name", "iterations", "counts"),
    [
        ("pytorch: StepLR", "18 19 20 21 22 23", "17 18 19 20 21 22"),
        ("pytorch: ExponentialLR", "1 2 3 4 5 6", "0 1 2 3 4 5"),
        ("mxnet: FactorScheduler", "18 19 20 21 22 23", "18 19 20 21 22 23"),
        ("deepspeed: WarmupLR, linear", "1 2 3 4 5 6", "- 0 1 2 3 4"),
    ],
)
def test_both_counts_stand_below_the_dots(name, iterations, counts):
    _, svg = pair(name)
    for y, *words in (
        (156, "iteration", *iterations.split()),
        (173, "their count", *counts.split()),
    ):
        assert re.findall(rf'<text x="[\d.]+" y="{y}">([^<]+)<', svg) == words
