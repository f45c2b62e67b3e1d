"""The pages about frameworks: their code runs here, and shows what they document."""

import pytest
from lr_site import documented
from support import ROOT

HERE = "integrations"
PAGES = documented.sources(ROOT, HERE)


def test_pages_are_found():
    assert PAGES


@pytest.mark.filterwarnings("ignore:__array__ implementation")  # Keras' own, with NumPy 2
@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")  # by PyTorch itself
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_is_documented_is_displayed(path):
    assert "\n".join(documented.failures(path, documented.run(path, HERE), HERE)) == ""
