"""A page as a notebook to download.

A page that links to ``gallery/NAME.ipynb``, where NAME is its own, is written there: its
text as the Markdown that Jupyter knows, its cells without outputs.
"""

import base64
import re
from pathlib import Path
from typing import Any

import nbformat
from myst_nb.core.read import read_myst_markdown_notebook  # type: ignore[import-untyped]
from sphinx.application import Sphinx

from .publish import WHEEL

NOT_SHOWN = re.compile(r"^(?:%.*|.*\{download\}.*)\n?", re.MULTILINE)
LINK = re.compile(r"\{doc\}`([^`<]+) </?([^`>]+)>`")
NAME = re.compile(r"\{(?:class|func|meth)\}`(?:~[\w.]*\.)?(\w+)`")
INSTALL = "```{install}\n```"
IMAGE = re.compile(r"!\[([^]]*)\]\(([^)]+)\)")

FOLD = re.compile(r'<p( class="(?:collapsed|expanded) admonition-title">[^<]*)</p>')


def notebook(page: Path, address: str = "") -> nbformat.NotebookNode:
    """Return a page as a notebook whose links lead to the site at `address`, if it has one."""
    made: nbformat.NotebookNode = read_myst_markdown_notebook(page.read_text("utf-8"))
    made.metadata = {"kernelspec": made.metadata["kernelspec"]}
    for number, cell in enumerate(made.cells):
        cell.id = f"cell-{number}"
        cell.metadata = {}
        if cell.cell_type == "markdown":
            text = NAME.sub(r"`\1`", NOT_SHOWN.sub("", cell.source))
            line = f"pip install 'schedule-learning-rate[plot] @ {address}{WHEEL}'"
            text = text.replace(INSTALL, f"```\n{line}\n```")
            text = LINK.sub(rf"[\1]({address}\2.html)" if address else r"\1", text)
            cell.source = IMAGE.sub(lambda image: embedded(image, page.parent), text)
    return made


def embedded(image: re.Match[str], folder: Path) -> str:
    """Return an image that carries its own file, which a download is without."""
    data = base64.b64encode((folder / image[2]).read_bytes()).decode()
    return f'<img src="data:image/svg+xml;base64,{data}" alt="{image[1]}">'


def write(app: Sphinx) -> None:
    """Write the notebook of each page that links to its own."""
    for page in Path(app.srcdir).glob("*.md"):
        name = f"gallery/{page.stem}.ipynb"
        if f"<{name}>" in page.read_text("utf-8"):
            made = notebook(page, app.config.html_baseurl)
            nbformat.write(made, page.parent / name)  # type: ignore[no-untyped-call]


def name_folds(app: Sphinx, page: str, template: str, context: dict[str, Any], _: Any) -> None:
    """Let the words on a folded cell be its name, as valid HTML; myst-nb writes paragraphs."""
    body = context.get("body", "").replace(' aria-label="Toggle hidden content"', "")
    context["body"] = FOLD.sub(r"<span\1</span>", body)


def setup(app: Sphinx) -> dict[str, bool]:
    """Write the notebooks once the pictures of the gallery are there."""
    app.connect("builder-inited", write, priority=900)
    app.connect("html-page-context", name_folds)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
