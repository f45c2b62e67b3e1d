r"""
Cosine annealing: a smooth decay, nothing to tune
=================================================

Use cosine annealing when you know how long you train. It is the usual
schedule for training from scratch: the rate stays near its peak, falls
fastest halfway and ends gently, and there is no exponent to tune.
"""

from lr_scheduler import CosineScheduler, PolyScheduler, plot

scheduler = CosineScheduler(base_lr=1, final_lr=1e-3, max_update=800)
line = PolyScheduler(base_lr=1, final_lr=1e-3, max_update=800, pwr=1)
ax = plot(scheduler, 1000, label="cosine")
plot(line, 1000, ax=ax, label="line")
plot(
    line.replace(pwr=2),
    1000,
    ax=ax,
    label="parabola",
    title="A cosine stays high for longer, then falls faster",
)

# %%
# The first 100 iterations and the last 100 hardly change the rate. Halfway,
# at iteration 400, half of the drop is done:

print("iteration | rate")
# -> iteration | rate
for t in (0, 100, 400, 700, 800, 1000):
    print(f"{t:9} | {scheduler(t):.4f}")
# ->         0 | 1.0000
#          100 | 0.9620
#          400 | 0.5005
#          700 | 0.0390
#          800 | 0.0010
#         1000 | 0.0010

# %%
# Llama 2 warmed up for 2000 iterations and decayed to 10 % of the peak, which
# was 3e-4 for 7 billion parameters (Touvron et al., 2023, `arXiv:2307.09288
# <https://arxiv.org/abs/2307.09288>`_, section 2.2). It read 2 trillion tokens
# in batches of 4 million, which makes 500,000 iterations:
#
# .. 10 % = 3e-5 / 3e-4
# .. 7: Touvron et al., table 1
# .. 4: Touvron et al., table 1

llama = CosineScheduler(
    base_lr=3e-4,
    final_lr=3e-5,
    max_update=500_000,
    warmup_steps=2000,
)
plot(llama, title="Llama 2: a cosine to a tenth of the peak")

# %%
# After ``max_update`` the rate stays at ``final_lr``. A bare cosine would rise
# again, to 0.1464 at iteration 1000:

from math import cos, pi

round((1 + cos(pi * 1000 / 800)) / 2, 4)
# -> 0.1464

# %%
# In a formula, :math:`T` is ``max_update`` and :math:`\eta_T` is ``final_lr``:
#
# .. math::
#
#    \eta_t = \eta_T + (\eta_0 - \eta_T) \, \frac{1 + \cos(\pi t / T)}{2}
