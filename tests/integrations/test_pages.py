"""The pages about frameworks: their code runs here, and shows what they document."""

import re
from types import SimpleNamespace

import pytest
import torch
from lr_site import documented
from support import ROOT

from lr_scheduler import CosineScheduler

HERE = "integrations"
PAGES = documented.sources(ROOT, HERE)


def test_pages_are_found():
    assert PAGES


@pytest.mark.filterwarnings("ignore:__array__ implementation")  # Keras' own, with NumPy 2
@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")  # by PyTorch itself
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_is_documented_is_displayed(path):
    assert "\n".join(documented.failures(path, documented.run(path, HERE), HERE)) == ""


# What the loop of a reader has already.
LOOP = """
import torch
from torch.nn.functional import cross_entropy, mse_loss

from lr_scheduler import CosineScheduler, PlateauRule, to_torch

model, epochs = torch.nn.Linear(3, 2), 4
batch = torch.rand(5, 3)
"""


def changed(page, before):
    """Run the code that the reader has after the change on the page; return its names."""
    text = (ROOT / "docs" / "how-to" / f"{page}.md").read_text("utf-8")
    diff = re.search(r"^```diff\n(.+?)^```$", text, re.MULTILINE | re.DOTALL)[1]
    code = [line[1:] for line in diff.splitlines() if not line.startswith("-")]
    names = {}
    exec(before, names)
    exec("\n".join(code), names)
    return SimpleNamespace(**names)


def test_the_change_to_a_pytorch_loop_sets_every_rate():
    after = changed("pytorch", f"{LOOP}loader = 10 * [(batch, torch.zeros(5, dtype=int))]")

    assert after.schedule == CosineScheduler(4 * 10, base_lr=0.003, warmup_steps=20)
    assert after.scheduler.last_epoch == 40


def test_the_change_for_a_plateau_lowers_the_rate():
    after = changed(
        "plateau",
        f"{LOOP}loader = [(batch, torch.rand(5, 2))]\n"
        "optimizer = torch.optim.SGD(model.parameters())\n"
        "schedule, validate, warmup_steps = (lambda t: 0.1), (lambda model: 1.0), 0",
    )

    assert (after.t, after.state.scale) == (4, 0.5)
    assert after.optimizer.param_groups[0]["lr"] == 0.05


def test_the_change_to_lightning_steps_once_for_each_optimizer_step():
    after = changed("trainers", LOOP)
    module = SimpleNamespace(
        trainer=SimpleNamespace(estimated_stepping_batches=1000),
        parameters=after.model.parameters,
    )

    (optimizer,), (config,) = after.configure_optimizers(module)

    assert config["interval"] == "step"
    assert config["scheduler"].optimizer is optimizer
    assert config["scheduler"].get_last_lr() == [0.003 / 100]


def test_the_change_to_an_optax_optimizer_sets_the_rate():
    after = changed("jax", "import optax\nepochs, batches = 5, 4")

    update, _ = after.optimizer.update(1.0, after.optimizer.init(0.0))
    assert float(update) == pytest.approx(-after.schedule(1), rel=1e-5)


def test_the_loop_of_the_home_page_trains_at_the_rates_of_its_schedule():
    home = (ROOT / "docs" / "index.md").read_text("utf-8")
    said = re.search(r"`schedule\((\d+)\)` is ([\d.]+\d)", home)
    loop = re.search(r"```\{code-block\} python\n:.+\n((?:.+\n|\n)+?)```", home)[1]
    model = torch.nn.Linear(2, 3)
    optimizer = torch.optim.SGD(model.parameters())
    rates = []
    optimizer.register_step_pre_hook(
        lambda optimizer, *_: rates.append(optimizer.param_groups[0]["lr"])
    )
    given = {
        "model": model,
        "optimizer": optimizer,
        "loss_function": torch.nn.functional.cross_entropy,
        "loader": [(torch.ones(4, 2), torch.zeros(4, dtype=torch.int64))] * 3,
    }

    exec(loop, given)

    assert rates == pytest.approx([0.001, 0.002, 0.003])
    assert f"{given['schedule'](int(said[1])):.4f}" == said[2]
