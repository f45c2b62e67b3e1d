r"""
Build a schedule from others
============================

Schedulers add and multiply, with numbers and with each other. Methods
limit the rate, begin a schedule earlier or later, or slow it down:

.. math::

   \begin{aligned}
   \text{clip}(l, h)\quad & \eta^\prime_t = \min(\max(\eta_t, l), h) \\
   \text{delay}(n)\quad & \eta^\prime_t = \eta_{\max(t - n, 0)} \\
   \text{stretch}(c)\quad & \eta^\prime_t = \eta_{t / c}
   \end{aligned}

Use them when no scheduler has the curve that you want. What they make
is a scheduler again.
"""

from lr_scheduler import FactorScheduler, join, linear, plot

line = linear(400, base_lr=1)
made = {
    "line": line,
    "0.5 * line + 0.25": 0.5 * line + 0.25,
    "line.clip(0.1, 0.8)": line.clip(0.1, 0.8),
    "line.delay(200)": line.delay(200),
    "line.stretch(2)": line.stretch(2),
}
ax = None
for name, each in made.items():
    ax = plot(each, 1000, ax=ax, label=name)
_ = ax.set_title("A line from 1 to 0, and four made of it")

# %%
# Their rates at iterations 0, 200, 400 and 600:

for name, each in made.items():
    print(f"{name:20}", *(f"{each(t):.2f}" for t in (0, 200, 400, 600)))
# -> line                 1.00 0.50 0.00 0.00
#    0.5 * line + 0.25    0.75 0.50 0.25 0.25
#    line.clip(0.1, 0.8)  0.80 0.50 0.10 0.10
#    line.delay(200)      1.00 1.00 0.50 0.00
#    line.stretch(2)      1.00 0.75 0.50 0.25

# %%
# Times a schedule that halves after every 100 iterations, the line also
# drops. ``join`` puts schedules in a row, each from its own start; a
# number is a constant rate:

product = FactorScheduler(100, 0.5, base_lr=1) * line
joined = join([0.5, 1, line], [100, 500])
[product(t) for t in (100, 200)], [joined(t) for t in (100, 101, 700)]
# -> ([0.75, 0.25], [0.5, 1, 0.5])

# %%
ax = plot(product, 1000, label="product")
ax = plot(joined, ax=ax, label="join")
_ = ax.set_title("A line that also drops, and one after two rates")

# %%
# Nesting changes no rate. But ``==`` compares expressions, and these
# are two:

nested = join([join([0.5, 1], [100]), line], [500])
all(nested(t) == joined(t) for t in range(1001)), nested == joined
# -> (True, False)

# %%
# The ``repr`` is an expression that makes an equal scheduler; a line is
# a ``PolyScheduler``:

made["0.5 * line + 0.25"]
# -> 0.5 * PolyScheduler(max_update=400, base_lr=1, pwr=1) + 0.25
