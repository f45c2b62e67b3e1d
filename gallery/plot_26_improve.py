"""
A schedule that a law prefers: gradient descent on the rates
============================================================

Which learning rates would be best? A law that predicts the loss from the rates
can answer. Describe the schedule by 20 knots, take the gradient of the
predicted loss with respect to the knots, and descend. Luo et al. (2025,
`arXiv:2503.12811 <https://arxiv.org/abs/2503.12811>`_) optimized every single
rate this way, and a schedule grew that resembles warmup-stable-decay (WSD).

.. image:: /gallery/images/sphx_glr_plot_26_improve_001.svg
   :alt: A constant rate turns into a WSD schedule: it rises to the peak, then its end falls.
   :class: sphx-glr-single-img

.. 400: MultiPowerLaw, README, best parameters

The law
-------

We take the multi-power law for a language model of 400 million parameters; see
:doc:`plot_25_law` for the formula and for its errors. The function also
returns the derivative of the loss with respect to each rate. At a rate of 0
the law is infinitely steep, so the lowest rate is 1e-10, as in the authors'
code.
"""

import numpy as np

from lr_scheduler import CosineScheduler, PiecewiseScheduler, plot

L0, A, alpha = 2.37474466, 0.65421216, 0.42878731
B, C, beta, gamma = 523.42464371, 2.02462735, 0.59350493, 0.63472457


def law(rates):
    """Return the predicted loss, and its derivative by each rate."""
    rates = np.maximum(rates, 1e-10)
    changes = np.diff(rates, prepend=0)
    left = np.cumsum(rates[::-1])[::-1]  # the sum of the rates from here on
    scales = C * rates**-gamma
    powers = (1 + scales * left) ** -beta
    loss = L0 + A * left[0] ** -alpha + B * changes @ (1 - powers)

    by_left = B * changes * beta * powers / (1 + scales * left) * scales
    gradient = np.cumsum(by_left) - gamma * by_left * left / rates
    gradient -= alpha * A * left[0] ** (-alpha - 1)
    gradient -= B * np.diff(1 - powers, append=0)
    return loss, gradient


# %%
# Twenty knots
# ------------
#
# A knot is a fraction of the peak, from 0 to 1. The first knot ends the
# warm-up, the others are spread evenly, and the rate is linear in between:

peak = 3e-4
times = np.linspace(2160, 24_000, 20)


def schedule(knots):
    """Return a schedule with these fractions of the peak at the knots."""
    return PiecewiseScheduler([0, *times], [0, *(peak * knots)])


half = schedule(np.full(20, 0.5))
half(1080), half(2160), half(24_000)
# -> (7.5e-05, 0.00015, 0.00015)

# %%
# A change of one knot changes the rates around it. These changes are the rates
# of a schedule with one knot of 1 and the others 0. With them, derivatives by
# the rates become derivatives by the knots:


def by_knots(law, schedule, last):
    """Return a law as a function of the knots of a schedule."""
    t = np.arange(1, last + 1)
    changes = np.array([schedule(knot)(t) for knot in np.eye(20)])

    def objective(knots):
        loss, gradient = law(knots @ changes)
        return loss, changes @ gradient

    return objective


# %%
# Check a derivative: raise one knot a little, and lower it a little.

objective = by_knots(law, schedule, 24_000)
knots = np.linspace(1, 0.1, 20)
step = 1e-6 * np.eye(20)[10]
higher, lower = objective(knots + step)[0], objective(knots - step)[0]
print(f"by differences: {(higher - lower) / 2e-6:.6f}")
# -> by differences: -0.013342
print(f"by the formula: {objective(knots)[1][10]:.6f}")
# -> by the formula: -0.013342

# %%
# Descend
# -------
#
# A step goes down the gradient, and back into the range from 0 to 1. Its size
# is the inverse of the curvature along the last step (Barzilai and Borwein,
# 1988). If the loss does not fall, the step is shortened:


