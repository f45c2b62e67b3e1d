"""Piecewise interpolation: learning rates at knots, and a shape between the knots."""

from collections.abc import Callable, Sequence
from itertools import chain
from math import pi
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from . import _validation as check
from ._backend import Backend
from ._schedule import Scheduler, register

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Mode: TypeAlias = Literal["constant", "linear", "cosine", "1-sqrt"]

# The remaining fraction of the change, from 1 to 0, after a fraction u of the segment.
SHAPES: dict[str, Callable[[Any, Backend], Any]] = {
    "linear": lambda u, xp: 1 - u,
    "cosine": lambda u, xp: (1 + xp.cos(pi * u)) / 2,
    "1-sqrt": lambda u, xp: 1 - xp.sqrt(u),
}
MODES = ("constant", *SHAPES)


@register
class PiecewiseScheduler(Scheduler):
    r"""Piecewise interpolation: pass through a learning rate at each knot.

    .. math::

        \eta_t = l_{k+1} + (l_k - l_{k+1}) \, g\!\left(\frac{t - s_k}{s_{k+1} - s_k}\right),
        \qquad s_k < t \le s_{k+1}

    where :math:`t` is the iteration, :math:`s_k` are the `boundaries`, :math:`l_k` the
    `values`, and :math:`g(u)` is the shape that `mode` names:

    .. math::

        g(u) = \begin{cases}
            1 & \text{constant} \\
            1 - u & \text{linear} \\
            (1 + \cos \pi u) / 2 & \text{cosine} \\
            1 - \sqrt{u} & \text{1-sqrt}
        \end{cases}

    Up to the first knot the rate is the first value; after the last knot it is the last
    value. A constant segment keeps its starting rate through its last iteration.

    Parameters
    ----------
    boundaries : sequence of int
        Iterations :math:`s_k` of the knots, strictly increasing, each at least 0.
    values : sequence of float
        Rates :math:`l_k` at the knots, one per boundary; each finite, at least 0.
    mode : {'linear', 'constant', 'cosine', '1-sqrt'} or a sequence of them, default 'linear'
        Shape of every segment, or a sequence with one shape per segment.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If `boundaries` does not increase, a value is outside its range, or a sequence has
        the wrong length.

    See Also
    --------
    one_cycle, warmup_stable_decay : Common piecewise schedules by name.

    References
    ----------
    A. Hägele et al., "Scaling Laws and Compute-Optimal Training Beyond Fixed Training
    Durations", 2024, `arXiv:2405.18392 <https://arxiv.org/abs/2405.18392>`_: the 1-sqrt decay.

    Examples
    --------
    >>> from lr_scheduler import PiecewiseScheduler
    >>> scheduler = PiecewiseScheduler([10, 30, 70], [0, 1, 0.5])
    >>> [scheduler(t) for t in (5, 10, 20, 30, 50, 70, 100)]
    [0, 0, 0.5, 1.0, 0.75, 0.5, 0.5]

    A shape for each segment:

    >>> scheduler = scheduler.replace(mode=["cosine", "constant"])
    >>> scheduler(20), scheduler(30), scheduler(70), scheduler(71)
    (0.5, 1.0, 1, 0.5)
    """

    boundaries: "Sequence[int] | NDArray[np.integer[Any]]"
    values: "Sequence[float] | NDArray[np.floating[Any]]"
    mode: Mode | Sequence[Mode] = "linear"

    def __post_init__(self) -> None:
        boundaries = check.boundaries("boundaries", self.boundaries, first=0)
        self._store(
            boundaries=boundaries,
            values=check.rates("values", self.values, count=len(boundaries)),
            mode=check_modes("mode", self.mode, count=len(boundaries) - 1),
        )
        self._measure(chain(self.boundaries, self.values))

    @property
    def end(self) -> int | None:
        last_mode = self.mode if isinstance(self.mode, str) else self.mode[-1]
        return self.boundaries[-1] + (last_mode == "constant" and len(self.boundaries) > 1)

    def _rate(self, t: Any, xp: Backend) -> Any:
        number = xp.count_below(self.boundaries, t)
        return xp.select(number, len(self.boundaries) + 1, self._segment, t)

    def _segment(self, number: int, t: Any, xp: Backend) -> Any:
        """Return the rate in the segment that leads to knot `number`, counted from 0."""
        if number == 0:
            return self.values[0]
        if number == len(self.boundaries):
            return self.values[-1]
        start, end = self.boundaries[number - 1 : number + 1]
        old, new = self.values[number - 1 : number + 1]
        mode = self.mode if isinstance(self.mode, str) else self.mode[number - 1]
        if mode == "constant" or old == new:
            return old
        t = xp.clamp_time(t, start, end)  # an array library may compute every segment
        return new + (old - new) * SHAPES[mode]((t - start) / (end - start), xp)


def check_modes(name: str, values: Any, count: int) -> str | tuple[str, ...]:
    """Return the shape that all segments share, or a tuple of shapes if they differ."""
    if isinstance(values, str):
        return check.choice(name, values, MODES)
    values = check.sequence(name, values, of="shapes", count=count)
    modes = tuple(check.choice(f"{name}[{i}]", mode, MODES) for i, mode in enumerate(values))
    return modes if len(set(modes)) > 1 else modes[0] if modes else "linear"
