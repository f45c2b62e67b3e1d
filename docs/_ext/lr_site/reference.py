"""The reference: a page for each public object, and a table that leads to them.

``{api} NAME`` shows the curve of the expression that is its content, links to the pages on
training, the docstring, the explorer with the same expression, folded, and the gallery pages
that use the object. Its options are those of ``autoclass``. ``{api-table}`` is a table of the
names in its content.
"""

import inspect
from dataclasses import MISSING
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from explorer.page.answer import natural
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import lr_scheduler
from lr_scheduler import Scheduler, optimizer
from lr_scheduler._chart import Scale, chart

from .curves import evaluate
from .peers import table

WIDTH, POINTS = 480, 250  # of the curve of a page
SPARK = (120, 28, 100)  # pixels and points of a curve in the table
USES = {"PyTorch": "pytorch", "Trainer": "trainers", "JAX": "jax", "Keras": "keras"}
TRAINING = ", ".join(f"{{doc}}`{name} </how-to/{page}>`" for name, page in USES.items())


def public(name: str) -> tuple[Any, str]:
    """Return a public object, and its name with the module."""
    if name in optimizer.__all__:
        return getattr(optimizer, name), f"lr_scheduler.optimizer.{name}"
    return getattr(lr_scheduler, name), f"lr_scheduler.{name}"


def sentence(name: str) -> str:
    """Return the first sentence of a docstring, in Markdown."""
    text = (inspect.getdoc(public(name)[0]) or "").partition("\n\n")[0]
    return " ".join(text.replace(":class:`", "{class}`~lr_scheduler.").split())


def rates(code: str, most: int) -> tuple[list[int], list[float]]:
    """Return iterations of a schedule, up to so many, and their rates."""
    scheduler = evaluate(code)
    last = natural([scheduler])
    iterations = [1 + i * (last - 1) // (most - 1) for i in range(most)] if last > most else []
    iterations = iterations or [*range(1, last + 1)]
    return iterations, [scheduler(t) for t in iterations]


def sparkline(code: str) -> str:
    """Draw a schedule small, for those who see; its name and its sentence stand beside it."""
    width, height, most = SPARK
    iterations, values = rates(code, most)
    low, high = min(0, *values), max(values)
    x = Scale(2, (width - 4) / iterations[-1])
    y = Scale(height - 2 + (height - 4) * low / (high - low), (4 - height) / (high - low))
    points = [f"{x.at(t)} {y.at(rate)}" for t, rate in zip(iterations, values, strict=True)]
    return (
        f'<svg class="sparkline" aria-hidden="true" viewBox="0 0 {width} {height}">'
        f'<path d="M{"L".join(points)}"/></svg>'
    )


def expression(source: Path) -> str:
    """Return the expression that the page of an object shows, if any."""
    _, _, body = source.read_text("utf-8").partition("```{api}")
    lines = body.partition("\n```")[0].split("\n")[1:]
    return "\n".join(line for line in lines if not line.startswith(":")).strip()


class Api(SphinxDirective):
    """Show an object of the package."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar = {
        "members": directives.unchanged,
        "special-members": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Show the curve, the docstring, the explorer and the gallery."""
        name, code = self.arguments[0], "\n".join(self.content).strip()
        value, full = public(name)
        if not self.options:  # no methods to list beside the page, and the examples are wide
            self.env.metadata[self.env.docname]["html_theme.sidebar_secondary.remove"] = ""
        lines = [f".. auto{'class' if inspect.isclass(value) else 'function'}:: {full}"]
        lines += [f"   :{key}: {names}" for key, names in self.options.items()]
        shown: list[nodes.Node] = []
        if code:
            iterations, curve = rates(code, POINTS)
            svg = chart([0], [name], iterations, [curve], WIDTH)
            shown.append(nodes.raw("", f'<div class="curve">{svg}</div>', format="html"))
            if isinstance(evaluate(code), Scheduler):
                shown += self.parse_text_to_nodes(f"Use it in training: {TRAINING}.")
            start, end = '<details class="fold"><summary>Try it</summary>', "</details>"
            lines += ["", ".. raw:: html", "", f"   {start}", "", ".. explorer::", ""]
            lines += [f"   {code}", "", ".. raw:: html", "", f"   {end}"]
        lines += ["", f".. minigallery:: {full}", ""]
        text = "\n".join(lines)
        described = nodes.meta("", name="description", content=f"{name}. {plain(name)}")
        return [described, *shown, *self.parse_text_to_nodes(f"```{{eval-rst}}\n{text}```")]


def plain(name: str) -> str:
    """Return the first sentence of a docstring without markup."""
    return sentence(name).replace("{class}`~lr_scheduler.", "").replace("`", "")


class ApiTable(SphinxDirective):
    """Show a table of objects, and put their pages into the tree."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Name each object, describe it in a sentence, and draw its curve."""
        rows = []
        for name in self.content:
            source = Path(self.env.srcdir, "reference", f"{name}.md")
            self.env.note_dependency(str(source))
            code = expression(source)
            _, full = public(name)
            link, _ = self.parse_inline(f"{{py:obj}}`~{full}`")
            words, _ = self.parse_inline(sentence(name))
            spark = [nodes.raw("", sparkline(code), format="html")] if code else []
            rows.append([link, words, spark])
        pages = "\n".join(f"/reference/{name}" for name in self.content)
        tree = self.parse_text_to_nodes(f"```{{toctree}}\n:hidden:\n\n{pages}\n```")
        return [table(["Name", "What it does", "Curve"], rows, "reference"), *tree]


def shorten(app: Sphinx, *described: Any) -> tuple[str | None, str | None]:
    """Leave a default without a value out of a signature."""
    signature, returned = described[-2:]
    return (signature or "").replace(f"={MISSING!r}", "") or None, returned


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directives."""
    app.add_directive("api", Api)
    app.connect("autodoc-process-signature", shorten)
    app.add_directive("api-table", ApiTable)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
