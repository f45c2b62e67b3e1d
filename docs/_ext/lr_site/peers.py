"""Show the schedules of other libraries beside ours, and compare every rate.

``{peers} <library>`` shows what `peer_rates` reads: a table of names, then for each schedule
the numbers to fill in, the code of both side by side, and both curves. The build fails where a
rate differs by more than the tolerance. ``{peers-summary}`` is a table of all libraries.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

import lr_scheduler

from .peer_chart import pictures
from .peer_rates import DATA, Library, Row, keywords, libraries, read

METHODS = ("clip", "over", "stretch")  # worth a link; `delay` is on every page's text

logger = logging.getLogger(__name__)


def proof(library: Library) -> str:
    """Say how near the rates are."""
    which = f"{library.title} {library.version}" if library.version else library.title
    return (
        f"We compared each expression with {which}, at every iteration of its chart: the rates "
        "are identical to rounding."
    )


def parts(code: str) -> Iterator[str]:
    """Yield the public names and the methods that an expression uses, each once, as roles."""
    seen = set()
    found = [n for n in ast.walk(ast.parse(code.strip())) if isinstance(n, ast.expr)]
    for node in sorted(found, key=lambda each: (each.end_lineno, each.end_col_offset)):
        name = getattr(node, "id", getattr(node, "attr", ""))
        is_method = isinstance(node, ast.Attribute) and name in METHODS
        if name not in seen and (is_method or name in lr_scheduler.__all__):
            seen.add(name)
            yield f"{{py:obj}}`~lr_scheduler.{'Scheduler.' * is_method}{name}`"


def code(text: str, *classes: str) -> nodes.literal_block:
    """Show Python code."""
    return nodes.literal_block(
        text.strip(), text.strip(), language="python", classes=[*classes]
    )


def pair(library: Library, theirs: str, ours: str) -> nodes.container:
    """Show the code of a library and ours, side by side where there is room."""
    return nodes.container(
        "",
        *(
            nodes.container("", nodes.paragraph("", who, classes=["peers-who"]), code(lines))
            for who, lines in ((library.title, theirs), ("lr_scheduler", ours))
        ),
        classes=["peers-pair"],
    )


def table(
    heads: Iterable[str], rows: Iterable[list[list[nodes.Node]]], name: str = "peers-names"
) -> nodes.table:
    """Return a table."""
    heads = [*heads]

    def line(cells: Iterable[list[nodes.Node]]) -> nodes.row:
        return nodes.row("", *[nodes.entry("", nodes.paragraph("", "", *c)) for c in cells])

    group = nodes.tgroup("", cols=len(heads))
    group += [nodes.colspec(colwidth=1) for _ in heads]
    group += nodes.thead("", line([nodes.Text(head)] for head in heads))
    group += nodes.tbody("", *map(line, rows))
    return nodes.table("", group, classes=[name])


class Peers(SphinxDirective):
    """Show the schedules of a library, a section for each."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Compare the rows of a library, and show them."""
        path = DATA / f"{self.arguments[0]}.toml"
        for used in path, path.with_suffix(".json"):
            self.env.note_dependency(str(used))
        library = read(path)
        self.env.metadata[self.env.docname].setdefault("peers", []).extend(
            row.name
            for row in library.rows
            if len(row.rates) != row.updates or not row.error <= 1
        )
        sections = [self.section(row, library) for row in library.rows]
        names = table(
            [library.title, "lr_scheduler"],
            (
                [self.link(row, section), self.ours(row)]
                for row, section in zip(library.rows, sections, strict=True)
            ),
        )
        words = "Each section begins with example numbers: put yours there."
        if library.setup:
            words += f" These lines go with the code for {library.title}:"
        return [
            names,
            nodes.paragraph("", words),
            *([code(library.setup)] if library.setup else []),
            nodes.paragraph("", proof(library), classes=["peers-proof"]),
            *sections,
        ]

    def link(self, row: Row, section: nodes.section) -> list[nodes.Node]:
        """Link the name of a schedule to its section."""
        variant = row.name.removeprefix(row.known)
        shown = [nodes.literal(row.known, row.known), nodes.Text(variant)]
        return [nodes.reference("", "", *shown, refid=section["ids"][0])]

    def ours(self, row: Row) -> list[nodes.Node]:
        """Name what the expression uses."""
        found, _ = self.parse_inline(", ".join(parts(row.ours)) or "a function of your own")
        return found

    def section(self, row: Row, library: Library) -> nodes.section:
        """Show a row."""
        section = nodes.section("", nodes.title("", row.name), classes=["peers"])
        section["names"].append(nodes.fully_normalize_name(row.name))
        self.state.document.note_implicit_target(section, section)
        section += [code(row.given), pair(library, row.their_code, row.our_code)]
        if words := " ".join(filter(None, [row.counting, *notes(row, library)])):
            section += nodes.paragraph("", "", *self.parse_inline(words)[0])
        section += nodes.raw("", pictures(row, library), format="html")
        return section


