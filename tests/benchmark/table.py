"""Write what pytest-benchmark measured as the tables of the page on speed.

Usage: table.py MEASURED.json TABLE.md
"""

import json
import sys
from itertools import groupby
from pathlib import Path

UNITS = {"s": 1, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9}


def shown(seconds):
    """Return a time with 3 digits, in the unit that suits it."""
    unit = next((unit for unit, size in UNITS.items() if seconds >= size), "ns")
    return f"{seconds / UNITS[unit]:.3g} {unit}"


def times(ratio):
    """Return a ratio as people say it: 1.25×, or 1/40."""
    return f"{ratio:.2f}×" if ratio > 0.5 else f"1/{1 / ratio:.3g}"


def tables(measured):
    """Yield the lines of the page."""
    machine = measured["machine_info"]
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    yield (
        f"Measured on {measured['datetime'][:10]} with CPython {machine['python_version']} "
        f"on {machine['cpu']['count']} cores of {machine['cpu']['brand_raw']}, "
        f"{machine['system']}: {versions}."
    )
    results = [each["extra_info"] for each in measured["benchmarks"]]
    for title, rows in groupby(results, key=lambda result: result["table"]):
        yield f"\n## {title}\n"
        rows = list(rows)
        if "ratio" in rows[0]:
            yield "| what | lr_scheduler | compared with | ratio | at most |\n|:-|-:|:-|-:|-:|"
        else:
            yield "| what | lr_scheduler | goal |\n|:-|-:|-:|"
        for row in rows:
            cells = [row["row"], shown(row["time"])]
            if "ratio" in row:
                cells += [f"{row['beside']} {shown(row['beside_time'])}", times(row["ratio"])]
                cells.append(times(row["at_most"]))
            else:
                cells.append(shown(row["at_most"]))
            yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    measured, table = map(Path, sys.argv[1:])
    lines = tables(json.loads(measured.read_text("utf-8")))
    table.write_text("\n".join(lines) + "\n", "utf-8")
