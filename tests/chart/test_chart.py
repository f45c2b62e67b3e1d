"""The chart of rates: its curves, its axes and its colours."""

import math
import re
from bisect import bisect_left, bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.contrast import LINE, contrast
from support.samples import SAMPLES

from lr_scheduler import FactorScheduler
from lr_scheduler._chart import COLOURS, Scale, chart, path, ticks

SCHEDULERS = [(name, each) for name, samples in SAMPLES.items() for each in samples]


def points(d):
    """Return the corners of a path of M, L, H and V."""
    at, found = [0.0, 0.0], []
    for command, numbers in re.findall(r"([MLHV])([^MLHV]*)", d):
        values = [float(number) for number in numbers.split()]
        at = [
            values[0] if command in "MLH" else at[0],
            values[-1] if command in "MLV" else at[1],
        ]
        found.append(tuple(at))
    return found


def drawn(svg):
    """Return the corners of each curve, in iterations and rates."""
    left, right, last = (
        float(re.search(rf'data-{name}="([^"]+)"', svg)[1])
        for name in ("left", "right", "last")
    )
    labels = re.findall(rf'<text x="{left - 8:.0f}" y="([^"]+)"[^>]*>([^<]+)<', svg)
    (foot, low), (top, high) = ((float(y), float(rate)) for y, rate in (labels[0], labels[-1]))
    curves = re.findall(r'<path d="([^"]+)" fill="none"', svg)
    return [
        [
            (
                (x - left) / (right - left) * last,
                low + (foot - y) / (foot - top) * (high - low),
            )
            for x, y in points(d)
        ]
        for d in curves
    ]


@pytest.mark.parametrize(
    "scheduler", [each for _, each in SCHEDULERS], ids=[name for name, _ in SCHEDULERS]
)
@pytest.mark.parametrize("last", [7, 30, 1000, 100_000])
def test_a_curve_goes_through_its_rates(scheduler, last):
    iterations = (
        [1 + (last - 1) * i // 999 for i in range(1000)] if last > 1000 else range(1, last + 1)
    )
    rates = {t: scheduler(t) for t in iterations}
    (curve,) = drawn(chart([0], [""], iterations, [[*rates.values()]], 560))
    one = max(rates.values()) / 200  # a pixel is less

    assert curve[0] == pytest.approx((1, rates[1]), abs=max(one, last / 2000))
    assert curve[-1] == pytest.approx((last, rates[last]), abs=max(one, 0.1))
    for x, rate in curve:  # each corner is the rate of a neighbouring iteration
        window = 1.01 * last / 476 + 1
        first, end = bisect_left(iterations, x - window), bisect_right(iterations, x + window)
        near = [rates[t] for t in iterations[first:end]]

        assert min(near) - one <= rate <= max(near) + one


def test_a_drop_is_vertical_and_comes_after_its_boundary():
    halve = FactorScheduler(2, 0.5, base_lr=1)
    (curve,) = drawn(chart([0], [""], [1, 2, 3, 4], [[halve(t) for t in range(1, 5)]], 560))

    assert [(round(x, 1), round(rate, 2)) for x, rate in curve] == [
        (1.0, 1.0),
        (2.0, 1.0),
        (2.0, 0.5),
        (4.0, 0.5),
    ]


def test_one_iteration_is_a_dot():
    assert path([1], [2], Scale(0, 10), Scale(100, -10)) == "M10.0 80.0h0.1"


@pytest.mark.parametrize(
    "rates",
    [
        [0, 0],
        [5e-324, 1e-320],
        [1e308, 1.7e308],
        [math.inf, 1],
        [-1.5, 2],
        [1e-5, 1e-5],
        [3, 3],
    ],
)
def test_any_rates_are_drawn(rates):
    svg = chart([0], ["1 x"], [1, 2], [rates], 300)
    (d,) = re.findall(r'<path d="([^"]+)" fill="none"', svg)

    assert all(0 <= y <= 260 for _, y in points(d))


@given(st.floats(-1e300, 0), st.floats(0, 1e300), st.integers(2, 9))
def test_ticks_are_round_and_enclose_the_rates(low, high, count):
    if high - low < 1e-300:
        return
    found = ticks(low, high, count)
    slack = (high - low) * 1e-6

    assert found[0] <= low + slack
    assert found[-1] >= high - slack
    assert 2 <= len(found) <= count + 3
    step = f"{found[1] - found[0]:.6e}"
    assert step[:3] in ("1.0", "2.0", "2.5", "5.0")


def test_the_axis_reaches_up_to_a_higher_rate():
    assert 'data-high="1.0"' in chart([0], [""], [1, 2], [[0.2, 0.1]], 560, high=1.0)
    assert 'data-high="0.2"' in chart([0], [""], [1, 2], [[0.2, 0.1]], 560)


@pytest.mark.parametrize("page", [(255, 255, 255), (20, 24, 30)])
def test_every_line_stands_out_from_the_page(page):
    for colour in COLOURS:
        assert contrast(bytes.fromhex(colour[1:]), page) >= LINE


def test_each_curve_has_its_own_colour_and_dashes():
    six = chart(range(6), "abcdef", [1, 2], [[1, 0]] * 6, 560)
    lines = re.findall(r'stroke="(#\w+)" stroke-width="2.5" stroke-dasharray="([^"]+)"/>', six)

    assert [len({*of}) for of in zip(*lines, strict=True)] == [6, 6]


def test_a_name_is_not_markup():
    svg = chart([0, 1], ['<img src="x">', "a & b"], [1], [[1], [1]], 560)

    assert "<img" not in svg
    assert "&lt;img src=&quot;x&quot;&gt;" in svg
    assert "a &amp; b" in svg


def test_the_chart_is_described_in_words():
    svg = chart([0], ["cosine"], [1, 2, 3], [[1, 0.25, 0.5]], 560)

    assert (
        'aria-label="cosine: 1 at iteration 1, 0.5 at iteration 3, between 0.25 and 1"' in svg
    )
