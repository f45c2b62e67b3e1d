"""The directive ``lab``: a place for a part of the schedule lab.

Its argument names the part. Its content is what the page shows where the part cannot start.
"""

import json
import shutil
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from explorer.page import answer
from explorer.page.expressions import encode, read
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from . import data
from .shapes import SHAPES, START

HERE = Path(__file__).parent
LENGTH, WIDTH = 1000, 760  # iterations, pixels of the chart


class Lab(SphinxDirective):
    """A place for a part of the lab."""

    has_content = True
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Show what the build computed, until the lab starts."""
        (name,) = self.arguments
        self.env.metadata[self.env.docname]["lab"] = True
        place = nodes.container("", *self.parse_content_to_nodes(), classes=[f"lab-{name}"])
        return [self.schedules()] if name == "schedules" else [place]

    def schedules(self) -> nodes.raw:
        """Draw the schedules that the lab starts with."""
        shapes = {name: encode(read(text)) for name, text in SHAPES.items()}
        schedules = [read(SHAPES[name]) for name in START]
        request = {
            "schedules": schedules,
            "last": f"{LENGTH}",
            "iterations": "",
            "width": WIDTH,
        }
        response = json.loads(answer(json.dumps(request)))
        explore = self.env.app.builder.get_relative_uri(self.env.docname, "explore")
        start = quote("&".join(shapes[name] for name in START), safe="&(),=")
        return nodes.raw(
            "",
            f'<div class="lab-schedules" data-shapes="{escape(json.dumps(shapes))}" '
            f'data-start="{escape(start)}" data-explore="{explore}">'
            f'<div class="explorer-chart">{response["chart"]}</div>'
            '<p class="explorer-status lab-status" role="status">'
            "These schedules were drawn when the site was built.</p>"
            "<noscript><p>To change the schedules, allow JavaScript.</p></noscript></div>",
            format="html",
        )


def add_scripts(app: Sphinx, page: str, *rest: Any) -> None:
    """Load the lab on its page alone, and before it what waits for the explorer."""
    if "lab" in app.env.metadata.get(page, {}):
        for name in ("explorer/explorer.css", "lab/lab.css"):
            app.add_css_file(name)
        for name in ("explorer/load.js", "lab/load.js"):
            app.add_js_file(name, loading_method="defer")


def write(app: Sphinx) -> None:
    """Write what a reader's browser loads, before the pages, which hold its checksums."""
    if app.builder.name == "html":
        output = Path(app.outdir) / "_static" / "lab"
        shutil.copytree(HERE / "static", output, dirs_exist_ok=True)
        data.write(output)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and the files of the lab."""
    app.add_directive("lab", Lab)
    app.connect("html-page-context", add_scripts)
    app.connect("builder-inited", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
