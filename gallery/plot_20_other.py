r"""
Schedule the momentum
=====================

A scheduler gives a number for an iteration; nothing makes it a learning
rate. In one-cycle the momentum :math:`\mu_t` moves against the rate
(Smith, 2018), `arXiv:1803.09820 <https://arxiv.org/abs/1803.09820>`_.
Each step :math:`v_t` of a weight keeps a share of the last one:

.. math:: v_t = \mu_t \, v_{t-1} - \eta_t \, g

If the gradient :math:`g`, the rate and the momentum stay as they are,
the steps grow to :math:`-\eta_t \, g / (1 - \mu_t)`. Use a momentum
that is low where the rate is high, to keep them short there.
"""

from lr_scheduler import PiecewiseScheduler, one_cycle, plot

rate = one_cycle(1000, 300, base_lr=0.1)
values = [0.95, 0.85, 0.95]
momentum = PiecewiseScheduler([0, 300, 1000], values, "cosine")
[(round(rate(t), 4), round(momentum(t), 4)) for t in (0, 150, 300, 650)]
# -> [(0.004, 0.95), (0.052, 0.9), (0.1, 0.85), (0.05, 0.9)]

# %%
ax = plot(rate)
_ = ax.set_title("The rate is highest at iteration 300")

# %%
ax = plot(momentum)
_ = ax.set(title="The momentum is lowest there", ylabel="Momentum")
_ = ax.set_ylim(0.84, 0.96)

# %%
# The optimizer asks its schedule for the rate. Its momentum is an
# attribute; set it before each optimizer step:

import numpy as np

from lr_scheduler.optimizer import SGD


def steps(momentum):
    """Return the steps of a weight whose gradient is always -1."""
    optim = SGD(lr_scheduler=rate, momentum=0.95)
    weight, grad = np.array([0.0]), np.array([-1.0])
    state, taken = optim.create_state(0, weight), []
    for t in range(1, 1001):
        optim.momentum = momentum(t)
        optim.update(0, weight, grad, state)
        taken.append(state.item())
    return taken


moving, constant = steps(momentum), steps(lambda t: 0.95)

# %%
# By hand: the first step is the rate, the second is the rate and a
# share of the first.

first, second = rate(1), momentum(2) * rate(1) + rate(2)
[round(v, 6) for v in moving[:2]], round(first, 6), round(second, 6)
# -> ([0.004003, 0.007813], 0.004003, 0.007813)

# %%
# At iteration 300 the moving momentum makes steps of a third of the
# length. If the rate stayed at 0.1 they would hardly be longer:

peaks = [round(each[299], 2) for each in (moving, constant)]
peaks, [round(0.1 / (1 - mu), 2) for mu in (0.85, 0.95)]
# -> ([0.67, 1.96], [0.67, 2.0])

# %%
ax = plot(lambda t: moving[t - 1], label="moving momentum")
ax = plot(lambda t: constant[t - 1], ax=ax, label="momentum of 0.95")
_ = ax.set(title="Steps under a steady gradient", ylabel="Step")
