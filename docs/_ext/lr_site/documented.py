"""Documented values: read them, run them, compare them with what a page shows.

Below a statement stands what it displays, as a comment::

    tuple(scheduler(i) for i in (1, 250, 251, 501))
    # -> (1, 1, 0.5, 0.25)

A further line of output starts with ``#`` and four spaces.  Documented so are gallery
scripts, the code cells of a MyST notebook and the ``python`` fences of any other
Markdown file.  Text is compared exactly, and both ways: output that is not documented
fails as well as a documented value that does not appear.  A figure is not a value: the
representation of a Matplotlib object is neither documented nor shown.

A page with ``session: NAME`` in its front matter needs more than the site does. Its
``python`` fences run in that session of nox, and their comments stay in the code that the
reader sees. If the page is a notebook, its cells run in the site build too, without the
fences: a cell can draw a picture, and must not need what a fence defines.

``failures(path, run(path))`` checks a file.  The Sphinx extension compares each page
with its own comments, and drops them so that the reader sees a value once, as output.
``python documented.py [SESSION]`` rewrites the comments of all of them from what really
happens.
"""

import ast
import contextlib
import doctest
import importlib
import io
import pkgutil
import re
import sys
import tempfile
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from markdown_it import MarkdownIt
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging

COMMENT = re.compile(r"^# -> .+(?:\n#(?:    .*)?$)*\n?", re.MULTILINE)
MISTYPED = re.compile(r"#\s*[-=]*>.*")
CELL_OPTIONS = re.compile(r"---\n(?:.*\n)*?---\n|(?::.*\n)*")
# What matplotlib returns, alone or in a container: Axes, artists, texts, an array of Axes.
FIGURE = re.compile(
    r"(?:array\(|[\[({\s]|'[^']*':|None,)*(?:<(?:Axes|Figure|matplotlib|mpl_)|Text\()"
)
DRAWN = re.compile(r"(^|/)(jupyter_execute|gallery/images)/")
# A folded cell can be opened, and a thumbnail changes no code.
HIDDEN = re.compile(
    r"^:?\s*tags:(?!\s*\[hide-input\]$).*|^#\s*sphinx_gallery_(?!thumbnail_).*", re.MULTILINE
)
SESSION = re.compile(r"\A---\n(?:.+\n)*?session: (\w+)\n")
OUTPUT_CLASSES = {"sphx-glr-script-out", "output"}

logger = logging.getLogger(__name__)


class Example(NamedTuple):
    """A top-level statement, its last line, and the output documented below it."""

    statement: ast.stmt
    end: int
    want: str


def wants(code: str, name: str) -> dict[int, str]:
    """Return the outputs documented in `code`, by the number of the line above."""
    if mistyped := MISTYPED.search(COMMENT.sub("", code)):
        raise ValueError(f"{name}: not the form of a documented value: {mistyped[0]}")
    return {
        code.count("\n", 0, comment.start()): "".join(
            f"{line[5:]}\n" for line in comment[0].splitlines()
        )
        for comment in COMMENT.finditer(code)
    }


def code_in(path: Path, where: str = "") -> str:
    """Return the text of a file, line by line, with all blanked but the code that runs.

    `where` is the session of nox that runs the code, by default the site build.
    """
    text = path.read_text("utf-8")
    if hidden := HIDDEN.search(text):
        raise ValueError(f"{path}: {hidden[0]}: the reader has to see what runs")
    if path.suffix == ".py":
        return text
    lines = text.splitlines(keepends=True)
    code = ["\n"] * len(lines)
    fences = [token for token in MarkdownIt().parse(text) if token.type == "fence"]
    cells = [token for token in fences if token.info.startswith("{code-cell}")]
    plain = [token for token in fences if token.info == "python"]
    runs = cells or plain
    if session(path):
        runs = cells + plain if where else cells
    for token in runs:
        first, end = token.map or (0, 0)
        if options := CELL_OPTIONS.match(token.content):
            first += options[0].count("\n")
        code[first + 1 : end - 1] = lines[first + 1 : end - 1]
    others = [fence for fence in fences if fence.info.lower().startswith("py")]
    if any(COMMENT.search(fence.content) for fence in others if fence.info != "python"):
        raise ValueError(f"{path}: a value is documented in code that is not read")
    return "".join(code)


