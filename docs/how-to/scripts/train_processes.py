"""Train a line on all processes; resume from a checkpoint."""

import argparse
from pathlib import Path

import torch
from torch import distributed

from lr_scheduler import CosineScheduler, to_torch

parser = argparse.ArgumentParser()
parser.add_argument("checkpoint", type=Path)
parser.add_argument("--steps", type=int, required=True)
arguments = parser.parse_args()

distributed.init_process_group("gloo")  # on CPUs
rank = distributed.get_rank()
torch.manual_seed(rank)  # each process has its own data
x = torch.rand(16, 3)
y = x.sum(dim=1, keepdim=True)

schedule = CosineScheduler(
    max_update=arguments.steps,
    base_lr=0.1,
    final_lr=0.01,
    warmup_steps=3,
)
model = torch.nn.Linear(3, 1)
model = torch.nn.parallel.DistributedDataParallel(model)
optimizer = torch.optim.SGD(model.parameters(), momentum=0.9)
scheduler = to_torch(schedule, optimizer)

training = {
    "model": model,
    "optimizer": optimizer,
    "scheduler": scheduler,
}
if arguments.checkpoint.exists():
    for name, state in torch.load(arguments.checkpoint).items():
        training[name].load_state_dict(state)

while scheduler.last_epoch < arguments.steps:
    optimizer.zero_grad()
    loss = torch.nn.functional.mse_loss(model(x), y)
    loss.backward()  # averages the gradients
    rate = optimizer.param_groups[0]["lr"]
    optimizer.step()
    scheduler.step()
    step = scheduler.last_epoch
    print(f"rank {rank}, step {step}: {rate}", flush=True)
    if rank == 0 and step % 2 == 0:
        new = arguments.checkpoint.with_suffix(".new")
        checkpoint = {}
        for name, each in training.items():
            checkpoint[name] = each.state_dict()
        torch.save(checkpoint, new)
        new.replace(arguments.checkpoint)

distributed.destroy_process_group()
