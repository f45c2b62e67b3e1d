"""Lightning, the Trainer of Hugging Face and accelerate: the rates that real runs used."""

import accelerate
import lightning
import numpy as np
import pytest
import torch
import transformers
from lightning.pytorch.plugins import MixedPrecision
from lightning.pytorch.tuner import Tuner

from lr_scheduler import CosineScheduler, to_torch

COSINE = CosineScheduler(10, base_lr=0.1, final_lr=0.01, warmup_steps=3)
DATA = [{"x": torch.ones(2), "labels": torch.full((1,), 8.0)} for _ in range(8)]
SKIPPED = 4
"""The weights start at 0, so the first gradients are -2 * 8; with a scale of 2**127 to 2**124
they overflow in float32. In float16 they do with the first scale of PyTorch, 2**16, to 2**12,
which is a step more. Half of them, from one of two batches, do to 2**13."""


class Recording(torch.optim.SGD):
    """SGD that writes down the rate of every optimizer step; a skipped step is none."""

    def __init__(self, parameters):
        super().__init__(parameters, lr=0.7)
        self.used = []
        self.register_step_post_hook(lambda *_: self.used.append(self.param_groups[0]["lr"]))


class Model(lightning.LightningModule):
    """A linear model, for all."""

    def __init__(self, interval="step"):
        super().__init__()
        self.layer = torch.nn.Linear(2, 1)
        for parameter in self.parameters():
            torch.nn.init.zeros_(parameter)
        self.recording = Recording(self.layer.parameters())
        self.interval = interval

    def forward(self, x, labels):
        loss = (self.layer(x) - labels).square().mean()
        return {"loss": loss}

    def training_step(self, batch, number):
        return self(**batch)["loss"]

    def configure_optimizers(self):
        scheduler = to_torch(COSINE, self.recording)
        return {
            "optimizer": self.recording,
            "lr_scheduler": {"scheduler": scheduler, "interval": self.interval},
        }


class Cured(Model):
    """The two hooks of the page."""

    def optimizer_step(self, epoch, batch_idx, optimizer, optimizer_closure=None):
        scale = self.trainer.scaler.get_scale()
        super().optimizer_step(epoch, batch_idx, optimizer, optimizer_closure)
        self.skipped = self.trainer.scaler.get_scale() < scale

    def lr_scheduler_step(self, scheduler, metric):
        if not self.skipped:
            super().lr_scheduler_step(scheduler, metric)


def rates(first, count):
    """Return the rates of so many iterations."""
    return [COSINE(t) for t in range(first, first + count)]


