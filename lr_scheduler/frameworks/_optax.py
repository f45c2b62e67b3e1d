"""A schedule that counts from 0, as optax does; made by `to_optax`."""

from dataclasses import dataclass
from typing import Any

from .._schedule import Schedule


@dataclass(frozen=True)
class OptaxSchedule:
    """See :func:`to_optax`."""

    scheduler: Schedule

    def __call__(self, count: Any) -> Any:
        """Return the rate of the next optimizer step, after `count` steps."""
        return self.scheduler(count + 1)
