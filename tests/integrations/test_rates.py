"""The real libraries, asked again, give the stored rates, and those of other numbers."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from lr_site import peer_rates

STORE = Path(__file__).with_name("store.py")
EACH = pytest.mark.parametrize("library", peer_rates.libraries(), ids=lambda each: each.key)


def ask(library, sets):
    """Ask a library in a process of its own: about the rows, and sets of other numbers."""
    done = subprocess.run(
        [sys.executable, STORE, "--show", str(sets), library.key],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def wrong(library, sets):
    """Return the sets whose rates are not those of the row: the seed, and the numbers."""
    rows = {row.name: row for row in library.rows}
    found = []
    for name, seed, numbers, rates in sets:
        row = rows[name]._replace(numbers=numbers)
        if isinstance(rates, str):
            found.append((seed, numbers, rates))
        elif not row._replace(rates=tuple(rates)).error <= 1:
            found.append((seed, numbers))
    return found


@EACH
def test_the_library_answers_what_is_stored(library):
    """Up to the last place, where processors may differ; and one set of other numbers each."""
    version, defaults, rates, sets = ask(library, sets=1)

    assert version == library.version
    assert defaults == {row.name: row.defaults for row in library.rows if row.defaults}
    assert list(rates) == [row.name for row in library.rows]
    for row in library.rows:
        unit = peer_rates.EPSILON[row.precision] * max(row.rates)
        assert rates[row.name] == pytest.approx(row.rates, rel=0, abs=unit), row.name
    assert len(sets) == len(library.rows)
    assert wrong(library, sets) == []


@pytest.mark.exhaustive
@EACH
def test_a_row_holds_for_all_numbers_that_it_names(library):
    """Twenty sets at random for each row, the edges, and the arguments left out."""
    *_, sets = ask(library, sets=0)

    assert len(sets) >= 20 * len(library.rows)
    assert wrong(library, sets) == []
