"""The import of the package."""

import subprocess
import sys


def python(code):
    """Run code in a new interpreter; return what it prints."""
    command = [sys.executable, "-I", "-c", code]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_loads_neither_numpy_nor_matplotlib():
    loaded = python("import sys, lr_scheduler; print(*sys.modules)").split()
    assert "lr_scheduler" in loaded
    assert not {"numpy", "matplotlib", "torch", "jax", "keras"} & {*loaded}


def test_beside_the_import_of_numpy(compare):
    compare(
        "import lr_scheduler",
        lambda: python("import lr_scheduler"),
        lambda: python("import numpy"),
        beside="`import numpy`",
        at_most=1 / 3,
        rounds=15,
    )
