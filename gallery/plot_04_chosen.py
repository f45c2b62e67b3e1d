r"""
Multi-step decay (MultiStepLR): drop the rate at milestones
===========================================================

Use multi-step decay to follow a recipe that says where the rate drops. Here
it is ``MultiFactorScheduler``, in PyTorch ``MultiStepLR``.

He et al. trained ResNets on CIFAR-10 at a rate of 0.1, divided it by 10 after
32,000 and 48,000 iterations and stopped after 64,000 (`arXiv:1512.03385
<https://arxiv.org/abs/1512.03385>`_, section 4.2):

.. 10: He et al., section 4.2
"""

from lr_scheduler import MultiFactorScheduler, plot

resnet = MultiFactorScheduler(
    base_lr=0.1,
    step=[32_000, 48_000],
    factor=0.1,
)
plot(
    resnet,
    64_000,
    log=True,
    title="ResNet on CIFAR-10: two drops by a factor of 10",
)

# %%
# A milestone still has the old rate. The iteration after it has the new one:

print("iteration | rate")
# -> iteration | rate
for t in (32_000, 32_001, 48_000, 48_001):
    print(f"{t:9} | {resnet(t):.3f}")
# ->     32000 | 0.100
#        32001 | 0.010
#        48000 | 0.010
#        48001 | 0.001

# %%
# The milestones need no common distance. This schedule halves the rate after
# iterations 250, 750 and 900:

scheduler = MultiFactorScheduler(
    base_lr=1,
    step=[250, 750, 900],
    factor=0.5,
)
plot(
    scheduler,
    1000,
    title="Three drops, 500 and then 150 iterations apart",
)

# %%
[scheduler(t) for t in (250, 251, 750, 751, 900, 901)]
# -> [1, 0.5, 0.5, 0.25, 0.25, 0.125]

# %%
# The last drop is final: the rate holds from there on.

scheduler(1_000_000)
# -> 0.125

# %%
# In a formula, the exponent counts the milestones :math:`b` in the set
# :math:`S` that lie before iteration :math:`t`:
#
# .. math:: \eta_t = \eta_0 \, \alpha^{\#\{b \in S \,:\, b < t\}}
#
# .. 500 = 750 - 250
# .. 150 = 900 - 750
