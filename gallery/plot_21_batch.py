r"""
Growing batch size (batch-size warm-up): count tokens
=====================================================

Large language models are planned in tokens, and often start with a small
batch that grows. Write the schedule in tokens. A ``BatchClock`` counts the
tokens that each iteration has read, and ``over`` turns the token schedule into
one of iterations. Use it whenever the batch size changes during training.

GPT-3 warmed up for 375 million tokens and decayed until 260 billion, while
its batch grew from 32,000 tokens to 3.2 million (Brown et al., 2020,
`arXiv:2005.14165 <https://arxiv.org/abs/2005.14165>`_, appendix B):

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
# Each size but the last reads the same number of tokens:

sizes = 32_000 * np.arange(1, 101)
iterations = np.round(12 * billion / 99 / sizes[:-1])
boundaries = np.cumsum(iterations.astype(int))
clock = BatchClock(sizes, boundaries)

scheduler = tokens.over(clock)
full = tokens.over(BatchClock([3_200_000]))
ax = plot(full, 10_000, label="3.2 million from the start")
plot(
    scheduler,
    10_000,
    ax=ax,
    label="growing batch",
    title="Small batches make the warm-up longer",
)

# %%
# The same 375 million tokens of warm-up end at different iterations:

first = np.arange(10_000)
print("growing batch:", scheduler(first).argmax())
# -> growing batch: 7034
print("full batch:   ", full(first).argmax())
# -> full batch:    118

# %%
# By hand: the first three batch sizes take 6945 iterations, and the clock
# then shows 363,680,000 tokens. Batches of 128,000 read the rest:

boundaries[2].item()
# -> 6945

# %%
clock(boundaries[2])
# -> 363680000

# %%
(6945 + np.ceil((375 * million - clock(boundaries[2])) / 128_000).item())
# -> 7034.0

# %%
# The clock runs faster while the batch grows:

# sphinx_gallery_thumbnail_number = 2
ax = plot(
    lambda t: clock(t) / billion,
    30_000,
    label="growing batch",
    title="The growing batch reads ever more per iteration",
)
ax.set_ylabel("Billion tokens")

# %%
# With the growing batch, 260 billion tokens take more iterations:

print(f"growing batch: {scheduler.end}, full batch: {full.end}")
# -> growing batch: 97111, full batch: 81250

# %%
# In a formula, :math:`\tau(t)` is the number of tokens after :math:`t`
# optimizer steps:
#
# .. math:: \eta^\prime_t = \eta_{\tau(t)}
