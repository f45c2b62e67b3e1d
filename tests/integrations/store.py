"""Ask the real libraries for the rates of their schedules, and store them.

``python store.py [LIBRARY ...]`` writes ``docs/_data/peers/<library>.json``, in an environment
that has the libraries. For each there is a module ``adapters.<library>`` with a
function ``rates(code, updates)``: it runs the code that users write, whose last line makes
the schedule, and returns the rates that optimizer steps 1 to n use. With ``--show SETS`` they
are printed, with the rates for as many sets of other numbers for each row; for all sets if 0.
"""

import ast
import importlib
import inspect
import json
import sys
from pathlib import Path

sys.path += [
    str(Path(__file__).parents[2] / folder)
    for folder in ("docs/_ext", "tests", "tests/integrations")
]

import draws
import no_deps
from lr_site import peer_rates

UPDATES = 300  # of a set that is not stored


def defaults(row, library):
    """Return the numbers that a library takes where an argument is left out."""
    names = {}
    imports = [
        node
        for node in ast.parse(f"{library.setup}\n{row.their_code}").body
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    exec(ast.unparse(imports), names)
    found = {}
    for call, keyword in peer_rates.keywords(row, ast.parse(row.theirs.strip())):
        function = eval(ast.unparse(call.func), names)
        parameters = {} if function is dict else inspect.signature(function).parameters
        default = getattr(parameters.get(keyword.arg), "default", None)
        if type(default) in (int, float, list):
            found[keyword.value.id] = default
    return found


def left_out(row):
    """Return a library's code without the arguments that have a default."""
    tree = ast.parse(row.theirs.strip())
    for call, keyword in [*peer_rates.keywords(row, tree)]:
        if keyword.value.id in row.defaults:
            call.keywords.remove(keyword)
    return ast.unparse(tree)


def rates(row, library, module, theirs=None):
    """Return the rates that a library gives for the numbers of a row."""
    row = row._replace(theirs=theirs or row.theirs)
    code = f"{row.given}\n{library.setup}\n{row.their_code}"
    return module.rates(code, row.updates)


def ask(library, sets=None):
    """Return the version, the default arguments and the rates; and those of other numbers."""
    version = no_deps.version(library.distribution) if library.distribution else ""
    module = importlib.import_module(f"adapters.{library.key}")
    stored = {row.name: rates(row, library, module) for row in library.rows}
    found = {row.name: defaults(row, library) for row in library.rows}
    answer = version, {name: given for name, given in found.items() if given}, stored
    if sets is None:
        return answer
    more = []
    for row in library.rows:
        row = row._replace(defaults=found[row.name])
        for seed, drawn in draws.sets(row, f"{library.key}: {row.name}", sets):
            last = drawn.value(row.until or str(UPDATES))
            drawn = drawn._replace(updates=min(int(last), UPDATES))
            theirs = left_out(row) if draws.LEFT_OUT in seed else None
            try:
                answered = rates(drawn, library, module, theirs)
            except Exception as error:
                answered = f"{type(error).__name__}: {error}"
            more.append((row.name, seed, drawn.numbers, answered))
    return *answer, more


if __name__ == "__main__":
    asked = sys.argv[1:]
    if "--show" in asked:
        sets = int(asked.pop(asked.index("--show") + 1))
        asked.remove("--show")
    for library in peer_rates.libraries():
        if asked and library.key not in asked:
            continue
        if "--show" in sys.argv:
            print(json.dumps(ask(library, sets)))
            continue
        peer_rates.write(library, *ask(library))
        for row in peer_rates.read(peer_rates.DATA / f"{library.key}.toml").rows:
            print(f"{library.key:18} {row.error:8.2f} of the tolerance  {row.name}")
