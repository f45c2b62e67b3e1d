"""An optimizer step of 1,000,000 weights."""

import numpy as np
import torch

from lr_scheduler.optimizer import SGD

SIZE = 1_000_000


def test_beside_torch(compare):
    torch.set_num_threads(1)
    random = np.random.default_rng(0)
    weight, grad = random.standard_normal((2, SIZE), dtype=np.float32)
    ours = SGD(learning_rate=0.1, momentum=0.9, wd=1e-4)
    state = ours.create_state(0, weight)
    parameter = torch.nn.Parameter(torch.tensor(weight))
    parameter.grad = torch.tensor(grad)
    theirs = torch.optim.SGD([parameter], lr=0.1, momentum=0.9, weight_decay=1e-4, foreach=True)
    compare(
        "SGD with momentum and weight decay, float32, one thread",
        lambda: ours.update(0, weight, grad, state),
        theirs.step,
        beside="PyTorch, `foreach=True`",
        rounds=200,
    )
