r"""
Decay along a polynomial
========================

``PolyScheduler`` follows a power :math:`p` of the share of
iterations that is left, and reaches the final rate :math:`\eta_T` at iteration
:math:`T`:

.. math:: \eta_t = \eta_T + (\eta_0 - \eta_T) (1 - t / T)^p

Use it when the length of the training is settled and you want to choose
how the rate comes down. Here it is a parabola, ``pwr=2``, from 1 at
iteration 0, before the first optimizer step, to 0.001 at iteration 800.
"""

from lr_scheduler import PolyScheduler, plot

scheduler = PolyScheduler(base_lr=1, final_lr=1e-3, max_update=800, pwr=2)
ax = plot(scheduler, 1000)
_ = ax.set_title("A parabola that arrives at 0.001 with iteration 800")

# %%
# Iteration 0, before the first optimizer step, has a rate of 1; iteration
# 1 has a little less already. Half-way a quarter of the fall remains, and
# from iteration 800 on the rate stays where it is:

[round(scheduler(t), 5) for t in (0, 1, 400, 800, 801, 1000)]
# -> [1.0, 0.9975, 0.25075, 0.001, 0.001, 0.001]

# %%
# The power bends the curve: 1 is a straight line, less than 1 holds the
# rate up and drops late, more than 1 drops early and ends gently.

powers = [0.5, 1, 2, 4]
[round(scheduler.replace(pwr=pwr)(400), 5) for pwr in powers]
# -> [0.7074, 0.5005, 0.25075, 0.06344]

# %%
ax = None
for pwr in powers:
    ax = plot(scheduler.replace(pwr=pwr), 1000, ax=ax, label=f"pwr={pwr}")
_ = ax.set_title("From 1 to 0.001 along four powers")
