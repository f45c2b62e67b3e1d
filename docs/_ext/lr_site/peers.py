"""Show the schedules of other libraries beside ours, and compare every rate.

``{peers} <library>`` shows what `peer_rates` reads: the example numbers, the code of both, and
for which numbers they agree. The build fails where a rate differs by more than the tolerance.
``{peers-summary}`` is a table of all libraries.
"""

from collections.abc import Iterable
from html import escape
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .peer_rates import DATA, Library, Row, libraries, read

WIDTH, HEIGHT, MARGIN = 300, 90, 5

logger = logging.getLogger(__name__)


def points(rates: Iterable[float], across: float, up: float) -> str:
    """Return the corners of a curve, in the units of the picture."""
    return " ".join(
        f"{MARGIN + i * across:.1f},{HEIGHT - MARGIN - rate * up:.1f}"
        for i, rate in enumerate(rates)
    )


def picture(row: Row, library: Library) -> str:
    """Draw both curves, ours on top of theirs, as SVG that the page's CSS colours."""
    schedule = row.schedule
    across = (WIDTH - 2 * MARGIN) / (len(row.rates) - 1)
    up = (HEIGHT - 2 * MARGIN) / max(row.rates)
    theirs = points(row.rates, across, up)
    ours = points((schedule(t) for t in range(1, len(row.rates) + 1)), across, up)
    label = f"{row.name} of {library.title}, and the expression here on top of it: one curve."
    return (
        f'<svg class="peers" role="img" aria-label="{escape(label)}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}"><polyline class="theirs" points="{theirs}"/>'
        f'<polyline class="ours" points="{ours}"/></svg>'
    )


def proof(row: Row, library: Library) -> str:
    """Say how a row was checked."""
    source = (
        f"Transcribed from {row.transcribed}."
        if row.transcribed
        else (f"Run with {library.title} {library.version}.")
    )
    single = "" if row.precision == "float64" else f" It computes in {row.precision}."
    return (
        f"{source} With these numbers, at optimizer steps 1 to {row.updates}, the learning "
        f"rates are {agreement(row.difference)}.{single}"
    )


def agreement(difference: float) -> str:
    """Say how near the rates are, as a part of the highest one."""
    return f"the same to {difference:.0e} of the peak" if difference else "equal"


def names(row: Row, library: Library) -> list[nodes.Node]:
    """Say which arguments may be left out, and for which numbers the row holds."""
    sentences: list[nodes.Node] = []
    if row.defaults:
        given = ", ".join(f"{name} = {number!r}" for name, number in row.defaults.items())
        words = f"Left out, {library.title} takes "
        sentences += [nodes.Text(words), nodes.literal(given, given), nodes.Text(". ")]
    if row.where:
        sentences += [
            nodes.Text("The row holds for "),
            nodes.literal(row.where, row.where),
            nodes.Text("."),
        ]
    return [nodes.paragraph("", "", *sentences)] if sentences else []


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
        shown: list[nodes.Node] = []
        if library.setup:
            words = (
                "Each section begins with numbers: put your own there. "
                f"In the code of {library.title}, this comes next:"
            )
            shown += [nodes.paragraph("", words), code(library.setup)]
        imports = "from lr_scheduler import *"
        if any("math." in row.ours for row in library.rows):
            imports = f"import math\n\n{imports}"
        shown += [
            nodes.paragraph("", "And in ours:" if shown else "In our code:"),
            code(imports),
        ]
        return shown + [self.section(row, library) for row in library.rows]

    def section(self, row: Row, library: Library) -> nodes.section:
        """Show a row."""
        section = nodes.section("", nodes.title("", row.name))
        section["names"].append(nodes.fully_normalize_name(row.name))
        self.state.document.note_implicit_target(section, section)
        counting, _ = self.parse_inline(row.counting)
        section += [
            code(row.given),
            nodes.paragraph("", f"{library.title}:", classes=["peers-who"]),
            code(row.theirs),
            nodes.paragraph("", "Here:", classes=["peers-who"]),
            code(row.ours),
            nodes.paragraph("", "", *counting),
            *names(row, library),
            nodes.raw("", picture(row, library), format="html"),
            nodes.paragraph("", proof(row, library), classes=["peers-proof"]),
        ]
        return section


def code(text: str) -> nodes.literal_block:
    """Show Python code."""
    return nodes.literal_block(text.strip(), text.strip(), language="python")


class PeersSummary(SphinxDirective):
    """Show a table of all libraries: how many schedules, and how near."""

    def run(self) -> list[nodes.Node]:
        """Read all libraries, and count."""
        table = nodes.table(classes=["peers-summary"])
        heads = ["library", "version", "schedules", "largest difference"]
        group = nodes.tgroup("", cols=len(heads))
        group += [nodes.colspec(colwidth=1) for _ in heads]
        group += nodes.thead("", self.line([nodes.Text(head) for head in heads]))
        body = nodes.tbody()
        found = libraries()
        for library in found:
            self.env.note_dependency(str(DATA / f"{library.key}.toml"))
            self.env.note_dependency(str(DATA / f"{library.key}.json"))
            transcribed = sum(bool(row.transcribed) for row in library.rows)
            count = f"{len(library.rows)}" + f", {transcribed} transcribed" * bool(transcribed)
            worst = max(row.difference for row in library.rows)
            body += self.line(
                [
                    self.link(library),
                    nodes.Text(library.version),
                    nodes.Text(count),
                    nodes.Text(f"{worst:.0e}"),
                ]
            )
        group += body
        table += group
        rows = [row for library in found for row in library.rows]
        words = (
            f"Together {len(rows)} schedules of {len(found)} libraries. With the numbers that "
            f"the pages show, at {sum(row.updates for row in rows):,} optimizer steps, "
            f"{sum(row.difference == 0 for row in rows)} of the schedules give equal numbers."
        )
        return [nodes.paragraph("", words), table]

    def link(self, library: Library) -> nodes.Node:
        """Link to the page of a library."""
        link = addnodes.pending_xref(
            "",
            nodes.inline("", library.title),
            reftype="doc",
            refdomain="std",
            refexplicit=True,
            reftarget=library.key,
            refdoc=self.env.docname,
            refwarn=True,
        )
        return link

    def line(self, cells: list[nodes.Node]) -> nodes.row:
        """Return a row of the table."""
        return nodes.row("", *[nodes.entry("", nodes.paragraph("", "", c)) for c in cells])


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
