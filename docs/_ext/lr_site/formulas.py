"""The directive ``formula``: a page shows the formulas of a docstring instead of copies.

In Markdown ``{formula} CosineScheduler`` gives what stands below ``.. math::`` in the docstring
of :class:`CosineScheduler`, folded.
"""

import re
from inspect import getdoc
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import lr_scheduler

BLOCK = re.compile(r"^( *)\.\. math::(.*(?:\n(?:\1 +\S.*| *))*)", re.MULTILINE)


def formulas(text: str) -> list[str]:
    """Return the LaTeX of each ``.. math::`` in a text, on one line."""
    return [" ".join(block[2].split()) for block in BLOCK.finditer(text)]


class Formula(SphinxDirective):
    """The formulas of the public name that is its argument."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a block for each formula; a name without any is an error."""
        name = self.arguments[0]
        value: Any = getattr(lr_scheduler, name, None)
        found = formulas(getdoc(value) or "")
        if not found:
            raise self.error(f"{name} has no formula")
        start = f'<details class="fold"><summary>Formula of {name}</summary>'
        return [
            nodes.raw("", start, format="html"),
            *[nodes.math_block(latex, latex) for latex in found],
            nodes.raw("", "</details>", format="html"),
        ]


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("formula", Formula)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
