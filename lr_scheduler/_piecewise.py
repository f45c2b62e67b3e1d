"""From knot to knot: a rate at each of some iterations, and a shape between them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from math import pi
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from . import _scalar
from . import _validation as check
from ._schedule import Scheduler

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Mode: TypeAlias = Literal["constant", "linear", "cosine", "1-sqrt"]

# What is left of the way, from 1 to 0, when a share u of the time has gone.
SHAPES: dict[str, Callable[[Any, Any], Any]] = {
    "linear": lambda u, library: 1 - u,
    "cosine": lambda u, library: (1 + library.cos(pi * u)) / 2,
    "1-sqrt": lambda u, library: 1 - library.sqrt(u),
}


@dataclass(frozen=True)
class PiecewiseScheduler(Scheduler):
    r"""Lead the learning rate through given rates at given iterations.

    .. math::

        \eta_t = l_{k+1} + (l_k - l_{k+1}) \, g\!\left(\frac{t - s_k}{s_{k+1} - s_k}\right),
        \qquad s_k < t \le s_{k+1}

    where :math:`t` is the iteration, :math:`s_k` are the `boundaries`, :math:`l_k` the
    `values`, and :math:`g(u)` is what `mode` says:

    .. math::

        g(u) = \begin{cases}
            1 & \text{constant} \\
            1 - u & \text{linear} \\
            (1 + \cos \pi u) / 2 & \text{cosine} \\
            1 - \sqrt{u} & \text{1-sqrt}
        \end{cases}

    Until the first knot the rate is the first one, after the last knot the last one. A
    constant segment keeps the rate of its start; its last iteration still has it.

    Parameters
    ----------
    boundaries : sequence of int
        The iterations :math:`s_k` of the knots, strictly increasing, each at least 0.
    values : sequence of float
        The rates :math:`l_k` of the knots, as many; each finite, at least 0.
    mode : {'linear', 'constant', 'cosine', '1-sqrt'} or a sequence of them, default 'linear'
        The shape of all segments, or one for each: one less than there are knots.

    Raises
    ------
    TypeError
        If an argument is not of its kind.
    ValueError
        If `boundaries` does not increase, a value lies outside its range, or a length does
        not fit.

    See Also
    --------
    one_cycle, warmup_stable_decay : Two of them by their usual names.

    References
    ----------
    A. Hägele et al., "Scaling Laws and Compute-Optimal Training Beyond Fixed Training
    Durations", 2024, `arXiv:2405.18392 <https://arxiv.org/abs/2405.18392>`_: the decay 1-sqrt.

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
        boundaries = check.check_boundaries("boundaries", self.boundaries, first=0)
        self._store(
            boundaries=boundaries,
            values=check.check_rates("values", self.values, count=len(boundaries)),
            mode=check_modes("mode", self.mode, count=len(boundaries) - 1),
        )

    def _at(self, t: Any, library: Any = _scalar) -> Any:
        number = library.count_below(self.boundaries, t)
        return library.switch(number, len(self.boundaries) + 1, self._piece, t)

    def _piece(self, number: int, t: Any, library: Any = _scalar) -> Any:
        """Return the rates that lead to a knot; its number is 0 for the first one."""
        if number == 0:
            return self.values[0]
        if number == len(self.boundaries):
            return self.values[-1]
        start, end = self.boundaries[number - 1 : number + 1]
        old, new = self.values[number - 1 : number + 1]
        mode = self.mode if isinstance(self.mode, str) else self.mode[number - 1]
        if mode == "constant" or old == new:
            return old
        t = library.clip(t, start, end)  # a library may compute all pieces, and then choose
        return new + (old - new) * SHAPES[mode]((t - start) / (end - start), library)


def check_modes(name: str, values: Any, count: int) -> str | tuple[str, ...]:
    """Return the shape of all segments, or a tuple with one for each if they differ."""
    allowed = ("constant", *SHAPES)
    if isinstance(values, str):
        return check_mode(name, values, allowed)
    modes = check.check_sequence(name, values, of="shapes", count=count)
    modes = tuple(check_mode(f"{name}[{i}]", mode, allowed) for i, mode in enumerate(modes))
    return modes if len(set(modes)) > 1 else modes[0] if modes else "linear"


def check_mode(name: str, value: Any, allowed: Collection[str] = SHAPES) -> str:
    """Return the name of a shape; by default one that leads from a rate to another."""
    if not isinstance(value, str) or value not in allowed:
        names = ", ".join(map(repr, allowed))
        raise ValueError(f"{name} must be one of {names}, got {check.shown(value)}")
    return str.__str__(value)  # no NumPy string, whose repr is not this text
