"""A schedule that counts as optax does, made by `to_optax`."""

from dataclasses import dataclass
from typing import Any

from .._schedule import Schedule


@dataclass(frozen=True)
class OptaxSchedule:
    """See :func:`to_optax`."""

    scheduler: Schedule

    def __call__(self, count: Any) -> Any:
        """Return the rate of the optimizer step that follows `count` steps."""
        return self.scheduler(count + 1)
