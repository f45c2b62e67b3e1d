r"""
One-cycle (OneCycleLR): rise and fall once
==========================================

Use one-cycle to train in few iterations at a high peak learning rate: the
rate rises for the first part of training and falls for the rest. Choose the
length first, since every rate depends on it. PyTorch and fastai call it
``OneCycleLR`` and ``fit_one_cycle``. The idea is from Smith and Topin (2017,
`arXiv:1708.07120 <https://arxiv.org/abs/1708.07120>`_): a low rate lets
training begin to converge, the high rate makes fast progress where the loss is
flat and regularizes the model, and a low rate at the end lets the weights
settle.
"""

from lr_scheduler import PiecewiseScheduler, one_cycle, plot

scheduler = one_cycle(1000, 300, base_lr=0.1)
plot(scheduler, title="Up until iteration 300, down until 1000")

# %%
# ``one_cycle(1000, 300)`` rises for 300 of 1000 iterations. It starts at
# the peak / 25 and ends at the peak / 250,000:

print("iteration | rate")
# -> iteration | rate
for t in (0, 150, 300, 650, 1000):
    print(f"{t:9} | {scheduler(t):.7f}")
# ->         0 | 0.0040000
#          150 | 0.0520000
#          300 | 0.1000000
#          650 | 0.0500002
#         1000 | 0.0000004

# %%
# Move the peak, draw lines instead of cosines, or set the ends:

late = one_cycle(1000, 500, base_lr=0.1)
straight = one_cycle(1000, 300, base_lr=0.1, mode="linear")
high = one_cycle(
    1000,
    300,
    base_lr=0.1,
    warmup_begin_lr=0.05,
    final_lr=0.025,
)

# sphinx_gallery_thumbnail_number = 2
ax = plot(late, label="peak at 500")
plot(straight, ax=ax, label="linear")
plot(
    high,
    ax=ax,
    label="other ends",
    title="Another peak, another shape, other ends",
)

# %%
# The paper's cycle has **three phases** of straight lines: up, down for as
# long, and on to almost 0. Write it as a ``PiecewiseScheduler``: give the rates
# at four iterations, the *knots*, and it draws a line from knot to knot.

values = [0.004, 0.1, 0.004, 4e-7]
three = PiecewiseScheduler([0, 450, 900, 1000], values)
ax = plot(scheduler, label="two phases, cosine")
plot(
    three,
    ax=ax,
    label="three phases, linear",
    title="The third phase begins at iteration 900",
)

# %%
# On a log axis the third phase shows:

ax = plot(scheduler, log=True, label="two phases, cosine")
plot(
    three,
    ax=ax,
    label="three phases, linear",
    title="The rate ends at a 250,000th of its peak",
)

# %%
# In a formula, :math:`w` is the iteration of the peak :math:`\eta_0` and
# :math:`T` the end:
#
# .. math::
#
#    \eta_t = \begin{cases}
#    \eta_0 + (\eta_b - \eta_0) \, (1 + \cos(\pi t / w)) / 2
#    & t \le w \\
#    \eta_T + (\eta_0 - \eta_T) \,
#    (1 + \cos(\pi (t - w) / (T - w))) / 2 & t \ge w
#    \end{cases}
#
# Momentum often moves against the rate: see :doc:`plot_20_other`.
#
# .. 25 = 0.1 / 0.004
# .. 250,000 = 0.1 / 4e-7
