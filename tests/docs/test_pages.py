"""What the pages display and draw: every value, with each of its digits, and every point."""

import functools
import io
import math
import re
import shutil
import tempfile
import textwrap
from pathlib import Path
from unittest import mock

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from lr_site import documented
from support import ROOT
from support.curves import curve_of
from support.pages import PAGES

from lr_scheduler import CosineScheduler, plot
from lr_scheduler._plot import DRAWN

# They train networks: their losses have no formula.
WHY = "gallery/plot_10_why.py"
FIND = "gallery/plot_19_find.py"
STYLE = ROOT / "docs" / "matplotlibrc"
RUN = [path for path in PAGES if path.suffix != ".rst" and not documented.session(path)]
CODE = [str(path.relative_to(ROOT)) for path in RUN if documented.read(path)]
# With this scope the tests of a page follow one another, so that one process runs the page.
of_pages = functools.partial(pytest.mark.parametrize, "page", scope="module")
EACH = of_pages(CODE)


@functools.cache
def run(page):
    """Return what the statements of a page display, and its figures, in order.

    A script runs as a reader runs its download: without the files of the repository.
    """
    plt.close("all")  # those of the examples in docstrings
    with (
        mpl.rc_context(fname=STYLE),
        mock.patch.object(plt, "close"),
        tempfile.TemporaryDirectory() as empty,
    ):
        path = ROOT / page
        outputs = documented.run(
            Path(shutil.copy(path, empty)) if path.suffix == ".py" else path
        )
        figures = [plt.figure(number) for number in plt.get_fignums()]
    plt.close("all")
    return outputs, figures


def save(figure, picture):
    """Save a figure as the site does."""
    with mpl.rc_context(fname=STYLE):
        figure.savefig(picture, format="svg")


def test_every_source_and_every_figure_is_there():
    assert {*documented.sources(ROOT)} == {path for path in RUN if documented.count(path)}
    assert {WHY, FIND} < {*CODE}


@EACH
def test_what_is_documented_is_displayed(page):
    assert "\n".join(documented.failures(ROOT / page, run(page)[0])) == ""


@EACH
def test_update_restores_every_value(page, tmp_path):
    text = (ROOT / page).read_text("utf-8")
    copy = tmp_path / (ROOT / page).name
    copy.write_text(text, "utf-8")
    outputs, _ = run(page)
    documented.rewrite(copy, [""] * len(outputs))
    assert documented.count(copy) == 0
    documented.rewrite(copy, outputs)
    assert copy.read_text("utf-8") == text


@EACH
def test_every_digit_of_every_value_is_compared(page):
    lines = (ROOT / page).read_text("utf-8").splitlines(keepends=True)
    for example, output in zip(documented.read(ROOT / page), run(page)[0], strict=True):
        comment = "".join(lines[example.end : example.end + example.want.count("\n")])
        for i, digit in enumerate(comment):
            if digit.isdigit():
                flipped = f"{comment[:i]}{(int(digit) + 1) % 10}{comment[i + 1 :]}"
                (want,) = documented.wants(flipped, page).values()
                assert documented.difference(want, output), flipped


def check_size(figure):
    """A picture of one axis has at most 40 kB."""
    picture = io.BytesIO()
    save(figure, picture)
    assert len(picture.getvalue()) < max(40_000, 5_000 * len(figure.axes))


def check_curve(line, schedule):
    """Compare each point of a line with the schedule's formula."""
    iterations, rates = line.get_xydata().T
    assert set(np.diff(iterations)) <= {1}
    formula = curve_of(schedule)
    expected = [formula(int(t)) for t in iterations]
    np.testing.assert_allclose(rates, expected, rtol=1e-12, atol=1e-12 * max(expected))


@EACH
def test_every_point_of_a_curve_is_the_formula(page):
    _, figures = run(page)
    for figure in figures:
        check_size(figure)
        for line in (line for ax in figure.axes for line in ax.get_lines()):
            if line in DRAWN:
                check_curve(line, DRAWN[line])


def test_the_pages_draw_their_curves_with_plot():
    """Else nothing would be compared."""
    lines = [
        line
        for page in CODE
        for figure in run(page)[1]
        for ax in figure.axes
        for line in ax.get_lines()
    ]

    assert sum(line in DRAWN for line in lines) > 80


