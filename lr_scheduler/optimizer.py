"""An optimizer that asks a schedule for its rate at every update.

NumPy is imported by what meets an array, so that importing the package does not load it.
"""

import copy
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

from . import _validation as check
from ._schedule import Schedule, check_schedule
from ._warmup import LRScheduler

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Weight = NDArray[np.floating[Any]]

__all__ = ["SGD"]


class SGD:
    r"""Stochastic gradient descent with momentum and weight decay, on NumPy arrays in place.

    Update number :math:`t` of a weight :math:`\theta` with the gradient :math:`g` is

    .. math::

        g' &= \text{clip}(r \, g, -c, c) + \lambda \theta \\
        v &\leftarrow \mu v - \eta_t \, g' \\
        \theta &\leftarrow \theta + v

    where :math:`\eta_t` is the learning rate of iteration :math:`t`, :math:`\mu` is
    `momentum`, :math:`\lambda` is `wd`, :math:`r` is `rescale_grad`, :math:`c` is
    `clip_gradient` and the state :math:`v` starts at 0. Without momentum it is
    :math:`\theta \leftarrow \theta - \eta_t \, g'`.

    Parameters
    ----------
    learning_rate : float, optional
        The learning rate, at least 0. Without an `lr_scheduler` it is constant, and 0.01 by
        default; else it replaces the `base_lr` in the optimizer's own copy of the schedule.
        A callable class of your own has to read its `base_lr` when it is called.
    lr_scheduler : callable, optional
        Any schedule: a callable from the iteration, an `int` counted from 1, to the
        learning rate. It is never changed. It is asked for iteration 0 only if
        :attr:`learning_rate` is read before the first update.
    momentum : float, default 0.0
        Share :math:`\mu` of the last change of a weight that is kept in the next: at
        least 0, less than 1.
    wd : float, default 0.0
        Weight decay :math:`\lambda`, at least 0.
    rescale_grad : float, default 1.0
        What gradients are multiplied by first, above 0; 1 / batch size for a sum of losses.
    clip_gradient : float, optional
        Largest magnitude :math:`c` of a gradient's element, above 0; no limit by default.

    Attributes
    ----------
    lr_scheduler : callable or None
        The schedule that the optimizer follows.

    Raises
    ------
    TypeError
        If an argument is not of its kind, or `learning_rate` is given with a schedule
        that has no `base_lr` to replace.
    ValueError
        If a value lies outside its range.

    Examples
    --------
    >>> import numpy as np
    >>> from lr_scheduler import FactorScheduler
    >>> from lr_scheduler.optimizer import SGD
    >>> scheduler = FactorScheduler(base_lr=1, step=250, factor=0.5)
    >>> optim = SGD(learning_rate=0.1, lr_scheduler=scheduler)
    >>> optim.lr_scheduler.base_lr
    0.1

    Minimize the square of a weight, whose gradient is twice the weight:

    >>> weight = np.array([1.0, -2.0])
    >>> state = optim.create_state(0, weight)
    >>> optim.update(0, weight, 2 * weight, state)
    >>> weight
    array([ 0.8, -1.6])

    Gradients are rescaled and clipped, and then the weight decays:

    >>> optim = SGD(learning_rate=0.5, wd=0.5, rescale_grad=0.25, clip_gradient=1)
    >>> weight = np.array([2.0, -4.0])
    >>> optim.update(0, weight, np.array([8.0, 2.0]), None)
    >>> weight
    array([ 1.  , -3.25])
    >>> SGD(learning_rate=0.5, rescale_grad=2).update(0, weight, np.ones(2), None)
    >>> weight
    array([ 0.  , -4.25])
    """

    def __init__(
        self,
        learning_rate: float | None = None,
        *,
        lr_scheduler: Schedule | None = None,
        momentum: float = 0.0,
        wd: float = 0.0,
        rescale_grad: float = 1.0,
        clip_gradient: float | None = None,
    ) -> None:
        if lr_scheduler is not None:
            check_schedule("lr_scheduler", lr_scheduler)
        if learning_rate is not None:
            learning_rate = check.rate("learning_rate", learning_rate)
            if lr_scheduler is not None:
                lr_scheduler = _with_base_lr(lr_scheduler, learning_rate)
        self.lr_scheduler: Any = lr_scheduler
        self.momentum = momentum
        self.wd = check.rate("wd", wd)
        self.rescale_grad = check.positive("rescale_grad", rescale_grad)
        if clip_gradient is not None:
            clip_gradient = check.positive("clip_gradient", clip_gradient)
        self.clip_gradient = clip_gradient
        self._num_update = 0
        self._constant_lr = 0.01 if learning_rate is None else learning_rate
        self._update_counts: dict[Hashable, int] = {}

    @property
    def num_update(self) -> int:
        """int: Updates so far, the largest count over the parameters by index."""
        return self._num_update

    @property
    def learning_rate(self) -> float:
        """float: The rate of the latest update; of iteration 0 before the first one."""
        return self._rate(self.num_update)

    @property
    def momentum(self) -> float:
        """float: As the parameter. It may be set between updates, to follow a schedule too."""
        return self._momentum

    @momentum.setter
    def momentum(self, momentum: float) -> None:
        rate = check.rate("momentum", momentum)
        if rate >= 1:
            raise ValueError(f"momentum must be less than 1, got {check.short_repr(momentum)}")
        self._momentum = rate

    def set_learning_rate(self, learning_rate: float) -> None:
        """Set the constant rate.

        Parameters
        ----------
        learning_rate : float
            The new rate; finite, at least 0.

        Raises
        ------
        TypeError
            If `learning_rate` is not a real number.
        ValueError
            If a schedule decides the rate, or the value lies outside its range.
        """
        if self.lr_scheduler is not None:
            raise ValueError(
                "learning_rate must be left to the lr_scheduler that decides it, "
                f"got {check.short_repr(learning_rate)}"
            )
        self._constant_lr = check.rate("learning_rate", learning_rate)

    def create_state(self, index: Hashable, weight: "Weight") -> "Weight | None":
        """Return the state that :meth:`update` needs for a weight.

        Parameters
        ----------
        index : hashable
            The name or number of the parameter.
        weight : ndarray of float
            The parameter.

        Returns
        -------
        ndarray or None
            Zeros of the weight's shape and dtype; None without momentum.

        Raises
        ------
        TypeError
            If `weight` is not a NumPy array of floats.
        """
        import numpy as np

        _check_floats("weight", weight)
        return np.zeros_like(weight) if self.momentum else None

    def update(
        self, index: Hashable, weight: "Weight", grad: "Weight", state: "Weight | None"
    ) -> None:
        """Update `weight`, and `state` if there is momentum, in place.

        Parameters
        ----------
        index : hashable
            The name or number of the parameter. Each index counts its own updates, so
            the parameters of one model share the iteration.
        weight : ndarray of float
            The parameter; its dtype is kept.
        grad : ndarray of float
            The gradient of the loss, of the weight's shape.
        state : ndarray or None
            What :meth:`create_state` returned for this weight.

        Raises
        ------
        TypeError
            If an argument is not an array of floats, `state` does not fit `momentum`, `index`
            is not hashable, or the schedule gives a rate that is not a real number.
        ValueError
            If the shapes differ, `weight` or `state` is read-only, they share memory, `grad`
            is not finite, or the schedule gives a rate that is negative or not finite. Nothing
            has changed then, and the update does not count. Also if a number on the way is
            too large for its dtype: then some elements may have changed, and it does count.
        """
        import numpy as np

        from ._arrays import BLOCK

        _check_floats("weight", weight, writeable=True)
        _check_floats("grad", grad, shape=weight.shape)
        if self.momentum:
            _check_floats("state", state, shape=weight.shape, writeable=True)
            if np.shares_memory(state, weight):
                raise ValueError("state must have memory of its own, got that of the weight")
        elif state is not None:
            raise TypeError(
                f"state must be None without momentum, got {check.short_repr(state)}"
            )
        for extreme in (grad.min(), grad.max()) if grad.size else ():
            if not np.isfinite(extreme):
                raise ValueError(f"grad must be finite, got {extreme}")
        try:
            count = self._update_counts.get(index, 0) + 1
        except TypeError:
            raise TypeError(f"index must be hashable, got {check.short_repr(index)}") from None
        num_update = max(self.num_update, count)
        lr = self._rate(num_update)
        self._update_counts[index], self._num_update = count, num_update

        arrays = [weight, grad] if state is None else [weight, grad, state]
        access: Any = [["readwrite"], ["readonly"], ["readwrite"]][: len(arrays)]
        blocks = np.nditer(  # no temporary is as large as the weight
            arrays,
            ["buffered", "copy_if_overlap", "external_loop", "zerosize_ok"],
            access,
            buffersize=BLOCK,
        )
        try:
            with blocks, np.errstate(over="raise", invalid="raise", under="ignore"):
                for block in blocks:
                    self._step(lr, *block)
        except FloatingPointError as error:
            raise ValueError(
                f"weight must stay within its dtype {weight.dtype}, got an {error}"
            ) from None

    def _step(self, lr: float, weight: Any, grad: Any, state: Any = None) -> None:
        if self.rescale_grad != 1:
            grad = self.rescale_grad * grad
        if self.clip_gradient is not None:
            grad = grad.clip(-self.clip_gradient, self.clip_gradient)
        step = self.wd * weight
        step += grad
        step *= lr
        if state is None:
            weight -= step
        else:
            state *= self.momentum
            state -= step
            weight += state

    def _rate(self, iteration: int) -> float:
        if self.lr_scheduler is None:
            return self._constant_lr
        return check.rate(f"the rate of iteration {iteration}", self.lr_scheduler(iteration))


