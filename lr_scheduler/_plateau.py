"""Reduce on plateau: lower the learning rate when a metric stops improving."""

from math import inf, isnan
from typing import Literal, SupportsFloat

from . import _validation as check
from ._value import Value


class PlateauState(Value):
    """The state of a :class:`PlateauRule`: what it has to remember between two metrics.

    A state is an immutable value with ``==``, ``hash`` and ``pickle``, and JSON can hold its
    fields: save ``dataclasses.asdict(state)``, and load it with ``PlateauState(**saved)``.

    Parameters
    ----------
    scale : float, default 1
        Multiply the schedule by this number: at least 0.
    best : float, optional
        The best metric so far, not NaN; None before the first metric.
    bad_count : int, default 0
        How many metrics in a row were no better than `best`, at least 0.
    cooldown_left : int, default 0
        How many of the next metrics are not counted as bad, at least 0.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If a value is outside its range, or `best` is NaN.

    See Also
    --------
    PlateauRule : The rule that returns states.

    Examples
    --------
    >>> import dataclasses, json
    >>> from lr_scheduler import PlateauState
    >>> state = PlateauState(scale=0.1, best=2.5)
    >>> text = json.dumps(dataclasses.asdict(state))
    >>> text
    '{"scale": 0.1, "best": 2.5, "bad_count": 0, "cooldown_left": 0}'
    >>> PlateauState(**json.loads(text)) == state
    True
    """

    scale: float = 1
    best: float | None = None
    bad_count: int = 0
    cooldown_left: int = 0

    def __post_init__(self) -> None:
        self._store(
            scale=check.rate("scale", self.scale),
            bad_count=check.integer("bad_count", self.bad_count, minimum=0),
            cooldown_left=check.integer("cooldown_left", self.cooldown_left, minimum=0),
        )
        if self.best is not None:
            self._store(best=check.metric("best", self.best))
            if isnan(self.best):
                raise ValueError("best must not be NaN, got nan: None is no metric yet")


