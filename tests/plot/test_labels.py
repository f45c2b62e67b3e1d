"""What `plot` writes on a figure: names at the curves, marks, ticks; and its style."""

import os
import pickle
import subprocess
import sys
from itertools import pairwise

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.lines import Line2D
from matplotlib.text import Text
from support import ROOT

from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    PolyScheduler,
    cosine_restarts,
    inverse_sqrt,
    linear,
    one_cycle,
    plot,
    warmup_stable_decay,
)
from lr_scheduler._labels import Notes, _pixels
from lr_scheduler._places import Space
from lr_scheduler._plot import DRAWN

COSINE = CosineScheduler(1000, base_lr=1, warmup_steps=50)
FIVE = {
    "step": FactorScheduler(250, 0.5, base_lr=1),
    "milestones": MultiFactorScheduler([250, 750, 900], 0.5, base_lr=1),
    "polynomial": PolyScheduler(1000, base_lr=1),
    "cosine": COSINE,
    "one cycle": one_cycle(1000, 300, base_lr=1),
}
TO_0 = {f"layer {n}": linear(500, base_lr=1) * 0.5**n for n in range(5)}
REAL = {
    "cosine": CosineScheduler(150_000, base_lr=3e-4, final_lr=3e-6, warmup_steps=2000),
    "WSD": warmup_stable_decay(150_000, 30_000, base_lr=3e-4, warmup_steps=2000, final_lr=1e-6),
    "inverse square root": inverse_sqrt(2000, base_lr=3e-4),
}
RESTARTS = {
    "of one height": cosine_restarts(100, base_lr=1, period_factor=2),
    "each half as high": cosine_restarts(100, base_lr=1, period_factor=2, lr_factor=0.5),
}


@pytest.fixture(autouse=True)
def _close_figures():
    plt.close("all")
    yield
    plt.close("all")


@pytest.fixture
def written(monkeypatch):
    """Return the texts and the dots that are drawn on axes, with their places in pixels."""

    def draw(ax):
        found = {"texts": [], "dots": [], "leaders": []}
        with monkeypatch.context() as patched:
            patched.setattr(
                Notes,
                "_on_figure",
                lambda self, artist, add=Notes._on_figure: keep(add(self, artist)),
            )

            def keep(artist):
                if isinstance(artist, Text):
                    found["texts"].append(artist)
                elif isinstance(artist, Line2D):
                    kind = "dots" if artist.get_marker() == "o" else "leaders"
                    found[kind].append(artist)
                return artist

            ax.figure.canvas.draw()
        return found

    return draw


def draw_all(schedules, **options):
    ax = options.pop("ax", None)
    for name, schedule in schedules.items():
        ax = plot(schedule, ax=ax, label=name, **options)
    return ax


def words(texts):
    return [text.get_text() for text in texts]


def box(text):
    """Return the edges of a text in pixels."""
    extent = text.get_window_extent()
    return np.array([[extent.x0, extent.y0], [extent.x1, extent.y1]])


def gap(text, line):
    """Return the distance of a text from a line in pixels, 0 where it covers the line."""
    corners = np.array(_pixels(line))
    along = np.linspace(0, 1, 30)[:, None]
    points = np.concatenate([a + along * (b - a) for a, b in pairwise(corners)])
    low, high = box(text)
    return np.hypot(*np.maximum(np.maximum(low - points, points - high), 0).T).min()


