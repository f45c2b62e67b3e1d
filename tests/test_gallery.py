"""Every curve of the site, point by point, and the downloads that a reader runs."""

import io
import math
import os
import re
import subprocess
import sys
from pathlib import Path

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

ROOT = Path(__file__).parents[1]
SCRIPTS = sorted(ROOT.glob("gallery/*.py"))


# The tutorial's formulas once more, as a loop over the iteration would have them.


def factor(t, base_lr=1, step=250, factor=0.5, floor=1e-8):
    rate = base_lr
    for _ in range(step, t, step):
        rate = max(rate * factor, floor)
    return rate


def multi(t):
    return 0.5 ** ((t > 250) + (t > 750) + (t > 900))


def poly(t, pwr=2, w=0):
    return 1e-3 + (1 - 1e-3) * (1 - (t - w) / (800 - w)) ** pwr if t < 800 else 1e-3


def cosine(t, w=0):
    if t >= 800:
        return 1e-3
    return 1e-3 + (1 - 1e-3) * (1 + math.cos(math.pi * (t - w) / (800 - w))) / 2


def warm(decay, w=100, begin=None):
    """Return a rise from 0, or a wait at `begin`, before the decay."""
    return lambda t: decay(t) if t >= w else t / w if begin is None else begin


FIGURES = {
    "README.md": [],
    "docs/index.md": [{"FactorScheduler": factor}],
    "docs/tutorial.md": [
        {"FactorScheduler": factor},
        {"MultiFactorScheduler": multi},
        {"PolyScheduler": poly},
        {"CosineScheduler": cosine},
        {"CosineScheduler": warm(lambda t: cosine(t, w=100))},
        {"MyCosine": cosine},
    ],
    "docs/conventions.md": [],
    "docs/how-to/resume.md": [],
    "docs/how-to/training-loop.md": [],
    "docs/how-to/warm-up.md": [
        {
            "without": lambda t: 0.4 * (1 + math.cos(math.pi * t / 1000)) / 2,
            "with a warm-up": lambda t: (
                0.4 * (t / 50 if t < 50 else (1 + math.cos(math.pi * (t - 50) / 950)) / 2)
            ),
        }
    ],
    "docs/how-to/write-a-schedule.md": [{"inverse_time": lambda t: 0.5 / (1 + t / 100)}],
    "gallery/plot_01_verify.py": [{"FactorScheduler": factor}],
    "gallery/plot_02_optimizer.py": [
        {"yours, from 1": factor, "the optimizer's, from 0.1": lambda t: factor(t, 0.1)}
    ],
    "gallery/plot_03_stepwise.py": [
        {"FactorScheduler": factor},
        {
            "halved after every 250": factor,
            "times 0.75 after every 125": lambda t: factor(t, 1, 125, 0.75, 0.3),
        },
    ],
    "gallery/plot_04_chosen.py": [{"MultiFactorScheduler": multi}],
    "gallery/plot_05_polynomial.py": [
        {"PolyScheduler": poly},
        {f"pwr={pwr}": lambda t, pwr=pwr: poly(t, pwr) for pwr in (0.5, 1, 2, 4)},
    ],
    "gallery/plot_06_cosine.py": [
        {"CosineScheduler": cosine},
        {
            "half a cosine": cosine,
            "a straight line": lambda t: poly(t, 1),
            "a parabola": poly,
        },
    ],
    "gallery/plot_07_warmup.py": [
        {"CosineScheduler": warm(lambda t: cosine(t, w=100))},
        {
            "linear, from 0": warm(lambda t: cosine(t, w=100)),
            "constant, at 0.1": warm(lambda t: cosine(t, w=100), begin=0.1),
        },
        {
            "FactorScheduler": warm(factor),
            "MultiFactorScheduler": warm(multi),
            "PolyScheduler": warm(lambda t: poly(t, w=100)),
            "CosineScheduler": warm(lambda t: cosine(t, w=100)),
        },
        {
            "FactorScheduler": warm(factor, begin=0.1),
            "MultiFactorScheduler": warm(multi, begin=0.1),
            "PolyScheduler": warm(lambda t: poly(t, w=100), begin=0.1),
            "CosineScheduler": warm(lambda t: cosine(t, w=100), begin=0.1),
        },
    ],
    "gallery/plot_08_custom.py": [
        {"inverse_sqrt": lambda t: 1 / math.sqrt(t)},
        {"MyCosine": cosine},
        {
            "InverseSqrt": warm(lambda t: 1 / math.sqrt(t), w=4),
            "Noam": warm(lambda t: math.sqrt(4 / t), w=4),
        },
    ],
    "gallery/plot_09_compare.py": [
        {
            "FactorScheduler": warm(factor, w=50),
            "MultiFactorScheduler": warm(multi, w=50),
            "PolyScheduler, pwr=1": warm(lambda t: poly(t, 1, w=50), w=50),
            "PolyScheduler, pwr=2": warm(lambda t: poly(t, 2, w=50), w=50),
            "CosineScheduler": warm(lambda t: cosine(t, w=50), w=50),
        }
    ],
}


# The figures that end at iteration 100, by their place on the page; the others at 1000.
SHORT = {("gallery/plot_08_custom.py", 0), ("gallery/plot_08_custom.py", 2)}


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

    assert {*FIGURES, "gallery/plot_10_why.py"} == set(pages)


@pytest.mark.parametrize("page", FIGURES)
def test_every_point_is_the_formula(drawn, page, record_property):
    figures = drawn(page)
    points = 0

    assert len(figures) == len(FIGURES[page])
    for number, (figure, curves) in enumerate(zip(figures, FIGURES[page], strict=True)):
        (ax,) = figure.axes
        lines = ax.get_lines()
        assert [line.get_label() for line in lines] == list(curves)
        assert (ax.get_xlabel(), ax.get_ylabel()) == ("Iteration", "Learning rate")
        assert ax.get_title()
        assert [*ax.texts, *ax.patches, *ax.collections, *ax.images] == []
        for axis in (ax.xaxis, ax.yaxis):
            assert not isinstance(axis.get_major_locator(), FixedLocator)
        (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
        assert (ax.get_legend() is not None) == (len(lines) > 1)
        for line, formula in zip(lines, curves.values(), strict=True):
            x, y = line.get_xydata().T
            last = 100 if (page, number) in SHORT else 1000
            assert x.tolist() == list(range(1, last + 1))
            np.testing.assert_allclose(y, [formula(int(t)) for t in x], rtol=1e-12, atol=0)
            assert left < x[0] < x[-1] < right
            assert low < y.min() < y.max() < high
            points += len(x)
    record_property("points compared", points)
    print(f"{page}: {points} points compared")


@pytest.mark.parametrize("page", [*FIGURES, "gallery/plot_10_why.py"])
def test_no_picture_is_large(drawn, page):
    for figure in drawn(page):
        picture = io.BytesIO()
        save(figure, picture)
        assert len(picture.getvalue()) < 40_000


def test_the_four_runs_are_as_the_page_tells(drawn):
    """The rates point by point; the losses by the order that the sentences claim."""
    (figure,) = drawn("gallery/plot_10_why.py")
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


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
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


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_the_script_download_runs(script, tmp_path):
    """As a reader runs it: from another folder, with nothing of the repository beside it."""
    done = subprocess.run(
        [sys.executable, "-W", "error", script],
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
