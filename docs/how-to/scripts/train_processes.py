"""Train a line on all processes, from a checkpoint if there is one."""

import argparse
import os
import signal
from pathlib import Path

import torch
from torch import distributed

from lr_scheduler import CosineScheduler, to_torch

parser = argparse.ArgumentParser()
parser.add_argument("checkpoint", type=Path)
parser.add_argument("--steps", type=int, required=True)
parser.add_argument("--kill-after", type=int)
arguments = parser.parse_args()

distributed.init_process_group("gloo")
rank = distributed.get_rank()
_ = torch.manual_seed(rank)  # each process has data of its own
x = torch.rand(16, 3)
y = x.sum(dim=1, keepdim=True)

schedule = CosineScheduler(
    max_update=arguments.steps,
    base_lr=0.1,
    final_lr=0.01,
    warmup_steps=3,
)
model = torch.nn.parallel.DistributedDataParallel(torch.nn.Linear(3, 1))
optimizer = torch.optim.SGD(model.parameters(), momentum=0.9)
scheduler = to_torch(schedule, optimizer)

parts = {"model": model, "optimizer": optimizer, "scheduler": scheduler}
if arguments.checkpoint.exists():
    for name, state in torch.load(arguments.checkpoint).items():
        parts[name].load_state_dict(state)

while scheduler.last_epoch < arguments.steps:
    optimizer.zero_grad()
    loss = torch.nn.functional.mse_loss(model(x), y)
    loss.backward()  # averages the gradients
    rate = optimizer.param_groups[0]["lr"]
    optimizer.step()
    scheduler.step()
    iteration = scheduler.last_epoch
    print(f"{iteration} {rank} {rate!r}\n", end="", flush=True)
    if rank == 0 and iteration % 2 == 0:
        new = arguments.checkpoint.with_suffix(".new")
        states = {
            name: part.state_dict() for name, part in parts.items()
        }
        torch.save(states, new)
        new.replace(arguments.checkpoint)
    if iteration == arguments.kill_after:
        distributed.barrier()  # all have written what they used
        os.kill(os.getpid(), signal.SIGKILL)

distributed.destroy_process_group()
