"""The pages about frameworks: their code runs here, and shows what they document."""

import re

import pytest
import torch
from lr_site import documented
from support import ROOT

from lr_scheduler import CosineScheduler, to_torch

PAGES = documented.sources(ROOT, "integrations")


def test_pages_are_found():
    assert PAGES


@pytest.mark.filterwarnings("ignore:__array__ implementation")  # Keras' own, with NumPy 2
@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")  # by PyTorch itself
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_is_documented_is_displayed(path):
    assert "\n".join(documented.failures(path, documented.run(path))) == ""


def test_the_loop_of_the_home_page_trains_at_the_rates_of_its_schedule():
    home = (ROOT / "docs" / "index.md").read_text("utf-8")
    loop = re.search(r"```\{code-block\} python\n:.+\n((?:.+\n|\n)+?)```", home)[1]
    model = torch.nn.Linear(2, 3)
    optimizer = torch.optim.SGD(model.parameters())
    rates = []
    optimizer.register_step_pre_hook(
        lambda optimizer, *_: rates.append(optimizer.param_groups[0]["lr"])
    )
    given = {
        "CosineScheduler": CosineScheduler,
        "to_torch": to_torch,
        "model": model,
        "optimizer": optimizer,
        "loss_function": torch.nn.functional.cross_entropy,
        "loader": [(torch.ones(4, 2), torch.zeros(4, dtype=torch.int64))] * 3,
    }

    exec(loop, given)

    assert rates == pytest.approx([0.001, 0.002, 0.003])
