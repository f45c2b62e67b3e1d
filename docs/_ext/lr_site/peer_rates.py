"""Schedules of other libraries, and the rates that they gave for optimizer steps 1 to n.

``docs/_data/peers/<library>.toml`` has a row for each schedule of a library: what its users
write, and the expression here.  Beside it, in JSON, stand the rates that the library gave, and
the version that gave them; ``tests/integrations/store.py`` writes that file.
"""

import json
import math
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import lr_scheduler

DATA = Path(__file__).parents[2] / "_data" / "peers"
FIRST = ("keras", "optax", "pytorch", "timm", "transformers")
TOLERANCE = 4  # units in the last place of the highest rate
EPSILON = {"float64": 2.0**-52, "float32": 2.0**-23}


class Row(NamedTuple):
    """A schedule of a library, and the expression here that gives its rates."""

    name: str
    theirs: str
    ours: str
    counting: str
    updates: int = 60
    precision: str = "float64"
    transcribed: str = ""  # from where, if the library itself did not run
    rates: tuple[float, ...] = ()

    @property
    def schedule(self) -> Callable[[int], float]:
        """The expression's scheduler."""
        value: Callable[[int], float] = eval(self.ours, {**vars(lr_scheduler), "math": math})
        return value

    @property
    def error(self) -> float:
        """The largest difference, in units in the last place of the highest rate."""
        peak = max(map(abs, self.rates))
        exponent = math.frexp(peak)[1] - 1  # a unit is the distance to the next float
        unit = math.ldexp(EPSILON[self.precision], exponent)
        schedule = self.schedule
        return max(abs(schedule(t) - rate) for t, rate in enumerate(self.rates, 1)) / unit


class Library(NamedTuple):
    """A library, its version, and its schedules."""

    key: str
    title: str
    distribution: str
    setup: str
    version: str
    rows: tuple[Row, ...]


def read(path: Path) -> Library:
    """Read the rows of a library, with the rates that are stored for them."""
    data = tomllib.loads(path.read_text("utf-8"))
    stored = path.with_suffix(".json")
    found = json.loads(stored.read_text("utf-8")) if stored.exists() else {}
    common = {key: data[key] for key in ("precision", "transcribed", "updates") if key in data}
    rows = tuple(
        Row(**common | row, rates=tuple(found.get("rates", {}).get(row["name"], ())))
        for row in data["schedule"]
    )
    return Library(
        path.stem,
        data["title"],
        data.get("distribution", ""),
        data.get("setup", ""),
        found.get("version", ""),
        rows,
    )


def libraries() -> list[Library]:
    """Read all libraries, those that most people come from first."""
    found = [read(path) for path in DATA.glob("*.toml")]
    return sorted(found, key=lambda each: (each.key not in FIRST, each.title.lower()))


def write(library: Library, version: str, rates: dict[str, list[float]]) -> None:
    """Store the rates that a library gave, a line for each schedule."""
    lines = ",\n".join(
        f"  {json.dumps(name)}: {json.dumps(values)}" for name, values in rates.items()
    )
    text = f'{{\n "version": {json.dumps(version)},\n "rates": {{\n{lines}\n }}\n}}\n'
    (DATA / f"{library.key}.json").write_text(text, "utf-8")
