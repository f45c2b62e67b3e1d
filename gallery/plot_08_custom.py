r"""
Write your own schedule: a function, a class or a subclass
==========================================================

Write a schedule when the package does not have yours and you cannot
:doc:`build it from others <plot_16_algebra>`. A function is enough for most
people: read the first section, and stop there.

A function is enough for most people
------------------------------------

Take the iteration, counted from 1, and return the learning rate. This is an
inverse square root:

.. math:: \eta_t = \eta_0 / \sqrt{t}
"""

from lr_scheduler import as_scheduler, plot


def inverse_sqrt(iteration):
    return 0.1 / iteration**0.5


plot(inverse_sqrt, 100, title="A function is a schedule")

# %%
# An optimizer takes the function as it is:

from lr_scheduler.optimizer import SGD

optim = SGD(lr_scheduler=inverse_sqrt)
optim.lr_scheduler(4)
# -> 0.05

# %%
# A function has no ``base_lr`` that ``learning_rate`` could override, and the
# optimizer says so:

try:
    SGD(learning_rate=0.1, lr_scheduler=inverse_sqrt)
except TypeError as error:
    print(str(error).partition(":")[0])
# -> learning_rate must be left out

# %%
# The optimizer asks for iteration 0 only if you read its ``learning_rate``
# before the first step, so this function may divide by the iteration.
#
# ``as_scheduler`` gives the function operators, methods and arrays:

halved = (0.5 * as_scheduler(inverse_sqrt)).clip(low=0.01)
halved([1, 4, 100])
# -> array([0.05 , 0.025, 0.01 ])

# %%
# ``to_torch`` and ``to_optax`` take the function too: see
# :doc:`PyTorch </how-to/pytorch>` and :doc:`JAX </how-to/jax>`.
#
# You can stop here. Read on if you want parameters, a warm-up, checks, a
# :doc:`config </how-to/config>`, or :doc:`Keras </how-to/keras>`, which saves
# the schedule with the model. A subclass of ``LRScheduler`` has all of these.
#
# As a callable class
# -------------------
#
# Write a class with a ``__call__`` method when the schedule has parameters:

import math


class MyCosine:
    def __init__(self, base_lr, final_lr, max_update):
        self.base_lr = base_lr
        self.final_lr = final_lr
        self.max_update = max_update

    def __call__(self, iteration):
        if iteration > self.max_update:
            return self.final_lr
        angle = math.pi * iteration / self.max_update
        drop = self.base_lr - self.final_lr
        return self.final_lr + drop * (1 + math.cos(angle)) / 2


mine = MyCosine(base_lr=3e-4, final_lr=3e-5, max_update=800)
plot(mine, 1000, title="A callable class with three parameters")

# %%
# The optimizer overrides ``base_lr`` in a copy, so read it in ``__call__``,
# as here, not in ``__init__``:

optim = SGD(learning_rate=1e-3, lr_scheduler=mine)
[optim.lr_scheduler.base_lr, mine.base_lr]
# -> [0.001, 0.0003]

# %%
# As a subclass
# -------------
#
# Write one method, ``decay``, which returns the rate after the warm-up.
# Annotate your parameters in the class, as in a dataclass:

from lr_scheduler import LRScheduler


class InverseSqrt(LRScheduler):
    scale: int

    def decay(self, t):
        return self.base_lr / (1 + t / self.scale) ** 0.5


scheduler = InverseSqrt(scale=10, base_lr=0.1)
scheduler
# -> InverseSqrt(scale=10, base_lr=0.1)

# %%
# A subclass becomes a frozen dataclass by itself, and options such as
# ``field(default_factory=list)`` work. Do not write ``__init__``: the
# dataclass writes it from the annotations.
#
# ``decay`` counts from the start of training, so the warm-up may miss the
# curve. Count from the end of the warm-up instead, and the two meet:


class MeetsWarmup(InverseSqrt):
    def decay(self, t):
        return super().decay(t - self.warmup_steps)


# sphinx_gallery_thumbnail_number = 3
ax = plot(scheduler.replace(warmup_steps=20), 100, label="decay(t)")
plot(
    MeetsWarmup(scale=10, base_lr=0.1, warmup_steps=20),
    100,
    ax=ax,
    label="decay(t - warmup_steps)",
    title="Count from the warm-up's end to meet the peak",
)

# %%
# Does the schedule end? Define ``end``. The scheduler holds the rate of that
# iteration from there on, and ``plot`` knows where to stop:


class StraightLine(LRScheduler):
    max_update: int

    @property
    def end(self):
        return self.max_update

    def decay(self, t):
        return self.base_lr * (1 - t / self.max_update)


line = StraightLine(100, base_lr=1)
[line(t) for t in (1, 50, 100, 150)]
# -> [0.99, 0.5, 0.0, 0.0]

# %%
# Call a subclass with an array of any shape:

import numpy as np

scheduler(np.array([0, 30, 80, 150]))
# -> array([0.1       , 0.05      , 0.03333333, 0.025     ])

# %%
# It checks the iteration and the shared parameters:

try:
    scheduler(1.5)
except TypeError as error:
    print(error)
# -> iteration must be an integer, got 1.5

# %%
# Fast on arrays, and under jax.jit
# ---------------------------------
#
# With ``decay(self, t)`` the scheduler calls your formula once for each
# iteration in an array. Take a second parameter ``xp``, and it calls the
# formula once for the whole array. ``xp`` has the functions of a math
# library, such as ``xp.exp`` and ``xp.where``, for numbers, NumPy, JAX and
# Keras, so the same formula works inside a compiled training step:


class Sigmoid(LRScheduler):
    middle: int
    width: int

    def decay(self, t, xp):
        x = (t - self.middle) / self.width
        return self.base_lr / (1 + xp.exp(x))


sigmoid = Sigmoid(middle=500, width=50, base_lr=0.1)
plot(sigmoid, title="A sigmoid holds the rate, then lets it go")

# %%
sigmoid(np.array([0, 500, 1000])).round(4)
# -> array([0.1 , 0.05, 0.  ])

# %%
# A comparison of arrays is an array, so write ``xp.where(t < start, a, b)``
# for ``a if t < start else b``, and ``xp.maximum(a, b)`` for ``max(a, b)``. To
# call the formula of a base class, write ``super().decay(t, xp)``.
#
# Check your parameters
# ---------------------
#
# Extend ``__post_init__``. Say what is wrong, and name the value:


class CheckedInverseSqrt(InverseSqrt):
    def __post_init__(self):
        super().__post_init__()
        if self.scale < 1:
            message = f"scale must be at least 1, got {self.scale}"
            raise ValueError(message)


try:
    CheckedInverseSqrt(scale=0, base_lr=0.1)
except ValueError as error:
    print(error)
# -> scale must be at least 1, got 0
