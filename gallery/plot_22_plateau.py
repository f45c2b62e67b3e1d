r"""
Reduce on plateau: wait until the loss levels off
=================================================

Use a plateau rule when you cannot plan the length of training but can measure
a validation loss. At a constant rate the loss falls until the noise of the
batches takes over, then levels off. A ``PlateauRule`` watches the loss and
lowers the learning rate when it stops improving. For PyTorch,
Lightning, Keras and JAX see :doc:`/how-to/plateau`.
"""

from lr_scheduler import PiecewiseScheduler, PlateauRule, plot

rule = PlateauRule(factor=0.5, patience=2)
schedule = PiecewiseScheduler([0, 20], [0, 0.5])  # warm up, then hold

# %%
# Measure the loss, here after every 10 iterations, and pass it to the rule with
# the state. The rule returns the next state, whose ``scale`` multiplies the
# schedule. Here the loss is
# :math:`\theta^2 / 2`, so the gradient is the weight :math:`\theta`, and the
# noise moves the gradient up or down by 1:

state = rule.start()
weight, rates, measured = 4.0, [], []
print("iteration | loss   | the rule sets scale to")
# -> iteration | loss   | the rule sets scale to
for t in range(1, 301):
    rates.append(state.scale * schedule(t))
    weight -= rates[-1] * (weight + (-1) ** t)
    if t % 10 == 0:
        measured.append(weight**2 / 2)
        scale = state.scale
        state = rule(state, measured[-1])
        if state.scale < scale:
            print(f"{t:9} | {measured[-1]:.4f} | {state.scale}")
# ->        60 | 0.0556 | 0.5
#          130 | 0.0102 | 0.25
#          240 | 0.0022 | 0.125

# %%
# The rule allows two losses without improvement, and the third lowers the
# rate:

plot(
    lambda t: rates[t - 1],
    300,
    label="scale * schedule",
    title="The rate halves whenever the loss levels off",
)

# %%
# Each lower rate lets the loss fall to a lower level:

# sphinx_gallery_thumbnail_number = 2
ax = plot(
    lambda t: measured[(t - 1) // 10],
    300,
    label="measured loss",
    log=True,
    title="The loss levels off lower after every drop",
)
ax.set_ylabel("Loss")

# %%
# By hand: at a rate :math:`\eta` the weight ends up swinging between
# :math:`\pm \eta / (2 - \eta)`, so the measured loss levels off at half the
# square of that:

for rate in (0.5, 0.25, 0.125):
    print(f"rate {rate:5}: loss {(rate / (2 - rate)) ** 2 / 2:.4f}")
# -> rate   0.5: loss 0.0556
#    rate  0.25: loss 0.0102
#    rate 0.125: loss 0.0022

# %%
# To resume a run, save the state. Its fields are plain data:

from dataclasses import asdict

from lr_scheduler import PlateauState

saved = asdict(state)
PlateauState(**saved).scale
# -> 0.125
