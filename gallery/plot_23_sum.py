r"""
Sum of learning rates: see how far a schedule goes
==================================================

A schedule takes an array, so NumPy answers questions about its rates:
where the rate passes a value, and what the rates add up to. The sum

.. math:: \sum_{t=1}^{T} \eta_t

is how far steady gradients of 1 move a weight, without momentum. Use it
to compare two schedules, or to scale one to go as far as the other.
"""

import numpy as np

from lr_scheduler import CosineScheduler, linear, plot

scheduler = linear(1000, base_lr=1, warmup_steps=200)
t = np.arange(1001)
rates = scheduler(t)
ax = plot(scheduler)
_ = ax.set_title("Up until iteration 200, down until 1000")

# %%
# The array starts with iteration 0, so an index is an iteration. These
# are the iterations of the highest rate, and of the first rate below a
# quarter after it:

passed = np.argmax((t > 200) & (rates < 0.25)).item()
rates.argmax().item(), passed
# -> (200, 801)

# %%
# By hand: three quarters of the fall take three quarters of its 800
# iterations, so iteration 800 has a quarter exactly.

200 + 0.75 * 800, scheduler(800)
# -> (800.0, 0.25)

# %%
# The sum. By hand: before iteration 200 there are 199 rates with a mean
# of a half, and from there on 801 rates with the same mean.

round(rates.sum().item(), 9), 199 / 2 + 801 / 2
# -> (500.0, 500.0)

# %%
# The cumulative sum rises, so a value can be searched in it. Half of
# the way is behind after iteration 368:

way = rates.cumsum()
half = np.searchsorted(way, 250).item()
half, [round(way[i].item(), 3) for i in (half - 1, half)]
# -> (368, [249.965, 250.755])

# %%
# In a cosine from 1 to 0 the rates of :math:`t` and :math:`T - t` add
# up to 1, and the last is 0: the sum is :math:`(T - 1) / 2`. Times a
# number, it goes as far as the other schedule:

cosine = CosineScheduler(1000, base_lr=1)
total = cosine(t[1:]).sum().item()
scaled = 500 / total * cosine
round(total, 9), (1000 - 1) / 2, round(scaled(t[1:]).sum().item(), 9)
# -> (499.5, 499.5, 500.0)

# %%
scaled_way = np.append(0, scaled(t[1:]).cumsum())
ax = plot(lambda i: way[i], label="linear, with a warm-up")
ax = plot(lambda i: scaled_way[i], ax=ax, label="cosine, scaled")
_ = ax.set(title="Two ways to 500", ylabel="Sum of the rates so far")