class TestNames:
    """Each name is next to its own curve, and covers nothing."""

    @pytest.mark.parametrize("schedules", [FIVE, RESTARTS, REAL])
    @pytest.mark.parametrize("log", [False, True])
    def test_are_next_to_their_own_curves(self, schedules, log, written):
        ax = draw_all(schedules, log=log, stop=500)
        texts = written(ax)["texts"]

        assert words(texts) == list(schedules)
        for text, line in zip(texts, ax.get_lines(), strict=True):
            assert text.get_color() == line.get_color()
            gaps = [gap(text, each) for each in ax.get_lines()]
            assert min(gaps) > 2 * ax.figure.dpi / 72  # points
            assert gap(text, line) < 12

    def test_are_next_to_a_part_that_is_in_sight(self, written):
        """The milestones cover most of the steps."""
        ax = draw_all({name: FIVE[name] for name in ("step", "milestones")})
        step, milestones = ax.get_lines()

        assert gap(written(ax)["texts"][0], step) < gap(written(ax)["texts"][0], milestones)

    def test_cover_no_other_name_and_stay_in_the_axes(self, written):
        ax = draw_all({**FIVE, **TO_0}, stop=1000)
        boxes = [box(text) for text in written(ax)["texts"]]

        assert len(boxes) == 10
        for i, one in enumerate(boxes):
            assert ax.bbox.x0 <= one[0, 0] < one[1, 0] <= ax.bbox.x1
            assert ax.bbox.y0 <= one[0, 1] < one[1, 1] <= ax.bbox.y1
            for other in boxes[:i]:
                assert (one[1] < other[0]).any() or (other[1] < one[0]).any()

    @pytest.mark.parametrize("x", [69, 72, 75])
    def test_keep_clear_of_a_drop_wherever_it_is(self, x):
        """The points that a name keeps away from are on the steps, not on a slant."""
        level = [(a, 90) for a in range(0, x + 1, 3)]
        (points,) = Space((0, 0), (200, 100), [[*level, (x, 10), (200, 10)]]).curves

        assert [(a, b) for a, b in points if a != x and b not in (10, 90)] == []

    def test_follow_what_the_axes_show(self, written):
        ax = draw_all(FIVE)
        ax.set_xlim(200, 400)
        ax.set_yscale("log")
        ax.set_ylim(0.4, 1.2)

        for text in written(ax)["texts"][:2]:
            low, high = box(text)
            assert ax.bbox.x0 <= low[0] < high[0] <= ax.bbox.x1

    def test_are_also_written_in_figures_of_yours(self, written):
        ax = draw_all(REAL, log=True, ax=plt.subplots()[1])

        assert words(written(ax)["texts"]) == list(REAL)

    def test_are_also_written_at_lines_of_yours(self, written):
        ax = draw_all(RESTARTS)
        ax.plot([0, 700], [0.9, 0.7], label="mine")
        ax.plot([0, 700], [0.7, 0.5])  # without a label

        assert words(written(ax)["texts"]) == [*RESTARTS, "mine"]

    def test_have_a_line_to_the_curve_where_no_place_is_next_to_it(self, written):
        """A wave between two curves that are close to it."""
        ax = plt.subplots()[1]
        t = np.arange(1, 201)
        for each in (-0.2, 0, 0.2):
            plot(
                lambda t, each=each: 2 + each + np.sin(t / 4), 200, ax=ax, label=f"wave {each}"
            )
        found = written(ax)

        assert len(found["texts"]) == 3
        assert found["leaders"]
        for leader in found["leaders"]:
            end = np.array(leader.get_xydata()[1])
            near = [
                np.hypot(*(np.array(_pixels(line)) - end).T).min() for line in ax.get_lines()
            ]
            assert min(near) < 10
        assert t.size == 200

    def test_of_a_single_curve_are_left_to_the_title(self, written):
        ax = plot(COSINE, marks=False)

        assert written(ax) == {"texts": [], "dots": [], "leaders": []}
        assert ax.get_title() == "Learning rate of CosineScheduler"

    def test_give_way_to_a_legend(self, written):
        ax = draw_all(FIVE)
        ax.legend()

        assert written(ax)["texts"] == []

    def test_are_written_once_among_other_artists(self, written):
        ax = plt.subplots()[1]
        ax.add_artist(Text(0.5, 0.5, "yours"))

        assert words(written(draw_all(FIVE, ax=ax))["texts"]) == list(FIVE)

    def test_are_wrapped(self, written):
        ax = plot(CosineScheduler(800))
        plot(CosineScheduler(400, final_lr=0.001), ax=ax)

        assert words(written(ax)["texts"])[1] == "max_update=400,\nfinal_lr=0.001"

    def test_of_curves_outside_the_axes_do_no_harm(self, written):
        ax = draw_all(FIVE)
        ax.set_xlim(5000, 6000)

        assert len(written(ax)["texts"]) == 5

    def test_in_axes_that_are_too_small_do_no_harm(self, written):
        ax = draw_all(FIVE, ax=plt.subplots(figsize=(0.4, 0.3))[1])

        assert len(written(ax)["texts"]) == 5

    def test_are_hidden_with_their_line_and_with_all_notes(self, written):
        ax = draw_all(FIVE)
        ax.get_lines()[0].set_visible(False)
        assert words(written(ax)["texts"]) == list(FIVE)[1:]

        ax.artists[0].set_visible(False)
        assert written(ax)["texts"] == []


class TestMarks:
    """A dot where something happens, and a few words beside a single curve."""

    def test_of_a_single_curve_have_words(self, written):
        ax = plot(COSINE.replace(max_update=800), 1000)
        found = written(ax)
        at = [ax.transData.inverted().transform(dot.get_xydata()[0]) for dot in found["dots"]]

        assert words(found["texts"]) == ["warm-up ends at 50", "0 from 800 on"]
        np.testing.assert_allclose(at, [[50, 1], [800, 0]], atol=1e-9)
        line = ax.get_lines()[0]
        assert all(gap(text, line) > 0 for text in found["texts"])

    def test_of_several_curves_have_none(self, written):
        ax = draw_all(FIVE)
        found = written(ax)

        assert words(found["texts"]) == list(FIVE)
        assert {dot.get_color() for dot in found["dots"]} == {
            line.get_color() for line in ax.get_lines() if line.get_label() != ""
        }

    def test_have_no_words_where_no_room_is(self, written):
        ax = plot(FIVE["milestones"], ax=plt.subplots(4, 4)[1][0, 0])

        assert [len(found) for found in written(ax).values()] == [3, 3, 0]
        assert [text for text in written(ax)["texts"] if text.get_position() != (0, 0)] == []

    def test_can_be_left_out(self, written):
        assert written(plot(COSINE, marks=False))["dots"] == []

    def test_that_have_no_name_have_no_words(self, written):
        ax = plot(PolyScheduler(100, base_lr=1, pwr=1) + PolyScheduler(50, base_lr=1, pwr=1))
        found = written(ax)

        assert len(found["dots"]) == 2
        assert words(found["texts"]) == ["0 from 100 on"]


