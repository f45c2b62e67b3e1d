"""Decay by a factor, a little at every iteration."""

from dataclasses import dataclass
from typing import Any

from . import _scalar
from . import _validation as check
from ._warmup import LRScheduler


@dataclass(frozen=True)
class ExponentialScheduler(LRScheduler):
    r"""Multiply the learning rate by a factor every `decay_steps` iterations, smoothly.

    .. math:: \eta_t = \eta_0 \, \alpha^{(t - w) / s}

    for :math:`t \ge w`, where :math:`t` is the iteration, :math:`\eta_0` is `base_lr`,
    :math:`\alpha` is `factor`, :math:`s` is `decay_steps` and :math:`w` is `warmup_steps`. The
    decay starts from the end of the warm-up, like those of the other smooth schedules.

    Parameters
    ----------
    decay_steps : int
        Iterations :math:`s` in which the rate is multiplied by `factor` once, at least 1.
    factor : float
        What the rate is multiplied by in `decay_steps` iterations: above 0, at most 1.
    base_lr, warmup_steps, warmup_begin_lr, warmup_mode
        The starting rate and the warm-up: see :class:`LRScheduler`.

    Raises
    ------
    TypeError
        If an argument is not a number, or `decay_steps` is not an integer.
    ValueError
        If a value lies outside its range.

    See Also
    --------
    FactorScheduler : The same in drops.

    Examples
    --------
    >>> from lr_scheduler import ExponentialScheduler
    >>> scheduler = ExponentialScheduler(base_lr=1, decay_steps=100, factor=0.25)
    >>> scheduler(0), scheduler(50), scheduler(100), scheduler(200)
    (1.0, 0.5, 0.25, 0.0625)
    """

    decay_steps: int
    factor: float

    def __post_init__(self) -> None:
        super().__post_init__()
        self._store(
            decay_steps=check.check_length("decay_steps", self.decay_steps),
            factor=check.check_factor("factor", self.factor),
        )

    def decay(self, t: Any, library: Any = _scalar) -> Any:
        """Return the rate at the time `t`, from `warmup_steps` on."""
        return self.base_lr * library.power(
            self.factor, (t - self.warmup_steps) / self.decay_steps
        )
