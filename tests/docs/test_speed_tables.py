"""The stored tables of the page on speed: as measured, and of the peers that are pinned."""

import re
import tomllib

from support import ROOT

TABLES = (ROOT / "docs" / "_data" / "speed.md").read_text("utf-8")
ROWS = [line.strip("| ").split(" | ") for line in TABLES.splitlines() if "s |" in line]
SECONDS = {"s": 1, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9}


def number(cell):
    """Return the number of a cell: 2.50×, 1/40 or 3 µs."""
    value, unit = re.fullmatch(r"(?:.* )?([\d.]+|1/[\d.]+)(×| [mµn]?s)?", cell).groups()
    part = 1 / float(value[2:]) if value.startswith("1/") else float(value)
    return part * SECONDS.get((unit or "").strip(), 1)


def test_every_row_is_within_what_it_is_held_to():
    kept = [number(measured) <= number(held) for *_, measured, held in ROWS]
    assert len(kept) > 30
    assert all(kept)


def test_the_peers_are_those_whose_rates_are_stored():
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    pinned = dict(
        each.split("==")
        for each in [*groups["peers"], *groups["peers-without-dependencies"]]
        if isinstance(each, str) and "==" in each
    )
    measured = dict(re.findall(r"(MXNet|PyTorch) ([\d.]+\d)", TABLES.splitlines()[0]))
    assert measured == {"MXNet": pinned["mxnet"], "PyTorch": pinned["torch"]}
