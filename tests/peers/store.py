"""Ask the real libraries for the rates of their schedules, and store them.

``python store.py [LIBRARY ...]`` writes ``docs/_data/peers/<library>.json``, in an environment
that has the libraries. For each there is a module ``ask_<library>`` beside this file with a
function ``rates(code, updates)``: it runs the code that users write, whose last line makes
the schedule, and returns the rates that updates 1 to n use.
"""

import ast
import importlib
import importlib.metadata
import sys
from pathlib import Path

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[2] / "docs" / "_ext")]

import peer_rates


def value(code, names):
    """Run code, and return the value of its last line."""
    *statements, last = ast.parse(code).body
    names = dict(names)
    exec(compile(ast.Module(statements, []), "<peer>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<peer>", "eval"), names)


def ask(library):
    """Return the rates of every schedule of a library, and the library's version."""
    module = importlib.import_module(f"ask_{library.key}")
    rates = {
        row.name: module.rates(f"{library.setup}\n{row.theirs}", row.updates)
        for row in library.rows
    }
    version = importlib.metadata.version(library.distribution) if library.distribution else ""
    return version, rates


if __name__ == "__main__":
    for library in peer_rates.libraries():
        if library.key in sys.argv[1:] or not sys.argv[1:]:
            peer_rates.write(library, *ask(library))
            again = peer_rates.read(peer_rates.DATA / f"{library.key}.toml")
            for row in again.rows:
                print(f"{library.key:18} {row.error:8.2f} ulp  {row.name}")