def _with_base_lr(schedule: Schedule, base_lr: float) -> Schedule:
    """Return a copy of the schedule with another base_lr."""
    if not hasattr(schedule, "base_lr"):
        raise _no_base_lr(schedule, base_lr)
    if isinstance(schedule, LRScheduler):
        return schedule.replace(base_lr=base_lr)
    own = copy.copy(schedule)
    if own is schedule:  # a function is not copied
        raise _no_base_lr(schedule, base_lr)
    try:
        own.base_lr = base_lr
    except AttributeError:
        raise _no_base_lr(schedule, base_lr) from None
    return own


def _no_base_lr(schedule: Schedule, base_lr: float) -> TypeError:
    return TypeError(
        "learning_rate must be left out: lr_scheduler has no base_lr that a copy could "
        f"replace, got {check.short_repr(base_lr)} and {check.short_repr(schedule)}"
    )


def _check_floats(
    name: str, array: Any, shape: tuple[int, ...] | None = None, writeable: bool = False
) -> None:
    import numpy as np

    if not isinstance(array, np.ndarray) or array.dtype.kind != "f":
        kind = array.dtype if isinstance(array, np.ndarray) else check.short_repr(array)
        raise TypeError(f"{name} must be a NumPy array of floats, got {kind}")
    if shape is not None and array.shape != shape:
        raise ValueError(f"{name} must have the weight's shape {shape}, got {array.shape}")
    if writeable and not array.flags.writeable:
        raise ValueError(f"{name} must be writeable, got a read-only array")
