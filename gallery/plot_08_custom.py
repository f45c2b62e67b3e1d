r"""
Write a schedule of your own
============================

Write one when the package does not have yours. Any callable from an
iteration to a rate is a schedule, for instance the plain inverse square
root, without a warm-up or a scale:

.. math:: \eta_t = \eta_0 / \sqrt{t}

As a **function**:
"""

from lr_scheduler import plot


def inverse_sqrt(iteration):
    return 1 / iteration**0.5


ax = plot(inverse_sqrt, 100)
_ = ax.set_title("A function that falls as the inverse square root")

# %%
# It goes wherever a schedule goes, into an optimizer for one:

from lr_scheduler.optimizer import SGD

optim = SGD(lr_scheduler=inverse_sqrt)
inverse_sqrt(4), optim.lr_scheduler(100)
# -> (0.5, 0.1)

# %%
# As a **callable class**, when it has parameters. This is a cosine,
# written out; it agrees with the one in the package:

import math

from lr_scheduler import CosineScheduler


class MyCosine:
    def __init__(self, base_lr, final_lr, max_update):
        self.base_lr = base_lr
        self.final_lr = final_lr
        self.max_update = max_update

    def __call__(self, iteration):
        if iteration > self.max_update:
            return self.final_lr
        angle = math.pi * iteration / self.max_update
        fall = self.base_lr - self.final_lr
        return self.final_lr + fall * (1 + math.cos(angle)) / 2


mine = MyCosine(base_lr=1, final_lr=1e-3, max_update=800)
theirs = CosineScheduler(base_lr=1, final_lr=1e-3, max_update=800)
all(mine(t) == theirs(t) for t in range(1001))
# -> True

# %%
ax = plot(mine)
_ = ax.set_title("A callable class that is half a cosine")

# %%
# As a **subclass** of ``LRScheduler``, which writes one
# method and gets the warm-up, arrays, checks and a ``repr`` for free:

from lr_scheduler import LRScheduler


class InverseSqrt(LRScheduler):
    def decay(self, t):
        return self.base_lr / max(t, 1) ** 0.5


scheduler = InverseSqrt(base_lr=1, warmup_steps=4)
[scheduler(t) for t in (0, 1, 2, 3, 4, 25, 100)]
# -> [0.0, 0.25, 0.5, 0.75, 0.5, 0.2, 0.1]

# %%
# Its rate jumps from the end of the warm-up to the curve: 1 is where the
# warm-up leads, and the curve has 0.5 at iteration 4. A parameter of your own
# is an annotation in the class. This one scales the curve so that it starts
# at ``base_lr``. With a power of one half it is the schedule of the
# Transformer, called Noam after one of its authors:


class Noam(LRScheduler):
    pwr: float = 0.5

    def decay(self, t):
        start = max(self.warmup_steps, 1)
        return self.base_lr * (start / max(t, start)) ** self.pwr


noam = Noam(base_lr=1, warmup_steps=4)
[noam(t) for t in (0, 2, 4, 16, 100)], noam.replace(pwr=1)
# -> ([0.0, 0.5, 1.0, 0.5, 0.2], Noam(pwr=1, base_lr=1, warmup_steps=4))

# %%
ax = plot(scheduler, 100, label="InverseSqrt")
ax = plot(noam, 100, ax=ax, label="Noam")
_ = ax.set_title("A curve that the warm-up misses, and one that it meets")
