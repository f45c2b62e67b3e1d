r"""
Find a rate, and add up all of them
===================================

A schedule takes an array, so NumPy answers what you ask of its rates:
where they pass a value, and what they sum to. The sum
:math:`\sum_t \eta_t` is how far the weights can go. Use it to compare two
schedules fairly, or to scale one to the other.
"""

import numpy as np

from lr_scheduler import CosineScheduler, linear, plot

scheduler = linear(1000, base_lr=1, warmup_steps=200)
t = np.arange(1001)
rates = scheduler(t)  # rates[t] is that of iteration t
ax = plot(scheduler)
_ = ax.set_title("Up until iteration 200, down until iteration 1000")

# %%
# The highest rate, and where it is:

int(rates.argmax()), float(rates.max())
# -> (200, 1.0)

# %%
# The first iteration with less than a quarter of it, once the warm-up is
# over. Three quarters of the fall take three quarters of its 800
# iterations, so 800 has a quarter exactly, and the next one has less:

passed = int(np.argmax((t > 200) & (rates < 0.25)))
passed, 200 + 0.75 * 800, round(scheduler(800), 4)
# -> (801, 800.0, 0.25)

# %%
# The rise has the rates :math:`t / 200` below :math:`t = 200`, and the fall
# is a row of :math:`n = 800` steps. Both sums are triangles:
#
# .. math::
#
#    \sum_{t=1}^{w-1} \frac{t}{w} = \frac{w - 1}{2}, \qquad
#    \sum_{k=0}^{n} \left(1 - \frac{k}{n}\right) = \frac{n + 1}{2}

round(float(rates.sum()), 9), (200 - 1) / 2 + (800 + 1) / 2
# -> (500.0, 500.0)

# %%
# The cumulative sum tells when half of it is spent. It rises, so it can
# be searched; fewer than 4 in 10 iterations are enough:

spent = np.cumsum(rates) / rates.sum()
half = int(np.searchsorted(spent, 0.5))
half, round(float(spent[half - 1]), 4), round(float(spent[half]), 4)
# -> (368, 0.4999, 0.5015)

# %%
# A cosine of the same length from the same rate sums to less, as its
# rates pair up around a half, and the last one is 0. Scaled to 500 it goes
# as far:

cosine = CosineScheduler(1000, base_lr=1)
total = float(cosine(t[1:]).sum())
fair = 500 / total * cosine
round(total, 9), (1000 - 1) / 2, round(float(fair(t[1:]).sum()), 9)
# -> (499.5, 499.5, 500.0)

# %%
def share(iteration):
    return spent[iteration]


def cosine_share(iteration):
    return np.cumsum(cosine(t[1:]))[iteration - 1] / total


ax = plot(share, label="linear, with a warm-up")
ax = plot(cosine_share, ax=ax, label="cosine")
_ = ax.set(title="The share of the sum that is spent", ylabel="Share")
