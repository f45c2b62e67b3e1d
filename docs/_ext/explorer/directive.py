"""Schedules that the reader can change: the directive ``explorer``, and ``try``, a link to it.

Its content is one or more expressions, such as ``CosineScheduler(max_update=1000)``. The build
computes what the page shows until the browser has started Python, or where it cannot.
"""

import json
import shutil
from html import escape
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import ExtensionMetadata

import lr_scheduler

from . import runtime
from .menu import menu
from .page import answer
from .page.expressions import encode, read

WIDTH = 560  # pixels of the chart where the page is at least as wide
HERE = Path(__file__).parent
PACKAGES = [Path(lr_scheduler.__file__).parent, HERE / "page"]


class Explorer(SphinxDirective):
    """Show an explorer of one or more expressions, a line for each."""

    has_content = True
    option_spec: ClassVar = {"whole": directives.flag}

    def run(self) -> list[nodes.Node]:
        """Compute what the page shows at first."""
        schedules = [read(line) for line in self.content if line]
        request = {"schedules": schedules, "last": "", "iterations": "", "width": WIDTH}
        response = json.loads(answer(json.dumps(request)))
        if "table" not in response or len(response["valid"]) < len(schedules):
            raise self.error(f"every schedule must be valid, got {response}")
        self.env.metadata[self.env.docname]["explorer"] = True
        page = self.env.app.builder.get_relative_uri(self.env.docname, "explore")
        uri = self.env.app.builder.get_relative_uri(self.env.docname, "reference/Scheduler")
        reference = uri.rpartition("/")[0] + "/"
        whole = " data-whole" if "whole" in self.options else ""
        encoded = escape("&".join(map(encode, schedules)))
        html = (
            f'<div class="explorer" data-schedules="{encoded}" data-page="{page}" '
            f'data-reference="{reference}"{whole}>\n'
            '<div class="explorer-columns"><div class="explorer-main">'
            '<div class="explorer-view">'
            f'<div class="explorer-chart">{response["chart"]}</div>\n'
            '<p class="explorer-status" role="status">These are the values that the site was '
            'built with.</p></div>\n<div class="explorer-rest">'
            '<div class="explorer-table" role="group" aria-label="Rates" tabindex="0">'
            f"{response['table']}</div></div></div></div>\n"
            "<noscript><p>To change the schedules, allow JavaScript.</p></noscript>\n</div>"
        )
        return [nodes.raw("", html, format="html")]


class Try(SphinxRole):
    """A link to the page where the schedules of an expression can be changed."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Put the schedules into the URL."""
        page = self.env.app.builder.get_relative_uri(self.env.docname, "explore")
        schedules = quote(encode(read(self.text)), safe="&(),=")
        return [nodes.reference("", "try it", refuri=f"{page}#{schedules}")], []


def add_scripts(app: Sphinx, page: str, *rest: Any) -> None:
    """Load the small script that waits until an explorer comes near the viewport."""
    if "explorer" in app.env.metadata.get(page, {}):
        app.add_css_file("explorer/explorer.css")
        app.add_js_file("explorer/load.js", loading_method="defer")


def write(app: Sphinx) -> None:
    """Write what a reader's browser loads, before the pages, which hold its checksums."""
    if app.builder.name == "html":
        output = Path(app.outdir) / "_static" / "explorer"
        shutil.copytree(HERE / "static", output, dirs_exist_ok=True)
        runtime.write(PACKAGES, output)
        presets = json.dumps(app.config.explorer_presets)
        script = f"explorer.menu = {json.dumps(menu())};\nexplorer.presets = {presets};\n"
        (output / "menu.js").write_text(script, "utf-8", newline="\n")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, the role ``try`` and the files of the explorer."""
    # By group and name, a state that the page offers to start from, and its source.
    app.add_config_value("explorer_presets", {}, "html")
    app.add_directive("explorer", Explorer)
    app.add_role("try", Try())
    app.connect("html-page-context", add_scripts)
    app.connect("builder-inited", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
