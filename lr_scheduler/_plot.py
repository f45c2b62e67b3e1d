"""Draw schedules with matplotlib."""

from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

from . import _validation as check
from ._schedule import ScheduleLike, Scheduler, check_schedule_like, public_name
from ._shape import ENDLESS, past_end
from ._shape import marks as marks_of
from ._types import Axes, Integers, Rates

LONGEST = 40  # characters of the names in a title


@dataclass(frozen=True)
class Named:
    """A schedule that `plot` named, its class or function, and the label of its curve."""

    schedule: ScheduleLike
    name: str
    label: str


NAMED: WeakKeyDictionary[Any, Named] = WeakKeyDictionary()
"""The curves that `plot` named; they get other labels when a curve of the same name comes."""

DRAWN: WeakKeyDictionary[Any, ScheduleLike] = WeakKeyDictionary()
"""The schedule of each curve that `plot` drew, a matplotlib ``Line2D``."""


def plot(
    scheduler: ScheduleLike,
    stop: int | None = None,
    *,
    start: int = 1,
    log: bool = False,
    ax: Axes | None = None,
    label: str | None = None,
    title: str | None = None,
    marks: bool = True,
    **line: Any,
) -> Axes:
    """Plot a schedule: draw the learning rate from iteration `start` to `stop`.

    Parameters
    ----------
    scheduler : callable or float
        Any schedule: a callable from the iteration to the learning rate, or a number, which is
        a constant learning rate. `plot` calls a function of your own with one iteration after
        another, each once.
    stop : int, optional
        Last iteration to draw, at least `start`. By default `plot` draws to the schedule's
        `end`, a tenth further after a final drop, and to 1000 without an end. On axes with
        curves, it draws at least as far as the curves.
    start : int, default 1
        First iteration to draw, at least 0.
    log : bool, default False
        Draw the learning rate on a logarithmic scale.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on, for instance with other schedules; a new figure by default.
    label : str, optional
        Name of the schedule, written beside its curve where the axes have several curves; by
        default the name of its class or function. Where two schedules have the same name, the
        labels add the parameters in which they differ.
    title : str, optional
        Title of the axes, such as what the curves show; by default the names of the schedules,
        or their number.
    marks : bool, default True
        Mark where something happens with a dot: the end of the warm-up, drops, knots,
        boundaries and the end. With a single curve, a few words say what.
    **line
        Passed to :meth:`matplotlib.axes.Axes.plot`: ``color``, ``linestyle``,
        ``linewidth`` and so on.

    Returns
    -------
    matplotlib.axes.Axes
        The axes. The title names the schedules until you set your own title. Once you call
        ``ax.legend()``, the legend takes the place of the names at the curves.

    Raises
    ------
    AttributeError
        If a keyword is unknown to matplotlib's lines.
    ImportError
        If matplotlib is not installed.
    TypeError
        If `scheduler` is not a real number or callable, `start` or `stop` is not an integer,
        `log` or `marks` is not True or False, `ax` is not matplotlib's, `label` or `title` is
        not text, or a rate is not a real number.
    ValueError
        If `start` is less than 0, `stop` is less than `start`, a rate is negative or not
        finite, or all rates are 0 with `log`.

    Notes
    -----
    A new figure has the style sheet ``lr_scheduler.curves`` of this package; your settings
    of matplotlib stay as they are. ``plt.style.use("lr_scheduler.curves")`` gives the style to
    figures that you make yourself.

    Examples
    --------
    >>> from lr_scheduler import CosineScheduler, PolyScheduler, plot
    >>> ax = plot(CosineScheduler(base_lr=1, max_update=800))
    >>> ax = plot(PolyScheduler(base_lr=1, max_update=800), ax=ax, linestyle="--")
    >>> ax.get_title()
    'Learning rate of CosineScheduler, PolyScheduler'

    The labels of two schedules of one class show where they differ:

    >>> ax = plot(CosineScheduler(base_lr=1, max_update=800))
    >>> ax = plot(CosineScheduler(base_lr=0.5, max_update=800), ax=ax)
    >>> [curve.get_label() for curve in ax.get_lines()]
    ['base_lr=1', 'base_lr=0.5']
    """
    scheduler = check_schedule_like("scheduler", scheduler)
    start = check.integer("start", start, minimum=0)
    if stop is not None:
        stop = check.integer("stop", stop, minimum=start)
    check.boolean("log", log)
    check.boolean("marks", marks)
    if title is not None and not isinstance(title, str):
        raise TypeError(f"title must be text, got {check.short_repr(title)}")
    try:
        import numpy as np
        from matplotlib import cbook
        from matplotlib.axes import Axes
        from matplotlib.lines import Line2D

        from . import _labels
    except ImportError as error:
        error.add_note("plot needs matplotlib: install the extra 'plot' of this package")
        raise

    if ax is not None and not isinstance(ax, Axes):
        raise TypeError(f"ax must be matplotlib's Axes, got {check.short_repr(ax)}")
    name = _name(scheduler) if label is None else label
    if not isinstance(name, str):
        raise TypeError(f"label must be text, got {check.short_repr(label)}")
    name = name.lstrip("_") or "schedule"  # matplotlib hides a label with _ in front
    if stop is None:
        stop = max(start, _default_stop(scheduler), _last_drawn(ax))
    iterations = np.arange(start, stop + 1)
    rates = _rates(scheduler, iterations)
    if log and not rates.any():
        raise ValueError("log must be False where every rate is 0, got True")
    # A rate holds for its whole iteration, so a drop is vertical. With many changes, the
    # steps would be too fine to see, and the image file too large.
    drops = np.count_nonzero(np.diff(rates))
    style = {
        "label": name,
        "drawstyle": "steps-pre" if drops < 200 else "default",
        "marker": "." if len(rates) == 1 else None,  # one point has no line
        **cbook.normalize_kwargs(line, Line2D),
    }
    Line2D(iterations, rates, **style)  # refuses a keyword before making a figure
    if ax is None:
        ax = _labels.new_axes()
    is_first = not ax.has_data()
    if log and ax.get_yscale() != "log":
        ax.set_yscale("log")
    ax.set_xlabel(ax.get_xlabel() or "Iteration")
    ax.set_ylabel(ax.get_ylabel() or "Learning rate")
    is_own_title = _labels.title_of(ax) == _title(ax)
    with _labels.style_of(ax):
        (curve,) = ax.plot(iterations, rates, **style)
    DRAWN[curve] = scheduler
    if is_first:
        _labels.dress(ax, start)
    notes = _labels.notes_of(ax)
    if marks:
        notes.marks[curve] = marks_of(scheduler, start, stop, float(rates.max()))
    if label is None:
        NAMED[curve] = Named(scheduler, name, name)
    _tell_apart(ax)
    if title is not None:
        ax.set_title(title)
    elif is_own_title:
        ax.set_title(_title(ax))
    return ax