class TestStyle:
    """The style sheet of the package, for the figures of `plot` alone."""

    def test_applies_to_a_figure_that_plot_makes(self):
        before = dict(mpl.rcParams)
        ax = plot(COSINE)

        assert tuple(ax.figure.get_size_inches()) == (6, 4)
        assert ax.get_lines()[0].get_color() == "#1a7abb"
        assert ax.get_lines()[0].get_linewidth() == 2.2
        assert not ax.spines["top"].get_visible()
        assert dict(mpl.rcParams) == before

    def test_applies_to_what_comes_later(self):
        """Ticks are made when they are drawn, and a title may be set after the call."""
        ax = plot(COSINE)
        ax.set_title("A cosine")
        plot(linear(1000, base_lr=1), ax=ax)
        ax.figure.canvas.draw()

        assert ax.title.get_text() == ""
        assert ax.get_title() == "A cosine"
        assert ax._left_title.get_fontweight() == "bold"
        assert ax.get_lines()[1].get_linewidth() == 2.2
        colours = {tick.label1.get_color() for tick in ax.xaxis.get_major_ticks()}
        assert colours == {"#555555"}

    def test_leaves_a_figure_of_yours_alone(self):
        figure, ax = plt.subplots()
        plot(COSINE, ax=ax)

        assert ax.get_lines()[0].get_color() == "C0" or ax.get_lines()[0].get_linewidth() == 1.5
        assert tuple(figure.get_size_inches()) == (6.4, 4.8)
        assert ax.title.get_text() == "Learning rate of CosineScheduler"

    def test_is_a_style_of_matplotlib(self):
        with plt.style.context("lr_scheduler.curves"):
            ax = plot(COSINE, ax=plt.subplots()[1])
            plot(COSINE, ax=ax)

        assert ax.get_title(loc="left") == "Learning rate of CosineScheduler"
        assert ax.get_lines()[0].get_color() == "#1a7abb"

    def test_leaves_what_the_backend_sets_when_it_is_loaded(self, tmp_path):
        """As that of notebooks does, which shows the figures of interactive sessions alone."""
        backend = "import matplotlib as mpl\nfrom matplotlib.backends.backend_agg import *\n"
        (tmp_path / "notebook.py").write_text(f"{backend}mpl.interactive(True)\n", "utf-8")
        code = (
            "import matplotlib as mpl; from lr_scheduler import plot\n"
            "plot(0.1); plot(0.1); print(mpl.is_interactive())"
        )
        path = os.pathsep.join([str(tmp_path), str(ROOT)])
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "MPLBACKEND": "module://notebook", "PYTHONPATH": path},
            capture_output=True,
            check=True,
            text=True,
        )

        assert done.stdout == "True\n"

    def test_survives_pickling(self):
        ax = pickle.loads(pickle.dumps(draw_all(FIVE)))
        ax.figure.canvas.draw()

        assert [line.get_label() for line in ax.get_lines()] == list(FIVE)


class TestTicks:
    """Numbers as people write them."""

    @pytest.mark.parametrize(
        ("schedule", "log", "x", "y"),
        [
            (REAL["cosine"], False, "140,000", "2.5e-4"),
            (REAL["cosine"], True, "140,000", "1e-5"),
            (COSINE, False, "1,000", "0.2"),
            (CosineScheduler(9, base_lr=0.02), False, "8", "0.005"),
        ],
    )
    def test_are_readable(self, schedule, log, x, y):
        ax = plot(schedule, log=log)
        ax.figure.canvas.draw()

        assert x in words(ax.get_xticklabels())
        assert y in words(ax.get_yticklabels())

    def test_leave_a_formatter_of_yours_alone(self):
        ax = plt.subplots()[1]
        ax.xaxis.set_major_formatter("t={x:g}")
        plot(COSINE, ax=ax)
        ax.figure.canvas.draw()

        assert "t=200" in words(ax.get_xticklabels())

    def test_tell_where_the_cursor_is(self):
        ax = plot(COSINE)

        assert "1,234" in ax.format_coord(1234, 0.25)


def test_title_sets_the_title():
    ax = plot(COSINE, title="Half a cosine")
    assert ax.get_title() == "Half a cosine"

    plot(COSINE, ax=ax)
    assert ax.get_title() == "Half a cosine"


@pytest.mark.parametrize("argument", [{"title": 3}, {"marks": 1}], ids=repr)
def test_what_is_refused_opens_no_figure(argument):
    with pytest.raises(TypeError, match=f"^{next(iter(argument))} must be"):
        plot(COSINE, **argument)
    assert not plt.get_fignums()


def test_the_schedule_of_every_curve_is_known():
    ax = draw_all(FIVE)
    plot(0.5, ax=ax)

    assert [DRAWN[line] for line in ax.get_lines()] == [*FIVE.values(), 0.5]
