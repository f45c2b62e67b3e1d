r"""
Schedule the momentum
=====================

A scheduler gives a number for an iteration; that it is a learning rate
is only its name. In one-cycle the momentum :math:`\mu_t` moves against
the rate (Smith, 2018), `arXiv:1803.09820
<https://arxiv.org/abs/1803.09820>`_: it is lowest where the rate is
highest. Under a steady gradient :math:`g` the steps of a weight then grow
towards :math:`\eta_t \, g / (1 - \mu_t)`, not towards a far larger one.

.. math:: v_t = \mu_t \, v_{t-1} - \eta_t \, g
"""

from lr_scheduler import PiecewiseScheduler, one_cycle, plot

rate = one_cycle(1000, 300, base_lr=0.1)
knots = [0, 300, 1000]
momentum = PiecewiseScheduler(knots, [0.95, 0.85, 0.95], "cosine")
[(round(rate(t), 4), round(momentum(t), 4)) for t in (0, 150, 300, 650)]
# -> [(0.004, 0.95), (0.052, 0.9), (0.1, 0.85), (0.05, 0.9)]

# %%
ax = plot(rate)
_ = ax.set_title("The rate rises until iteration 300, then falls")

# %%
ax = plot(momentum)
_ = ax.set(title="The momentum moves against it", ylabel="Momentum")
_ = ax.set_ylim(0.84, 0.96)

# %%
# The optimizer asks for the rate itself. Its momentum is an attribute, to
# be set before every update:

import numpy as np

from lr_scheduler.optimizer import SGD


def train(momentum):
    """Return the steps of a weight whose gradient is always -1."""
    optim = SGD(lr_scheduler=rate, momentum=momentum(1))
    weight, grad, steps = np.array([0.0]), np.array([-1.0]), []
    state = optim.create_state(0, weight)
    for t in range(1, 1001):
        optim.momentum = momentum(t)
        optim.update(0, weight, grad, state)
        steps.append(float(state[0]))
    return np.array(steps)


moving = train(momentum)
constant = train(lambda t: 0.95)
