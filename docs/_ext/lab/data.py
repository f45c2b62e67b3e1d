"""What the models of the lab need, as scripts: a page that was opened from disk may not fetch.

The gallery has it all: the network and its digits, the constants of the law and the measured
losses. They are read there, so that the lab computes what the gallery documents.
"""

import ast
import base64
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

GALLERY = Path(__file__).parents[3] / "gallery"
NETWORK = ["images", "labels", "rng", "order", "train", "batches", "std", "initial"]
RUNS = ["laws", "warm", "low", "flat", "cosine", "wsd", "schedules", "measured"]
CONSTANTS = ["L0", "A", "alpha", "B", "C", "beta", "gamma"]


def definitions(script: Path, *names: str) -> dict[str, Any]:
    """Return the functions of a gallery script, and the variables of these names.

    Nothing else of it runs, and Matplotlib, which draws, is not imported.
    """
    found: dict[str, Any] = {}
    for node in ast.parse(script.read_text("utf-8")).body:
        if isinstance(node, ast.Import):
            is_needed = not node.names[0].name.startswith("matplotlib")
        elif isinstance(node, ast.Assign):
            stored = {
                name.id for name in ast.walk(node.targets[0]) if isinstance(name, ast.Name)
            }
            is_needed = not stored.isdisjoint(names)
        else:
            is_needed = isinstance(node, ast.ImportFrom | ast.FunctionDef)
        if is_needed:
            exec(compile(ast.Module([node], []), script, "exec"), found)
    return found


def letters(numbers: Iterable[float]) -> str:
    """Return numbers from 0 as letters from "a"."""
    return "".join(chr(ord("a") + int(number)) for number in numbers)


def digits() -> dict[str, str]:
    """Return the images to train with, those to test with, and how seed 0 starts."""
    script = definitions(GALLERY / "plot_10_why.py", *NETWORK)
    order = script["order"].tolist()
    batches = [order.index(image) for image in script["batches"].ravel().tolist()]
    weights = b"".join(layer.astype("<f8").tobytes() for layer in script["initial"])
    return {
        "images": letters(16 * script["images"][order].ravel()),
        "labels": "".join(map(str, script["labels"][order])),
        "batches": "".join(letters(divmod(image, 32)) for image in batches),
        "weights": base64.b64encode(weights).decode(),
    }


def laws() -> dict[str, Any]:
    """Return of each model the constants of the law, the last measured losses, the error."""
    script = definitions(GALLERY / "plot_25_law.py", *RUNS)
    found = {}
    for i, (model, constants) in enumerate(script["laws"].items()):
        ends = {}
        for run, losses in script["measured"].items():
            iteration, loss = losses[i]
            rates = script["schedules"][run](np.arange(1, iteration + 1))
            (predicted,) = script["predict"](rates, constants, [iteration])
            ends[run] = {"iteration": iteration, "loss": loss, "predicted": predicted}
        error = max(abs(end["predicted"] - end["loss"]) for end in ends.values())
        named = dict(zip(CONSTANTS, constants, strict=True))
        found[model] = named | {"measured": ends, "error": error}
    return found


def write(output: Path) -> None:
    """Write the scripts ``digits.js`` and ``laws.js``."""
    output.mkdir(parents=True, exist_ok=True)
    for name, value in {"digits": digits(), "laws": laws()}.items():
        script = f"(self.lab ??= {{}}).{name} = {json.dumps(value)};\n"
        (output / f"{name}.js").write_text(script, "utf-8", newline="\n")
