r"""
Step decay (StepLR): drop the rate every n iterations
=====================================================

Use step decay when training has no fixed end but the rate should still fall:
the rate holds for a step, then drops by a factor, again and again. Here it is
``FactorScheduler``, in PyTorch ``StepLR``.
"""

from lr_scheduler import FactorScheduler, plot

scheduler = FactorScheduler(base_lr=0.1, step=250, factor=0.5)
plot(scheduler, 1000, title="After each step of 250 iterations the rate is halved")

# %%
# The last iteration of a step still has the old rate. The next iteration has
# the new one:

[scheduler(t) for t in (250, 251, 500, 501, 750, 751)]
# -> [0.1, 0.05, 0.05, 0.025, 0.025, 0.0125]

# %%
# Drop more often, by less, and the curve is smoother. ``stop_factor_lr`` is a
# floor: the rate falls to 0.03 and stays there.

gentle = scheduler.replace(step=125, factor=0.75, stop_factor_lr=0.03)
print("iteration | rate")
# -> iteration | rate
for t in (125, 126, 251, 376, 501, 626):
    print(f"{t:9} | {gentle(t):.4f}")
# ->       125 | 0.1000
#          126 | 0.0750
#          251 | 0.0563
#          376 | 0.0422
#          501 | 0.0316
#          626 | 0.0300

# %%
# On a log axis, every drop by the same factor has the same height:

# sphinx_gallery_thumbnail_number = 2
ax = plot(scheduler, 1000, log=True, label="half, every 250")
plot(
    gentle,
    1000,
    ax=ax,
    label="times 0.75, every 125",
    title="Small drops reach the floor before large drops do",
)

# %%
# In a formula, :math:`s` is the step, :math:`\alpha` the factor and :math:`f`
# the floor, which is tiny unless you set it:
#
# .. math::
#
#    \eta_t = \max\!\left(
#    \eta_0 \, \alpha^{\lfloor (t - 1) / s \rfloor},\ f \right)
