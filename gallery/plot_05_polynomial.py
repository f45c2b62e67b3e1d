r"""
Linear and polynomial decay: choose the curve
=============================================

Use polynomial decay when you know how long you train and want to choose how
the rate comes down. ``pwr=1`` is linear decay, the usual choice for
fine-tuning; a larger ``pwr`` drops early and ends gently, a smaller one holds
the rate up and drops late.
"""

from lr_scheduler import PolyScheduler, plot

scheduler = PolyScheduler(
    base_lr=1,
    final_lr=1e-3,
    max_update=800,
    pwr=2,
)
ax = None
for pwr in (0.5, 1, 2, 4):
    curve = scheduler.replace(pwr=pwr)
    ax = plot(curve, 1000, ax=ax, label=f"pwr={pwr}")
ax.set_title("The larger the power, the earlier the rate falls")

# %%
# With ``pwr=2`` the curve is a parabola. Halfway a quarter of the drop
# remains; from iteration 800 on the rate stays at 0.001. Iteration 0 is the
# time before the first optimizer step:

print("iteration | rate")
# -> iteration | rate
for t in (0, 1, 400, 800, 1000):
    print(f"{t:9} | {scheduler(t):.5f}")
# ->         0 | 1.00000
#            1 | 0.99750
#          400 | 0.25075
#          800 | 0.00100
#         1000 | 0.00100

# %%
# The rates of the four curves halfway:

for pwr in (0.5, 1, 2, 4):
    print(f"pwr={pwr:<3} | {scheduler.replace(pwr=pwr)(400):.4f}")
# -> pwr=0.5 | 0.7074
#    pwr=1   | 0.5005
#    pwr=2   | 0.2507
#    pwr=4   | 0.0634

# %%
# ``linear`` is short for ``pwr=1``. It decays to 0 unless you set
# ``final_lr``. RoBERTa was fine-tuned along such a line, after a rise in 6 %
# of the iterations (Liu et al., 2019, `arXiv:1907.11692
# <https://arxiv.org/abs/1907.11692>`_):

from lr_scheduler import linear

fine_tuning = linear(5000, base_lr=2e-5, warmup_steps=300)
plot(fine_tuning, title="Fine-tuning: a short rise, then a line to 0")

# %%
# .. 6 % = 300 / 5000
#
# In a formula, the remaining drop is the remaining fraction of iterations,
# raised to the power :math:`p`:
#
# .. math:: \eta_t = \eta_T + (\eta_0 - \eta_T) (1 - t / T)^p
