"""A schedule that counts from 0, as optax does; made by `to_optax`."""

from dataclasses import dataclass
from typing import Any

from .. import _validation as check
from .._schedule import Schedule, _is_array
from .._validation import MAX_ITERATION


@dataclass(frozen=True)
class OptaxSchedule:
    """See :func:`to_optax`."""

    scheduler: Schedule

    def __call__(self, count: Any) -> Any:
        """Return the rate of the next optimizer step, after `count` steps."""
        if _is_array(count):
            from .._arrays import after  # imports NumPy

            return self.scheduler(after(count))
        # optax.join_schedules asks for counts below 0, and uses no rate of them.
        count = check.integer("count", count, minimum=-MAX_ITERATION)
        return self.scheduler(max(count, -1) + 1)
