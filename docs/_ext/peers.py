"""Show the schedules of other libraries beside ours, and compare every rate.

``{peers} <library>`` shows what `peer_rates` reads; the build fails where a rate differs by more
than the tolerance.  ``{peers-summary}`` is a table of all libraries.
"""

from collections.abc import Iterator
from html import escape
from typing import Any

from docutils import nodes
from peer_rates import DATA, TOLERANCE, Library, Row, read
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

logger = logging.getLogger(__name__)


def picture(row: Row, title: str) -> str:
    """Draw both curves, ours on top of theirs, as SVG in the colours of the page."""
    width, height, margin = 300, 96, 6
    peak = max(row.rates)
    schedule = row.schedule

    def points(rates: Iterator[float]) -> str:
        across = (width - 2 * margin) / max(len(row.rates) - 1, 1)
        return " ".join(
            f"{margin + i * across:.1f},{height - margin - rate / peak * (height - 2 * margin):.1f}"
            for i, rate in enumerate(rates)
        )

    ours = points(schedule(t) for t in range(1, len(row.rates) + 1))
    label = f"The rates of {row.name} and of the expression here for {len(row.rates)} updates: one curve"
    return (
        f'<svg class="peers" role="img" aria-label="{escape(label)}" viewBox="0 0 {width} {height}">'
        f'<polyline class="theirs" points="{points(iter(row.rates))}"/>'
        f'<polyline class="ours" points="{ours}"/></svg>'
    )


def proof(row: Row, library: Library) -> str:
    """Say how a row was checked."""
    unit = "" if row.precision == "float64" else f" of {row.precision}, in which it computes"
    error = f"{row.error:.2g} ulp of the peak{unit}"
    if row.transcribed:
        return f"Transcribed from {row.transcribed}; {row.updates} updates, largest difference {error}."
    return (
        f"Run with {library.title} {library.version}; {row.updates} updates, "
        f"largest difference {error}."
    )


class Peers(SphinxDirective):
    """Show the schedules of a library."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        path = DATA / f"{self.arguments[0]}.toml"
        for used in path, path.with_suffix(".json"):
            self.env.note_dependency(str(used))
        library = read(path)
        return [self.section(row, library) for row in library.rows]

    def section(self, row: Row, library: Library) -> nodes.section:
        """Show a row, after comparing it."""
        if len(row.rates) != row.updates or not row.error <= TOLERANCE:
            logger.error(
                "%s: the rates differ from those stored", row.name, location=self.get_location()
            )
            self.env.app.statuscode = 1
        section = nodes.section("", nodes.title("", row.name))
        section["names"].append(nodes.fully_normalize_name(row.name))
        self.state.document.note_implicit_target(section, section)
        section += nodes.container(
            "",
            self.code(row.theirs),
            self.code(row.ours),
            classes=["peers-code"],
        )
        section += self.parse_inline_paragraph(row.counting)
        section += nodes.raw("", picture(row, library.title), format="html")
        section += nodes.paragraph("", proof(row, library), classes=["peers-proof"])
        return section

    def code(self, text: str) -> nodes.literal_block:
        """Show Python code."""
        return nodes.literal_block(text.strip(), text.strip(), language="python")

    def parse_inline_paragraph(self, text: str) -> nodes.paragraph:
        """Read a sentence with markup."""
        content, _ = self.parse_inline(text)
        return nodes.paragraph("", "", *content)


class PeersSummary(SphinxDirective):
    """Show a table of all libraries: how many schedules, and how near."""

    def run(self) -> list[nodes.Node]:
        ...
        return []


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directives."""
    app.add_directive("peers", Peers)
    app.add_directive("peers-summary", PeersSummary)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
