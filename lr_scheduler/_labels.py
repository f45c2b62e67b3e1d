"""What `plot` writes into the axes: names beside their curves, and marks on them.

Both are placed when the figure is drawn, so that they fit whatever the axes show by then.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

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

from ._chart import tick_texts

Points: TypeAlias = Any  # an array of x and y, or of numbers
Drawn = TypeVar("Drawn", bound=Artist)
STYLE = "lr_scheduler.curves"  # the file curves.mplstyle
TICKS = ("color", "labelcolor", "labelsize")
GRID = ("color", "alpha", "linewidth")
AROUND = Bbox([[-0.02, -0.02], [1.02, 1.02]])  # half of a line is outside at the axis
GAP = 4  # points between a curve and its name
FAR = 60  # points: a name that far from the other curves cannot be mistaken
STRIKE = 1000  # cost of a name that covers a curve or another name


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


class Mark(NamedTuple):
    """A point of a curve where something happens, and what."""

    iteration: int
    rate: float
    text: str


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
        point: Any = renderer.points_to_pixels(1)
        space = Space(axes, [_pixels(line) for line in lines], point)
        named = [
            (number, self._text(str(line.get_label()), line.get_color(), "bold"))
            for number, line in enumerate(lines)
            if not str(line.get_label()).startswith("_")
        ]
        if len(named) > 1 and axes.get_legend() is None:
            for text, leader in space.place(named, renderer):
                if leader is not None:
                    self._line(leader, text.get_color()).draw(renderer)
                text.draw(renderer)
        for line in lines:
            for mark in self.marks.get(line, []):
                self._dot(line, mark).draw(renderer)
        marked = [line for line in lines if self.marks.get(line)]
        if len(lines) == 1 and marked:
            for mark in self.marks[lines[0]]:
                text = self._text(mark.text, self.font.get_color(), "normal")
                at = lines[0].get_transform().transform((mark.iteration, mark.rate))
                if space.beside(text, at, renderer):
                    text.draw(renderer)

    def _text(self, words: str, color: Any, weight: str) -> Text:
        font = self.font.get_fontproperties().copy()
        font.set_weight(weight)
        text = Text(0, 0, words, color=color, fontproperties=font, va="center", ha="center")
        return self._on_figure(text)

    def _line(self, points: Points, color: Any) -> Line2D:
        return self._on_figure(Line2D(*points.T, color=color, linewidth=0.8, alpha=0.8))

    def _dot(self, line: Line2D, mark: Mark) -> Line2D:
        at = line.get_transform().transform((mark.iteration, mark.rate))
        return self._on_figure(
            Line2D([at[0]], [at[1]], marker="o", markersize=6, color=line.get_color())
        )

    def _on_figure(self, artist: Drawn) -> Drawn:
        figure: Any = self.get_figure()
        artist.set_figure(figure)
        return artist


def new_axes() -> Any:
    """Return the axes of a new figure in the style of `plot`."""
    with plt.style.context(STYLE):
        axes: Any = plt.figure().add_subplot(axes_class=Axes)
        # Ticks are made when they are drawn: so the axes keep the settings of now.
        now: Any = mpl.rcParams
        for name in ("x", "y"):
            ticks = {key: now[f"{name}tick.{key}"] for key in TICKS}
            grid = {f"grid_{key}": now[f"grid.{key}"] for key in GRID}
            length = now[f"{name}tick.major.size"]
            axes.tick_params(name, which="both", length=length, **ticks, **grid)
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
    for each in axes.artists:
        if isinstance(each, Notes):
            return each
    notes = Notes(axes.xaxis.label)
    axes.add_artist(notes)
    return notes


class Space:
    """The room in the axes, in pixels: the curves, and what is written already."""

    def __init__(self, axes: Any, curves: list[Points], point: float) -> None:
        self.point = point
        (self.left, self.low), (self.right, self.high) = axes.bbox.get_points()
        self.curves = [self._sampled(curve) for curve in curves]
        self.taken: list[tuple[float, float, float, float]] = []

    def _sampled(self, curve: Points) -> Points:
        """Return points of a curve a short way from each other, in the axes only."""
        margin = 100
        low = (self.left - margin, self.low - margin)
        curve = np.clip(curve, low, (self.right + margin, self.high + margin))
        if len(curve) == 0:
            return curve
        along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(curve, axis=0).T))])
        at = np.arange(0, along[-1] + 1, 3 * self.point)
        x, y = (np.interp(at, along, each) for each in curve.T)
        inside = (x >= self.left - 1) & (x <= self.right + 1)
        inside &= (y >= self.low - 1) & (y <= self.high + 1)
        return np.column_stack([x, y])[inside]

    def place(
        self, named: list[tuple[int, Text]], renderer: RendererBase
    ) -> Iterable[tuple[Text, Points | None]]:
        """Place each name beside its curve, where the other curves are far."""
        waiting = []
        for number, text in named:
            extent = text.get_window_extent(renderer)
            size = extent.width, extent.height
            near = self._beside_curve(self.curves[number], size)
            best = self._costs(near, number, size).min(initial=2 * STRIKE)
            waiting.append((best, number, text, size, near))
        # Those with the least room choose first.
        for _, number, text, size, near in sorted(waiting, key=lambda each: -each[0]):
            places, leader = near, None
            costs = self._costs(places, number, size)
            if costs.min(initial=STRIKE) >= STRIKE:
                places = self._anywhere(size)
                costs = self._costs(places, number, size, far=True)
            center = places[costs.argmin()]
            if places is not near:
                leader = self._leader(center, self.curves[number], size)
            text.set_position(center)
            self.taken.append((*center, *size))
            yield text, leader

    def _beside_curve(self, curve: Points, size: tuple[float, float]) -> Points:
        """Return the centers of boxes that touch a curve from either side."""
        if len(curve) < 3:
            return np.empty((0, 2))
        ahead = np.diff(curve, axis=0)
        ahead = ahead / np.maximum(np.hypot(*ahead.T), 1e-9)[:, None]
        normal = np.column_stack([-ahead[:, 1], ahead[:, 0]])
        reach = GAP * self.point + np.abs(normal) @ np.array(size) / 2
        offset = normal * reach[:, None]
        middle = (curve[1:] + curve[:-1]) / 2
        return self._inside(np.concatenate([middle + offset, middle - offset])[::2], size)

    def _anywhere(self, size: tuple[float, float]) -> Points:
        """Return the centers of boxes all over the axes."""
        step = 10 * self.point
        x = np.arange(self.left + size[0] / 2, self.right - size[0] / 2 + step, step)
        y = np.arange(self.low + size[1] / 2, self.high - size[1] / 2 + step, step)
        return np.array([(each, other) for each in x for other in y])

    def _inside(self, centers: Points, size: tuple[float, float]) -> Points:
        x, y = centers.T
        half = np.array(size) / 2
        inside = (x - half[0] >= self.left) & (x + half[0] <= self.right)
        inside &= (y - half[1] >= self.low + self.point) & (y + half[1] <= self.high)
        return centers[inside]

    def _costs(
        self, centers: Points, number: int, size: tuple[float, float], far: bool = False
    ) -> Points:
        """Return how bad each place is for the name of a curve."""
        point = self.point
        own = _distances(centers, size, self.curves[number]) / point
        others = [c for i, c in enumerate(self.curves) if i != number]
        other = np.full(len(centers), float(FAR))
        for curve in others:
            other = np.minimum(other, _distances(centers, size, curve) / point)
        costs = (FAR - other) / 2
        costs += STRIKE * (other < 2) + STRIKE * (own < GAP / 2)
        costs += 200 * (other < own + 3)  # it would seem the name of another curve
        costs += 2 * own if far else 0.0 * own
        for x, y, width, height in self.taken:
            dx = np.abs(centers[:, 0] - x) - (size[0] + width) / 2
            dy = np.abs(centers[:, 1] - y) - (size[1] + height) / 2
            costs += STRIKE * ((dx < 4 * point) & (dy < 2 * point))
        return costs

    def _leader(
        self, center: Points, curve: Points, size: tuple[float, float]
    ) -> Points | None:
        """Return a line from a name to the nearest point of its curve."""
        if len(curve) == 0:
            return None
        half = np.array(size) / 2
        corner = np.clip(curve, center - half, center + half)
        nearest = np.hypot(*(curve - corner).T).argmin()
        return np.array([corner[nearest], curve[nearest]])

    def beside(self, text: Text, at: Points, renderer: RendererBase) -> bool:
        """Place a text beside a point, if there is room."""
        extent = text.get_window_extent(renderer)
        size = np.array([extent.width, extent.height])
        reach = size / 2 + 7 * self.point
        for way in ((1, 0), (1, -1), (1, 1), (-1, 1), (-1, -1), (-1, 0), (0, 1), (0, -1)):
            center = self._inside((at + reach * way)[None], (size[0], size[1]))
            if len(center) and self._costs(center, -1, (size[0], size[1]))[0] < STRIKE:
                text.set_position(center[0])
                self.taken.append((*center[0], *size))
                return True
        return False


def _pixels(line: Line2D) -> Points:
    """Return the corners of a line in pixels, those of its steps too."""
    steps = cbook.STEP_LOOKUP_MAP[line.get_drawstyle()]
    corners = np.column_stack(steps(*line.get_data(orig=False)))
    pixels = line.get_transform().transform(corners)
    return pixels[np.isfinite(pixels).all(axis=1)]


def _distances(centers: Points, size: tuple[float, float], curve: Points) -> Points:
    """Return how far each box is from a curve: 0 where it covers the curve."""
    apart = np.abs(centers[:, None] - curve[None]) - np.array(size) / 2
    return np.hypot(*np.moveaxis(np.maximum(apart, 0), 2, 0)).min(axis=1, initial=np.inf)
