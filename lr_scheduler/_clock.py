"""A clock: the samples or tokens after each optimizer step, while the batch size grows."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, ClassVar

from . import _scalar
from . import _validation as check
from ._backend import Backend
from ._schedule import Scheduler, register
from ._types import Floats, Integers
from ._validation import MAX_ITERATION


@register
class BatchClock(Scheduler):
    r"""A clock for a batch size that changes: the samples, or tokens, after each step.

    .. math:: \tau_t = \sum_k B_k \, \min(\max(t - b_k, 0),\ b_{k+1} - b_k)

    where :math:`t` is the iteration, :math:`B_k` are the `batch_sizes`, counted from 0, and
    :math:`b_1 < b_2 < \ldots` are the `boundaries`; :math:`b_0` is 0. The last batch size has
    no end. Between two iterations the clock is a straight line. A clock above 2**53 counts as
    2**53.

    Write a schedule in samples or tokens, and give the clock to :meth:`Scheduler.over`: the
    schedule then takes optimizer steps. A clock is a scheduler, so ``BatchClock(...) + 5000``
    is a clock that shows 5000 samples at iteration 0; of such a sum, :meth:`Scheduler.over`
    does not know the `end`.

    Parameters
    ----------
    batch_sizes : sequence of float
        Samples, or tokens, :math:`B_k` in a batch, each above 0: one more than boundaries.
    boundaries : sequence of int, default ()
        The last iteration with each batch size except the final size, strictly increasing,
        each at least 1.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If a value is outside its range, `boundaries` does not increase, or its length is not
        the number of batch sizes minus 1.

    See Also
    --------
    Scheduler.over : Follow a schedule by a clock.
    Scheduler.stretch : Enough for a batch size that stays; :math:`1 / B` is its factor.

    Notes
    -----
    The clock of whole batch sizes is an exact integer. JAX counts in float32 unless you enable
    64 bits, and float32 resolves 1 in 16,777,216: at a trillion tokens the clock
    moves in steps of 65,536 tokens. A batch of 4 million tokens is 61 such steps, so each
    optimizer step still has a time of its own, wrong by less than 1 % of a batch.

    Examples
    --------
    Batches of 256 samples up to iteration 1000, then batches of 512:

    >>> from lr_scheduler import BatchClock, CosineScheduler
    >>> clock = BatchClock([256, 512], [1000])
    >>> [clock(t) for t in (0, 1, 1000, 1001, 2000)]
    [0, 256, 256000, 256512, 768000]

    A cosine over 768,000 samples ends at iteration 2000. After half of the samples, at
    iteration 1250, the rate is half the peak:

    >>> scheduler = CosineScheduler(768_000, base_lr=1).over(clock)
    >>> scheduler.end, clock(1250), round(scheduler(1250), 4)
    (2000, 384000, 0.5)

    float32 holds a trillion tokens to the nearest 65,536:

    >>> import numpy as np
    >>> np.spacing(np.float32(1e12)).item(), np.float32(1e12 + 20_000).item()
    (65536.0, 999999995904.0)
    """

    batch_sizes: Sequence[float] | Integers | Floats
    boundaries: Sequence[int] | Integers = ()

    _unit = "Samples or tokens"
    _starts: ClassVar[tuple[int, ...]]
    """The iteration before each batch size."""
    _times: ClassVar[tuple[float, ...]]
    """The clock at each start, and in the end 2**53."""

    def __post_init__(self) -> None:
        sizes = tuple(
            check.positive(f"batch_sizes[{i}]", size)
            for i, size in enumerate(
                check.sequence("batch_sizes", self.batch_sizes, of="batch sizes")
            )
        )
        if not sizes:
            raise ValueError("batch_sizes must hold at least 1 batch size, got none")
        boundaries = check.boundaries("boundaries", self.boundaries, at_least=0)
        check.between(self.boundaries, len(sizes), "batch size")
        starts: tuple[int, ...] = (0, *boundaries)
        times: list[float] = [0]
        for size, start, end in zip(sizes, starts, boundaries, strict=False):
            times.append(min(times[-1] + (end - start) * size, MAX_ITERATION))
        self._store(
            batch_sizes=sizes,
            boundaries=boundaries,
            _starts=starts,
            _times=(*times, MAX_ITERATION),
        )
        self._measure(chain(sizes, boundaries))

    def _rate(self, t: Any, xp: Backend) -> Any:
        number = xp.count_below(self.boundaries, t)
        sizes, times = xp.widen(self.batch_sizes), xp.widen(self._times)
        elapsed = xp.as_float(xp.elapsed(self._starts, number, t))
        added = elapsed * xp.lookup(sizes, number)
        # The end of a batch size limits the rounding error in float32: the clock never falls.
        return xp.minimum(xp.lookup(times, number) + added, xp.lookup(times, number + 1))

    def _first_iteration(self, time: float) -> int:
        """Return the first iteration at which the clock reaches a time."""
        low, high = 0, 1
        while high < MAX_ITERATION and self._is_before(high, time):
            low, high = high, 2 * high
        while low < high:
            middle = (low + high) // 2
            if self._is_before(middle, time):
                low = middle + 1
            else:
                high = middle
        return low

    def _is_before(self, iteration: int, time: float) -> bool:
        return _scalar.round_if_close(self._rate(iteration, _scalar)) < time
