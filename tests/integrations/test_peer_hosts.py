"""Other libraries take our schedules in the ways that their pages name: docs/coming-from."""

import subprocess
import sys

import pytest
import torch

from lr_scheduler import CosineScheduler, to_torch

pytestmark = pytest.mark.filterwarnings("ignore")  # of the libraries, when they are imported

SCHEDULE = CosineScheduler(6, base_lr=0.1, warmup_steps=2)
RATES = [SCHEDULE(t) for t in range(1, 7)]


def model():
    """Return a PyTorch model."""
    return torch.nn.Linear(1, 1, dtype=torch.float64)


def test_ignite():
    from ignite.engine import Engine, Events
    from ignite.handlers import LRScheduler

    optimizer = torch.optim.SGD(model().parameters())
    used = []

    def update(engine, batch):
        used.append(optimizer.param_groups[0]["lr"])
        optimizer.step()

    trainer = Engine(update)
    scheduler = LRScheduler(to_torch(SCHEDULE, optimizer))
    scheduler.attach(trainer, Events.ITERATION_STARTED)
    trainer.run(range(6))

    assert used == RATES


def test_mmengine(tmp_path):
    from mmengine.hooks import Hook
    from mmengine.model import BaseModel
    from mmengine.runner import Runner

    used = []

    class Rate(Hook):
        def before_train_iter(self, runner, **_):
            for group in runner.optim_wrapper.param_groups:
                group["lr"] = SCHEDULE(runner.iter + 1)

        def after_train_iter(self, runner, **_):
            used.append(runner.optim_wrapper.param_groups[0]["lr"])

    class Model(BaseModel):
        def __init__(self):
            super().__init__()
            self.layer = model()

        def forward(self, x, mode):
            return {"loss": self.layer(x).sum()}

    runner = Runner(
        model=Model(),
        work_dir=str(tmp_path),
        train_dataloader=torch.utils.data.DataLoader([{"x": torch.ones(1).double()}] * 6),
        train_cfg={"by_epoch": False, "max_iters": 6},
        optim_wrapper={"optimizer": {"type": "SGD", "lr": 0.5}},
        custom_hooks=[Rate()],
        default_hooks={"checkpoint": None},
    )
    runner.train()

    assert used == RATES


PADDLE = """
import paddle
from paddle.optimizer.lr import LambdaDecay

from lr_scheduler import CosineScheduler

schedule = CosineScheduler(6, base_lr=0.1, warmup_steps=2)
scheduler = LambdaDecay(1.0, lambda step: schedule(step + 1))
parameter = paddle.create_parameter([1], "float64")
optimizer = paddle.optimizer.SGD(scheduler, [parameter])
for _ in range(6):
    print(optimizer.get_lr())
    scheduler.step()
"""


def test_paddle():
    # In a process of its own: beside other frameworks it ends the process.
    run = [sys.executable, "-c", PADDLE]
    printed = subprocess.run(run, check=True, capture_output=True, text=True).stdout

    assert [*map(float, printed.split())] == RATES


def test_thinc():
    import numpy
    from thinc.api import SGD, Schedule

    schedule = Schedule("mine", lambda self, step, **_: SCHEDULE(step + 1))
    optimizer = SGD(schedule, L2=0.0, grad_clip=0.0, use_averages=False)
    used = []
    for _ in range(6):
        weights, _ = optimizer((0, "W"), numpy.zeros(1), numpy.ones(1))
        used.append(-float(weights[0]))
        optimizer.step_schedules()

    assert used == RATES