def read(path: Path, where: str = "") -> list[Example]:
    """Return the statements of a file, each with the output that it documents."""
    code = code_in(path, where)
    tree, values = ast.parse(code, str(path)), wants(code, str(path))
    examples = []
    for node in tree.body[ast.get_docstring(tree) is not None :]:
        end = node.end_lineno or node.lineno
        examples.append(Example(node, end, values.pop(end, "")))
    if values:
        raise ValueError(f"{path}:{min(values) + 1}: documented below no statement")
    return examples


def count(path: Path, where: str = "") -> int:
    """Return how many values a file documents."""
    return len(wants(code_in(path, where), str(path)))


def session(path: Path) -> str:
    """Return the session of nox that runs the fences of a page, if it is not the build."""
    found = SESSION.match(path.read_text("utf-8"))
    return found[1] if found else ""


def sources(root: Path, where: str = "") -> list[Path]:
    """Return the files of the project that document values which a session checks."""
    patterns = ("README.md", "gallery/*.py", "docs/*.md", "docs/*/*.md")
    paths = [path for pattern in patterns for path in sorted(root.glob(pattern))]
    return [path for path in paths if where in ("", session(path)) and count(path, where)]


def ended(text: str) -> str:
    """Return `text` with one line end after its last line, if it has any line."""
    text = text.rstrip("\n")
    return f"{text}\n" if text else ""


def run(path: Path, where: str = "") -> list[str]:
    """Return what each statement of a file prints, then its value if it has one.

    The code may write files: it runs in an empty folder.
    """
    names: dict[str, object] = {"__name__": "__main__"}
    outputs = []
    with (
        tempfile.TemporaryDirectory() as empty,
        contextlib.chdir(empty),
    ):
        for node, _, _ in read(path, where):
            with contextlib.redirect_stdout(io.StringIO()) as output:
                if isinstance(node, ast.Expr):
                    value = eval(compile(ast.Expression(node.value), path, "eval"), names)
                    if value is not None and not FIGURE.match(repr(value)):
                        print(repr(value))
                else:
                    exec(compile(ast.Module([node], []), path, "exec"), names)
            outputs.append(ended(output.getvalue()))
    close_figures()
    return outputs


def close_figures() -> None:
    """Close what was drawn, so that the next file starts with an empty desk."""
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def difference(want: str, got: str) -> str:
    """Describe how what is displayed differs from what is documented, if it does."""
    if want == got:
        return ""
    return doctest.OutputChecker().output_difference(doctest.Example("", want), got, 0)


def failures(path: Path, outputs: Iterable[str], where: str = "") -> list[str]:
    """Describe each statement of a file whose output is not the documented one."""
    return [
        f'File "{path}", line {node.lineno}\n{ast.unparse(node)}\n{found}'
        for (node, _, want), got in zip(read(path, where), outputs, strict=True)
        if (found := difference(want, got))
    ]


def rewrite(path: Path, outputs: Iterable[str], where: str = "") -> None:
    """Document `outputs`, one per statement, in place of what a file documents."""
    lines = [f"{line}\n" for line in path.read_text("utf-8").splitlines()]
    examples = read(path, where)
    for (_, end, want), output in reversed([*zip(examples, outputs, strict=True)]):
        comment = "# ->" + textwrap.indent(output, "#    ", bool)[4:] if output else ""
        comment = re.sub(r" +$", "", comment, flags=re.MULTILINE)
        lines[end : end + want.count("\n")] = [comment]
    path.write_text("".join(lines), "utf-8")


def update(path: Path, where: str = "") -> None:
    """Run a file and rewrite its documented values from what is displayed."""
    rewrite(path, run(path, where), where)


def blocks(doctree: nodes.document) -> Iterator[tuple[nodes.literal_block, str]]:
    """Yield each block of a page with the text shown below it; drop the figures'."""
    block, shown = nodes.literal_block(), ""
    for node in list(doctree.findall(nodes.literal_block)):
        if OUTPUT_CLASSES.isdisjoint(node["classes"]):
            yield block, shown
            block, shown = node, ""
        elif FIGURE.match(node.astext()):
            node.parent.remove(node)
        else:
            shown += ended(node.astext())
    yield block, shown


