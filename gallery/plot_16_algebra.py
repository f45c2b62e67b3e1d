r"""
Build a schedule from others
============================

The operators ``+``, ``-``, ``*``, ``/`` and ``**`` calculate with rates:
with numbers, functions and other schedules. Methods limit the rate,
begin a schedule earlier or later, or slow it down:

.. math::

   \begin{aligned}
   \text{clip}(l, h)\quad & \eta^\prime_t = \min(\max(\eta_t, l), h) \\
   \text{delay}(n)\quad & \eta^\prime_t = \eta_{\max(t - n, 0)} \\
   \text{stretch}(c)\quad & \eta^\prime_t = \eta_{t / c}
   \end{aligned}

Use them when no scheduler has the curve that you want. What they make
is a scheduler again.
"""

from lr_scheduler import FactorScheduler, as_scheduler, constant, join, linear, plot

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
# Multiply the line by a schedule that halves every 100 iterations, and the
# product drops too. ``join`` puts schedules in a row, each from its own
# start; a number is a constant rate:

product = FactorScheduler(100, 0.5, base_lr=1) * line
joined = join([0.5, 1, line], [100, 500])
[product(t) for t in (100, 200)], [joined(t) for t in (100, 101, 700)]
# -> ([0.75, 0.25], [0.5, 1, 0.5])

# %%
ax = plot(product, 1000, label="product")
ax = plot(joined, ax=ax, label="join")
_ = ax.set_title("A line that also drops, and a line after two constants")

# %%
# ``constant`` is the same rate at every iteration. ``as_scheduler`` makes
# a scheduler of a number or a function, so that operators and methods
# work on it:

flat = constant(0.5)
inverse_time = 1 / as_scheduler(lambda t: 1 + t / 100)
falling = inverse_time**0.5
[flat(t) for t in (0, 300)], [inverse_time(t) for t in (0, 100, 300)]
# -> ([0.5, 0.5], [1.0, 0.5, 0.25])

# %%
# The square root halves the rate later, at iteration 300. A limit of
# ``clip`` may be a schedule too, here a line:

ax = plot(flat, 1000)
ax = plot(falling, 1000, ax=ax, label="inverse square root")
ax = plot(falling.clip(high=line), ax=ax, label="at most the line")
_ = ax.set_title("A constant, a function, and a limit that moves")
falling(300), falling.clip(high=line)(300)
# -> (0.5, 0.25)

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
