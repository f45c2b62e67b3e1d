"""What the site needs to be found, shared and installed from.

Beside its pages the site has the wheel and the sdist of the package, a picture for links that
people share, a sitemap, ``llms.txt`` and a page for addresses that do not exist. The directive
``install`` shows the line that installs the wheel; a script puts the site's address into it.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import lr_scheduler

ROOT = Path(__file__).parents[3]
DRAW = Path(__file__).with_name("picture.py")
RELEASE = f"schedule_learning_rate-{lr_scheduler.__version__}"
WHEEL, SDIST = f"{RELEASE}-py3-none-any.whl", f"{RELEASE}.tar.gz"
PICTURE = "_static/schedules.png"
MISSING = "404"
RELATIVE = re.compile(
    r'(?<= )((?:href|src|action|data-content_root)=")(?![a-z]+:|[/#])(?:\./)?'
)
INSTALL = """
<div class="install">
<div class="highlight-none notranslate"><div class="highlight">
<pre>pip install '<span data-wheel="{wheel}">{wheel}[plot]</span>'</pre>
</div></div>
<p>Version {version} · <a href="{source}">Source</a> · <a href="{wheel}">Wheel</a><br />
{place}: <code>pip install '.[plot]'</code></p>
</div>
"""


class Install(SphinxDirective):
    """The line that installs the wheel of this site and what plots need."""

    def run(self) -> list[nodes.Node]:
        """Return the line; without JavaScript it installs a wheel that was downloaded."""
        source = self.config.source_address
        html = INSTALL.format(
            wheel=WHEEL,
            source=source or SDIST,
            version=lr_scheduler.__version__,
            place=f"After <code>git clone {source}</code>" if source else "In the source",
        )
        return [nodes.raw("", html, format="html")]


def describe(
    app: Sphinx,
    page: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the template what a page is about, and where the source and the picture are."""
    context["source"] = app.config.source_address or context["pathto"](SDIST, 1)
    context["picture"] = f"{app.config.html_baseurl}{PICTURE}"
    context["description"] = escape(about(doctree)) if doctree else ""


def about(doctree: nodes.document, limit: int = 160) -> str:
    """Return the description that a page has, or as much of its first paragraph as is short."""
    for meta in doctree.findall(nodes.meta):
        if meta.get("name") == "description":
            return str(meta["content"])
    paragraphs = doctree.findall(nodes.paragraph)
    first = (each for each in paragraphs if not isinstance(each.parent, nodes.Admonition))
    text = " ".join(next(first, nodes.paragraph()).astext().split())
    if len(text) <= limit:
        return text
    sentences, full_stop, _ = text[:limit].rpartition(". ")
    return sentences + full_stop.strip() or f"{text[:limit].rpartition(' ')[0]} …"


def publish(app: Sphinx, exception: Exception | None) -> None:
    """Write the files beside the pages."""
    if exception or app.builder.name != "html":
        return
    site, address = Path(app.outdir), app.config.html_baseurl
    for kind in "wheel", "sdist":
        run("-m", "hatchling", "build", "-t", kind, "-d", site)
    run(DRAW, ROOT / "gallery" / "plot_09_compare.py", site / PICTURE)
    pages = [*tree(app.env.toctree_includes, app.config.root_doc)]
    urls = "".join(f"<url><loc>{address}{page}.html</loc></url>\n" for page in pages)
    xml = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{}">\n{}</urlset>\n'
    schema = "http://www.sitemaps.org/schemas/sitemap/0.9"
    (site / "sitemap.xml").write_text(xml.format(schema, urls), "utf-8")
    lines = [f"# {app.config.project}\n", f"> {lr_scheduler.__doc__.partition(chr(10))[0]}\n"]
    for page in pages:
        title = app.env.titles[page].astext()
        lines.append(f"- [{title}]({address}{page}.html): {about(app.env.get_doctree(page))}")
    (site / "llms.txt").write_text("\n".join(lines) + "\n", "utf-8")
    # A server sends this page for an address of any depth, so its links begin at the root.
    missing, root = site / f"{MISSING}.html", urlsplit(address).path
    html = missing.read_text("utf-8")
    missing.write_text(RELATIVE.sub(rf"\g<1>{root}", html), "utf-8")


def tree(includes: dict[str, list[str]], page: str) -> Iterator[str]:
    """Yield a page and those below it, in the order of the navigation."""
    yield page
    for below in includes.get(page, []):
        yield from tree(includes, below)


def run(*command: object) -> None:
    """Run Python in the root of the project; say what it printed if it fails."""
    done = subprocess.run(
        [sys.executable, *map(str, command)], cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive, the descriptions and the files."""
    app.add_config_value("source_address", "", "html", types=frozenset({str}))
    app.add_directive("install", Install)
    app.connect("html-page-context", describe)
    app.connect("build-finished", publish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