def compare(app: Sphinx, doctree: nodes.document) -> None:
    """Compare what a page shows with its comments, and drop them from the page."""
    page = app.env.docname
    source = Path(app.env.doc2path(page))
    compared, found = 0, list[str]()
    needs = session(source)
    for block, shown in blocks(doctree):
        code, language = block.astext(), block.get("language", "").lower()
        is_run = "python" in language and not (needs and language == "python")
        values = wants(code, page) if is_run else {}
        if text := difference(textwrap.dedent("".join(values.values())), shown):
            found.append(f"{code}\n{text}")
        if values:
            compared += len(values)
            block.rawsource = COMMENT.sub("", code).rstrip()
            block[:] = [nodes.Text(block.rawsource)]
    for image in doctree.findall(nodes.image):
        if not DRAWN.search(image["uri"]):
            found.append(f"{image['uri']}: a picture that no code on the page draws\n")
    if (script := source.with_suffix(".py")).exists():
        source = script
    if source.suffix != ".rst" and compared != (documented := count(source)):
        found.append(f"{documented} values documented, {compared} compared\n")
    top = doctree.next_node(nodes.section)
    checked = count(source, needs) if needs else compared
    if checked and not found and top:
        top += mark(checked, "The tests check" if needs else "The site build checked", page)
    app.env.metadata[page]["documented"] = compared, found


def mark(checked: int, by: str, page: str) -> nodes.paragraph:
    """Say at the end of a page that its values are checked, with a link to how."""
    words = "1 value" if checked == 1 else f"{checked} values"
    how = addnodes.pending_xref(
        "",
        nodes.inline("", "How they are checked"),
        refdomain="std",
        reftype="ref",
        reftarget="how-numbers-are-checked",
        refexplicit=True,
        refdoc=page,
        refwarn=True,
    )
    text = f"{by} {words} on this page. "
    return nodes.paragraph("", text, how, nodes.Text("."), classes=["checked"])


def docstrings(package: str, elsewhere: Iterable[str]) -> tuple[int, list[str]]:
    """Count the examples in a package's docstrings, and describe those that fail."""
    path = importlib.import_module(package).__path__
    names = {package, *(f"{package}.{module.name}" for module in pkgutil.iter_modules(path))}
    modules = [importlib.import_module(name) for name in sorted(names.difference(elsewhere))]
    runner, report = doctest.DocTestRunner(verbose=False), io.StringIO()
    for test in (test for module in modules for test in doctest.DocTestFinder().find(module)):
        runner.run(test, out=report.write)
    close_figures()
    return runner.tries, [report.getvalue()] if runner.failures else []


def conclude(app: Sphinx, exception: Exception | None) -> None:
    """Report all differences, which fail the build, and how much was compared."""
    if exception:
        return
    results = [(page, *data["documented"]) for page, data in app.env.metadata.items()]
    for name in app.config.documented_files:
        path = (Path(app.srcdir) / name).resolve()
        results.append(("", count(path), failures(path, run(path))))
    for package in app.config.documented_packages:
        results.append(("", *docstrings(package, app.config.documented_elsewhere)))
    for page, _, found in results:
        for text in found:
            logger.error("not as documented\n%s", text, location=page)
            app.statuscode = 1
    counts = [compared for _, compared, _ in results if compared]
    logger.info("documented: %d values compared in %d sources", sum(counts), len(counts))


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the comparison to a Sphinx build."""
    app.add_config_value("documented_files", [], "", types=frozenset({list}))
    app.add_config_value("documented_packages", [], "", types=frozenset({list}))
    app.add_config_value("documented_elsewhere", [], "", types=frozenset({list}))
    app.connect("doctree-read", compare)
    app.connect("build-finished", conclude)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


if __name__ == "__main__":
    where = sys.argv[1] if len(sys.argv) > 1 else ""
    for path in sources(Path(__file__).parents[3], where):
        update(path, where)
