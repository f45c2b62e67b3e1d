"""What Apache MXNet 1.9.1 answers, measured on its published wheel.

Run as a script, with the wheel installed, this writes the stored answers anew, or prints them
with ``--show``.
MXNet itself is not imported, since it needs a NumPy of its time: its module of
schedulers is plain Python and is loaded on its own.
"""

import importlib.util
import json
import sys
from pathlib import Path

import no_deps

STORED = Path(__file__).parents[2] / "docs" / "_data" / "mxnet-1.9.1.json"

TUTORIAL = {"warmup_steps": 100, "warmup_begin_lr": 0, "warmup_mode": "linear"}
WARM = {"warmup_steps": 30, "warmup_begin_lr": 0.01}
CONSTANT = {"warmup_steps": 30, "warmup_begin_lr": 0.01, "warmup_mode": "constant"}
CURVES = [
    ("FactorScheduler", {"step": 250, "factor": 0.5, "base_lr": 1}, 1000),
    ("MultiFactorScheduler", {"step": [250, 750, 900], "factor": 0.5, "base_lr": 1}, 1000),
    ("PolyScheduler", {"max_update": 800, "base_lr": 1, "final_lr": 1e-3, "pwr": 2}, 1000),
    ("CosineScheduler", {"max_update": 800, "base_lr": 1, "final_lr": 1e-3}, 1000),
    ("CosineScheduler", {"max_update": 800, "base_lr": 1, "final_lr": 1e-3, **TUTORIAL}, 1000),
    ("FactorScheduler", {"step": 10, "base_lr": 3}, 40),
    (
        "FactorScheduler",
        {"step": 3, "factor": 0.9, "base_lr": 0.3, "stop_factor_lr": 0.02},
        120,
    ),
    ("FactorScheduler", {"step": 1, "factor": 0.97, "base_lr": 0.7}, 120),
    ("FactorScheduler", {"step": 7, "factor": 0.8, "base_lr": 0.5, **WARM}, 120),
    ("FactorScheduler", {"step": 7, "factor": 0.8, "base_lr": 0.5, **CONSTANT}, 120),
    ("MultiFactorScheduler", {"step": [5, 17, 64], "factor": 0.3, "base_lr": 0.2, **WARM}, 120),
    ("MultiFactorScheduler", {"step": [1], "factor": 0.1, "base_lr": 2}, 20),
    ("PolyScheduler", {"max_update": 100, "base_lr": 0.4, "pwr": 1}, 120),
    ("PolyScheduler", {"max_update": 100, "base_lr": 0.4, "final_lr": 0.03, "pwr": 3}, 120),
    ("PolyScheduler", {"max_update": 100, "base_lr": 0.4, "pwr": 0.9, **WARM}, 120),
    ("PolyScheduler", {"max_update": 100, "base_lr": 0.4, "final_lr": 0.03, **CONSTANT}, 120),
    ("CosineScheduler", {"max_update": 100, "base_lr": 0.4, "final_lr": 0.03, **WARM}, 120),
    ("CosineScheduler", {"max_update": 97, "base_lr": 0.37, **CONSTANT}, 120),
]


def load():
    """Return MXNet's module of schedulers, and MXNet's version."""
    version = no_deps.version("mxnet")
    package = Path(importlib.util.find_spec("mxnet").origin).parent
    spec = importlib.util.spec_from_file_location("mxnet_lr", package / "lr_scheduler.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module, version


def curve(mx, name, arguments, num_iterations):
    """Return the rates of iterations 0 to n, asked of a new scheduler in this order."""
    scheduler = getattr(mx, name)(**arguments)
    return [scheduler(iteration) for iteration in range(num_iterations + 1)]


def departures(mx):
    """Return what MXNet answers where `lr_scheduler` answers something else."""

    def override(scheduler, *iterations):
        scheduler.base_lr = 0.1  # as its optimizer does with a learning_rate
        return [scheduler(iteration) for iteration in iterations]

    cosine = mx.CosineScheduler(max_update=800, base_lr=1, final_lr=1e-3)
    warm = mx.FactorScheduler(step=100, base_lr=1, warmup_steps=20)
    return {
        "learning_rate, cosine": override(cosine, 1),
        "learning_rate, warm-up": override(warm, 10, 19, 20),
        "stop_factor_lr": mx.FactorScheduler(step=10, factor=0.5, stop_factor_lr=0.1)(11),
        "PolyScheduler(800, 1)": f"base_lr={mx.PolyScheduler(800, 1).base_lr}",
    }


def measure():
    """Return all answers of the installed MXNet."""
    mx, version = load()
    return {
        "version": version,
        "departures": departures(mx),
        "curves": [
            {"scheduler": name, "arguments": arguments, "rates": curve(mx, name, arguments, n)}
            for name, arguments, n in CURVES
        ],
    }


if __name__ == "__main__":
    if "--show" in sys.argv:
        print(json.dumps(measure()))
    else:
        rows = json.dumps(measure(), indent=1)
        STORED.write_text(rows.replace(",\n    ", ", ") + "\n", encoding="utf-8")
