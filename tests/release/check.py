"""What those who install the wheel have: run by its Python, with NumPy and nothing else.

``python check.py README SURFACE`` runs the README's first example and the doctests of the
installed package, and compares its public names and their parameters with the stored list.
``python check.py`` prints that list.
"""

import ast
import difflib
import doctest
import inspect
import re
import sys
from importlib import import_module, metadata
from pathlib import Path
from pkgutil import walk_packages

import lr_scheduler

ELSEWHERE = {"_labels", "_plot", "frameworks", "keras"}  # they need what is not installed


def surface():
    """Return a line for each public name, and each method that a class adds to its base."""
    lines = []
    for module in (lr_scheduler, lr_scheduler.optimizer):
        for name in sorted({*module.__all__}):
            value = getattr(module, name)
            lines.append(f"{module.__name__}.{name}{parameters(value)}")
            lines += [f"{module.__name__}.{name}.{added}" for added in methods(value)]
    return lines


def methods(value):
    """Return what a class adds to its base, with its parameters."""
    if not isinstance(value, type):
        return []
    names = sorted({*vars(value)} - {*dir(value.__base__)})
    added = [(name, vars(value)[name]) for name in names if not name.startswith("_")]
    return [
        name + (parameters(item) if callable(item) else "")
        for name, item in added
        if callable(item) or isinstance(item, property)
    ]


def parameters(value):
    """Return the parameters without their types, which the docstrings tell."""
    signature = inspect.signature(value)
    bare = [each.replace(annotation=each.empty) for each in signature.parameters.values()]
    return str(inspect.Signature(bare))


def example(readme):
    """Run the first Python of the README, and compare what it documents."""
    code = re.search(r"^```python\n(.+?)^```", readme.read_text("utf-8"), re.M | re.S)[1]
    program, _, documented = code.partition("# -> ")
    *statements, last = ast.parse(program).body
    names = {}
    exec(compile(ast.Module(statements, []), "README", "exec"), names)
    found = repr(eval(compile(ast.Expression(last.value), "README", "eval"), names))
    if found == documented.strip():
        return []
    return [f"the README says {documented.strip()}, not {found}"]


def doctests():
    """Run the examples of every module that needs no framework."""
    modules = [name for _, name, _ in walk_packages(lr_scheduler.__path__)]
    flaws, count = [], 0
    for name in sorted({*modules} - ELSEWHERE):
        failed, tried = doctest.testmod(import_module(f"lr_scheduler.{name}"))
        flaws += [f"{failed} examples of {name} fail"] if failed else []
        count += tried
    return flaws if count else ["no examples ran"]


def main(readme, stored):
    """Print what is wrong, and return how much."""
    installed = "site-packages" in lr_scheduler.__file__
    flaws = [] if installed else [f"not installed: {lr_scheduler.__file__}"]
    for module in ("matplotlib", "pytest", "torch"):
        if module in {each.metadata["Name"].lower() for each in metadata.distributions()}:
            flaws.append(f"{module} is installed")
    flaws += example(readme) + doctests()
    flaws += difflib.unified_diff(
        stored.read_text("utf-8").splitlines(), surface(), "stored", "installed", lineterm=""
    )
    print("\n".join(flaws) or "as documented")
    return len(flaws)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        print("\n".join(surface()))
    else:
        sys.exit(main(*map(Path, sys.argv[1:])) > 0)
