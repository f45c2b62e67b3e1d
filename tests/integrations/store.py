"""Ask the real libraries for the rates of their schedules, and store them.

``python store.py [LIBRARY ...]`` writes ``docs/_data/peers/<library>.json``, in an environment
that has the libraries. For each there is a module ``adapters.<library>`` with a
function ``rates(code, updates)``: it runs the code that users write, whose last line makes
the schedule, and returns the rates that optimizer steps 1 to n use. With ``--show`` they are
printed.
"""

import importlib
import json
import sys
from pathlib import Path

sys.path += [
    str(Path(__file__).parents[2] / folder)
    for folder in ("docs/_ext", "tests", "tests/integrations")
]

import no_deps
from lr_site import peer_rates


def ask(library):
    """Return the version of a library, and the rates of every schedule."""
    version = no_deps.version(library.distribution) if library.distribution else ""
    module = importlib.import_module(f"adapters.{library.key}")
    rates = {
        row.name: module.rates(f"{library.setup}\n{row.theirs}", row.updates)
        for row in library.rows
    }
    return version, rates


if __name__ == "__main__":
    asked = [name for name in sys.argv[1:] if name != "--show"]
    for library in peer_rates.libraries():
        if asked and library.key not in asked:
            continue
        answer = ask(library)
        if "--show" in sys.argv:
            print(json.dumps(answer))
            continue
        peer_rates.write(library, *answer)
        for row in peer_rates.read(peer_rates.DATA / f"{library.key}.toml").rows:
            print(f"{library.key:18} {row.error:8.2f} ulp  {row.name}")
