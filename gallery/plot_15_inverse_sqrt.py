r"""
Inverse square root (Noam): decay without an end
================================================

Use the inverse square root when training has no fixed end but the learning
rate should still fall. It is the schedule of the Transformer, often called
*Noam* after Noam Shazeer, one of the authors (Vaswani et al., 2017,
`arXiv:1706.03762 <https://arxiv.org/abs/1706.03762>`_).
"""

from lr_scheduler import PowerScheduler, inverse_sqrt, plot

width, warmup = 512, 4000
noam = inverse_sqrt(warmup, base_lr=(width * warmup) ** -0.5)
plot(
    noam,
    100_000,
    title="The Transformer: up for 4000 iterations, then down",
)

# %%
# After the warm-up, four times the iterations have half the rate:

print("iteration | rate")
# -> iteration | rate
for t in (1000, 4000, 16_000, 64_000):
    print(f"{t:9} | {noam(t):.6f}")
# ->      1000 | 0.000175
#         4000 | 0.000699
#        16000 | 0.000349
#        64000 | 0.000175

# %%
# The paper writes the schedule with the model's width :math:`d` and no peak:
# :math:`\min(1 / \sqrt{t}, \, t / (w \sqrt{w})) / \sqrt{d}`. Its peak, at
# iteration :math:`w`, is :math:`1 / \sqrt{d w}`, which is the ``base_lr``
# above.
#
# In a formula with the peak :math:`\eta_0`:
#
# .. math::
#
#    \eta_t = \begin{cases}
#    \eta_b + (\eta_0 - \eta_b) \, t / w & t < w \\
#    \eta_0 \sqrt{w / t} & t \ge w
#    \end{cases}
#
# Other powers
# ------------
#
# ``PowerScheduler`` has any power :math:`p`, and a length :math:`s` that slows
# the decay: :math:`\eta_0 \, (1 + (t - w) / s)^{-p}`. With :math:`s = w` and
# a power of 0.5 it is the inverse square root.

# sphinx_gallery_thumbnail_number = 2
warm = {"base_lr": 1e-3, "warmup_steps": 100}
ax = None
for p in (0.5, 1, 2):
    power = PowerScheduler(100, pwr=p, **warm)
    ax = plot(power, 10_000, ax=ax, label=f"pwr={p}", log=True)
ax.set(xscale="log", title="On log axes, the power is the slope")

# %%
# A longer ``decay_steps`` keeps the rate up for longer:

ax = None
for steps in (1000, 300, 100):
    power = PowerScheduler(steps, **warm)
    ax = plot(power, 1000, ax=ax, label=f"decay_steps={steps}")
ax.set_title("The longer decay_steps, the slower the decay")
