"""The import."""

import subprocess
import sys
from statistics import median


def python(code):
    """Run code in a new interpreter; return what it prints."""
    command = [sys.executable, "-I", "-c", code]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_loads_neither_numpy_nor_matplotlib():
    loaded = python("import sys, lr_scheduler; print(*sys.modules)").split()
    assert "lr_scheduler" in loaded
    assert not {"numpy", "matplotlib", "torch", "jax", "keras"} & {*loaded}


def seconds(module):
    """Return how long a new interpreter takes to import a module."""
    clock = "__import__('time').perf_counter()"
    return float(python(f"start = {clock}; import {module}; print({clock} - start)"))


def test_beside_the_import_of_numpy(benchmark, store):
    ours, theirs = [], []
    benchmark.pedantic(
        lambda: ours.append(seconds("lr_scheduler")),
        setup=lambda: theirs.append(seconds("numpy")),
        rounds=20,
    )
    store(
        "import lr_scheduler",
        time=median(ours),
        beside="`import numpy`",
        beside_time=median(theirs),
    )