def steps(accumulated):
    """Return the optimizer steps of 3 epochs; the last step of an epoch may be short."""
    return 3 * -(-4 // accumulated)


def make_trainer(folder, **arguments):
    return lightning.Trainer(
        accelerator="cpu",
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        default_root_dir=folder,
        **arguments,
    )


def fit_lightning(model, folder, **arguments):
    trainer = make_trainer(folder, max_epochs=3, **arguments)
    trainer.fit(model, torch.utils.data.DataLoader(DATA, batch_size=2))
    return trainer


lightnings_own = pytest.mark.filterwarnings(
    "ignore:The 'train_dataloader' does not have many workers",
    "ignore:.*LeafSpec:FutureWarning",
    "ignore:.*isinstance.treespec",
)
# The warning is right: a scheduler that counts what is no step may come before the first step.
too_early = pytest.mark.filterwarnings("ignore:.*was called before optimizer.step")


@lightnings_own
@pytest.mark.parametrize("accumulated", [1, 2, 3])
def test_lightning_counts_optimizer_steps(accumulated, tmp_path):
    model = Model()
    trainer = fit_lightning(model, tmp_path, accumulate_grad_batches=accumulated)

    assert trainer.estimated_stepping_batches == steps(accumulated)
    assert model.recording.used == rates(1, steps(accumulated))


@lightnings_own
def test_lightning_counts_epochs_without_an_interval(tmp_path):
    model = Model("epoch")
    fit_lightning(model, tmp_path, accumulate_grad_batches=2)

    assert model.recording.used == [COSINE(epoch) for epoch in (1, 2, 3) for _ in range(2)]


@too_early
@lightnings_own
@pytest.mark.parametrize("accumulated", [1, 2])
@pytest.mark.parametrize(("kind", "counts"), [(Model, True), (Cured, False)])
def test_lightning_counts_skipped_steps_without_the_hooks(kind, counts, accumulated, tmp_path):
    """On a GPU the precision "16-mixed" is this plugin."""
    model, skipped = kind(), SKIPPED + (accumulated == 1)
    plugin = MixedPrecision("16-mixed", "cpu")
    fit_lightning(model, tmp_path, accumulate_grad_batches=accumulated, plugins=plugin)

    first = 1 + skipped if counts else 1
    assert model.recording.used == rates(first, steps(accumulated) - skipped)


class Finding(Model):
    """The rate that the test suggests is the peak of the schedule."""

    lr = 0.1

    def train_dataloader(self):
        return torch.utils.data.DataLoader(DATA, batch_size=2)

    def configure_optimizers(self):
        scheduler = to_torch(COSINE.replace(base_lr=self.lr), self.recording)
        return [self.recording], [{"scheduler": scheduler, "interval": "step"}]


@lightnings_own
def test_lr_find_runs_its_own_sweep_and_the_schedule_gets_its_rate(tmp_path):
    model = Finding()
    trainer = make_trainer(tmp_path, max_epochs=10)

    found = Tuner(trainer).lr_find(model, min_lr=1e-3, max_lr=1, num_training=40)
    sweep = model.recording.used[:]
    trainer.fit(model)

    assert sweep[0] == 1e-3
    assert sweep == sorted({*sweep})
    assert model.lr == found.suggestion() != 0.1
    first = COSINE.replace(base_lr=model.lr)(1)
    assert model.recording.used[len(sweep)] == first
    rates, losses = (found.results[name][10:-1] for name in ("lr", "loss"))
    slope = np.gradient(losses, rates)  # by the rate, not by its logarithm
    assert found.suggestion() == rates[slope.argmin()]


class WithPlateau(Model):
    """Lightning steps both schedulers of the optimizer."""

    def training_step(self, batch, number):
        loss = super().training_step(batch, number)
        self.log("loss", loss)
        return loss

    def configure_optimizers(self):
        halve = torch.optim.lr_scheduler.ReduceLROnPlateau(
            self.recording, factor=0.5, patience=0, mode="max", threshold=1e9
        )
        plateau = {"scheduler": halve, "monitor": "loss"}
        schedule = {"scheduler": to_torch(lambda t: 0.1, self.recording), "interval": "step"}
        return [self.recording], [schedule, plateau]


@lightnings_own
def test_lightning_steps_a_schedule_over_the_rate_that_a_plateau_lowered(tmp_path):
    model = WithPlateau()
    fit_lightning(model, tmp_path)

    assert model.recording.used == [0.1] * 8 + [0.05] + [0.1] * 3  # after a bad second epoch


class CountsLosses(Model):
    """The guard of the page about plateaus."""

    losses = 0

    def validation_step(self, batch, number):
        self.log("loss", self(**batch)["loss"])

    def on_validation_epoch_end(self):
        if self.trainer.state.fn == "fit" and not self.trainer.sanity_checking:
            self.losses += 1


@lightnings_own
def test_lightning_gives_a_plateau_rule_one_loss_for_each_epoch_of_fit(tmp_path):
    model = CountsLosses()
    loader = torch.utils.data.DataLoader(DATA, batch_size=2)
    trainer = make_trainer(tmp_path, max_epochs=3)

    trainer.fit(model, loader, loader)
    trainer.validate(model, loader, verbose=False)

    assert model.losses == 3


def fit(schedule, folder, *, scaler=None, resumed=False, **arguments):
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
    trainer.accelerator.scaler = scaler  # which fp16=True makes on a GPU only
    trainer.train(resume_from_checkpoint=resumed)
    return model.recording.used


def make_scaler():
    return torch.amp.GradScaler("cpu", init_scale=2.0**127)


@pytest.mark.parametrize("accumulated", [1, 2, 3])
@pytest.mark.parametrize("skips", [False, True])
def test_hugging_face_counts_optimizer_steps_alone(accumulated, skips, tmp_path):
    used = fit(
        COSINE,
        tmp_path,
        scaler=make_scaler() if skips else None,
        num_train_epochs=3,
        gradient_accumulation_steps=accumulated,
        save_strategy="no",
    )

    assert used == rates(1, steps(accumulated) - skips * SKIPPED)


def test_hugging_face_resumes_with_the_plan_that_it_is_given(tmp_path):
    """From the checkpoint of optimizer step 4, which holds the rate of the old plan."""
    longer = COSINE.replace(max_update=40)

    first = fit(COSINE, tmp_path, max_steps=4, save_steps=4)
    second = fit(longer, tmp_path, max_steps=8, save_steps=4, resumed=True)

    assert first == rates(1, 4)
    assert second == [longer(t) for t in range(5, 9)]


@too_early
@pytest.mark.parametrize("skips", [False, True])
@pytest.mark.parametrize("way", ["not prepared", "prepared", "asked"])
def test_accelerate_counts_what_the_loop_counts_unless_it_prepares_the_scheduler(way, skips):
    accelerator = accelerate.Accelerator(cpu=True, gradient_accumulation_steps=2)
    accelerator.scaler = make_scaler() if skips else None
    model = Model()
    scheduler = to_torch(COSINE, model.recording)
    loader = torch.utils.data.DataLoader(DATA, batch_size=2)
    prepared, optimizer, loader = accelerator.prepare(model, model.recording, loader)
    if way == "prepared":
        scheduler = accelerator.prepare(scheduler)

    for _ in range(3):
        for batch in loader:
            with accelerator.accumulate(prepared):
                accelerator.backward(prepared(**batch)["loss"])
                optimizer.step()
                if way != "asked" or (
                    accelerator.sync_gradients and not accelerator.optimizer_step_was_skipped
                ):
                    scheduler.step()
                optimizer.zero_grad()

    skipped = skips * SKIPPED
    if way == "not prepared":
        expected = [COSINE(2 * step) for step in range(1 + skipped, 6 + 1)]
    else:
        expected = rates(1, 6 - skipped)
    assert model.recording.used == expected
