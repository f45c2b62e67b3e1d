"""The schedules of other libraries: the rates that they gave are those of our expressions."""

import re
import tomllib

import numpy as np
import peer_rates
import pytest
from support import ROOT
from support.number_check import claims, read, shown_in

import lr_scheduler

LIBRARIES = peer_rates.libraries()
ROWS = [
    pytest.param(row, id=f"{library.key}: {row.name}")
    for library in LIBRARIES
    for row in library.rows
]
EACH = pytest.mark.parametrize("row", ROWS)


def test_every_library_has_its_rates_and_its_page():
    folder = ROOT / "docs" / "_data" / "peers"
    keys = {path.stem for path in folder.glob("*.toml")}

    assert {path.stem for path in folder.glob("*.json")} == keys
    assert {path.stem for path in (ROOT / "docs" / "coming-from").glob("*.md")} - {
        "index"
    } == keys
    for library in LIBRARIES:
        page = (ROOT / "docs" / "coming-from" / f"{library.key}.md").read_text("utf-8")
        assert f"```{{peers}} {library.key}\n```" in page
        assert bool(library.version) == bool(library.distribution)


def test_every_schedule_has_its_name_and_no_other_rates_are_stored():
    for library in LIBRARIES:
        names = [row.name for row in library.rows]
        assert len(names) == len(set(names))
        stored = (peer_rates.DATA / f"{library.key}.json").read_text("utf-8")
        assert len(re.findall(r'^  ".*": \[', stored, re.MULTILINE)) == len(names)


@EACH
def test_every_rate(row):
    """Within 4 units in the last place of the peak, in the precision of the library."""
    schedule = row.schedule
    rates = np.array(row.rates)
    unit = np.spacing(np.array(rates.max(), dtype=row.precision)).astype(float)

    ours = [schedule(t) for t in range(1, row.updates + 1)]

    assert len(rates) == row.updates >= 30
    assert np.abs(ours - rates).max() <= 4 * unit
    assert row.error == np.abs(ours - rates).max() / unit


@pytest.mark.parametrize("row", [p for p in ROWS if "lambda" not in p.values[0].ours])
def test_an_array_gives_the_same(row):
    schedule = row.schedule

    rates = schedule(np.arange(1, row.updates + 1))

    assert isinstance(schedule, lr_scheduler.Scheduler)
    assert rates.tolist() == [schedule(t) for t in range(1, row.updates + 1)]


@EACH
def test_another_clock_would_be_noticed(row):
    """A curve that is one update late is beyond the tolerance, unless it is level."""
    whole = f"0 + ({row.ours.strip()}) * FactorScheduler(1, base_lr=1)"  # a lambda has no shift
    late = row._replace(ours=f"({whole}).shift(-1)")

    assert (late.error > peer_rates.TOLERANCE) == (len(set(row.rates)) > 1)


@EACH
def test_numbers_in_the_words_stand_in_the_code(row):
    shown = {*shown_in(row.theirs.strip()), *shown_in(row.ours.strip())}
    allowed = {*shown, *(number + 1 for number in shown), -1}

    assert [text for _, text in claims(row.counting) if read(text) not in allowed] == []


def test_every_peer_that_has_a_version_is_installed_with_it():
    """The session `integrations` installs the very release whose rates are stored."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    pinned = dict(
        line.split("==")
        for line in groups["peers"] + groups["peers-without-dependencies"]
        if isinstance(line, str) and "==" in line
    )

    for library in LIBRARIES:
        if library.distribution:
            assert pinned[library.distribution.replace("_", "-")] == library.version
