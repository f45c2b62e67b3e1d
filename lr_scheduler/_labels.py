"""What `plot` writes into the axes: names beside their curves, and marks on them.

Both are placed when the figure is drawn, so that they fit whatever the axes show by then.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from textwrap import fill
from typing import Any, Literal, TypeVar

import matplotlib as mpl
import matplotlib.axes
import matplotlib.pyplot as plt
import numpy as np
from matplotlib import cbook
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import Formatter
from matplotlib.transforms import Bbox, TransformedBbox

from ._chart import Mark, tick_texts
from ._places import Point, Space

Drawn = TypeVar("Drawn", bound=Artist)
STYLE = "lr_scheduler.curves"  # the file curves.mplstyle
TICKS = ("color", "labelcolor", "labelsize")
GRID = ("color", "alpha", "linewidth")
WIDEST = 24  # characters in a line of a name
AROUND = Bbox([[-0.02, -0.02], [1.02, 1.02]])  # half of a line is outside at the axis


class Axes(matplotlib.axes.Axes):
    """The axes of a figure that `plot` makes: in its style, with the title on the left."""

    def set_title(self, label: str, *args: Any, **kwargs: Any) -> Text:
        """Set the title, on the left by default."""
        with plt.style.context(STYLE):
            return super().set_title(label, *args, **kwargs)

    def get_title(self, loc: Literal["left", "center", "right"] = "left") -> str:
        """Return the title, the left one by default."""
        return super().get_title(loc)


class Numbers(Formatter):
    """Ticks such as 150,000 and 3e-4."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Return the text of a number that the cursor points at."""
        return f"{x:,.6g}"

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return the texts of all ticks."""
        return tick_texts(values)


class Notes(Artist):
    """The names and the marks of the curves on one pair of axes."""

    def __init__(self, font: Text) -> None:
        super().__init__()
        self.marks: dict[Line2D, list[Mark]] = {}
        self.font = font
        self.set_zorder(5)
        self.set_in_layout(False)

    def draw(self, renderer: RendererBase) -> None:
        """Place the names and the marks, and draw them."""
        axes = self.axes
        if axes is None or not self.get_visible():
            return
        lines = [line for line in axes.get_lines() if line.get_visible()]
        low, high = axes.bbox.get_points().tolist()
        point: Any = renderer.points_to_pixels(1)
        space = Space(low, high, [_pixels(line) for line in lines], point)
        named = [line for line in lines if not str(line.get_label()).startswith("_")]
        if len(named) > 1 and axes.get_legend() is None:
            texts = [
                self._text(fill(str(line.get_label()), WIDEST), line.get_color(), "bold")
                for line in named
            ]
            sizes = [
                (lines.index(e), _size(t, renderer)) for e, t in zip(named, texts, strict=True)
            ]
            for text, (center, leader) in zip(texts, space.names(sizes), strict=True):
                text.set_position(center)
                text.draw(renderer)
                if leader:
                    self._line(leader, text.get_color()).draw(renderer)
        for line in lines:
            for mark in self.marks.get(line, []):
                x, y = line.get_transform().transform((mark.iteration, mark.rate))
                self._dot((x, y), line).draw(renderer)
                if len(lines) == 1 and mark.text:
                    text = self._text(mark.text, self.font.get_color(), "normal")
                    if beside := space.text((x, y), _size(text, renderer)):
                        text.set_position(beside)
                        text.draw(renderer)

    def _text(self, words: str, color: Any, weight: str) -> Text:
        font = self.font.get_fontproperties().copy()
        font.set_weight(weight)
        text = Text(0, 0, words, color=color, fontproperties=font, va="center", ha="center")
        return self._on_figure(text)

    def _line(self, ends: tuple[Point, Point], color: Any) -> Line2D:
        return self._on_figure(Line2D(*zip(*ends, strict=True), color=color, linewidth=0.8))

    def _dot(self, at: Point, line: Line2D) -> Line2D:
        x, y = at
        size = 2.6 * line.get_linewidth()
        dot = Line2D([x], [y], marker="o", markersize=size, color=line.get_color())
        return self._on_figure(dot)

    def _on_figure(self, artist: Drawn) -> Drawn:
        figure: Any = self.get_figure()
        artist.set_figure(figure)
        return artist


def new_axes() -> Any:
    """Return the axes of a new figure in the style of `plot`."""
    # Loads the backend: in a notebook it changes settings, which the context would undo.
    load: Any = plt.draw_if_interactive
    load()
    with plt.style.context(STYLE):
        axes: Any = plt.figure().add_subplot(axes_class=Axes)
        # Ticks are made when they are drawn: so the axes keep the settings of now.
        now: Any = mpl.rcParams
        for name in ("x", "y"):
            ticks = {key: now[f"{name}tick.{key}"] for key in TICKS}
            grid = {f"grid_{key}": now[f"grid.{key}"] for key in GRID}
            length = now[f"{name}tick.major.size"]
            axes.tick_params(name, which="both", length=length, **ticks, **grid)
        interactive = mpl.is_interactive()
    mpl.interactive(interactive)  # a notebook turns it on when the first figure is made
    return axes


def style_of(axes: Any) -> AbstractContextManager[None]:
    """Return the settings for lines on the axes: the user's on the user's axes."""
    return plt.style.context(STYLE) if isinstance(axes, Axes) else nullcontext()


def dress(axes: Any, start: int) -> None:
    """Give axes with a first curve readable numbers, and heights that compare rates."""
    for axis in (axes.xaxis, axes.yaxis):
        if axis.isDefault_majfmt:
            axis.set_major_formatter(Numbers())
    if axes.get_yscale() == "linear":
        axes.update_datalim([(start - (start == 1 < axes.dataLim.x1), 0)])
        for line in axes.get_lines():
            line.sticky_edges.y.append(0)
            line.set_clip_box(TransformedBbox(AROUND, axes.transAxes))
        axes.autoscale_view()


def title_of(axes: Any) -> str:
    """Return the title, wherever it stands."""
    return "".join(axes.get_title(loc=side) for side in ("left", "center", "right"))


def notes_of(axes: Any) -> Notes:
    """Return the names and marks of the axes."""
    notes = next((each for each in axes.artists if isinstance(each, Notes)), None)
    if notes is None:
        notes = Notes(axes.xaxis.label)
        axes.add_artist(notes)
    return notes


def _size(text: Text, renderer: RendererBase) -> tuple[float, float]:
    extent = text.get_window_extent(renderer)
    return extent.width, extent.height


def _pixels(line: Line2D) -> list[Point]:
    """Return the corners of a line in pixels, those of its steps too."""
    steps = cbook.STEP_LOOKUP_MAP[line.get_drawstyle()]
    corners = np.column_stack(steps(*line.get_data(orig=False)))
    pixels = line.get_transform().transform(corners)
    pixels = pixels[np.isfinite(pixels).all(axis=1)]
    moved = np.diff(np.floor(pixels / 3), axis=0, prepend=np.inf).any(axis=1)
    found: list[Point] = [*map(tuple, pixels[moved].tolist())]
    return found
