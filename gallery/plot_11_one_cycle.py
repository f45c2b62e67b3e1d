r"""
Rise and fall in one cycle
==========================

**One-cycle** rises from :math:`\eta_b` to :math:`\eta_0` in :math:`w`
iterations and falls to :math:`\eta_T` at iteration :math:`T`, each way
along half a cosine:

.. math::

   \eta_t = \begin{cases}
   \eta_0 + (\eta_b - \eta_0) \, (1 + \cos(\pi t / w)) / 2
   & t \le w \\
   \eta_T + (\eta_0 - \eta_T) \,
   (1 + \cos(\pi (t - w) / (T - w))) / 2 & t \ge w
   \end{cases}

Use it when the length of the training is settled beforehand: every rate
depends on it. The cycle is that of Smith and Topin, 2017,
`arXiv:1708.07120 <https://arxiv.org/abs/1708.07120>`_.
"""

from lr_scheduler import PiecewiseScheduler, one_cycle, plot

scheduler = one_cycle(1000, 300, base_lr=1)
ax = plot(scheduler)
_ = ax.set_title("Up until iteration 300, down until 1000")

# %%
# At iterations 150 and 650, half-way up and half-way down, the rate is
# the mean of the two ends:

[round(scheduler(t), 6) for t in (0, 150, 300, 650, 1000)]
# -> [0.04, 0.52, 1.0, 0.500002, 4e-06]

# %%
# By default it begins at a 25th of ``base_lr`` and ends at a 10,000th
# of that. It is a ``PiecewiseScheduler`` with three knots:

lr = [1 / 25, 1, 1 / 25 / 10_000]
knots = PiecewiseScheduler([0, 300, 1000], lr, "cosine")
scheduler == knots, lr
# -> (True, [0.04, 1, 4e-06])

# %%
# The second argument moves the peak, the iteration of the highest rate;
# ``mode`` shapes both ways, and ``warmup_begin_lr`` and ``final_lr``
# are the ends:

late = one_cycle(1000, 500, base_lr=1)
straight = one_cycle(1000, 300, base_lr=1, mode="linear")
ends = {"warmup_begin_lr": 0.5, "final_lr": 0.25}
high = one_cycle(1000, 300, base_lr=1, **ends)
[round(each(650), 4) for each in (late, straight, high)]
# -> [0.7939, 0.5, 0.625]

# %%
ax = plot(late, label="peak at 500")
ax = plot(straight, ax=ax, label="linear")
ax = plot(high, ax=ax, label="from 0.5 to 0.25")
_ = ax.set_title("Another peak, another shape, other ends")

# %%
# The paper's cycle has **three phases** of straight lines: up, down for
# as long, and on to nearly nothing. That is one knot more:

three = PiecewiseScheduler([0, 450, 900, 1000], [0.04, 1, 0.04, 4e-6])
[round(three(t), 6) for t in (225, 450, 675, 900, 950)]
# -> [0.52, 1.0, 0.52, 0.04, 0.020002]

# %%
ax = plot(scheduler, label="two phases, cosine")
ax = plot(three, ax=ax, label="three phases, linear")
_ = ax.set_title("The third phase begins after iteration 900")
