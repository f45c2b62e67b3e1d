"""The sections of the gallery's index: thumbnails that show curves alone.

``.. examples::`` shows the scripts that it names, and puts their pages into the navigation
in the same order.
"""

import re
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx_gallery import backreferences
from sphinx_gallery.gen_rst import extract_intro_and_title
from sphinx_gallery.py_source_parser import split_code_and_text_blocks

WORDS = re.compile(r"<text\b.*?</text>", re.DOTALL)
WIDTH = re.compile(r"(?<=stroke-width: )[\d.]+")
SIZE = re.compile(r'(?<=<svg )(.*?)width="[^"]+" height="[^"]+" viewBox="[^"]+"', re.DOTALL)
AXES = re.compile(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/>')


class Examples(SphinxDirective):
    """Gallery scripts, by their names without an ending, one on each line."""

    has_content: ClassVar[bool] = True

    def run(self) -> list[nodes.Node]:
        """Return the thumbnails, and a hidden table of contents."""
        target = Path(self.env.srcdir) / "gallery"
        lines = [".. toctree::", "   :hidden:", "", *(f"   {name}" for name in self.content)]
        lines += ["", *backreferences.THUMBNAIL_PARENT_DIV.splitlines()]
        for name in self.content:
            script = target / f"{name}.py"
            _, blocks = split_code_and_text_blocks(script)
            intro, title = extract_intro_and_title(script, blocks[0].content)
            div = backreferences._thumbnail_div(
                target, self.env.srcdir, script.name, intro, title
            )
            lines += div.splitlines()
        lines += backreferences.THUMBNAIL_PARENT_DIV_CLOSE.splitlines()
        return self.parse_text_to_nodes("\n".join(lines))


def simplify(picture: str) -> str:
    """Return the curves of a figure alone: without words, too small to read, and thicker."""
    boxes = [[float(number) for number in box] for box in AXES.findall(picture)]
    left, top = (min(box[i] for box in boxes) - 5 for i in (0, 1))
    right, bottom = (max(box[i] + box[i + 2] for box in boxes) + 5 for i in (0, 1))
    width, height = f"{right - left:.1f}", f"{bottom - top:.1f}"
    view = f'viewBox="{left:.1f} {top:.1f} {width} {height}"'
    picture = SIZE.sub(rf'\1width="{width}" height="{height}" {view}', picture, count=1)
    picture = WIDTH.sub(lambda found: f"{2 * float(found[0]):g}", picture)
    return WORDS.sub("", picture)


def simplify_all(app: Sphinx) -> None:
    """Simplify the thumbnails that sphinx-gallery has made anew."""
    for path in Path(app.srcdir).glob("gallery/images/thumb/*.svg"):
        if WORDS.search(picture := path.read_text("utf-8")):
            path.write_text(simplify(picture), "utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Let a thumbnail's words stand in the attribute that HTML has for them."""
    for name in ("THUMBNAIL_TEMPLATE", "BACKREF_THUMBNAIL_TEMPLATE"):
        template = getattr(backreferences, name)
        setattr(backreferences, name, template.replace(' {tags}tooltip="', ' {tags}title="'))
    app.add_directive("examples", Examples)
    app.connect("builder-inited", simplify_all, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
