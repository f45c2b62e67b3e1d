"""Piecewise interpolation: learning rates at knots, and a shape between the knots."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from math import ceil, floor, inf, pi
from typing import Any, ClassVar, Literal, TypeAlias

from . import _scalar
from . import _validation as check
from ._backend import Backend
from ._schedule import Scheduler, register
from ._types import Floats, Integers

Mode: TypeAlias = (
    Literal["constant", "linear", "cosine", "1-sqrt", "exponential", "inverse"] | float
)
MODES = ("constant", "linear", "cosine", "1-sqrt", "exponential", "inverse")
TINY = 5e-324  # the smallest float
CHANGES = MODES[1:]  # the shapes that reach the rate at the end of a segment

# The rate after a fraction u of the segment between the rates a and b; p is the exponent. The
# remaining fraction comes first, so that an array of it is freed before the next one is made.
SHAPES: dict[str, Callable[..., Any]] = {
    "held": lambda u, a, b, p, xp: a,
    "linear": lambda u, a, b, p, xp: (1 - u) * (a - b) + b,
    "cosine": lambda u, a, b, p, xp: (1 + xp.cos(pi * u)) / 2 * (a - b) + b,
    "1-sqrt": lambda u, a, b, p, xp: (1 - xp.sqrt(u)) * (a - b) + b,
    "square": lambda u, a, b, p, xp: (1 - u * u) * (a - b) + b,
    "power": lambda u, a, b, p, xp: (1 - xp.pow(u, p)) * (a - b) + b,
    "exponential": lambda u, a, b, p, xp: xp.plain_pow(a, 1 - u) * xp.plain_pow(b, u),
    # The quotient of two rates is at most 1, so that it cannot overflow; it may be 0.
    "falling inverse": lambda u, a, b, p, xp: b / xp.maximum(u + (1 - u) * (b / a), TINY),
    "rising inverse": lambda u, a, b, p, xp: a / xp.maximum(1 - u + u * (a / b), TINY),
}
# The shapes that are the same upwards and downwards, by the fraction w of the way up.
SYMMETRIC: dict[Any, Callable[..., Any]] = {
    SHAPES["linear"]: lambda w, xp: w,
    SHAPES["cosine"]: lambda w, xp: xp.pow(xp.sin(pi / 2 * w), 2),
}
EXACT_POWERS = {0.5: "1-sqrt", 1: "linear", 2: "square"}


@register
class PiecewiseScheduler(Scheduler):
    r"""Piecewise interpolation: pass through a learning rate at each knot.

    .. math::

        \eta_t = l_{k+1} + (l_k - l_{k+1}) \, g\!\left(\frac{t - s_k}{s_{k+1} - s_k}\right),
        \qquad s_k < t \le s_{k+1}

    where :math:`t` is the iteration, :math:`s_k` are the `boundaries`, :math:`l_k` the
    `values`, and :math:`g(u)` is the shape that `mode` names, or :math:`1 - u^p` for a number
    :math:`p`:

    .. math::

        g(u) = \begin{cases}
            1 & \text{constant} \\
            1 - u & \text{linear} \\
            (1 + \cos \pi u) / 2 & \text{cosine} \\
            1 - \sqrt{u} & \text{1-sqrt} \\
            1 - u^p & p
        \end{cases}

    Two shapes are straight lines on another scale: exponential in :math:`\log \eta`, and
    inverse in :math:`1 / \eta`.

    .. math::

        \eta_t = \begin{cases}
            l_k^{1 - u} \, l_{k+1}^u & \text{exponential} \\
            \left((1 - u) / l_k + u / l_{k+1}\right)^{-1} & \text{inverse}
        \end{cases}
        \qquad u = \frac{t - s_k}{s_{k+1} - s_k}

    Up to the first knot the rate is the first value; after the last knot it is the last
    value. At a knot the rate is exact, and between two knots it is never outside their rates.
    A constant segment keeps its starting rate up to its end.

    Parameters
    ----------
    boundaries : sequence of float
        Times :math:`s_k` of the knots in iterations, strictly increasing, each at least 0. A
        knot may be between two iterations.
    values : sequence of float
        Rates :math:`l_k` at the knots, one per boundary; each finite, at least 0.
    mode : {'linear','constant','cosine','1-sqrt','exponential','inverse'}, default 'linear'
        Shape of every segment: a name, or a number, the exponent :math:`p`, above 0; not the
        exponent of :class:`PolyScheduler`. A sequence has a shape for each segment. The
        exponential and inverse shapes need rates that are not 0.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If `boundaries` does not increase, a value is outside its range, a sequence has the
        wrong length, or an exponential or inverse segment starts or ends at 0.

    See Also
    --------
    one_cycle, warmup_stable_decay : Common piecewise schedules by name.

    References
    ----------
    A. Hägele et al., "Scaling Laws and Compute-Optimal Training Beyond Fixed Training
    Durations", 2024, `arXiv:2405.18392 <https://arxiv.org/abs/2405.18392>`_: the 1-sqrt decay.

    L. N. Smith, "Cyclical Learning Rates for Training Neural Networks", 2017,
    `arXiv:1506.01186 <https://arxiv.org/abs/1506.01186>`_, section 3.3: the learning-rate range
    test.

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

    A learning-rate range test on a log scale: the rate doubles every 10 iterations.

    >>> scheduler = PiecewiseScheduler([0, 40], [1, 16], "exponential")
    >>> [scheduler(t) for t in (0, 10, 20, 30, 40)]
    [1, 2.0, 4.0, 8.0, 16.0]
    """

    boundaries: Sequence[float] | Integers | Floats
    values: Sequence[float] | Floats
    mode: Mode | Sequence[Mode] = "linear"

    # An entry for each segment, also for the one before the first knot and the one after the
    # last knot.
    _starts: ClassVar[tuple[float, ...]]
    _lengths: ClassVar[tuple[float, ...]]
    """Infinite where the rate does not change: there u is 0."""
    _olds: ClassVar[tuple[float, ...]]
    _news: ClassVar[tuple[float, ...]]
    _powers: ClassVar[tuple[float, ...]]
    _power: ClassVar[float | None]
    """The exponent that all segments share which have one."""
    _kinds: ClassVar[tuple[int, ...]]
    """The place of the segment's shape in `_shapes`."""
    _shapes: ClassVar[tuple[Callable[..., Any], ...]]
    """The few shapes that occur, so that an array library traces each once."""
    _exact: ClassVar[bool]
    """Whether Python and NumPy compute no rate outside the two rates of its segment."""

    def __post_init__(self) -> None:
        boundaries = check.times("boundaries", self.boundaries)
        values = check.rates("values", self.values, count=len(boundaries))
        mode = check_modes("mode", self.mode, count=len(boundaries) - 1)
        modes = mode if isinstance(mode, tuple) else (mode,) * (len(boundaries) - 1)
        for i, each in enumerate(modes):
            if not (values[i] and values[i + 1]):
                check_ends(each, **{f"values[{k}]": values[k] for k in (i, i + 1)})
        self._store(boundaries=boundaries, values=values, mode=mode)
        self._store_segments(modes)

    def _store_segments(self, modes: Sequence[Mode]) -> None:
        segments = [
            _entries(self.boundaries, self.values, k, mode) for k, mode in enumerate(modes)
        ]
        first, last = self.values[0], self.values[-1]
        segments = [_held(0, first), *segments, _held(self.boundaries[-1], last)]
        starts, lengths, olds, news, kinds, powers = zip(*segments, strict=True)
        used = sorted({*kinds} - {"held"})
        different = {*powers} - {0}
        if len(used) != 1:  # a single shape computes the held segments, too, since u is 0
            used = ["held", *used]
        self._store(
            _starts=starts,
            _lengths=lengths,
            _olds=olds,
            _news=news,
            _powers=powers,
            _power=None if len(different) > 1 else sum(different),
            _kinds=tuple(used.index(kind) if kind in used else 0 for kind in kinds),
            _shapes=tuple(SHAPES[kind] for kind in used),
            _exact=all(_is_exact(*segment[2:5]) for segment in segments),
        )
        self._measure(chain(self.boundaries, self.values))

    @property
    def end(self) -> int | None:
        last, mode = self.boundaries[-1], self.mode
        last_mode = mode[-1] if isinstance(mode, tuple) else mode
        # A constant segment keeps its rate at the last knot.
        is_held = last_mode == "constant" and len(self.boundaries) > 1
        return floor(last) + 1 if is_held else ceil(last)

    def _bends(self, stop: float) -> Iterator[float]:
        yield from self.boundaries

    def _rate(self, t: Any, xp: Backend) -> Any:
        if xp is _scalar:
            return self._segment(xp.count_below(self.boundaries, t), t, xp)
        return self._rates(t, xp) if xp.exact else self._traced(t, xp)

    def _rates(self, t: Any, xp: Any) -> Any:
        """Return the rates of an array, at a cost that does not grow with the segments met."""
        number = xp.shared(xp.count_below(self.boundaries, t))
        if isinstance(number, int):
            return self._segment(number, t, xp)
        u = xp.elapsed(self._starts, number, t) / xp.lookup(self._lengths, number)
        old, new = xp.lookup(self._olds, number), xp.lookup(self._news, number)
        power = self._power if self._power is not None else xp.lookup(self._powers, number)
        kind = xp.lookup(self._kinds, number) if len(self._shapes) > 1 else 0
        del number  # leaves memory for the temporary arrays of the shapes
        if len(self._shapes) > 1:
            rate = xp.choose(kind, self._shapes, u, old, new, power)
        else:
            rate = self._shapes[0](u, old, new, power, xp)
        return rate if self._exact else xp.fit(rate, u, 0, 1, old, new)

    def _traced(self, t: Any, xp: Any) -> Any:
        """Return the rates in the few operations of a compiled program."""
        # u is clamped, so the first and the last segment hold their rates outside the knots.
        knots = len(self.boundaries)
        first, end = min(1, knots - 1), knots + (self._news[knots - 1] != self.values[-1])
        boundaries = self.boundaries[first : end - 1]
        starts, lengths, olds, news, powers, kinds = (
            table[first:end]
            for table in (
                *(self._starts, self._lengths, self._olds),
                *(self._news, self._powers, self._kinds),
            )
        )
        number, scales = xp.count_below(boundaries, t), [*map(xp.per, lengths)]
        *held, shape = self._shapes
        if len(held) < 2 and shape in SYMMETRIC and xp.counts(self.boundaries):
            # From the lower rate, w grows from 0 to 1.
            falls = [old > new for old, new in zip(olds, news, strict=True)]
            ends = (*boundaries, self.boundaries[-1])
            origins = [e if fall else s for s, e, fall in zip(starts, ends, falls, strict=True)]
            scales = [-n if fall else n for n, fall in zip(scales, falls, strict=True)]
            w = xp.elapsed(origins, number, t) * xp.lookup(scales, number)
            w = xp.minimum(xp.maximum(w, 0.0), 1.0)
            low, high = [*map(min, olds, news)], [*map(max, olds, news)]
            height = xp.lookup([*map(xp.height, low, high)], number)
            rate = xp.lookup(low, number) + height * SYMMETRIC[shape](w, xp)
            return xp.minimum(rate, xp.lookup(high, number))
        u = xp.elapsed(starts, number, t) * xp.lookup(scales, number)
        u = xp.minimum(xp.maximum(u, 0.0), 1.0)
        old, new = xp.lookup(olds, number), xp.lookup(news, number)
        power = self._power if self._power is not None else xp.lookup(powers, number)
        if len(self._shapes) > 1:
            rate = xp.choose(xp.lookup(kinds, number), self._shapes, u, old, new, power)
        else:
            rate = shape(u, old, new, power, xp)
        return xp.fit(rate, u, 0, 1, old, new)

    def _segment(self, number: int, t: Any, xp: Backend) -> Any:
        """Return the rate in the segment that leads to knot `number`, counted from 0."""
        old, length = self._olds[number], self._lengths[number]
        if length == inf:
            return old
        u, new = (t - self._starts[number]) / length, self._news[number]
        shape = self._shapes[self._kinds[number]]
        rate = shape(u, old, new, self._powers[number], xp)
        return rate if self._exact else xp.fit(rate, u, 0, 1, old, new)


