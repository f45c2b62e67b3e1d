"""SGD, an optimizer that takes its learning rate from a schedule.

Functions that receive arrays import NumPy, so that importing the package does not load it.
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
    r"""Stochastic gradient descent (SGD) with momentum and weight decay, on NumPy arrays.

    Optimizer step :math:`t` changes a weight :math:`\theta` with gradient :math:`g` in place:

    .. math::

        g' &= \text{clip}(r \, g, -c, c) + \lambda \theta \\
        v &\leftarrow \mu v - \eta_t \, g' \\
        \theta &\leftarrow \theta + v

    where :math:`\eta_t` is the learning rate of iteration :math:`t`, :math:`\mu` is
    `momentum`, :math:`\lambda` is `wd`, :math:`r` is `rescale_grad`, :math:`c` is
    `clip_gradient` and the state :math:`v` starts at 0. Without momentum the step is
    :math:`\theta \leftarrow \theta - \eta_t \, g'`.

    Parameters
    ----------
    learning_rate : float, optional
        The learning rate, at least 0. Without an `lr_scheduler` the rate is constant, 0.01 by
        default. With an `lr_scheduler` it replaces `base_lr` in the optimizer's own copy of
        the schedule; a class of your own must read `base_lr` at each call.
    lr_scheduler : callable, optional
        Any schedule: a callable from the iteration, an `int` counted from 1, to the
        learning rate. The optimizer never changes the schedule, and passes iteration 0 only if
        you read :attr:`learning_rate` before the first optimizer step.
    momentum : float, default 0.0
        Momentum :math:`\mu`, the fraction of the last step that the next step keeps: at
        least 0, less than 1.
    wd : float, default 0.0
        Weight decay :math:`\lambda`, at least 0.
    rescale_grad : float, default 1.0
        Factor :math:`r` for gradients, above 0; 1 / batch size if the loss is a sum.
    clip_gradient : float, optional
        Largest magnitude :math:`c` of a gradient element, above 0; no limit by default.

    Attributes
    ----------
    lr_scheduler : callable or None
        The schedule that the optimizer follows.

    Raises
    ------
    TypeError
        If an argument has the wrong type, or `learning_rate` is given with a schedule
        that has no `base_lr` to replace.
    ValueError
        If a value is outside its range.

    Examples
    --------
    >>> import numpy as np
    >>> from lr_scheduler import FactorScheduler
    >>> from lr_scheduler.optimizer import SGD
    >>> scheduler = FactorScheduler(base_lr=1, step=250, factor=0.5)
    >>> optim = SGD(learning_rate=0.1, lr_scheduler=scheduler)
    >>> optim.lr_scheduler.base_lr
    0.1

    Minimize the square of a weight; the gradient is twice the weight:

    >>> weight = np.array([1.0, -2.0])
    >>> state = optim.create_state(0, weight)
    >>> optim.update(0, weight, 2 * weight, state)
    >>> weight
    array([ 0.8, -1.6])

    SGD rescales and clips the gradient, then adds weight decay:

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
        """int: Optimizer steps so far, the largest count over all indices."""
        return self._num_update

    @property
    def learning_rate(self) -> float:
        """float: The rate of the latest step; before the first step, of iteration 0."""
        return self._rate(self.num_update)

    @property
    def momentum(self) -> float:
        """float: The momentum. Set it between steps to schedule the momentum too."""
        return self._momentum

    @momentum.setter
    def momentum(self, momentum: float) -> None:
        rate = check.rate("momentum", momentum)
        if rate >= 1:
            raise ValueError(f"momentum must be less than 1, got {check.short_repr(momentum)}")
        self._momentum = rate

    def set_learning_rate(self, learning_rate: float) -> None:
        """Set the constant learning rate.

        Parameters
        ----------
        learning_rate : float
            New learning rate; finite, at least 0.

        Raises
        ------
        TypeError
            If `learning_rate` is not a real number.
        ValueError
            If the optimizer has a schedule, or the value is outside its range.
        """
        if self.lr_scheduler is not None:
            raise ValueError(
                "learning_rate must be left to the lr_scheduler, "
                f"got {check.short_repr(learning_rate)}: assign another lr_scheduler instead"
            )
        self._constant_lr = check.rate("learning_rate", learning_rate)

    def create_state(self, index: Hashable, weight: "Weight") -> "Weight | None":
        """Return the state that :meth:`update` needs for a weight.

        Parameters
        ----------
        index : hashable
            Name or number of the parameter.
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
        """Take an optimizer step: change `weight`, and `state` with momentum, in place.

        Parameters
        ----------
        index : hashable
            Name or number of the parameter. Each index counts its own steps, so that all
            parameters of a model share the iteration.
        weight : ndarray of float
            The parameter; it keeps its dtype.
        grad : ndarray of float
            Gradient of the loss, with the weight's shape.
        state : ndarray or None
            The state from :meth:`create_state` for this weight.

        Raises
        ------
        TypeError
            If an argument is not an array of floats, `state` does not fit `momentum`, `index`
            is not hashable, or the schedule gives a rate that is not a real number.
        ValueError
            If the shapes differ, `weight` or `state` is read-only, `weight` and `state` share
            memory, `grad` is not finite, or the schedule gives a rate that is negative or not
            finite. Then nothing changes, and the step does not count. Also if an intermediate
            result overflows its dtype: then some elements may change, and the step counts.
        """
        import numpy as np

        from ._arrays import BLOCK

        _check_floats("weight", weight, writeable=True)
        _check_floats("grad", grad, shape=weight.shape)
        if self.momentum:
            _check_floats("state", state, shape=weight.shape, writeable=True)
            if np.shares_memory(state, weight):
                raise ValueError(
                    "state must have its own memory, got the memory of the weight: pass the "
                    "array that create_state returned"
                )
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
        blocks = np.nditer(  # keeps temporaries smaller than the weight
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
    if own is schedule:  # copy() returns a function itself
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
