"""Draw schedules."""

from typing import TYPE_CHECKING, Any

from . import _validation as check
from ._schedule import Schedule

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
        If `scheduler` is not callable, or `num_iterations` is not an integer.
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
    if not callable(scheduler):
        raise TypeError(
            f"scheduler must be callable with an iteration, got {check.shown(scheduler)}"
        )
    num_iterations = check.check_length("num_iterations", num_iterations)
    try:
        import matplotlib.pyplot as plt
        import numpy as np
    except ImportError as error:
        error.add_note("plot needs matplotlib: install the extra 'plot' of this package")
        raise

    iterations = np.arange(1, num_iterations + 1)
    rates = _rates(scheduler, iterations)
    if label is None:
        name = getattr(scheduler, "__name__", type(scheduler).__name__)
        label = name.lstrip("_")  # matplotlib keeps such labels out of legends
    if ax is None:
        _, ax = plt.subplots()
        ax.set_xlabel("Iteration")
        ax.set_ylabel("Learning rate")
        ax.grid(alpha=0.3)
    # A rate holds for the whole of its iteration, so a drop is upright. Where nearly every
    # rate is another one, the steps would be too fine to see, and the picture too large.
    drops = np.count_nonzero(np.diff(rates))
    drawstyle = "steps-pre" if drops < 200 else "default"
    is_own_title = ax.get_title() == _title(ax)
    ax.plot(iterations, rates, label=label, drawstyle=drawstyle)
    if is_own_title:
        ax.set_title(_title(ax))
    if len(ax.get_lines()) > 1:
        ax.legend()
    return ax


def _title(ax: "Axes") -> str:
    """Return the title for what is drawn so far: none for nothing."""
    names = ", ".join(str(line.get_label()) for line in ax.get_lines())
    return f"Learning rate of {names}" if names else ""


def _rates(schedule: Schedule, iterations: "NDArray[np.int_]") -> "NDArray[np.float64]":
    import numpy as np

    rates: Any
    try:
        rates = np.asarray(schedule(iterations))  # type: ignore[arg-type]  # a try
    except Exception:  # whatever a schedule for numbers raises here, the numbers decide
        rates = None
    if rates is None or rates.shape != iterations.shape:
        rates = [_rate(schedule(i), i) for i in iterations.tolist()]
    curve: NDArray[np.float64] = np.asarray(rates, dtype=np.float64)
    refused = ~np.isfinite(curve) | (curve < 0)
    if refused.any():
        _rate(float(curve[refused][0]), iterations[refused][0])
    return curve


def _rate(rate: object, iteration: int) -> float:
    return check.check_rate(f"the rate of iteration {iteration}", rate)
