"""Draw schedules with matplotlib."""

from typing import TYPE_CHECKING, Any

from . import _validation as check
from ._schedule import Schedule, Scheduler, check_schedule, public_name

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

ENDLESS = 1000  # iterations to draw of a schedule without an end


def plot(
    scheduler: Schedule,
    stop: int | None = None,
    *,
    start: int = 1,
    log: bool = False,
    ax: "Axes | None" = None,
    label: str | None = None,
    **line: Any,
) -> "Axes":
    """Plot a schedule: draw the learning rate from iteration `start` to `stop`.

    Parameters
    ----------
    scheduler : callable
        Any schedule: a callable from the iteration to the learning rate. `plot` passes all
        iterations at once if the schedule takes arrays.
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
        Name of the schedule in the title and the legend; by default the name of its class or
        function.
    **line
        Passed to :meth:`matplotlib.axes.Axes.plot`: ``color``, ``linestyle``,
        ``linewidth`` and so on.

    Returns
    -------
    matplotlib.axes.Axes
        The axes. The title names the schedules until you set your own title.

    Raises
    ------
    AttributeError
        If a keyword is unknown to matplotlib's lines.
    ImportError
        If matplotlib is not installed.
    TypeError
        If `scheduler` is not callable, `start` or `stop` is not an integer, `log` is not
        True or False, `ax` is not matplotlib's, `label` is not text, or a rate is not a real
        number.
    ValueError
        If `start` is less than 0, `stop` is less than `start`, a rate is negative or not
        finite, or all rates are 0 with `log`.

    Examples
    --------
    >>> from lr_scheduler import CosineScheduler, PolyScheduler, plot
    >>> ax = plot(CosineScheduler(base_lr=1, max_update=800))
    >>> ax = plot(PolyScheduler(base_lr=1, max_update=800), ax=ax, linestyle="--")
    >>> ax.get_title()
    'Learning rate of CosineScheduler, PolyScheduler'
    """
    check_schedule("scheduler", scheduler)
    start = check.integer("start", start, minimum=0)
    if stop is not None:
        stop = check.integer("stop", stop, minimum=start)
    if not isinstance(log, bool):
        raise TypeError(f"log must be True or False, got {check.short_repr(log)}")
    try:
        import matplotlib.pyplot as plt
        import numpy as np
        from matplotlib import cbook
        from matplotlib.axes import Axes
        from matplotlib.lines import Line2D
    except ImportError as error:
        error.add_note("plot needs matplotlib: install the extra 'plot' of this package")
        raise

    if ax is not None and not isinstance(ax, Axes):
        raise TypeError(f"ax must be matplotlib's Axes, got {check.short_repr(ax)}")
    if label is None:
        label = getattr(scheduler, "__name__", None) or public_name(type(scheduler))
    if not isinstance(label, str):
        raise TypeError(f"label must be text, got {check.short_repr(label)}")
    label = label.lstrip("_") or "schedule"  # matplotlib hides a label with _ in front
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
        "label": label,
        "drawstyle": "steps-pre" if drops < 200 else "default",
        "marker": "." if len(rates) == 1 else None,  # one point has no line
        **cbook.normalize_kwargs(line, Line2D),
    }
    Line2D(iterations, rates, **style)  # refuses a keyword before making a figure
    if ax is None:
        _, ax = plt.subplots()
        ax.grid(alpha=0.3)
        if not log:
            ax.update_datalim([(start, 0)])  # from 0, heights compare rates
    if log:
        ax.set_yscale("log")
    ax.set_xlabel(ax.get_xlabel() or "Iteration")
    ax.set_ylabel(ax.get_ylabel() or "Learning rate")
    is_own_title = ax.get_title() == _title(ax)
    ax.plot(iterations, rates, **style)
    if is_own_title:
        ax.set_title(_title(ax))
    if len(_names(ax)) > 1:
        ax.legend()
    return ax


def _default_stop(scheduler: Schedule) -> int:
    """Return the last iteration to draw by default."""
    end = scheduler.end if isinstance(scheduler, Scheduler) else None
    if not end:
        return ENDLESS
    level, before, last = (scheduler(t) for t in (max(end - 2, 0), end - 1, end))
    return end + (end // 10 if level == before != last else 0)  # room to see a final drop


def _last_drawn(ax: "Axes | None") -> int:
    """Return the last iteration of the curves on the axes; 0 without curves."""
    import numpy as np

    last = 0
    for curve in [] if ax is None else ax.get_lines():
        x = np.asarray(curve.get_xdata())
        if x.dtype.kind in "iuf":  # not dates or names
            last = max(last, int(x[np.isfinite(x)].max(initial=0)))
    return last


def _names(ax: "Axes") -> list[str]:
    labels = (str(line.get_label()) for line in ax.get_lines())
    return [label for label in labels if not label.startswith("_")]


def _title(ax: "Axes") -> str:
    """Return the title for the curves drawn so far; empty without curves."""
    names = ", ".join(_names(ax))
    return f"Learning rate of {names}" if names else ""


def _rates(schedule: Schedule, iterations: "NDArray[np.int_]") -> "NDArray[np.float64]":
    import numpy as np

    try:
        curve = np.asarray(schedule(iterations.copy()))  # type: ignore[arg-type]  # may fail
        is_curve = curve.shape == iterations.shape and curve.dtype.kind in "iuf"
        if is_curve and np.isfinite(curve).all() and (curve >= 0).all():
            return curve.astype(np.float64)
    except Exception:  # the schedule may take numbers only: call it below for each iteration
        pass
    rates = [
        check.rate(f"the rate of iteration {iteration}", schedule(iteration))
        for iteration in iterations.tolist()
    ]
    return np.array(rates, dtype=np.float64)