def improve(objective, knots, steps):
    """Return the knots and the losses after 0, 1, 2, ... steps."""
    loss, gradient = objective(knots)
    path, size = [(knots, loss)], 1
    for _ in range(steps):
        lower = np.inf
        while not lower < loss:
            tried = np.clip(knots - size * gradient, 0, 1)
            lower, slope = objective(tried)
            size /= 4
        moved, bent = tried - knots, slope - gradient
        size = 100
        if moved @ bent > 0:
            size = min(moved @ moved / (moved @ bent), 100)
        knots, loss, gradient = tried, lower, slope
        path.append((knots, loss))
    return path


path = improve(objective, np.full(20, 0.5), 160)
print("step | loss   | the last five knots")
# -> step | loss   | the last five knots
for step in (0, 1, 2, 160):
    knots, loss = path[step]
    print(f"{step:4} | {loss:.4f} | {knots[-5:].round(1)}")
# ->    0 | 2.8379 | [0.5 0.5 0.5 0.5 0.5]
#       1 | 2.8171 | [0.5 0.5 0.5 0.5 0.4]
#       2 | 2.6923 | [1.  1.  1.  0.6 0. ]
#     160 | 2.6894 | [1.  1.  0.8 0.2 0. ]

# %%
# After two steps most knots are at the peak, and the last is at 0. The other
# steps shape the decay: it starts a little earlier, and falls steeply at first.
#
# The picture
# -----------

ax = None
for step in (0, 1, 2, 160):
    label = f"step {step}"
    ax = plot(schedule(path[step][0]), 24_000, ax=ax, label=label)
ax.set_title("A WSD schedule grows out of a constant")

# %%
# Another law, another schedule
# -----------------------------
#
# Ask the noisy quadratic of :doc:`plot_24_noise` for the best 1000 rates of at
# most 1. Its derivatives come from going back through the iterations. There,
# ``by_mean`` and ``by_variance`` are the derivatives of the last loss:

curvature = 1 / np.arange(1, 201)


def quadratic(rates):
    """Return the expected loss, and its derivative by each rate."""
    states = [(np.ones(200), np.zeros(200))]
    for rate in rates:
        mean, variance = states[-1]
        shrink = 1 - rate * curvature
        noise = rate**2 * 0.3 * curvature
        states.append((shrink * mean, shrink**2 * variance + noise))
    mean, variance = states.pop()
    loss = curvature @ (mean**2 + variance) / 2

    by_mean, by_variance = curvature * mean, curvature / 2
    gradient = np.empty(len(rates))
    for k in reversed(range(len(rates))):
        mean, variance = states[k]
        shrink = 1 - rates[k] * curvature
        more = 0.6 * rates[k] - 2 * shrink * variance
        gradient[k] = curvature @ (by_variance * more - by_mean * mean)
        by_mean, by_variance = by_mean * shrink, by_variance * shrink**2
    return loss, gradient


def on_quadratic(knots):
    """Return a schedule with these rates at the knots."""
    return PiecewiseScheduler(np.linspace(0, 1000, 20), knots)


objective = by_knots(quadratic, on_quadratic, 1000)
path = improve(objective, np.full(20, 0.5), 50)

cosine = CosineScheduler(1000, base_lr=1)
loss, _ = quadratic(cosine(np.arange(1, 1001)))
print(f"cosine:  {loss:.3f}")
# -> cosine:  0.056
for step in (0, 2, 50):
    print(f"step {step:2}: {path[step][1]:.3f}")
# -> step  0: 0.240
#    step  2: 0.096
#    step 50: 0.047

# %%
# The quadratic wants a longer decay than the law, and a low rate for many
# iterations:

ax = plot(cosine, label="cosine")
plot(
    on_quadratic(path[50][0]),
    1000,
    ax=ax,
    label="step 50",
    title="The quadratic wants a long, low tail",
)

# %%
# So the best schedule depends on the law. Luo et al. trained with theirs, and
# it beat the cosine. Before you trust a law, compare it with real runs, as in
# :doc:`plot_25_law`.
