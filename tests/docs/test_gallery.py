"""Every curve of the site, point by point, and the downloads that a reader runs."""

import io
import math
import os
import re
import subprocess
import sys

import documented
import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from matplotlib.ticker import FixedLocator
from nbclient import NotebookClient
from sphinx_gallery.gen_gallery import DEFAULT_GALLERY_CONF
from sphinx_gallery.notebook import jupyter_notebook, save_notebook
from sphinx_gallery.py_source_parser import split_code_and_text_blocks
from support import ROOT
from support.expected_figures import FIGURES, HEIGHTS, LAST, PANELS

SCRIPTS = sorted(ROOT.glob("gallery/*.py"))


@pytest.fixture
def drawn(monkeypatch):
    """Return a function that runs a page and returns its figures, in order."""
    monkeypatch.setattr(plt, "close", lambda *args: None)

    def draw(page):
        with mpl.rc_context(fname=ROOT / "docs" / "matplotlibrc"):
            documented.run(ROOT / page)
            return [plt.figure(number) for number in plt.get_fignums()]

    yield draw
    monkeypatch.undo()
    plt.close("all")


def save(figure, picture):
    """Save a figure as the site does."""
    with mpl.rc_context(fname=ROOT / "docs" / "matplotlibrc"):
        figure.savefig(picture, format="svg")


def test_every_page_with_code_is_listed():
    made = ROOT / "docs" / "gallery"
    pages = [
        str(path.relative_to(ROOT))
        for pattern in ("README.md", "gallery/**/*.py", "docs/**/*.md")
        for path in ROOT.glob(pattern)
        if not path.is_relative_to(made)
        and not documented.session(path)
        and documented.read(path)
    ]

    assert {*FIGURES, *PANELS, "gallery/plot_10_why.py"} == set(pages)


def compare(line, formula, last):
    """Compare each point of a line with its formula."""
    x, y = line.get_xydata().T
    assert x.tolist() == list(range(1, last + 1))
    np.testing.assert_allclose(y, [formula(int(t)) for t in x], rtol=1e-12, atol=0)


def check_size(figure):
    """A picture of one axis has at most 40 kB."""
    picture = io.BytesIO()
    save(figure, picture)
    assert len(picture.getvalue()) < max(40_000, 4_000 * len(figure.axes))


