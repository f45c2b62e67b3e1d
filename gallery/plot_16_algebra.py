r"""
Build a schedule from others: multiply, clip, delay, join
=========================================================

Combine schedules when no scheduler has the curve that you want. Calculate
with them as with numbers, limit the learning rate, start a schedule later or
slow it down, or run one after another. The result is a scheduler again.
"""

from lr_scheduler import (
    FactorScheduler,
    as_scheduler,
    constant,
    join,
    linear,
    plot,
)

line = linear(400, base_lr=1)
schedules = {
    "line.delay(200)": line.delay(200),
    "line.stretch(2)": line.stretch(2),
    "line.clip(0.1, 0.8)": line.clip(0.1, 0.8),
    "0.5 * line + 0.25": 0.5 * line + 0.25,
    "line": line,
}
ax = None
for name, schedule in schedules.items():
    ax = plot(schedule, 1000, ax=ax, label=name)
ax.set_title("One line, and four schedules made from it")

# %%
print("iteration            |    0 |  200 |  400 |  600")
# -> iteration            |    0 |  200 |  400 |  600
for name, schedule in schedules.items():
    rates = [f"{schedule(t):.2f}" for t in (0, 200, 400, 600)]
    print(f"{name:20}", *rates, sep=" | ")
# -> line.delay(200)      | 1.00 | 1.00 | 0.50 | 0.00
#    line.stretch(2)      | 1.00 | 0.75 | 0.50 | 0.25
#    line.clip(0.1, 0.8)  | 0.80 | 0.50 | 0.10 | 0.10
#    0.5 * line + 0.25    | 0.75 | 0.50 | 0.25 | 0.25
#    line                 | 1.00 | 0.50 | 0.00 | 0.00

# %%
# Multiply and join
# -----------------
#
# Multiply a line by a step schedule, and the product falls and drops. ``join``
# runs schedules one after another, each from its own start; a number is a
# constant rate:

# sphinx_gallery_thumbnail_number = 2
product = FactorScheduler(100, 0.5, base_lr=1) * line
joined = join([0.5, 1, line], [100, 500])
ax = plot(joined, 1000, label="join")
plot(
    product,
    1000,
    ax=ax,
    label="product",
    title="A line with drops, and a line after two constants",
)

# %%
[joined(t) for t in (100, 101, 500, 700)]
# -> [0.5, 1, 1, 0.5]

# %%
# Use a function, or a schedule as a limit
# ----------------------------------------
#
# ``constant`` is one rate for every iteration. ``as_scheduler`` turns a
# function into a scheduler, so that operators and methods work. A limit of
# ``clip`` may be a schedule too, here the line:

flat = constant(0.5)
falling = 1 / as_scheduler(lambda t: 1 + t / 100) ** 0.5
ax = plot(flat, 1000)
plot(falling, 1000, ax=ax, label="inverse square root")
plot(
    falling.clip(high=line),
    ax=ax,
    label="at most the line",
    title="The line cuts the curve off",
)

# %%
# The ``repr`` is an expression that makes an equal scheduler. A line is a
# ``PolyScheduler``:

0.5 * line + 0.25
# -> 0.5 * PolyScheduler(max_update=400, base_lr=1, pwr=1) + 0.25

# %%
# In formulas:
#
# .. math::
#
#    \begin{aligned}
#    \text{clip}(l, h)\quad & \eta^\prime_t = \min(\max(\eta_t, l), h) \\
#    \text{delay}(n)\quad & \eta^\prime_t = \eta_{\max(t - n, 0)} \\
#    \text{stretch}(c)\quad & \eta^\prime_t = \eta_{t / c}
#    \end{aligned}
