r"""
Momentum schedule: move the momentum against the rate
=====================================================

A scheduler gives a number for each iteration, and the number need not be a
learning rate. In one-cycle training the momentum moves against the rate
(Smith, 2018, `arXiv:1803.09820 <https://arxiv.org/abs/1803.09820>`_): it is
low where the rate is high, which keeps the steps short there. PyTorch's
``OneCycleLR`` does this with ``cycle_momentum=True``.
"""

from lr_scheduler import PiecewiseScheduler, one_cycle, plot

rate = one_cycle(1000, 300, base_lr=0.1)
values = [0.95, 0.85, 0.95]
momentum = PiecewiseScheduler([0, 300, 1000], values, "cosine")
plot(rate, title="The rate is highest at iteration 300")

# %%
# sphinx_gallery_thumbnail_number = 2
ax = plot(momentum, title="The momentum is lowest at iteration 300")
ax.set(ylabel="Momentum", ylim=(0.84, 0.96))

# %%
print("iteration | rate  | momentum")
# -> iteration | rate  | momentum
for t in (0, 150, 300, 650, 1000):
    print(f"{t:9} | {rate(t):.3f} | {momentum(t):.2f}")
# ->         0 | 0.004 | 0.95
#          150 | 0.052 | 0.90
#          300 | 0.100 | 0.85
#          650 | 0.050 | 0.90
#         1000 | 0.000 | 0.95

# %%
# Use it in training
# ------------------
#
# The optimizer asks its schedule for the rate. Set its ``momentum`` before
# each step:

import numpy as np

from lr_scheduler.optimizer import SGD


def step_lengths(momentum):
    """Return the steps of a weight whose gradient is always -1."""
    optim = SGD(lr_scheduler=rate, momentum=0.95)
    weight, grad = np.array([0.0]), np.array([-1.0])
    state, steps = optim.create_state(0, weight), []
    for t in range(1, 1001):
        optim.momentum = momentum(t)
        optim.update(0, weight, grad, state)
        steps.append(state.item())
    return steps


moving = step_lengths(momentum)
constant = step_lengths(lambda t: 0.95)

ax = plot(lambda t: constant[t - 1], label="momentum 0.95")
plot(
    lambda t: moving[t - 1],
    ax=ax,
    label="moving momentum",
    title="A moving momentum keeps large steps short",
)
ax.set_ylabel("Step length")

# %%
# At the peak the moving momentum makes steps of a third of the length:

print(f"momentum 0.95:   {constant[299]:.2f}")
# -> momentum 0.95:   1.96
print(f"moving momentum: {moving[299]:.2f}")
# -> moving momentum: 0.67

# %%
# The reason is in the formula. A step :math:`v_t` keeps a fraction
# :math:`\mu_t` of the last one:
#
# .. math:: v_t = \mu_t \, v_{t-1} - \eta_t \, g
#
# If the gradient, the rate and the momentum stay as they are, the steps grow
# to :math:`\eta_t \, |g| / (1 - \mu_t)`. For a rate of 0.1:

for mu in (0.95, 0.85):
    print(f"momentum {mu}: at most {0.1 / (1 - mu):.2f}")
# -> momentum 0.95: at most 2.00
#    momentum 0.85: at most 0.67