@pytest.mark.parametrize("page", FIGURES)
def test_every_point_is_the_formula(drawn, page):
    figures = drawn(page)

    assert len(figures) == len(FIGURES[page])
    for number, (figure, curves) in enumerate(zip(figures, FIGURES[page], strict=True)):
        (ax,) = figure.axes
        lines = ax.get_lines()
        assert [line.get_label() for line in lines] == list(curves)
        height = HEIGHTS.get((page, number), "Learning rate")
        assert (ax.get_xlabel(), ax.get_ylabel()) == ("Iteration", height)
        assert ax.get_title()
        assert [*ax.texts, *ax.patches, *ax.collections, *ax.images] == []
        for axis in (ax.xaxis, ax.yaxis):
            assert not isinstance(axis.get_major_locator(), FixedLocator)
        (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
        assert (ax.get_legend() is not None) == (len(lines) > 1)
        for line, formula in zip(lines, curves.values(), strict=True):
            compare(line, formula, LAST.get((page, number), 1000))
            x, y = line.get_xydata().T
            assert left < x[0] < x[-1] < right
            assert low < y.min() < y.max() < high
        check_size(figure)


@pytest.mark.parametrize("page", PANELS)
def test_every_point_of_every_panel_is_the_formula(drawn, page):
    (figure,) = drawn(page)

    assert [ax.get_title() for ax in figure.axes] == list(PANELS[page])
    assert (figure.get_supxlabel(), figure.get_supylabel()) == ("Iteration", "Learning rate")
    (left, right), (low, high) = figure.axes[0].get_xlim(), figure.axes[0].get_ylim()
    for ax, formula in zip(figure.axes, PANELS[page].values(), strict=True):
        (line,) = ax.get_lines()
        compare(line, formula, 1000)
        x, y = line.get_xydata().T
        assert (ax.get_xlim(), ax.get_ylim()) == ((left, right), (low, high))
        assert left < x[0] < x[-1] < right
        assert low < y.min() < y.max() < high
    check_size(figure)


def test_the_four_runs_are_as_the_page_tells(drawn):
    """The rates point by point; the losses by the order that the sentences claim."""
    (figure,) = drawn("gallery/plot_10_why.py")
    check_size(figure)
    rates, losses = ([line.get_ydata() for line in ax.get_lines()] for ax in figure.axes)
    t = np.arange(20, 1001, 20)
    for line in (line for ax in figure.axes for line in ax.get_lines()):
        assert line.get_xdata().tolist() == t.tolist()
    cosine = 0.001 + 0.039 * (1 + np.cos(np.pi * (t - 100) / 900)) / 2

    names = [text.get_text() for text in figure.legends[0].get_texts()]
    assert names == ["too low", "too high", "constant", "cosine"]
    assert rates[0].tolist() == [0.001] * 50
    assert rates[1].tolist() == [1] * 50
    assert rates[2].tolist() == [0.02] * 50
    np.testing.assert_allclose(rates[3], np.where(t < 100, 0.04 * t / 100, cosine), rtol=1e-12)
    low, high, right, scheduled = losses
    assert scheduled[-1] < right[-1] < low[-1] < high[-1]
    assert high[-1] == pytest.approx(math.log(10), rel=1e-12)
    assert (np.diff(low[-9:]) < 0).mean() > 0.5
    assert np.log(scheduled[-10:]).std() < np.log(right[-10:]).std()


# A kernel takes seconds to start: of most scripts, the exhaustive session runs the notebook.
@pytest.mark.parametrize(
    "script",
    [SCRIPTS[0], *(pytest.param(each, marks=pytest.mark.exhaustive) for each in SCRIPTS[1:])],
    ids=lambda path: path.stem,
)
def test_the_notebook_download_shows_the_same_values(script, tmp_path, monkeypatch):
    """The notebook that sphinx-gallery makes of a script, run in a kernel of its own."""
    monkeypatch.setenv("MATPLOTLIBRC", str(ROOT / "docs" / "matplotlibrc"))
    _, blocks = split_code_and_text_blocks(script)
    made = tmp_path / "download.ipynb"
    configuration = {**DEFAULT_GALLERY_CONF, "src_dir": str(tmp_path)}
    save_notebook(jupyter_notebook(blocks, configuration, str(tmp_path)), made)
    notebook = nbformat.read(made, as_version=4)

    NotebookClient(notebook, kernel_name="python3").execute()

    shown, documented_values = "", "".join(example.want for example in documented.read(script))
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            shown += "" if documented.FIGURE.match(text) else documented.ended(text)
    assert shown == documented_values


def test_the_script_downloads_run(tmp_path):
    """As a reader runs them: from another folder, without the files of the repository."""
    run = """if True:
        import runpy, sys
        from matplotlib import pyplot
        for script in sys.argv[1:]:
            runpy.run_path(script, run_name="__main__")
            pyplot.close("all")
    """
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", run, *SCRIPTS],
        cwd=tmp_path,
        env={**os.environ, "MPLBACKEND": "agg"},
        capture_output=True,
        check=False,
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, "")


def paths(svg):
    """Return the corners of the lines of a picture, in points."""
    found = re.findall(r'<path d="(M [^"]*?)"[^>]*style="fill: none; stroke: #', svg)
    return [np.array(re.findall(r"-?[\d.]+", path), dtype=float) for path in found]


def test_the_readme_picture_is_what_the_gallery_draws(drawn, tmp_path):
    """As drawn by any version of matplotlib, so lines are compared, not bytes."""
    (figure,) = drawn("gallery/plot_09_compare.py")
    save(figure, tmp_path / "new.svg")

    pictures = ROOT / "docs" / "_static" / "schedules.svg", tmp_path / "new.svg"
    stored, new = (path.read_text("utf-8") for path in pictures)
    for seen in (r"<text[^>]*>([^<]*)", r"stroke: (#\w+)"):
        assert re.findall(seen, stored) == re.findall(seen, new)
    lines = paths(stored), paths(new)
    assert len(lines[0]) == len(lines[1]) > 5
    for one, other in zip(*lines, strict=True):
        np.testing.assert_allclose(one, other, atol=0.1)
