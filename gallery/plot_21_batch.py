r"""
A batch that grows: count tokens
================================

Large language models are planned in tokens, and often start with a small
batch. GPT-3 warmed up for 375 million tokens and decayed until 260 billion
(Brown et al., 2020), `arXiv:2005.14165 <https://arxiv.org/abs/2005.14165>`_,
appendix B. Its batch grew from 32,000 tokens to 3.2 million in the first
billions of tokens. A ``BatchClock`` counts the tokens :math:`\tau(t)` after
:math:`t` optimizer steps, and ``over`` evaluates the token schedule at that
count:

.. math:: \eta^\prime_t = \eta_{\tau(t)}

Use it when the batch size changes during training.

.. 4: Brown et al., appendix B
.. 3.2: Brown et al., table 2.1
.. 100 = 99 + 1
"""

import numpy as np

from lr_scheduler import BatchClock, CosineScheduler, plot

million, billion = 10**6, 10**9
tokens = CosineScheduler(
    260 * billion,
    base_lr=6e-5,
    final_lr=0.1 * 6e-5,
    warmup_steps=375 * million,
)

# %%
# The batch grew linearly in the first 4 to 12 billion tokens, depending on
# the model. We take 12 billion for the largest model, and 100 batch sizes.
# Each but the last gets the same number of tokens:

sizes = 32_000 * np.arange(1, 101)
share = 12 * billion / 99
iterations = np.round(share / sizes[:-1])
boundaries = np.cumsum(iterations.astype(int))
clock = BatchClock(sizes, boundaries)
iterations[:3].tolist(), boundaries[-1].item()
# -> ([3788.0, 1894.0, 1263.0], 19610)

# %%
# The clock after the third batch size, and by hand:

clock(boundaries[2]), 32_000 * (3788 + 2 * 1894 + 3 * 1263)
# -> (363680000, 363680000)

# %%
# The fourth batch size has 128,000 tokens. So the warm-up of 375 million
# ends 89 iterations later, at iteration 7034. With full batches from the
# start it would end at iteration 118:

scheduler = tokens.over(clock)
full = tokens.over(BatchClock([3_200_000]))
first = np.arange(10_000)
left = 375 * million - clock(boundaries[2])
print("by hand:", boundaries[2], "+", np.ceil(left / 128_000))
# -> by hand: 6945 + 89.0
print("grows:", scheduler(first).argmax(), "full:", full(first).argmax())
# -> grows: 7034 full: 118

# %%
ax = plot(scheduler, 10_000, label="a batch that grows")
ax = plot(full, 10_000, ax=ax, label="3.2 million tokens from the start")
_ = ax.set_title("375 million tokens of warm-up, in iterations")

# %%
# Each straight piece of the warm-up has one batch size. The clock itself:

ax = plot(clock, 10_000)
_ = ax.set(title="Tokens after each iteration", ylabel="Tokens")

# %%
# With the growing batch, 260 billion tokens take 15,861 more iterations:

scheduler.end, full.end, scheduler.end - full.end
# -> (97111, 81250, 15861)
