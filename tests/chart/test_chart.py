"""The chart of rates: its curves, its axes and its colours."""

import math
import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.contrast import LINE, contrast
from support.samples import SAMPLES

from lr_scheduler import FactorScheduler
from lr_scheduler._chart import COLOURS, Mark, Scale, chart, path, sparkline, tick_texts, ticks

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


def texts(svg):
    """Return the texts of a chart, in order."""
    return re.findall(r"<text [^>]*>([^<]*)</text>", svg)


def circles(svg):
    return [(float(x), float(y)) for x, y in re.findall(r'<circle cx="(.+?)" cy="(.+?)"', svg)]


TIMES = [1 + 150 * i for i in range(1001)]
FALLING = [3e-4 * 0.1 ** (i / 500) for i in range(1001)]  # to 3e-6


def test_a_log_axis_makes_an_exponential_a_straight_line():
    svg = chart([0], [""], TIMES, [FALLING], 640, log=True)
    (d,) = re.findall(r'<path d="([^"]+)" fill="none"', svg)
    (x, y), *between, (to_x, to_y) = points(d)

    assert texts(svg)[:4] == ["1e-6", "1e-5", "1e-4", "1e-3"]
    for at_x, at_y in between:
        assert at_y == pytest.approx(y + (to_y - y) * (at_x - x) / (to_x - x), abs=0.2)


def test_a_log_axis_draws_rates_of_0_at_its_foot():
    svg = chart([0], [""], [1, 2, 3], [[1, 0.5, 0]], 640, log=True)
    (d,) = re.findall(r'<path d="([^"]+)" fill="none"', svg)

    assert points(d)[-1][1] == 252
    assert texts(svg)[:2] == ["0.5", "1"]


@pytest.mark.parametrize(
    ("rates", "shown"),
    [
        ([0.2, 0.3], ["0.2", "0.5"]),
        ([1, 10], ["1", "2", "5", "10"]),
        ([1, 1], ["1", "2"]),
        ([0, 0], ["1", "2"]),
        ([1e-3, 1], ["0.001", "0.01", "0.1", "1"]),
        ([1e-20, 1], ["1e-20", "1e-17", "1e-14", "1e-11", "1e-8", "1e-5", "0.01", "10"]),
    ],
)
def test_a_log_axis_has_round_ticks(rates, shown):
    assert texts(chart([0], [""], [1, 2], [rates], 640, log=True))[: len(shown)] == shown


@pytest.mark.parametrize("width", [280, 560, 720])
def test_long_ticks_are_neither_cut_nor_on_top_of_each_other(width):
    svg = chart([0], [""], TIMES, [FALLING], width)
    ticks = re.findall(r'<text x="([\d.]+)" y="\d+" text-anchor="middle">([\d,]+)<', svg)
    edges = [(float(x) - 4 * len(text), float(x) + 4 * len(text)) for x, text in ticks]

    assert "100,000" in texts(svg) or "50,000" in texts(svg)
    assert edges[-1][1] <= width
    assert all(one[1] < other[0] for one, other in pairwise(edges))


@pytest.mark.parametrize(
    ("last", "unit", "shown"),
    [
        (810, 1, ["600", "810"]),  # 800 would be too near
        (14_641, 1, ["10,000", "14,641"]),
        (1000, 1 / 300, ["3", "3.333"]),
    ],
)
def test_the_end_of_the_x_axis_is_labelled(last, unit, shown):
    found = texts(chart([0], [""], [1, last], [[1, 0]], 560, unit=unit))

    assert found[found.index(shown[-1]) - 1 :][:2] == shown


def test_very_long_ticks_are_fewer():
    svg = chart([0], [""], [1, 10**9], [[1, 0]], 280)

    assert [text for text in texts(svg) if text.endswith(",000")] == ["1,000,000,000"]


def test_a_unit_scales_the_iterations_and_the_axes_have_names():
    svg = chart(
        [0],
        [""],
        TIMES,
        [FALLING],
        640,
        unit=4e6 / 1e9,
        x_name="Tokens (billions)",
        y_name="LR",
    )

    assert texts(svg)[-2:] == ["Tokens (billions)", "LR"]
    assert "600" in texts(svg)


def test_axes_without_names_take_less_room():
    named = chart([0], [""], [1, 2], [[1, 0]], 640)
    bare = chart([0], [""], [1, 2], [[1, 0]], 640, x_name="", y_name="")

    assert texts(bare) == texts(named)[:-2]
    assert [int(re.search(r'height="(\d+)"', svg)[1]) for svg in (bare, named)] == [280, 300]
    assert int(re.search(r'data-left="(\d+)"', bare)[1]) < 62


def test_the_height_is_that_of_the_axes():
    svg = chart([0], [""], [1, 2], [[1, 0]], 640, height=100)

    assert points(re.findall(r'<path d="([^"]+)" fill="none"', svg)[0])[-1][1] == 112