def notes(row: Row, library: Library) -> Iterator[str]:
    """Say which arguments may be left out, and for which numbers the row holds."""
    if re.search(r"\bFactorScheduler\(\s*1,", row.ours):
        yield "With its default `factor` of 1, `FactorScheduler` is constant after its warm-up."
    if given := [f"`{name}={written(number)}`" for name, number in defaults(row)]:
        verb = "default is" if len(given) == 1 else "defaults are"
        yield f"In {library.title} the {verb} {', '.join(given)}."
    if row.precision != "float64":
        yield f"{library.title} computes these rates in {row.precision}."
    if row.where:
        rises = "; for a rate that rises see {ref}`rising-steps`" * may_rise(row)
        yield f"The expression holds for `{row.where}`{rises}."


def may_rise(row: Row) -> bool:
    """Return whether only the class used here forbids a factor above 1."""
    return " <= 1" in row.where and bool(re.search(r"FactorScheduler\((?!\s*1,)", row.ours))


def defaults(row: Row) -> Iterator[tuple[str, Any]]:
    """Yield the library's arguments that may be left out, and the values that they then have.

    An argument may not be left out if the row does not hold for its default, or if the code
    uses the same number elsewhere. The arguments of PyTorch's classes are not the library's.
    """
    tree = ast.parse(row.theirs.strip())
    used = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    for call, keyword in keywords(row, tree):
        name = ast.unparse(keyword.value)
        is_other = ast.unparse(call.func).startswith("torch.")
        if name in row.defaults and used.count(name) == 1 and not is_other:
            number = row.defaults[name]
            if row._replace(numbers=row.numbers | {name: number}).holds:
                yield str(keyword.arg), number


def written(number: Any) -> str:
    """Write a number as people do: a default of 1 / 3 is stored with all its digits."""
    short = f"{number:.6g}" if isinstance(number, int | float) else str(number)
    return short if eval(short) == number else str(Fraction(number).limit_denominator(100))


class PeersSummary(SphinxDirective):
    """Show a table of all libraries, with the names that each page has."""

    def run(self) -> list[nodes.Node]:
        """Read all libraries, and name their schedules."""
        found = libraries()
        for library in found:
            self.env.note_dependency(str(DATA / f"{library.key}.toml"))
            self.env.note_dependency(str(DATA / f"{library.key}.json"))
        count = sum(len(library.rows) for library in found)
        words = f"The pages have {count} cases of {len(found)} libraries."
        rows = ([[self.link(library)], [*self.names(library)]] for library in found)
        return [nodes.paragraph("", words), table(["Library", "Names on its page"], rows)]

    def names(self, library: Library) -> Iterator[nodes.Node]:
        """Name each schedule of a library once, linked to its section."""
        page = self.env.app.builder.get_relative_uri(
            self.env.docname, f"coming-from/{library.key}"
        )
        first = {row.known: row.name for row in reversed(library.rows)}
        for i, name in enumerate(reversed(first)):
            if i:
                yield nodes.Text(", ")
            uri = f"{page}#{nodes.make_id(first[name])}"
            yield nodes.reference("", "", nodes.literal(name, name), refuri=uri, internal=True)

    def link(self, library: Library) -> nodes.Node:
        """Link to the page of a library."""
        return addnodes.pending_xref(
            "",
            nodes.inline("", library.title),
            reftype="doc",
            refdomain="std",
            refexplicit=True,
            reftarget=library.key,
            refdoc=self.env.docname,
            refwarn=True,
        )


def conclude(app: Sphinx, exception: Exception | None) -> None:
    """Report the rows that differ, which fail the build: in the process that ends it."""
    for page, data in app.env.metadata.items():
        for name in data.get("peers", ()):
            logger.error("%s: not the rates that are stored", name, location=page)
            app.statuscode = 1


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directives."""
    app.connect("build-finished", conclude)
    app.add_directive("peers", Peers)
    app.add_directive("peers-summary", PeersSummary)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