def _held(start: float, rate: float) -> tuple[Any, ...]:
    """Return the entries of a segment whose rate does not change."""
    return start, inf, rate, rate, "held", 0


def _entries(boundaries: Any, values: Any, k: int, mode: Mode) -> tuple[Any, ...]:
    """Return the entries of a segment: its kind, and its exponent if it has one, come last."""
    start, end = boundaries[k], boundaries[k + 1]
    old, new = values[k], values[k + 1]
    if mode == "constant" or old == new:
        return _held(start, old)
    entries = start, float(end - start), float(old), float(new)
    if not isinstance(mode, str):
        return (*entries, EXACT_POWERS.get(mode, "power"), mode)
    if mode == "inverse":
        return (*entries, "rising inverse" if old < new else "falling inverse", 0)
    return (*entries, mode, 0)


def _is_exact(old: float, new: float, kind: str) -> bool:
    """Return whether Python and NumPy compute no rate of a segment outside its ends.

    Rounding keeps the order of numbers, and the remaining fraction of the change is at most 1.
    """
    if kind in ("exponential", "falling inverse", "rising inverse"):
        return False
    return min(old, new) <= new + (old - new) <= max(old, new)


def check_modes(name: str, values: Any, count: int) -> Any:
    """Return the shape that all segments share, or a tuple of shapes if they differ."""
    if isinstance(values, str) or check.is_real(values):
        return check_mode(name, values, MODES)
    values = check.sequence(name, values, of="shapes", count=count)
    modes = tuple(check_mode(f"{name}[{i}]", mode, MODES) for i, mode in enumerate(values))
    return modes if len({*modes}) > 1 else modes[0] if modes else "linear"


def check_mode(name: str, value: Any, allowed: Sequence[str] = CHANGES) -> Any:
    """Return a shape: one of the allowed strings, or an exponent above 0."""
    if check.is_real(value):
        return check.positive(name, value)
    return check.choice(name, value, allowed, or_else="a positive number")


def check_ends(mode: Mode, **rates: float) -> None:
    """Refuse a rate of 0 next to a shape that cannot reach it."""
    if mode in ("exponential", "inverse"):
        for name, rate in rates.items():
            if not rate:
                raise ValueError(
                    f"{name} must be greater than 0 for mode {mode!r}, got {rate!r}: "
                    "use a small rate such as 1e-8, or another mode"
                )
