"""One schedule in PyTorch, optax and Keras; each framework loads when it is needed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .._schedule import Schedule, Scheduler, check_schedule
from ._optax import OptaxSchedule

if TYPE_CHECKING:
    import keras
    import optax
    import torch


def to_torch(
    scheduler: Schedule | Sequence[Schedule], optimizer: "torch.optim.Optimizer"
) -> "torch.optim.lr_scheduler.LRScheduler":
    """Let a schedule set the rates of a PyTorch optimizer.

    Use it like PyTorch's own: call ``step()`` after each update of the weights. Update number
    :math:`t`, counted from 1, has the rate of iteration :math:`t`, which is set from the start.
    The rates replace the ``lr`` of the optimizer, so the schedule needs its `base_lr`.

    Parameters
    ----------
    scheduler : callable, or a sequence of them
        Any schedule, or a list with one for each parameter group of the optimizer, which
        groups with rates of their own need.
    optimizer : torch.optim.Optimizer
        The optimizer.

    Returns
    -------
    torch.optim.lr_scheduler.LRScheduler
        A PyTorch scheduler. Its ``state_dict`` holds the number of updates and nothing else, so
        a resumed run follows the schedule that it is given, not the one that was saved.

    Raises
    ------
    ImportError
        If PyTorch is not installed.
    TypeError
        If `scheduler` is not a schedule, or `optimizer` is none of PyTorch's.
    ValueError
        If there are not as many schedules as parameter groups, or one although the rates of the
        groups differ, or if a rate is negative or not finite.

    Examples
    --------
    >>> import torch
    >>> from lr_scheduler import FactorScheduler, to_torch
    >>> weight = torch.nn.Parameter(torch.ones(1))
    >>> optimizer = torch.optim.SGD([weight])
    >>> scheduler = to_torch(FactorScheduler(2, 0.5, base_lr=1), optimizer)
    >>> rates = []
    >>> for _ in range(5):
    ...     rates.append(optimizer.param_groups[0]["lr"])
    ...     optimizer.step()
    ...     scheduler.step()
    >>> rates
    [1.0, 1.0, 0.5, 0.5, 0.25]
    >>> scheduler.state_dict()
    {'last_epoch': 5}
    """
    from ._torch import TorchScheduler

    return TorchScheduler(scheduler, optimizer)


def to_optax(scheduler: Schedule) -> "optax.Schedule":
    """Return a schedule that counts as optax does.

    Update number :math:`t`, counted from 1, has the rate of iteration :math:`t`; optax asks for
    its count, which is :math:`t - 1`.

    Parameters
    ----------
    scheduler : callable
        A scheduler, or any schedule that takes the arrays of JAX.

    Returns
    -------
    callable
        A schedule for optax, also under ``jax.jit`` and in ``optax.inject_hyperparams``. It
        computes in JAX's default precision.

    Raises
    ------
    TypeError
        If `scheduler` is not a schedule.

    Examples
    --------
    >>> import jax, optax
    >>> from lr_scheduler import FactorScheduler, to_optax
    >>> schedule = to_optax(FactorScheduler(2, 0.5, base_lr=1))
    >>> jax.jit(schedule)(jax.numpy.arange(5)).tolist()
    [1.0, 1.0, 0.5, 0.5, 0.25]
    >>> optimizer = optax.adam(schedule)
    """
    check_schedule("scheduler", scheduler)
    return OptaxSchedule(scheduler)


def to_keras(scheduler: Scheduler) -> "keras.optimizers.schedules.LearningRateSchedule":
    """Return a schedule for the optimizers of Keras.

    Update number :math:`t`, counted from 1, has the rate of iteration :math:`t`; Keras asks for
    its ``iterations``, which are :math:`t - 1`. With ``gradient_accumulation_steps`` of
    :math:`k` it counts batches instead: pass ``scheduler.stretch(k, hold=True)`` then.

    Parameters
    ----------
    scheduler : Scheduler
        A scheduler that has a config, which is saved with the model. A class of your own has
        to be among the ``custom_objects`` when the model is loaded.

    Returns
    -------
    keras.optimizers.schedules.LearningRateSchedule
        The schedule. It computes in float32, or in the precision of ``keras.config.floatx()``.

    Raises
    ------
    ImportError
        If Keras is not installed.
    TypeError
        If `scheduler` is not a scheduler, or has no config.

    Notes
    -----
    A process that loads the model imports ``lr_scheduler.keras`` before, so that Keras knows
    the class.

    Examples
    --------
    >>> import keras
    >>> from lr_scheduler import FactorScheduler, to_keras
    >>> schedule = to_keras(FactorScheduler(2, 0.5, base_lr=1))
    >>> optimizer = keras.optimizers.SGD(schedule)
    >>> [float(schedule(iterations)) for iterations in range(5)]
    [1.0, 1.0, 0.5, 0.5, 0.25]
    """
    from ._keras import KerasSchedule

    return KerasSchedule(scheduler)
