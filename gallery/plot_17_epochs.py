r"""
Count in epochs: stretch a schedule to your batches
===================================================

Recipes often count epochs, and optimizers count iterations. Write the
schedule in epochs as the recipe has it, then stretch it by the number of
batches per epoch. Use ``hold=True`` for a recipe that sets the learning rate
once per epoch.
"""

from lr_scheduler import CosineScheduler, MultiFactorScheduler, plot

batches = 250
epochs = CosineScheduler(4, base_lr=0.1)
smooth = epochs.stretch(batches)
held = epochs.stretch(batches, hold=True)
ax = plot(smooth, 1000, label="smooth")
plot(
    held,
    1000,
    ax=ax,
    label="hold=True",
    title="A cosine of four epochs, in 1000 iterations",
)

# %%
# Both schedules end an epoch with the same rate. The held one has that rate
# from the first iteration of the epoch:

print("iteration | smooth | held")
# -> iteration | smooth | held
for t in (1, 250, 251, 500):
    print(f"{t:9} | {smooth(t):.4f} | {held(t):.4f}")
# ->         1 | 0.1000 | 0.0854
#          250 | 0.0854 | 0.0854
#          251 | 0.0852 | 0.0500
#          500 | 0.0500 | 0.0500

# %%
# The last epoch holds a rate of 0, so it is wasted. If a recipe counts epochs
# from 0, delay the schedule by an epoch first. Each epoch then holds the rate
# of its start:

# sphinx_gallery_thumbnail_number = 2
from_0 = epochs.delay(1).stretch(batches, hold=True)
ax = plot(from_0, 1000, label="from 0")
plot(
    held,
    1000,
    ax=ax,
    label="from 1",
    title="Counted from 0, the last epoch still trains",
)

# %%
[round(from_0(t), 4) for t in (1, 251, 501, 751)]
# -> [0.1, 0.0854, 0.05, 0.0146]

# %%
# A schedule that drops only after whole epochs needs no ``hold``. This one
# drops after epochs 30 and 60:

milestones = MultiFactorScheduler([30, 60], 0.1, base_lr=0.1)
drops = milestones.stretch(batches)
print("iteration | rate")
# -> iteration | rate
for t in (30 * batches, 30 * batches + 1, 60 * batches + 1):
    print(f"{t:9} | {drops(t):.3f}")
# ->      7500 | 0.100
#         7501 | 0.010
#        15001 | 0.001

# %%
# In a formula, :math:`c` is the number of batches per epoch:
#
# .. math::
#
#    \eta^\prime_t = \eta_{t / c} \quad\text{or, with hold,}\quad
#    \eta^\prime_t = \eta_{\lceil t / c \rceil}