def _default_stop(scheduler: ScheduleLike) -> int:
    """Return the last iteration to draw by default."""
    if not isinstance(scheduler, Scheduler) or not scheduler.end:
        return ENDLESS
    return past_end(scheduler, scheduler.end)


def _last_drawn(ax: Axes | None) -> int:
    """Return the last iteration of the curves on the axes; 0 without curves."""
    import numpy as np

    last = 0
    for curve in [] if ax is None else ax.get_lines():
        x = np.asarray(curve.get_xdata())
        if x.dtype.kind in "iuf":  # not dates or names
            last = max(last, int(x[np.isfinite(x)].max(initial=0)))
    return last


def _name(scheduler: ScheduleLike) -> str:
    """Return the name of a schedule's class or function; of a number, the number."""
    if not callable(scheduler):
        return repr(scheduler)
    name: str = getattr(scheduler, "__name__", None) or public_name(type(scheduler))
    return name


def _named(curve: Any) -> Named | None:
    """Return what is known of a curve that still has the label that `plot` gave it."""
    known = NAMED.get(curve)
    return known if known and known.label == curve.get_label() else None


def _tell_apart(ax: Axes) -> None:
    """Label curves of one name with what differs; number them where that is no help."""
    known = [(curve, _named(curve)) for curve in ax.get_lines()]
    is_only_name = len(_names(ax)) == 1  # then the title has it
    for name in {named.name for _, named in known if named}:
        curves = [(curve, named) for curve, named in known if named and named.name == name]
        labels = [name]
        if len(curves) > 1:
            labels = _differences([named.schedule for _, named in curves])
            if not is_only_name:
                labels = [f"{name}({text})" for text in labels]
            if len({*labels}) < len(curves) or max(map(len, labels)) > 60:
                labels = [f"{name} ({number})" for number in range(1, len(curves) + 1)]
        for (curve, named), label in zip(curves, labels, strict=True):
            curve.set_label(label)
            NAMED[curve] = replace(named, label=label)


def _differences(schedules: list[Any]) -> list[str]:
    """Return the parameters of each schedule that are not the same in all; else nothing."""
    first = schedules[0]
    if not isinstance(first, Scheduler) or len({*map(type, schedules)}) > 1:
        return []
    names = [each.name for each in first._fields()]
    differing = [
        name
        for name in names
        if any(getattr(e, name) != getattr(first, name) for e in schedules)
    ]
    return [
        ", ".join(f"{name}={check.short_repr(getattr(each, name))}" for name in differing)
        for each in schedules
    ]


def _names(ax: Axes) -> list[str]:
    """Return the names of the curves, each once."""
    known = {curve: _named(curve) for curve in ax.get_lines()}
    names = [named.name if named else str(curve.get_label()) for curve, named in known.items()]
    return [name for name in dict.fromkeys(names) if not name.startswith("_")]


def _title(ax: Axes) -> str:
    """Return the title for the curves drawn so far; empty without curves."""
    names = _names(ax)
    text = ", ".join(names)
    if len(names) > 1 and len(text) > LONGEST:
        text = f"{len(names)} schedules"
    return f"Learning rate of {text}" if text else ""


def _rates(schedule: ScheduleLike, iterations: Integers) -> Rates:
    import numpy as np

    if isinstance(schedule, Scheduler):
        try:
            curve = schedule(iterations)
            if np.isfinite(curve).all() and (curve >= 0).all():
                return curve
        except Exception:  # a formula of the user's may take numbers only
            pass
    ask = schedule if callable(schedule) else lambda iteration: schedule
    rates = [check.rate(f"the rate of iteration {t}", ask(t)) for t in iterations.tolist()]
    return np.array(rates, dtype=np.float64)
