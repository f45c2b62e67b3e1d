"""Part a page into its sentences and its code, with the parsers that build the site."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import peer_rates
from documented import SESSION
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Directive
from docutils.parsers.rst import Parser as RestParser
from docutils.utils import new_document
from myst_parser.parsers.docutils_ import Parser as MystParser
from sphinx.util.docutils import CustomReSTDispatcher
from sphinx_gallery.py_source_parser import split_code_and_text_blocks

_SETTINGS = {
    "report_level": 5,
    "halt_level": 5,
    "file_insertion_enabled": False,
    "syntax_highlight": "none",
    "myst_enable_extensions": ["amsmath", "colon_fence", "deflist", "dollarmath"],
}
_KINDS = {
    nodes.literal: "inline",
    nodes.math: "formula",
    nodes.math_block: "formula",
}  # any other: a sentence
_NOT_READ = (nodes.comment, nodes.label)
_MARKERS = (nodes.footnote_reference, nodes.citation_reference)
_TAG = re.compile(r'<!--.*?-->|<[^>]*?\balt="([^"]*)"[^>]*>|<[^>]*>', re.DOTALL)
_OPTIONS = re.compile(r"\A(?:---\n(?s:.*?)^---$\n?|(?::[\w-]+:.*\n?)+)?", re.MULTILINE)
_CAPTION = re.compile(r"\b(?:alt|caption):\s+(.+(?:\n[ ]+(?![\w-]+:\s).*)*)")


class Piece(NamedTuple):
    """A stretch of a page, and the line on which it begins."""

    line: int
    # "sentence", "inline" (code in a sentence), "formula", "code" (that runs on the page), or
    # "shown" (that runs elsewhere, and is checked there)
    kind: str
    text: str


def pieces(path: Path) -> Iterator[Piece]:
    """Read a gallery script, a Markdown page or notebook, or a reST file."""
    if path.suffix == ".py":
        for kind, text, line in split_code_and_text_blocks(path)[1]:
            yield from _read(text, line) if kind == "text" else [Piece(line, "code", text)]
    else:
        yield from _read(path.read_text("utf-8"), 1, path.name)


def _read(source: str, line: int, name: str = "") -> Iterator[Piece]:
    """Read Markdown or reST: a code cell runs; in the README a Python block does.

    So it does on the pages that a session of their own runs.
    """
    markdown = name.endswith(".md")
    runs_fences = name == "README.md" or bool(SESSION.match(source))
    parser = MystParser() if markdown else RestParser()
    settings = get_default_settings(parser)
    vars(settings).update(_SETTINGS)
    tree = new_document(name, settings)
    with _SphinxMarkup():
        parser.parse(source, tree)
    if markdown:  # without its front matter
        tree.children = [
            node for node in tree.children if not isinstance(node, nodes.field_list)
        ]
    for message in list(
        tree.findall(nodes.system_message)
    ):  # what is not understood is read as it is written
        written = nodes.paragraph(
            "", "".join(block.astext() for block in message.findall(nodes.literal_block))
        )
        written.line = message.get("line")
        message.replace_self(written)
    for node in tree.findall(nodes.Element):
        start = line - 1 + (node.line or getattr(node.parent, "line", None) or 1)
        if isinstance(node, nodes.image | nodes.meta):
            yield Piece(start, "sentence", node.get("alt") or node.get("content") or "")
        elif "code-cell" in node["classes"]:
            yield Piece(start, "code", node.astext())
        elif "shown" in node["classes"]:
            yield Piece(start, "shown", node.astext())
        elif runs_fences and node["classes"] == ["code", "python"]:
            yield Piece(start + 1, "code", node.astext())
        elif isinstance(node, nodes.TextElement) and not isinstance(
            node.parent, nodes.TextElement
        ):
            ruled = (
                isinstance(node, nodes.title) and not markdown
            )  # such a title has the line of its rule
            yield from () if isinstance(node, _NOT_READ) else _texts(node, start - ruled)


def _texts(block: nodes.TextElement, line: int) -> Iterator[Piece]:
    """Read a paragraph, a title or the like; emphasis and links do not part a sentence."""
    texts = (
        text for text in block.findall(nodes.Text) if not isinstance(text.parent, _MARKERS)
    )
    for kind, run in groupby(texts, key=lambda text: _KINDS.get(type(text.parent), "sentence")):
        joined = "".join(
            _TAG.sub(r"\1", text) if isinstance(text.parent, nodes.raw) else text
            for text in run
        )
        yield Piece(line, kind, joined)
        line += joined.count("\n")


class _SphinxMarkup(CustomReSTDispatcher):
    """Stand in for the roles and directives that docutils alone does not know."""

    def directive(self, *args: Any) -> Any:
        found, messages = super().directive(*args)
        return (found, messages) if found else (_Directive, [])

    def role(self, *args: Any) -> Any:
        found, messages = super().role(*args)
        return (found, messages) if found else (_role, [])


def _role(name: str, rawtext: str, text: str, *args: Any, **kwargs: Any) -> Any:
    """Keep the title of a cross-reference, drop its target."""
    if name == "try":  # a link without a title of its own
        return [], []
    return [nodes.literal(rawtext, text.partition(" <")[0])], []


class _Directive(Directive):
    """A code cell, or a directive with prose in it; captions and alt texts are prose too."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        text = "\n".join(self.content)
        body = _OPTIONS.sub("", text, count=1)
        options = text.removesuffix(body)
        skipped = options.count("\n")
        title, _ = self.state.inline_text(" ".join(self.arguments), self.lineno)
        result = nodes.container("", nodes.paragraph("", "", *title))
        result += [nodes.paragraph("", caption) for caption in _CAPTION.findall(options)]
        for paragraph in result:
            paragraph.line = self.lineno
        if self.name == "code-cell":
            cell = nodes.literal_block("", body, classes=["code-cell"])
            cell.line = self.lineno + self.content_offset + skipped + 1
            result += cell
        elif self.name == "peers":  # it shows the code of its rows, and updates from 1, step 0
            rows = peer_rates.read(peer_rates.DATA / f"{self.arguments[0]}.toml").rows
            shown = [text.strip() for row in rows for text in (row.theirs, row.ours)]
            result += nodes.literal_block("", "\n".join(["0, 1", *shown]), classes=["shown"])
        elif self.name == "explorer":  # it computes what its expressions give
            result += nodes.literal_block("", body, classes=["shown"])
        else:
            self.state.nested_parse(
                self.content[skipped:], self.content_offset + skipped, result
            )
        return [result]
