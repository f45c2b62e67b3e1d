"""SGD, an optimizer that takes its learning rate from a schedule.

Functions that receive arrays import NumPy, so that importing the package does not load it.
"""

import copy
from collections.abc import Hashable
from typing import Any

from . import _validation as check
from ._schedule import Schedule, check_schedule
from ._types import Floats
from ._warmup import LRScheduler

__all__ = ["SGD"]


def _schedule(name: str, value: Any) -> Any:
    """Return a schedule, or None for a constant learning rate."""
    if value is not None:
        check_schedule(name, value)
    return value


def _momentum(name: str, value: Any) -> float:
    """Return a momentum from 0, below 1."""
    rate = check.rate(name, value)
    if rate >= 1:
        raise ValueError(f"{name} must be less than 1, got {check.short_repr(value)}")
    return rate


def _limit(name: str, value: Any) -> float | None:
    """Return a limit above 0, or None for no limit."""
    return None if value is None else check.positive(name, value)


RULES = {
    "clip_gradient": _limit,
    "lr_scheduler": _schedule,
    "momentum": _momentum,
    "rescale_grad": check.positive,
    "wd": check.rate,
}


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
    :math:`\theta \leftarrow \theta - \eta_t \, g'`. Steps of float16 weights are computed
    in float32, as in mixed precision, so that a learning rate such as 1e-8 is not rounded to 0.

    Assign to `lr_scheduler`, `momentum`, `wd`, `rescale_grad` or `clip_gradient` between steps,
    for instance to let the momentum follow a schedule too; each value is checked.

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
        self.lr_scheduler: Any = lr_scheduler
        if learning_rate is not None:
            learning_rate = check.rate("learning_rate", learning_rate)
            if lr_scheduler is not None:
                self.lr_scheduler = _with_base_lr(lr_scheduler, learning_rate)
        self.momentum = momentum
        self.wd = wd
        self.rescale_grad = rescale_grad
        self.clip_gradient = clip_gradient
        self._constant_lr = 0.01 if learning_rate is None else learning_rate
        self.num_update = 0
        self._velocities: dict[Hashable, Floats] = {}

    def __setattr__(self, name: str, value: Any) -> None:
        """Check what is assigned, also between steps."""
        rule = RULES.get(name)
        super().__setattr__(name, rule(name, value) if rule else value)

    @property
    def num_update(self) -> int:
        """int: Optimizer steps so far, the largest count over all indices.

        Set it to resume a run without the saved optimizer: every index, also a new index, then
        counts on from there. If you go on with new parameters only, such as a new head, write
        ``optim.num_update = optim.num_update`` first: otherwise their indices count from 0,
        and the rate stays constant until they catch up.

        Examples
        --------
        >>> import numpy as np
        >>> from lr_scheduler import FactorScheduler
        >>> from lr_scheduler.optimizer import SGD
        >>> optim = SGD(lr_scheduler=FactorScheduler(250, 0.5, base_lr=1))
        >>> optim.num_update = 250
        >>> optim.learning_rate
        1
        >>> optim.update("head", np.ones(2), np.ones(2), None)
        >>> optim.num_update, optim.learning_rate
        (251, 0.5)
        """
        return self._num_update

    @num_update.setter
    def num_update(self, value: int) -> None:
        self._num_update = self._begin_num_update = check.integer(
            "num_update", value, minimum=0
        )
        self._update_counts: dict[Hashable, int] = {}

    @property
    def learning_rate(self) -> float:
        """float: The rate of the latest step; before the first step, of iteration 0."""
        return self._rate(self.num_update)

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Load a pickle, also of a version that counted from 0 and kept no velocities."""
        vars(self).update({"_begin_num_update": 0, "_velocities": {}} | state)
        if "_momentum" in state:
            self.momentum = vars(self).pop("_momentum")

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

    def create_state(self, index: Hashable, weight: Floats) -> Floats:
        """Return the state that :meth:`update` needs for a weight, the velocity :math:`v`.

        The state takes as much memory as the weight; that of a float16 weight is float32 and
        takes twice as much. To save the memory while the momentum is 0, pass None to
        :meth:`update` instead.

        Parameters
        ----------
        index : hashable
            Name or number of the parameter.
        weight : ndarray of float
            The parameter.

        Returns
        -------
        ndarray
            Zeros of the weight's shape and dtype; float32 for a float16 weight.

        Raises
        ------
        TypeError
            If `weight` is not a NumPy array of floats.
        """
        import numpy as np

        _check_floats("weight", weight)
        state: Floats = _widened(np.zeros_like(weight))
        return state

    def update(
        self, index: Hashable, weight: Floats, grad: Floats, state: Floats | None
    ) -> None:
        """Take an optimizer step: change `weight` and `state` in place.

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
            The state from :meth:`create_state` for this weight. None counts as zeros, and
            costs nothing without momentum. As soon as there is momentum, the optimizer itself
            keeps the velocity of an `index` whose state is None, and saves it in its pickle.
            An array that you pass later replaces that velocity.

        Raises
        ------
        TypeError
            If an argument is not an array of floats, `index` is not hashable, or the schedule
            gives a rate that is not a real number.
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
        try:
            count = self._update_counts.get(index, self._begin_num_update) + 1
        except TypeError:
            raise TypeError(f"index must be hashable, got {check.short_repr(index)}") from None
        if state is None:
            state = self._velocity(index, weight)
        if state is not None:
            _check_floats("state", state, shape=weight.shape, writeable=True)
            if np.shares_memory(state, weight):
                raise ValueError(
                    "state must have its own memory, got the memory of the weight: pass the "
                    "array that create_state returned"
                )
        for extreme in (grad.min(), grad.max()) if grad.size else ():
            if not np.isfinite(extreme):
                raise ValueError(f"grad must be finite, got {extreme}")
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

    def _velocity(self, index: Hashable, weight: Floats) -> Floats | None:
        """Return the velocity that the optimizer keeps; None if there was no momentum yet."""
        if self.momentum and index not in self._velocities:
            self._velocities[index] = self.create_state(index, weight)
        return self._velocities.get(index)

    def _step(self, lr: float, weight: Any, grad: Any, state: Any = None) -> None:
        grad = _widened(grad)
        if self.rescale_grad != 1:
            grad = self.rescale_grad * grad
        if self.clip_gradient is not None:
            grad = grad.clip(-self.clip_gradient, self.clip_gradient)
        step = self.wd * _widened(weight)
        step += grad
        step *= lr
        if state is None:
            weight -= step
        else:
            velocity = _widened(state)
            velocity *= self.momentum
            velocity -= step
            weight += velocity
            if velocity is not state:
                state[...] = velocity

    def _rate(self, iteration: int) -> float:
        if self.lr_scheduler is None:
            return self._constant_lr
        return check.rate(f"the rate of iteration {iteration}", self.lr_scheduler(iteration))


def _with_base_lr(schedule: Schedule, base_lr: float) -> Schedule:
    """Return a copy of the schedule with another base_lr."""
    if not hasattr(schedule, "base_lr"):
        raise _no_base_lr(schedule, base_lr)
    final_lr = getattr(schedule, "final_lr", 0)
    falls = schedule.base_lr >= final_lr
    if final_lr and (base_lr < final_lr if falls else base_lr > final_lr):
        raise ValueError(
            f"learning_rate must be at {'least' if falls else 'most'} final_lr = {final_lr} of "
            f"the lr_scheduler, got {base_lr}: the schedule would turn around, so replace its "
            "final_lr too"
        )
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


def _widened(array: Any) -> Any:
    """Return an array of float16 in float32, and any other array itself."""
    return array if array.itemsize >= 4 else array.astype("float32")


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
