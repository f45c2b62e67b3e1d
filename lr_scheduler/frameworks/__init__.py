"""Schedules for PyTorch, optax and Keras; each framework is imported when needed."""

from collections.abc import Sequence

from .. import _types
from .._schedule import Schedule, Scheduler, check_schedule
from . import _pydantic  # noqa: F401  # it adds methods to Scheduler
from ._optax import OptaxSchedule


def to_torch(
    scheduler: Schedule | Sequence[Schedule],
    optimizer: _types.TorchOptimizer,
    *,
    relative: bool = False,
    **hyperparameters: Schedule | Sequence[Schedule],
) -> _types.TorchScheduler:
    r"""PyTorch: return a PyTorch scheduler, which sets the optimizer's learning rate.

    Call ``step()`` after each optimizer step, as with any PyTorch scheduler. Optimizer step
    :math:`t`, counted from 1, has the rate of iteration :math:`t`; the first rate is set at
    once. The ``lr`` of parameter group :math:`i` is :math:`k_i \, s(t)`, and with `relative` it
    is :math:`k_i \, \eta_i \, s(t)`, where :math:`s` is `scheduler`, :math:`\eta_i` is the
    first ``lr`` of the group and :math:`k_i` is its ``lr_scale``, which timm sets for a layer
    decay; 1 without one.

    Parameters
    ----------
    scheduler : callable or sequence of callable
        Any schedule, or a list with one schedule per parameter group. The rates replace the
        ``lr`` of the optimizer, so pass `base_lr` to the schedule. Pass a list, or `relative`,
        if the groups have different rates.
    optimizer : torch.optim.Optimizer
        The optimizer.
    relative : bool, default False
        Multiply the first rate of each group instead: its ``initial_lr`` if it has one, which
        PyTorch saves with the optimizer, else its ``lr``. Pass a schedule with ``base_lr=1``.
    **hyperparameters : callable or sequence of callable
        Schedules of other hyper-parameters, by their names in the parameter groups, such as
        ``weight_decay`` or ``momentum``; and ``beta1`` and ``beta2`` of Adam. Each replaces the
        value of the optimizer, also with `relative`.

    Returns
    -------
    torch.optim.lr_scheduler.LRScheduler
        A PyTorch scheduler. Its ``state_dict`` holds the number of optimizer steps and the
        values that it wrote last, so a resumed run follows the schedule that you pass when you
        resume. Save the states of scheduler and optimizer at the same moment, and load both in
        any order. A parameter group whose saved rate another scheduler had set, such as
        ``ReduceLROnPlateau``, keeps that rate.

    Raises
    ------
    ImportError
        If PyTorch is not installed.
    TypeError
        If `scheduler` is not a schedule, or `optimizer` is not a PyTorch optimizer.
    ValueError
        If `base_lr` was left at its default and the optimizer has another ``lr``, if the list's
        length is not the number of parameter groups, if a single schedule would replace
        different rates, if the optimizer does not have a hyper-parameter, or if a rate is
        negative or not finite. From ``step()`` too, before it changes anything.

    Notes
    -----
    With `relative`, a parameter group that ``add_param_group`` adds after the first step keeps
    its ratio to the schedule: the ``lr`` that you give is its rate now, before ``lr_scale``. A
    group without an ``lr`` of its own, or with an ``initial_lr``, begins at that rate. Without
    `relative`, a group with a rate of its own is refused at the next ``step()``.

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
    {'last_epoch': 5, 'written': {'lr': [0.25]}}

    Layers with rates of their own, which fall together:

    >>> bias = torch.nn.Parameter(torch.ones(1))
    >>> groups = [{"params": [weight], "lr": 0.1}, {"params": [bias], "lr": 0.5}]
    >>> optimizer = torch.optim.SGD(groups)
    >>> scheduler = to_torch(FactorScheduler(1, 0.5, base_lr=1), optimizer, relative=True)
    >>> scheduler.get_last_lr()
    [0.1, 0.5]
    >>> optimizer.step()
    >>> scheduler.step()
    >>> scheduler.get_last_lr()
    [0.05, 0.25]
    """
    from ._torch import TorchScheduler

    return TorchScheduler(scheduler, optimizer, relative, hyperparameters)


def to_optax(scheduler: Schedule) -> _types.OptaxSchedule:
    """optax: return a schedule that counts optimizer steps from 0, as optax does.

    Optimizer step :math:`t`, counted from 1, has the rate of iteration :math:`t`; optax passes
    its count, :math:`t - 1`.

    Parameters
    ----------
    scheduler : callable
        A scheduler, or any schedule that takes JAX arrays.

    Returns
    -------
    callable
        An optax schedule, which also works under ``jax.jit`` and in
        ``optax.inject_hyperparams``. It computes in JAX's default precision, and keeps the
        rate of the largest count that JAX's default integers hold, 2**31 - 2. A count below 0
        counts as 0, as ``optax.join_schedules`` asks for it. A float must be an integer; in a
        JAX array, which may be traced, it is rounded down.

    Raises
    ------
    TypeError
        If `scheduler` is not a schedule, or from a call, if a count is not an integer.

    Notes
    -----
    JAX traces the count, not the parameters of the scheduler, which are Python numbers. To
    trace or differentiate a learning rate, apply the traced value to the result:
    ``lambda count: peak * schedule(count)``.

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


def to_keras(scheduler: Scheduler) -> _types.KerasSchedule:
    """Keras: return a learning-rate schedule for Keras optimizers.

    Optimizer step :math:`t`, counted from 1, has the rate of iteration :math:`t`; Keras passes
    its ``iterations``, :math:`t - 1`. With :math:`k` ``gradient_accumulation_steps``, Keras
    counts batches instead: pass ``scheduler.stretch(k, hold=True)``.

    Parameters
    ----------
    scheduler : Scheduler
        A scheduler with a config, which Keras saves with the model. To load a model with a
        class of your own, pass the class in ``custom_objects``.

    Returns
    -------
    keras.optimizers.schedules.LearningRateSchedule
        The schedule, for TensorFlow, JAX and PyTorch. Its rates have the dtype
        ``keras.config.floatx()``: float64 is computed in float64, bfloat16 and float16 are
        computed in float32 and then rounded. On JAX, Keras has no float64 unless
        ``jax_enable_x64`` is set: JAX then warns, and the rates are float32. The schedule
        keeps the rate of iteration 2**31 - 1, the largest int32.

    Raises
    ------
    ImportError
        If Keras is not installed.
    TypeError
        If `scheduler` is not a scheduler, or has no config.

    Notes
    -----
    Import ``lr_scheduler.keras`` before you load the model, so that Keras knows the class.

    A class of your own that defines ``decay(t)`` gets ``t`` as a float tensor of the backend
    (on JAX, as an integer array); with ``decay(t, xp)`` it computes on every backend alike.

    For ``keras.callbacks.LearningRateScheduler``, which counts epochs from 0 and takes a float,
    write ``LearningRateScheduler(lambda epoch: float(scheduler(epoch + 1)))``.

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