def test_a_wrong_point_is_noticed():
    line = plot(CosineScheduler(800, base_lr=1)).get_lines()[0]
    check_curve(line, DRAWN[line])
    rates = line.get_ydata().copy()
    rates[400] *= 1 + 1e-9
    line.set_ydata(rates)
    with pytest.raises(AssertionError, match="Mismatched elements: 1 "):
        check_curve(line, DRAWN[line])
    plt.close("all")


@of_pages([WHY])
def test_the_four_runs_are_as_the_page_says(page):
    """The rates point by point; the losses by the order that the sentences claim."""
    _, (figure,) = run(page)
    check_size(figure)
    rates, losses = ([line.get_ydata() for line in ax.get_lines()] for ax in figure.axes)
    t = np.arange(20, 1001, 20)
    for line in (line for ax in figure.axes for line in ax.get_lines()):
        assert line.get_xdata().tolist() == t.tolist()
    cosine = 0.001 + 0.039 * (1 + np.cos(np.pi * (t - 100) / 900)) / 2

    names = [text.get_text() for text in figure.legends[0].get_texts()]
    assert names == ["too low", "too high", "constant", "cosine"]
    for line, rate in zip(rates, (0.001, 1, 0.02), strict=False):
        assert line.tolist() == [rate] * 50
    np.testing.assert_allclose(rates[3], np.where(t < 100, 0.04 * t / 100, cosine), rtol=1e-12)
    low, high, right, scheduled = losses
    assert scheduled[-1] < right[-1] < low[-1] < high[-1]
    assert high[-1] == pytest.approx(math.log(10), rel=1e-12)
    assert (np.diff(low[-9:]) < 0).mean() > 0.5
    assert np.log(scheduled[-10:]).std() < np.log(right[-10:]).std()


@of_pages([FIND])
def test_the_range_test_is_read_as_the_page_says(page):
    """The rates point by point; the losses by what the sentences claim."""
    _, (figure,) = run(page)
    check_size(figure)
    (ax,) = figure.axes
    curve, suggested, lowest = ax.get_lines()
    rates, losses = curve.get_xydata().T
    expected = 1e-4 * 10 ** (np.arange(1, len(rates) + 1) / 40)

    np.testing.assert_allclose(rates, expected, rtol=1e-12)
    assert lowest.get_xdata()[0] == pytest.approx(rates[losses.argmin()], rel=1e-12)
    assert suggested.get_xdata()[0] == pytest.approx(lowest.get_xdata()[0] / 10, rel=1e-12)
    assert len(rates) < 200  # the run stops
    assert all(losses[1:] <= 4 * np.minimum.accumulate(losses)[:-1])
    start, at_suggested = np.interp([1e-3, suggested.get_xdata()[0]], rates, losses)
    assert abs(start - losses[0]) < 0.1 * (losses[0] - losses.min())
    assert start > at_suggested > 2 * losses.min()
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("Learning rate", "Loss")
    assert ax.get_xscale() == "log"


def test_the_pytorch_range_test_of_the_gallery_runs_on_another_page():
    """The gallery runs without PyTorch."""
    gallery, page = (
        (ROOT / name).read_text("utf-8") for name in (FIND, "docs/how-to/pytorch.md")
    )
    block = re.search(r"code-block:: python\n\n((?: {4}.*\n|\n)+)", gallery)[1]

    assert textwrap.dedent(block).strip() in page


def paths(svg):
    """Return the corners of the lines of a picture, in points."""
    found = re.findall(r'<path d="(M [^"]*?)"[^>]*style="fill: none; stroke: #', svg)
    return [np.array(re.findall(r"-?[\d.]+", path), dtype=float) for path in found]


def test_the_readme_picture_is_what_the_gallery_draws(tmp_path):
    """As drawn by any version of matplotlib, so lines are compared, not bytes."""
    _, (figure,) = run("gallery/plot_09_compare.py")
    save(figure, tmp_path / "new.svg")

    pictures = ROOT / "docs" / "_static" / "schedules.svg", tmp_path / "new.svg"
    stored, new = (path.read_text("utf-8") for path in pictures)
    for seen in (r"<text[^>]*>([^<]*)", r"stroke: (#\w+)"):
        assert re.findall(seen, stored) == re.findall(seen, new)
    lines = paths(stored), paths(new)
    assert len(lines[0]) == len(lines[1]) > 5
    for one, other in zip(*lines, strict=True):
        np.testing.assert_allclose(one, other, atol=0.1)
