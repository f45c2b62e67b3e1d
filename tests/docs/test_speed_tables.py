"""The stored tables of the page on speed: consistent, and close to their limits."""

import re
import runpy

import pytest
from support import ROOT

TABLES = (ROOT / "docs" / "_data" / "speed.md").read_text("utf-8")
SECONDS = {"s": 1, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9}
LIMITS = runpy.run_path(str(ROOT / "tests" / "benchmark" / "limits.py"))["LIMITS"]
ROWS = [
    [part.partition("\n")[0], *line.strip("| ").split(" | ")]
    for part in TABLES.split("\n## ")[1:]
    for line in part.splitlines()
    if "s |" in line
]
COMPARED = [row for row in ROWS if len(row) == 6]
TIMED = [row for row in ROWS if len(row) == 4]


def number(cell):
    """Return the number of a cell, 2.50×, 1/40 or 3 µs, and how far it may be rounded."""
    over, digits, unit = re.search(r"(1/)?([\d.]+)(?:×| ([mµn]?s))?$", cell).groups()
    value = float(digits) * SECONDS.get(unit, 1)
    # Three digits are printed, or two after the point of a ratio that is no fraction.
    rounded = 0.005 if cell.endswith("×") else float(f"5e{f'{value:e}'.split('e')[1]}") / 1000
    return (1 / value, rounded / value**2) if over else (value, rounded)


@pytest.mark.parametrize("row", COMPARED, ids=" ".join)
def test_a_ratio_is_time_by_time(row):
    (ours, of_ours), (theirs, of_theirs), (ratio, of_ratio) = map(number, row[2:5])

    low = (ours - of_ours) / (theirs + of_theirs)
    high = (ours + of_ours) / (theirs - of_theirs)

    assert low - of_ratio <= ratio <= high + of_ratio


@pytest.mark.parametrize("row", COMPARED, ids=" ".join)
def test_a_limit_is_within_half_more_than_was_measured(row):
    (ratio, _), (limit, _) = map(number, row[4:])

    assert ratio <= limit <= 1.5 * ratio


def test_the_limits_are_those_that_the_measurement_has():
    stored = {
        (table, what, re.sub(r" [\d.]+ [mµn]?s$", "", beside)): number(limit)
        for table, what, _, beside, _, limit in COMPARED
    }

    assert stored.keys() == {(table, *row) for table, rows in LIMITS.items() for row in rows}
    for (table, *row), (limit, rounded) in stored.items():
        assert abs(LIMITS[table][tuple(row)] - limit) <= rounded


@pytest.mark.parametrize("row", TIMED, ids=" ".join)
def test_a_time_is_within_its_goal(row):
    assert number(row[2])[0] <= number(row[3])[0]


def test_every_row_is_read():
    assert len(COMPARED) + len(TIMED) == TABLES.count("\n| ") - TABLES.count("\n| what")
    assert len(TIMED) > 10
