"""Draw schedules."""

from typing import TYPE_CHECKING

from . import _validation as check
from ._schedule import Schedule, check_schedule

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray


def plot(
    scheduler: Schedule,
    num_iterations: int = 1000,
    *,
    ax: "Axes | None" = None,
    label: str | None = None,
) -> "Axes":
    """Draw the learning rate of the iterations from 1 to `num_iterations`.

    Parameters
    ----------
    scheduler : callable
        Any schedule: a callable from the iteration to the learning rate. One that
        takes an array of iterations is called once.
    num_iterations : int, default 1000
        How many iterations to draw, at least 1.
    ax : matplotlib.axes.Axes, optional
        Where to draw, for instance onto another schedule; a new figure by default.
    label : str, optional
        The schedule's name in the title, and in the legend of several; by default the
        name of its class or function.

    Returns
    -------
    matplotlib.axes.Axes
        Where it was drawn. The title names what is drawn, until you set your own.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    TypeError
        If `scheduler` is not callable, `num_iterations` is not an integer, `ax` is not
        matplotlib's, `label` is not text, or a rate is not a real number.
    ValueError
        If `num_iterations` is less than 1, or a rate is negative or not finite.

    Examples
    --------
    >>> from lr_scheduler import CosineScheduler, PolyScheduler, plot
    >>> ax = plot(CosineScheduler(base_lr=1, max_update=800))
    >>> ax = plot(PolyScheduler(base_lr=1, max_update=800), ax=ax)
    >>> ax.get_title()
    'Learning rate of CosineScheduler, PolyScheduler'
    """
    check_schedule("scheduler", scheduler)
    num_iterations = check.check_length("num_iterations", num_iterations)
    try:
        import matplotlib.pyplot as plt
        import numpy as np
        from matplotlib.axes import Axes
    except ImportError as error:
        error.add_note("plot needs matplotlib: install the extra 'plot' of this package")
        raise

    if ax is not None and not isinstance(ax, Axes):
        raise TypeError(f"ax must be matplotlib's Axes, got {check.shown(ax)}")
    iterations = np.arange(1, num_iterations + 1)
    rates = _rates(scheduler, iterations)
    if label is None:
        label = getattr(scheduler, "__name__", type(scheduler).__name__)
    if not isinstance(label, str):
        raise TypeError(f"label must be text, got {check.shown(label)}")
    label = label.lstrip("_") or "schedule"  # matplotlib hides a label with _ in front
    if ax is None:
        _, ax = plt.subplots()
        ax.grid(alpha=0.3)
        ax.update_datalim([(1, 0)])  # a height is a rate only if the axis starts from 0
    ax.set_xlabel(ax.get_xlabel() or "Iteration")
    ax.set_ylabel(ax.get_ylabel() or "Learning rate")
    # A rate holds for the whole of its iteration, so a drop is upright. Where nearly every
    # rate is another one, the steps would be too fine to see, and the picture too large.
    drops = np.count_nonzero(np.diff(rates))
    drawstyle = "steps-pre" if drops < 200 else "default"
    is_own_title = ax.get_title() == _title(ax)
    marker = "." if num_iterations == 1 else None  # a single point is no line
    ax.plot(iterations, rates, label=label, drawstyle=drawstyle, marker=marker)
    if is_own_title:
        ax.set_title(_title(ax))
    if len(_names(ax)) > 1:
        ax.legend()
    return ax


def _names(ax: "Axes") -> list[str]:
    labels = (str(line.get_label()) for line in ax.get_lines())
    return [label for label in labels if not label.startswith("_")]


def _title(ax: "Axes") -> str:
    """Return the title for what is drawn so far: none for nothing."""
    names = ", ".join(_names(ax))
    return f"Learning rate of {names}" if names else ""


def _rates(schedule: Schedule, iterations: "NDArray[np.int_]") -> "NDArray[np.float64]":
    import numpy as np

    try:
        curve = np.asarray(schedule(iterations.copy()))  # type: ignore[arg-type]  # a try
        is_curve = curve.shape == iterations.shape and curve.dtype.kind in "iuf"
        if is_curve and np.isfinite(curve).all() and (curve >= 0).all():
            return curve.astype(np.float64)
    except Exception:  # whatever a schedule for numbers raises here, the numbers decide
        pass
    rates = [
        check.check_rate(f"the rate of iteration {iteration}", schedule(iteration))
        for iteration in iterations.tolist()
    ]
    return np.array(rates, dtype=np.float64)
