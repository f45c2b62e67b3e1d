r"""
Hand a schedule to an optimizer
===============================

A schedule changes nothing by itself: the optimizer asks it for a rate
at every optimizer step. Here the optimizer is stochastic gradient descent,
``SGD``. It uses :math:`\eta_1` for the first step of a weight
:math:`\theta` with the gradient :math:`g`:

.. math:: \theta \leftarrow \theta - \eta_t \, g
"""

from lr_scheduler import FactorScheduler, plot
from lr_scheduler.optimizer import SGD

scheduler = FactorScheduler(base_lr=1, step=250, factor=0.5)
optim = SGD(learning_rate=0.1, lr_scheduler=scheduler)

# %%
# ``learning_rate`` overrides the ``base_lr`` of the schedule ...

optim.lr_scheduler.base_lr
# -> 0.1

# %%
# ... in the optimizer's own copy. Yours is untouched, and can go to
# another optimizer:

scheduler.base_lr
# -> 1

# %%
# Minimize :math:`\theta^2`, whose gradient is :math:`2 \theta`. One step
# multiplies the weight by :math:`1 - 2 \eta_t`, which is 0.8 here:

import numpy as np

weight = np.array([1.0])
state = optim.create_state(0, weight)
optim.update(0, weight, 2 * weight, state)
optim.num_update, optim.learning_rate, weight
# -> (1, 0.1, array([0.8]))

# %%
# After 500 more, the second drop is behind it:

for _ in range(500):
    optim.update(0, weight, 2 * weight, state)
optim.num_update, optim.learning_rate
# -> (501, 0.025)

# %%
# Both schedules in one picture: the same shape, a tenth of the height.

ax = plot(scheduler, 1000, label="yours, from 1")
ax = plot(optim.lr_scheduler, 1000, ax=ax, label="the optimizer's, from 0.1")
_ = ax.set_title("Two schedules of one shape, from 1 and from 0.1")