class PlateauRule(Value):
    r"""Reduce on plateau: lower the learning rate when a metric stops improving.

    A rule is a pure function: ``rule(state, metric)`` returns the next :class:`PlateauState`,
    and ``state.scale * schedule`` is the schedule to train with. A metric :math:`m` is better
    if it is below :math:`\ell`, or above :math:`\ell` with ``mode="max"``. A reduction
    replaces the scale :math:`\gamma` by :math:`\gamma^\prime`:

    .. math::

        \ell = \begin{cases}
            b \, (1 - \theta) & \text{min, rel} \\
            b - \theta & \text{min, abs} \\
            b \, (1 + \theta) & \text{max, rel} \\
            b + \theta & \text{max, abs}
        \end{cases}
        \qquad \gamma^\prime = \max(\alpha \gamma,\ \gamma_m)

    where :math:`b` is the best metric so far, :math:`\theta` is `threshold`, :math:`\alpha` is
    `factor` and :math:`\gamma_m` is `min_scale`. The first metric is better unless it is NaN or
    infinitely bad; NaN never is. After `patience` bad metrics in a row, the next bad metric
    reduces the scale. Then `cooldown` metrics are not counted as bad, though they may be the
    best.

    The rule and its defaults are those of PyTorch's ``ReduceLROnPlateau``; the notes say what
    differs. In each iteration, set the optimizer's learning rate to
    ``state.scale * schedule(t)``. The parameter `cooldown` has nothing to do with the function
    :func:`cooldown`.

    Parameters
    ----------
    factor : float, default 0.1
        Factor :math:`\alpha` of each reduction: above 0, less than 1.
    patience : int, default 10
        Number of bad metrics in a row that change nothing, at least 0.
    threshold : float, default 1e-4
        Improvement :math:`\theta` that a better metric must exceed: at least 0; as a fraction
        of a metric to minimize, less than 1.
    threshold_mode : {'rel', 'abs'}, default 'rel'
        Whether the threshold is a fraction of the best metric, or a difference from it.
    cooldown : int, default 0
        Number of metrics after a reduction that are not counted as bad, at least 0.
    min_scale : float, default 0
        Lowest scale :math:`\gamma_m`: at least 0, at most 1.
    mode : {'min', 'max'}, default 'min'
        Whether a lower metric is better, such as a loss, or a higher metric, such as an
        accuracy.
    eps : float, default 1e-8
        A reduction that changes the scale by no more than this number is left out: at least 0.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If a value is outside its range.

    See Also
    --------
    PlateauState : The state, and how to save it.

    Notes
    -----
    PyTorch's ``min_lr`` and its ``eps`` are learning rates. Here `min_scale` and `eps` have no
    unit: divide PyTorch's values by the learning rate.

    With a relative threshold, a negative metric that is slightly worse counts as better, as
    in PyTorch: use ``threshold_mode="abs"`` for a metric that may be negative.

    For optax's ``reduce_on_plateau(factor, patience, rtol, atol=0, cooldown, min_scale)``,
    pass ``PlateauRule(factor, patience - 1, rtol, cooldown=cooldown, min_scale=min_scale,
    eps=0)``: optax reduces when the bad metrics reach its patience, at least 1. With
    ``rtol=0``, pass ``atol`` as the threshold, and ``threshold_mode="abs"``. With an
    ``accumulation_size`` of n, pass the mean of n metrics.

    Examples
    --------
    >>> from lr_scheduler import CosineScheduler, PlateauRule
    >>> rule = PlateauRule(factor=0.5, patience=1)
    >>> state = rule.start()
    >>> for loss in (3.0, 2.0, 2.5, 2.5, 1.0):
    ...     state = rule(state, loss)
    ...     print(state)
    PlateauState(best=3.0)
    PlateauState(best=2.0)
    PlateauState(best=2.0, bad_count=1)
    PlateauState(scale=0.5, best=2.0)
    PlateauState(scale=0.5, best=1.0)
    >>> state.scale * CosineScheduler(100, base_lr=0.1)
    0.5 * CosineScheduler(max_update=100, base_lr=0.1)
    """

    factor: float = 0.1
    patience: int = 10
    threshold: float = 1e-4
    threshold_mode: Literal["rel", "abs"] = "rel"
    cooldown: int = 0
    min_scale: float = 0
    mode: Literal["min", "max"] = "min"
    eps: float = 1e-8

    def __post_init__(self) -> None:
        self._store(
            factor=check.positive("factor", self.factor),
            patience=check.integer("patience", self.patience, minimum=0),
            threshold=check.rate("threshold", self.threshold),
            threshold_mode=check.choice("threshold_mode", self.threshold_mode, ("rel", "abs")),
            cooldown=check.integer("cooldown", self.cooldown, minimum=0),
            min_scale=check.rate("min_scale", self.min_scale),
            mode=check.choice("mode", self.mode, ("min", "max")),
            eps=check.rate("eps", self.eps),
        )
        if self.factor >= 1:
            raise ValueError(f"factor must be less than 1, got {self.factor}")
        if self.min_scale > 1:
            raise ValueError(f"min_scale must be at most 1, got {self.min_scale}")
        if self.threshold >= 1 and (self.mode, self.threshold_mode) == ("min", "rel"):
            raise ValueError(
                f"threshold must be less than 1, a fraction of the metric, got {self.threshold}"
                ": pass threshold_mode='abs' for a difference"
            )

    def start(self) -> PlateauState:
        """Return the state before the first metric, ``PlateauState()``."""
        return PlateauState()

    def __call__(self, state: PlateauState, metric: SupportsFloat) -> PlateauState:
        """Return the state after another metric.

        Parameters
        ----------
        state : PlateauState
            The state so far, which stays unchanged.
        metric : float
            The metric: a real number, a 0-d array or a 0-d tensor; it may be NaN or infinite.

        Returns
        -------
        PlateauState
            The new state.

        Raises
        ------
        TypeError
            If `state` is not a PlateauState, or `metric` is not a real number.
        ValueError
            If `metric` is an integer too large for a float.
        """
        if not isinstance(state, PlateauState):
            raise TypeError(
                f"state must be a PlateauState, got {check.short_repr(state)}: "
                "begin with rule.start()"
            )
        value = check.metric("metric", metric)
        best, bad_count, left = state.best, state.bad_count + 1, state.cooldown_left
        if self._is_better(value, best):
            best, bad_count = value, 0
        if left:
            left, bad_count = left - 1, 0
        scale = state.scale
        if bad_count > self.patience:
            left, bad_count = self.cooldown, 0
            lower = max(scale * self.factor, self.min_scale)
            if scale - lower > self.eps:
                scale = lower
        return PlateauState(scale, best, bad_count, left)

    def _is_better(self, metric: float, best: float | None) -> bool:
        if self.mode == "min":
            if best is None:
                return metric < inf
            if self.threshold_mode == "rel":
                return metric < best * (1 - self.threshold)
            return metric < best - self.threshold
        if best is None:
            return metric > -inf
        if self.threshold_mode == "rel":
            return metric > best * (1 + self.threshold)
        return metric > best + self.threshold
