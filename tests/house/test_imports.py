"""The modules of the package stand on floors: imports point down, and there is no circle."""

import ast
from graphlib import CycleError, TopologicalSorter

import pytest
from support import ROOT

PACKAGE = ROOT / "lr_scheduler"
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
# They load when they are needed; `annotationlib` exists from Python 3.14 on.
LATE = {"annotationlib", "keras", "matplotlib", "numpy", "pydantic_core", "torch"}


def imports(node, name):
    """Return the modules that an import of the module `name` names; the package's are known."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not node.level:
        return [node.module]
    folder = name.split(".")[: -node.level]
    base = [*folder, *(node.module or "").split(".")] if node.module else folder
    found = []
    for alias in node.names:
        for parts in ([*base, alias.name], base, [*base, "__init__"]):
            if ".".join(parts) in FILES:
                found.append(".".join(parts))
                break
    return found


def is_for_types(node):
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def walk(node, deferred=False):
    """Yield each import that runs, and whether it waits inside a function."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.Import, ast.ImportFrom)):
            yield child, deferred
        elif not is_for_types(child):
            is_function = isinstance(child, (ast.FunctionDef, ast.Lambda))
            yield from walk(child, deferred or is_function)


def arrows(sources):
    """Return what each module imports, at once or later: {module: {imported: deferred}}."""
    graph = {}
    for name, source in sources.items():
        found = graph.setdefault(name, {})
        for node, deferred in walk(ast.parse(source)):
            for imported in imports(node, name):
                found[imported] = found.get(imported, True) and deferred
    return graph


def check(graph):
    inside = {name: [each for each in found if each in FILES] for name, found in graph.items()}
    tuple(TopologicalSorter(inside).static_order())  # raises CycleError
    for name, found in graph.items():
        for imported in (each for each, deferred in found.items() if deferred):
            heavy = {each.partition(".")[0] for each in (imported, *graph.get(imported, {}))}
            assert heavy & LATE, (
                f"{name} imports {imported} in a function: import it at the top"
            )


SOURCES = {name: path.read_text("utf-8") for name, path in FILES.items()}


def with_a_line(module, line):
    """Return the sources with a line more at the end of a module."""
    name = f"lr_scheduler.{module}"
    return SOURCES | {name: f"{SOURCES[name]}\n{line}\n"}


def test_imports_point_down():
    check(arrows(SOURCES))


def test_a_circle_is_found():
    with pytest.raises(CycleError):
        check(arrows(with_a_line("_value", "from ._schedule import Scheduler")))


@pytest.mark.parametrize("line", ["from ._config import from_config", "from . import _config"])
def test_a_circle_hidden_in_a_function_is_found(line):
    with pytest.raises(CycleError):
        check(arrows(with_a_line("_schedule", f"def f():\n    {line}")))


def test_a_deferred_import_without_need_is_found():
    late = with_a_line("_plot", "def f():\n    from . import _scalar")

    with pytest.raises(
        AssertionError, match=r"_plot imports lr_scheduler\._scalar in a function"
    ):
        check(arrows(late))
