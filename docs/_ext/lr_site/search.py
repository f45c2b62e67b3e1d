"""The words by which the search finds a page: main entries of the index, from one file.

An incremental build loses the entries of the pages that it does not write: build with ``-a`` to
try the search.
"""

import tomllib
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

WORDS = Path(__file__).parents[2] / "_data" / "search.toml"


class Words(SphinxTransform):
    """Add the words of a page to the index, before Sphinx collects its entries."""

    default_priority = 840

    def apply(self) -> None:
        """Put the entries at the top of the page."""
        self.env.note_dependency(WORDS)
        words = tomllib.loads(WORDS.read_text("utf-8")).get(self.env.docname, [])
        entries = [("single", word, "", "main", None) for word in words]
        section = self.document.next_node(nodes.section)
        if entries and section:
            section.insert(1, addnodes.index(entries=entries))


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the transform."""
    app.add_transform(Words)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
