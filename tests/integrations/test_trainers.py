"""Lightning and the Trainer of Hugging Face: real runs, and the rates that they used."""

import lightning
import pytest
import torch
import transformers

from lr_scheduler import CosineScheduler, to_torch

COSINE = CosineScheduler(10, base_lr=0.1, final_lr=0.01, warmup_steps=3)
DATA = [{"x": torch.ones(2), "labels": torch.zeros(1)} for _ in range(8)]


class Recording(torch.optim.SGD):
    """SGD that writes down the rate of every optimizer step."""

    def __init__(self, parameters):
        super().__init__(parameters, lr=0.7)
        self.used = []
        self.register_step_pre_hook(lambda *_: self.used.append(self.param_groups[0]["lr"]))


class Model(lightning.LightningModule):
    """A linear model, for both."""

    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(2, 1)
        self.recording = Recording(self.layer.parameters())

    def forward(self, x, labels):
        loss = (self.layer(x) - labels).square().mean()
        return {"loss": loss}

    def training_step(self, batch, number):
        return self(**batch)["loss"]

    def configure_optimizers(self):
        scheduler = to_torch(COSINE, self.recording)
        return {
            "optimizer": self.recording,
            "lr_scheduler": {"scheduler": scheduler, "interval": "step"},
        }


@pytest.mark.filterwarnings("ignore:The 'train_dataloader' does not have many workers")
@pytest.mark.filterwarnings("ignore:.*LeafSpec:FutureWarning", "ignore:.*isinstance.treespec")
@pytest.mark.parametrize("accumulated", [1, 2])
def test_lightning(accumulated, tmp_path):
    """An optimizer step takes one batch, or two; the schedule goes on with the steps."""
    model = Model()
    trainer = lightning.Trainer(
        max_epochs=3,
        accumulate_grad_batches=accumulated,
        accelerator="cpu",
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        default_root_dir=tmp_path,
    )

    trainer.fit(model, torch.utils.data.DataLoader(DATA, batch_size=2))

    steps = 12 // accumulated
    assert model.recording.used == [COSINE(t) for t in range(1, steps + 1)]


def fit(schedule, folder, *, resumed=False, **arguments):
    """Run the Trainer of Hugging Face, and return the rates that it used."""
    model = Model()
    trainer = transformers.Trainer(
        model,
        transformers.TrainingArguments(
            folder,
            per_device_train_batch_size=2,
            use_cpu=True,
            report_to=[],
            disable_tqdm=True,
            logging_strategy="no",
            **arguments,
        ),
        train_dataset=DATA,
        optimizers=(model.recording, to_torch(schedule, model.recording)),
    )
    trainer.train(resume_from_checkpoint=resumed)
    return model.recording.used


@pytest.mark.parametrize("accumulated", [1, 2])
def test_hugging_face(accumulated, tmp_path):
    used = fit(
        COSINE,
        tmp_path,
        num_train_epochs=3,
        gradient_accumulation_steps=accumulated,
        save_strategy="no",
    )

    assert used == [COSINE(t) for t in range(1, 12 // accumulated + 1)]


def test_hugging_face_resumes_with_the_plan_that_it_is_given(tmp_path):
    """From the checkpoint of optimizer step 4, which holds the rate of the old plan."""
    longer = COSINE.replace(max_update=40)

    first = fit(COSINE, tmp_path, max_steps=4, save_steps=4)
    second = fit(longer, tmp_path, max_steps=8, save_steps=4, resumed=True)

    assert first == [COSINE(t) for t in range(1, 5)]
    assert second == [longer(t) for t in range(5, 9)]
