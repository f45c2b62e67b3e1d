"""The directive ``lab``: a place for a part of the schedule lab.

Its argument names the part. Its content is what the page shows where the part cannot start.
"""

import json
import shutil
from html import escape
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from docutils import nodes
from explorer.page import answer
from explorer.page.expressions import encode, read
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from . import data

HERE = Path(__file__).parent
LENGTH, WIDTH = 1000, 760  # iterations, pixels of the chart
# What the reader can start from, in 1000 iterations with a peak of 1.
SHAPES = {
    "constant": "constant(1)",
    "constant, low": "constant(0.1)",
    "linear": "linear(1000, base_lr=1)",
    "cosine": "CosineScheduler(1000, base_lr=1)",
    "warm-up and cosine": "CosineScheduler(1000, base_lr=1, warmup_steps=100)",
    "long warm-up and cosine": "CosineScheduler(1000, base_lr=1, warmup_steps=200)",
    "warmup-stable-decay (WSD)": (
        'warmup_stable_decay(1000, 200, base_lr=1, warmup_steps=100, mode="linear")'
    ),
    "drops": "MultiFactorScheduler([500, 750], 0.1, base_lr=1)",
    "one-cycle": "one_cycle(1000, 300, base_lr=1)",
    "half a cosine": "CosineScheduler(500, base_lr=1)",
    "restarts": "cosine_restarts(250, base_lr=1)",
    "inverse square root": "inverse_sqrt(100, base_lr=1)",
}
START = ("constant", "constant, low", "cosine")


class Lab(SphinxDirective):
    """A place for a part of the lab."""

    has_content = True
    required_arguments = 1
    option_spec: ClassVar = {}

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
        request = {"schedules": schedules, "last": f"{LENGTH}", "iterations": "", "width": WIDTH}
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
