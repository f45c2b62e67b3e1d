r"""
Reduce on plateau: lower the rate when the loss levels off
==========================================================

A constant rate trains until the noise of the batches takes over; then the
loss levels off. A ``PlateauRule`` watches the loss, and lowers the rate by
a factor when the loss stops improving. Use it when you cannot plan the
length of the training, but can measure a validation loss.
:doc:`/how-to/plateau` uses the rule in PyTorch, Lightning and JAX, and has
PyTorch's own ``ReduceLROnPlateau``.
"""

from lr_scheduler import PiecewiseScheduler, PlateauRule, plot

rule = PlateauRule(factor=0.5, patience=2)
schedule = PiecewiseScheduler([0, 20], [0, 0.5])  # warm up, then stay

# %%
# The loss is :math:`\theta^2 / 2`, whose gradient is the weight
# :math:`\theta`. Batches disagree: each moves the gradient up or down by 1.
# Measure the loss after every 10 optimizer steps, and pass it to the rule
# with the state. The rule returns the next state, whose ``scale`` multiplies
# the schedule:

state = rule.start()
weight, rates, losses, drops = 4.0, [], [], []
for t in range(1, 301):
    rates.append(state.scale * schedule(t))
    weight -= rates[-1] * (weight + (-1) ** t)
    if t % 10 == 0:
        losses.append(weight**2 / 2)
        before, state = state, rule(state, losses[-1])
        if state.scale < before.scale:
            drops.append(t)
drops, state.scale
# -> ([60, 130, 240], 0.125)

# %%
# By hand: with a rate :math:`\eta` the weight ends up swinging between
# :math:`\pm \eta / (2 - \eta)`. The measured loss levels off at half the
# square of that. The losses when the rule lowers the rate:

reached = [losses[t // 10 - 1] for t in drops]
limits = [(rate / (2 - rate)) ** 2 / 2 for rate in (0.5, 0.25, 0.125)]
print("reached:", *(f"{loss:.4f}" for loss in reached))
# -> reached: 0.0556 0.0102 0.0022
print("by hand:", *(f"{loss:.4f}" for loss in limits))
# -> by hand: 0.0556 0.0102 0.0022

# %%
ax = plot(lambda t: rates[t - 1], 300, label="scale * schedule")
_ = ax.set_title("Half the rate after three losses without improvement")

# %%
# Two bad losses are allowed, and the third lowers the rate. To resume a
# run, save the state, whose fields are plain data:

from dataclasses import asdict

from lr_scheduler import PlateauState

saved = asdict(state)
PlateauState(**saved).scale
# -> 0.125
