r"""
Warmup-stable-decay (WSD): hold the rate, decay at the end
==========================================================

Use WSD when you do not know yet how long to train. The learning rate rises,
holds and falls only in the last iterations, so you can train on from any
checkpoint before the decay, or stop early and decay from there. Many language
models are trained this way; the name is from Hu et al. (2024,
`arXiv:2404.06395 <https://arxiv.org/abs/2404.06395>`_).
"""

from lr_scheduler import (
    CosineScheduler,
    cooldown,
    plot,
    warmup_stable_decay,
)

warm = {"base_lr": 3e-4, "warmup_steps": 100}
scheduler = warmup_stable_decay(1000, 200, **warm)
longer = warmup_stable_decay(1400, 200, **warm)
ax = plot(longer, 1400, label="until 1400")
plot(
    scheduler,
    1400,
    ax=ax,
    label="until 1000",
    title="One run until iteration 800, two ends",
)

# %%
# Up to iteration 800 the two schedules agree, so the longer training starts
# from the shorter one's checkpoint:

print("iteration | until 1000 | until 1400")
# -> iteration | until 1000 | until 1400
for t in (100, 800, 801, 1000):
    print(f"{t:9} | {scheduler(t):10.7f} | {longer(t):10.7f}")
# ->       100 |  0.0003000 |  0.0003000
#          800 |  0.0003000 |  0.0003000
#          801 |  0.0002985 |  0.0003000
#         1000 |  0.0000000 |  0.0003000

# %%
# A cosine needs its end from the start. Halfway to iteration 1000, the cosine
# that ends at 1400 is already far above the other:

cosine = CosineScheduler(1000, base_lr=3e-4)
ax = plot(cosine.replace(max_update=1400), label="until 1400")
plot(
    cosine,
    ax=ax,
    label="until 1000",
    title="Two cosines differ from the first iteration",
)

# %%
# Choose the shape of the decay
# -----------------------------
#
# ``mode`` is the shape of the decay. Hägele et al. (2024, `arXiv:2405.18392
# <https://arxiv.org/abs/2405.18392>`_) found ``"1-sqrt"`` better than
# ``"linear"``. It falls steeply at first:

# sphinx_gallery_thumbnail_number = 3
ax = None
for mode in ("cosine", "linear", "1-sqrt"):
    decay = warmup_stable_decay(1000, 400, mode=mode, **warm)
    ax = plot(decay, ax=ax, label=mode)
ax.set_title("1-sqrt leaves the peak at once, a cosine lingers")

# %%
# There are three more shapes. An ``"exponential"`` decay divides the rate by
# the same number in every iteration. In an ``"inverse"`` decay the inverse of
# the rate grows by the same amount. These two need a ``final_lr`` above 0. A
# number :math:`p`, such as ``mode=2``, is the shape :math:`1 - u^p`, where
# :math:`u` is the fraction of the decay so far. It falls to ``final_lr``, which
# may be 0.

ax = None
for mode in (2, "exponential", "inverse"):
    decay = warmup_stable_decay(
        1000,
        400,
        mode=mode,
        final_lr=3e-6,
        **warm,
    )
    ax = plot(decay, ax=ax, label=f"mode={mode}", start=550, log=True)
    print(f"{mode:>11}, halfway: {decay(800):.3g}")
# ->           2, halfway: 0.000226
#    exponential, halfway: 3e-05
#        inverse, halfway: 5.94e-06
ax.set_title("On a log axis the exponential decay is a line")

# %%
# Stop early, from any checkpoint
# -------------------------------
#
# A run need not end where you planned. ``cooldown`` follows the schedule to
# the iteration of your checkpoint and decays from there. Here one run ends
# from three checkpoints, each in 200 more iterations:

ax = plot(scheduler, 1000, label="as planned")
for at in (200, 400, 600):
    early = cooldown(scheduler, at, 200)
    ax = plot(early, 1000, ax=ax, label=f"from {at}")
ax.set_title("Three early ends of one run")

# %%
# The rate starts to fall in the iteration after the checkpoint:

early = cooldown(scheduler, 400, 200)
[round(early(t), 7) for t in (400, 401, 500, 600)]
# -> [0.0003, 0.0002985, 0.00015, 0.0]

# %%
# In a formula, :math:`d` is the length of the decay and :math:`g` its shape:
#
# .. math::
#
#    \eta_t = \begin{cases}
#    \eta_b + (\eta_0 - \eta_b) \, t / w & t \le w \\
#    \eta_0 & w \le t \le T - d \\
#    \eta_T + (\eta_0 - \eta_T) \, g((t - T + d) / d) & T - d \le t \le T
#    \end{cases}
