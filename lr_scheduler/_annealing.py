"""What the smooth schedules share: an end, and a rate to stay at."""

from dataclasses import KW_ONLY, dataclass, field

from . import _validation as check
from ._warmup import LRScheduler


@dataclass(frozen=True)
class AnnealingScheduler(LRScheduler):
    """Reach `final_lr` at iteration `max_update` and hold it; the base of Poly and Cosine."""

    max_update: int
    _: KW_ONLY
    base_lr: float = 0.01
    final_lr: float = 0
    _fall: float = field(init=False, repr=False, compare=False)
    _span: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self._store(
            max_update=check.check_length("max_update", self.max_update),
            final_lr=check.check_rate("final_lr", self.final_lr),
        )
        check.check_at_most("final_lr", self.final_lr, "base_lr", self.base_lr)
        if self.warmup_steps >= self.max_update:
            raise ValueError(
                f"warmup_steps must be less than max_update = {self.max_update}, "
                f"got {self.warmup_steps}"
            )
        # The two differences of the formulas, taken once.
        self._store(
            _held_from=self.max_update,
            _fall=self.base_lr - self.final_lr,
            _span=float(self.max_update - self.warmup_steps),
        )