def test_direct_names_are_next_to_their_curves():
    names = ["flat", "falling", "step"]
    t = range(1, 101)
    curves = [[1] * 100, [0.8 - i / 200 for i in t], [0.2] * 50 + [0.1] * 50]
    svg = chart([3, 4, 5], names, t, curves, 640, direct=True)
    written = re.findall(
        r'<text x="([^"]+)" y="([^"]+)"[^>]* fill="([^"]+)"[^>]*>([^<]+)<', svg
    )
    paths = [points(d) for d in re.findall(r'<path d="([^"]+)" fill="none"', svg)]

    assert [name for *_, name in written] == names
    assert [colour for _, _, colour, _ in written] == list(COLOURS[3:])
    assert "dasharray" not in svg
    for i, (x, y, *_) in enumerate(written):
        near = [
            min(math.hypot(float(x) - a, float(y) - b) for a, b in finely(each))
            for each in paths
        ]
        assert near.index(min(near)) == i
        assert min(near) < 40


def finely(corners):
    """Return points of a path, a few pixels apart."""
    return [
        (a + (c - a) * i / 50, b + (d - b) * i / 50)
        for (a, b), (c, d) in pairwise(corners)
        for i in range(51)
    ]


def test_a_direct_name_without_room_has_a_line_to_its_curve():
    waves = [[3 + each / 5 + math.sin(i / 8) for i in range(400)] for each in range(6)]
    svg = chart(range(6), ["a long name"] * 6, range(1, 401), waves, 640, direct=True)

    assert re.search(r'<path d="M[\d.]+ [\d.]+L[\d.]+ [\d.]+" stroke="#\w+"/>', svg)


def test_marks_are_dots_with_words_for_a_single_curve():
    drops = Mark(50, 1, "drops after 50"), Mark(80, 0.5)
    rates = [1] * 50 + [0.5] * 30 + [0.25] * 20
    svg = chart([0], [""], range(1, 101), [rates], 640, marks=drops)

    assert "drops after 50" in texts(svg)
    (x, y), (_, lower) = circles(svg)
    assert (x, y) in points(re.findall(r'<path d="([^"]+)" fill="none"', svg)[0])
    assert lower > y


def test_marks_of_several_curves_have_no_words():
    marked = [Mark(1, 1, "starts"), Mark(2, 0, "ends", 1)]
    svg = chart([0, 1], ["a", "b"], [1, 2], [[1, 1], [1, 0]], 640, marks=marked)

    assert "starts" not in svg
    assert re.findall(r'<circle .*? fill="(.+?)"', svg) == list(COLOURS[:2])


def test_dots_show_each_rate():
    svg = chart(
        [0, 1], ["a", "b"], range(5), [[5, 4, 3, 2, 1], [5, 5, 4, 3, 2]], 640, dots=True
    )

    assert len(circles(svg)) == 10
    for d in re.findall(r'<path d="([^"]+)" fill="none"', svg):
        assert len(points(d)) == 5  # straight from dot to dot


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(
    "rates", [[1, 0.5, 0], [0, 0, 0], [1e-5, 1e-5, 1e-5], [-1, 0, 1], [math.inf, 1, 0]]
)
def test_a_sparkline_fits_its_size(rates, log):
    svg = sparkline([1, 2, 3], rates, 60, 20, style=2, log=log)
    corners = points(re.search(r' d="([^"]+)"', svg)[1])

    assert all(0 <= x <= 60 and 0 <= y <= 20 for x, y in corners)
    assert (corners[0][0], corners[-1][0]) == (2, 58)
    assert f'stroke="{COLOURS[2]}"' in svg


def test_a_sparkline_starts_at_a_rate_of_0():
    assert points(re.search(r' d="([^"]+)"', sparkline([1, 2], [1, 0.5], 60, 22))[1]) == [
        (2, 2),
        (2, 2),
        (2, 11),
        (58, 11),
    ]


def test_a_sparkline_says_its_name_or_is_silent():
    assert 'aria-hidden="true"' in sparkline([1], [1])
    assert 'role="img" aria-label="a &lt; b"' in sparkline([1], [1], name="a < b")


@pytest.mark.parametrize(
    ("numbers", "written"),
    [
        ([0, 50_000, 150_000], ["0", "50,000", "150,000"]),
        ([0, 0.25, 0.5], ["0", "0.25", "0.5"]),
        ([0, 1e-4, 2e-4], ["0", "1e-4", "2e-4"]),
        ([5e-4, 1e-3, 1.5e-3], ["5e-4", "1e-3", "1.5e-3"]),
        ([1e-5, 1], ["1e-5", "1"]),
        ([-0.5, 0], ["-0.5", "0"]),
        ([0, 5e11, 1e12], ["0", "5e11", "1e12"]),
        ([], []),
    ],
)
def test_ticks_are_written_as_people_do(numbers, written):
    assert tick_texts(numbers) == written
