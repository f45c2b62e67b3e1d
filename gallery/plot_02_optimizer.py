r"""
Hand a schedule to an optimizer
===============================

Pass a schedule to an optimizer, and the optimizer sets the learning rate at
every step. This page uses the package's ``SGD``, which works on NumPy arrays.
For PyTorch, JAX and Keras see :doc:`/how-to/index`.
"""

from lr_scheduler import FactorScheduler, plot
from lr_scheduler.optimizer import SGD

scheduler = FactorScheduler(base_lr=1, step=250, factor=0.5)
optim = SGD(learning_rate=0.1, lr_scheduler=scheduler)

ax = plot(scheduler, 1000, label="base_lr=1", log=True)
plot(
    optim.lr_scheduler,
    1000,
    ax=ax,
    label="learning_rate=0.1",
    title="learning_rate moves the curve, and keeps its shape",
)

# %%
# ``learning_rate`` overrides the ``base_lr`` of the schedule in the
# optimizer's own copy:

optim.lr_scheduler.base_lr
# -> 0.1

# %%
# Your scheduler never changes, so you can pass it to a second optimizer:

scheduler.base_lr
# -> 1

# %%
# Without momentum the optimizer moves a weight :math:`\theta` against its
# gradient :math:`g`:
#
# .. math:: \theta \leftarrow \theta - \eta_t \, g
#
# Minimize :math:`\theta^2`, whose gradient is :math:`2 \theta`. At a rate of
# 0.1 one step multiplies the weight by 0.8:

import numpy as np

weight = np.array([1.0])
state = optim.create_state(0, weight)
optim.update(0, weight, 2 * weight, state)
weight
# -> array([0.8])

# %%
# The optimizer counts its steps. Take 500 more, and the rate has dropped
# twice:

for _ in range(500):
    optim.update(0, weight, 2 * weight, state)
print("step", optim.num_update, "has a rate of", optim.learning_rate)
# -> step 501 has a rate of 0.025
