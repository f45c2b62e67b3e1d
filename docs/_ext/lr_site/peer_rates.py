"""Schedules of other libraries, and the rates that they gave for optimizer steps 1 to n.

``docs/_data/peers/<library>.toml`` has a row for each schedule of a library: what its users
write, and the expression here, both in names, with an example number for each name. Beside it,
in JSON, stand the rates that the library gave for the examples, its default arguments, and its
version; ``tests/integrations/store.py`` writes that file.
"""

import ast
import builtins
import json
import math
import operator
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import lr_scheduler

DATA = Path(__file__).parents[2] / "_data" / "peers"
FIRST = ("pytorch", "optax", "keras", "transformers", "timm")
TOLERANCE = 4  # units in the last place of the highest rate
WIDTH = 50  # of a line, so that two columns have room
EPSILON = {"float64": 2.0**-52, "float32": 2.0**-23}


class Row(NamedTuple):
    """A schedule of a library, and the expression here that gives its rates."""

    name: str
    theirs: str
    ours: str
    counting: str = ""  # what else to say; the page says how the library counts
    numbers: dict[str, Any] = {}  # noqa: RUF012
    where: str = ""  # for which numbers the row holds, if not for all
    until: str = ""  # the last iteration for which the row holds, if there is one
    drift: str = "0"  # the rounding error that adds up until iteration n, in the same units
    peak: str = "0"  # the highest rate, where the iterations may not reach it
    updates: int = 60
    precision: str = "float64"
    counted: str = "t - 1"  # what the library calls iteration t
    module: str = ""  # where the library has its schedules
    defaults: dict[str, Any] = {}  # noqa: RUF012
    rates: tuple[float, ...] = ()

    @property
    def known(self) -> str:
        """The name that the library's users know: that of a class or a function."""
        return re.split("[ ,:]", self.name)[0]

    def value(self, code: str, **more: Any) -> Any:
        """Run code that may use the numbers; return the value of its last line."""
        names = {**vars(lr_scheduler), "math": math, **self.numbers, **more}
        *statements, last = ast.parse(code.strip()).body
        exec(ast.unparse(ast.Module(statements, [])), names)
        return eval(ast.unparse(last), names)

    @property
    def given(self) -> str:
        """The code that gives the names their numbers."""
        return "\n".join(f"{name} = {number!r}" for name, number in self.numbers.items())

    @property
    def their_code(self) -> str:
        """What a user of the library writes, with its imports."""
        return with_imports(self.theirs, self.module)

    @property
    def our_code(self) -> str:
        """The expression, with its imports."""
        return with_imports(self.ours, "lr_scheduler")

    @property
    def schedule(self) -> Callable[[int], float]:
        """The expression's scheduler."""
        schedule: Callable[[int], float] = self.value(self.ours)
        return schedule

    @property
    def holds(self) -> bool:
        """Whether the row says that it holds for these numbers."""
        return bool(self.value(self.where or "True"))

    @property
    def differences(self) -> list[float]:
        """The differences at each iteration, in units in the last place of the highest rate."""
        peak = max(self.value(self.peak), *map(abs, self.rates))
        exponent = math.frexp(peak)[1] - 1
        unit = math.ldexp(EPSILON[self.precision], exponent)  # the distance to the next float
        schedule = self.schedule
        return [abs(schedule(t) - rate) / unit for t, rate in enumerate(self.rates, 1)]

    @property
    def difference(self) -> float:
        """The largest difference, as a part of the highest rate."""
        schedule = self.schedule
        differences = (abs(schedule(t) - rate) for t, rate in enumerate(self.rates, 1))
        return max(differences) / max(map(abs, self.rates))

    @property
    def error(self) -> float:
        """The largest difference, as a part of what is allowed at its iteration."""
        allowed = (
            TOLERANCE + self.value(self.drift, n=n) for n in range(1, len(self.rates) + 1)
        )
        parts = map(operator.truediv, self.differences, allowed)
        return float(max(parts, key=lambda part: (part != part, part)))  # NaN is the largest


def with_imports(code: str, module: str) -> str:
    """Return code below the lines that import the functions and classes that it calls."""
    code = code.strip()
    nodes = [*ast.walk(ast.parse(code))]
    called = {root(node.func) for node in nodes if isinstance(node, ast.Call)}
    defined = {getattr(node, "name", getattr(node, "id", "")) for node in nodes if binds(node)}
    names = sorted(called - defined - {*vars(builtins)} - {"", "math", "torch"})
    lines = ["import math"] if re.search(r"\bmath\.", code) else []
    if module and names:
        line = f"from {module} import {', '.join(names)}"
        wrapped = "".join(f"    {name},\n" for name in names)
        is_short = len(line) <= WIDTH or len(names) == 1
        lines.append(line if is_short else f"from {module} import (\n{wrapped})")
    return "\n\n".join([*lines, code])


def binds(node: ast.AST) -> bool:
    """Return whether a node gives a name to something."""
    is_stored = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    return is_stored or isinstance(node, ast.FunctionDef | ast.alias)


def root(node: ast.expr) -> str:
    """Return the name that an expression such as ``A(1).b.c`` begins with, if it has one."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else ""


def keywords(row: Row, tree: ast.AST) -> Iterator[tuple[ast.Call, ast.keyword]]:
    """Yield each call in the code of a library, and the keywords that take a number by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                if isinstance(keyword.value, ast.Name) and keyword.value.id in row.numbers:
                    yield node, keyword


class Library(NamedTuple):
    """A library, its version, and its schedules."""

    key: str
    title: str
    distribution: str
    setup: str
    version: str
    rows: tuple[Row, ...]


def read(path: Path) -> Library:
    """Read the rows of a library, with the rates that are stored for them."""
    data = tomllib.loads(path.read_text("utf-8"))
    stored = path.with_suffix(".json")
    found = json.loads(stored.read_text("utf-8")) if stored.exists() else {}
    shared = ("counted", "drift", "module", "precision", "until", "updates")
    common = {key: data[key] for key in shared if key in data}
    rows = tuple(
        Row(
            **common | row,
            rates=tuple(found.get("rates", {}).get(row["name"], ())),
            defaults=found.get("defaults", {}).get(row["name"], {}),
        )
        for row in data["schedule"]
    )
    return Library(
        path.stem,
        data["title"],
        data.get("distribution", ""),
        data.get("setup", ""),
        found.get("version", ""),
        rows,
    )


def libraries() -> list[Library]:
    """Read all libraries, those that most people come from first."""
    found = [read(path) for path in DATA.glob("*.toml")]
    order = {key: i for i, key in enumerate(FIRST)}
    return sorted(found, key=lambda each: (order.get(each.key, len(FIRST)), each.title.lower()))


def write(
    library: Library,
    version: str,
    defaults: dict[str, dict[str, Any]],
    rates: dict[str, list[float]],
) -> None:
    """Store the rates that a library gave, a line for each schedule."""

    def lines(values: dict[str, Any]) -> str:
        return ",\n".join(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in values.items())

    text = (
        f'{{\n "version": {json.dumps(version)},\n "defaults": {{\n{lines(defaults)}\n }},\n'
        f' "rates": {{\n{lines(rates)}\n }}\n}}\n'
    )
    (DATA / f"{library.key}.json").write_text(text, "utf-8")
