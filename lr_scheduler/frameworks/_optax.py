"""A schedule that counts from 0, as optax does; made by `to_optax`."""

from dataclasses import dataclass
from operator import index
from typing import Any

from .. import _validation as check
from .._schedule import Schedule, _is_array


@dataclass(frozen=True)
class OptaxSchedule:
    """See :func:`to_optax`."""

    scheduler: Schedule

    def __call__(self, count: Any) -> Any:
        """Return the rate of the next optimizer step, after `count` steps."""
        if _is_array(count):
            from .._arrays import after  # imports NumPy

            return self.scheduler(after(count))
        try:
            is_whole = hasattr(count, "is_integer") and count.is_integer()
            steps = int(count) if is_whole else index(count)
        except TypeError:
            raise TypeError(
                "count must be an integer or an array of integers, "
                f"got {check.short_repr(count)}"
            ) from None
        # optax.join_schedules asks each schedule for counts below 0, too.
        return self.scheduler(max(steps, 0) + 1)
