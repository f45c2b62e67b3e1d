r"""
Build a schedule from others
============================

Schedulers add and multiply, with numbers or with each other, and have
methods that limit the rate or move the time. What comes out is again a
scheduler. For a scheduler with the rates :math:`\eta_t`:

.. math::

   \begin{aligned}
   \text{clip}(l, h) &: \min(\max(\eta_t, l), h) \\
   \text{shift}(n) &: \eta_{\max(t + n, 0)} \\
   \text{stretch}(c) &: \eta_{t / c}
   \end{aligned}

Use them when no class has the curve that you want: most wishes are one
line.
"""

import numpy as np

from lr_scheduler import (
    FactorScheduler,
    PiecewiseScheduler,
    join,
    linear,
    plot,
    warmup_stable_decay,
)

line = linear(400, base_lr=1)
made = {
    "line": line,
    "0.5 * line + 0.25": 0.5 * line + 0.25,
    "line.clip(0.1, 0.8)": line.clip(0.1, 0.8),
    "line.shift(-200)": line.shift(-200),
    "line.stretch(2)": line.stretch(2),
}
ax = None
for name, scheduler in made.items():
    ax = plot(scheduler, ax=ax, label=name)
_ = ax.set_title("A line from 1 to 0, and what operators make of it")

# %%
# The same four iterations of each:

t = np.array([0, 200, 400, 600])
for name, scheduler in made.items():
    print(f"{name:20}", *(f"{rate:5.2f}" for rate in scheduler(t)))
# -> line                  1.00  0.50  0.00  0.00
#    0.5 * line + 0.25     0.75  0.50  0.25  0.25
#    line.clip(0.1, 0.8)   0.80  0.50  0.10  0.10
#    line.shift(-200)      1.00  1.00  0.50  0.00
#    line.stretch(2)       1.00  0.75  0.50  0.25

# %%
# Two schedules multiply as well: here the line also halves after every
# 100 iterations. At iteration 100 it is three quarters of 1, at 101 of 0.5:

drops = FactorScheduler(100, 0.5, base_lr=1)
product = drops * line
round(line(101), 4), product(100), round(product(101), 5)
# -> (0.7475, 0.75, 0.37375)

# %%
# ``join`` follows one schedule after another, each from its own start. A
# rise, a rate of 1 and the line make a trapezoid that has a name:

rise = PiecewiseScheduler([0, 100], [0, 1])
joined = join([rise, 1, line], [100, 500])
named = warmup_stable_decay(900, 400, base_lr=1, warmup_steps=100)
t = np.arange(1001)
[joined(i) for i in (50, 100, 500, 700, 900)], bool(np.all(joined(t) == named(t)))
# -> ([0.5, 1.0, 1, 0.5, 0.0], True)

# %%
ax = plot(product, label="drops * line")
ax = plot(joined, ax=ax, label="join")
_ = ax.set_title("A product, and three schedules in a row")

# %%
# The pieces may be grouped in any way. The expressions differ, and
# ``==`` compares expressions; the rates are the same:

nested = join([join([rise, 1], [100]), line], [500])
nested == joined, bool(np.all(nested(t) == joined(t)))
# -> (False, True)

# %%
# A ``repr`` is the expression, and rebuilds an equal scheduler:

made["0.5 * line + 0.25"]
# -> 0.5 * PolyScheduler(max_update=400, base_lr=1, pwr=1) + 0.25

# %%
0.5 * linear(400, base_lr=1) + 0.25 == made["0.5 * line + 0.25"]
# -> True
