"""The real libraries, asked again, give the rates that are stored."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from lr_site import peer_rates

STORE = Path(__file__).with_name("store.py")


@pytest.mark.parametrize("library", peer_rates.libraries(), ids=lambda library: library.key)
def test_the_library_answers_what_is_stored(library):
    """Each in a process of its own; up to the last place, where processors may differ."""
    done = subprocess.run(
        [sys.executable, STORE, "--show", library.key],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr

    version, rates = json.loads(done.stdout.splitlines()[-1])

    assert version == library.version
    assert list(rates) == [row.name for row in library.rows]
    for row in library.rows:
        unit = peer_rates.EPSILON[row.precision] * max(row.rates)
        assert rates[row.name] == pytest.approx(row.rates, rel=0, abs=unit), row.name
