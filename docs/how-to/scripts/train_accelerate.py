"""Train a line with accelerate, on all processes of torchrun."""

import torch
from accelerate import Accelerator

from lr_scheduler import CosineScheduler, to_torch

torch.manual_seed(0)
x = torch.rand(64, 3)
data = torch.utils.data.TensorDataset(x, x.sum(dim=1, keepdim=True))
loader = torch.utils.data.DataLoader(data, batch_size=8)

model = torch.nn.Linear(3, 1)
optimizer = torch.optim.SGD(model.parameters())

accelerator = Accelerator()
model, optimizer, loader = accelerator.prepare(
    model,
    optimizer,
    loader,
)
schedule = CosineScheduler(
    max_update=len(loader), base_lr=0.1, final_lr=0.01
)
scheduler = to_torch(schedule, optimizer)

for step, (x, y) in enumerate(loader, start=1):
    rate = optimizer.param_groups[0]["lr"]
    accelerator.backward(torch.nn.functional.mse_loss(model(x), y))
    optimizer.step()
    if (
        accelerator.sync_gradients
        and not accelerator.optimizer_step_was_skipped
    ):
        scheduler.step()
    optimizer.zero_grad()
    rank = accelerator.process_index
    print(f"rank {rank}, step {step}: {rate}", flush=True)

accelerator.end_training()
