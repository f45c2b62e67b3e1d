"""The downloads of the gallery and the tutorial, as a reader runs them."""

import os
import re
import subprocess
import sys
from types import SimpleNamespace

import nbformat
import pytest
from lr_site import documented
from lr_site.notebook import IMAGE, notebook, write
from lr_site.thumbnails import simplify_all
from nbclient import NotebookClient
from sphinx_gallery.gen_gallery import DEFAULT_GALLERY_CONF
from sphinx_gallery.notebook import jupyter_notebook, save_notebook
from sphinx_gallery.py_source_parser import split_code_and_text_blocks
from support import ROOT

SCRIPTS = sorted(ROOT.glob("gallery/*.py"))


# A kernel takes seconds to start: of most scripts, the exhaustive session runs the notebook.
@pytest.mark.parametrize(
    "script",
    [SCRIPTS[0], *(pytest.param(each, marks=pytest.mark.exhaustive) for each in SCRIPTS[1:])],
    ids=lambda path: path.stem,
)
def test_the_notebook_download_shows_the_same_values(script, tmp_path, monkeypatch):
    """The notebook that sphinx-gallery makes of a script, run in a kernel of its own."""
    monkeypatch.setenv("MATPLOTLIBRC", str(ROOT / "docs" / "matplotlibrc"))
    _, blocks = split_code_and_text_blocks(script)
    made = tmp_path / "download.ipynb"
    configuration = {**DEFAULT_GALLERY_CONF, "src_dir": str(tmp_path)}
    save_notebook(jupyter_notebook(blocks, configuration, str(tmp_path)), made)

    assert displayed(nbformat.read(made, as_version=4)) == documented_in(script)


def displayed(notebook):
    """Run a notebook in a kernel of its own, and return the values that it shows."""
    NotebookClient(notebook, kernel_name="python3").execute()
    shown = ""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            shown += "" if documented.FIGURE.match(text) else documented.ended(text)
    return shown


def documented_in(page):
    return "".join(example.want for example in documented.read(page))


@pytest.fixture
def tutorial(tmp_path):
    """The tutorial, with a picture in place of the gallery's."""
    page = tmp_path / "tutorial.md"
    page.write_text((ROOT / "docs" / page.name).read_text("utf-8"), "utf-8")
    for _, picture in IMAGE.findall(page.read_text("utf-8")):
        (tmp_path / picture).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / picture).write_text("<svg/>", "utf-8")
    return page


def test_the_tutorial_download_shows_the_same_values(tutorial, monkeypatch):
    monkeypatch.setenv("MATPLOTLIBRC", str(ROOT / "docs" / "matplotlibrc"))
    monkeypatch.delenv("MPLBACKEND", raising=False)  # the kernel takes one that shows figures
    made = nbformat.reads(nbformat.writes(notebook(tutorial)), as_version=4)

    nbformat.validate(made)
    assert displayed(made) == documented_in(tutorial)
    for cell in made.cells:
        outputs = [*cell.get("outputs", [])]
        kinds = [kind for output in outputs for kind in output.get("data", {})]
        drawn = any(kind.startswith("image/") for kind in kinds)
        assert drawn == ("plot(" in cell.source), cell.source


def test_the_tutorial_download_is_plain_markdown(tutorial):
    """Jupyter knows no roles, comments or files of the site."""
    cells = notebook(tutorial, "https://example.org/").cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")

    assert re.findall(r"\{\w+\}|^%.*|!\[|download", text, re.MULTILINE) == []
    wheel = "https://example.org/schedule_learning_rate-"
    assert f"```\npip install 'schedule-learning-rate[plot] @ {wheel}" in text
    assert "[JAX](https://example.org/how-to/jax.html)" in text
    assert "`replace`" in text
    assert '<img src="data:image/svg+xml;base64,PHN2Zy8+" alt="The four learning rates' in text


def test_a_page_that_links_to_its_notebook_gets_it(tutorial):
    (tutorial.parent / "other.md").write_text("# A page\n", "utf-8")
    app = SimpleNamespace(
        srcdir=tutorial.parent, config=SimpleNamespace(html_baseurl="https://example.org/")
    )
    write(app)

    (made,) = tutorial.parent.glob("**/*.ipynb")
    assert made == tutorial.parent / "gallery" / "tutorial.ipynb"
    assert nbformat.read(made, as_version=4) == notebook(tutorial, "https://example.org/")


def test_a_thumbnail_has_the_curves_alone(tmp_path):
    """Two panels: 40 wide each, and 10 apart."""
    picture = '<svg a="" {} x=""><path style="stroke-width: {}"/>{}{}{}</svg>'
    panels = [f'<rect x="{x}" y="20" width="40" height="50"/>' for x in (10, 60)]
    size = 'width="200pt" height="100pt" viewBox="0 0 200 100"'
    thumbnail = tmp_path / "gallery" / "images" / "thumb" / "x.svg"
    thumbnail.parent.mkdir(parents=True)
    words = '<text x="0">a\nb</text>'
    thumbnail.write_text(picture.format(size, "2.2", *panels, words), "utf-8")
    for _ in range(2):  # the second build finds it as it is
        simplify_all(SimpleNamespace(srcdir=tmp_path))

    size = 'width="100.0" height="60.0" viewBox="5.0 15.0 100.0 60.0"'
    assert thumbnail.read_text("utf-8") == picture.format(size, "4.4", *panels, "")


@pytest.mark.exhaustive
def test_the_script_downloads_run(tmp_path):
    """As a reader runs them: from another folder, with the settings of matplotlib."""
    run = """if True:
        import runpy, sys
        from matplotlib import pyplot
        for script in sys.argv[1:]:
            runpy.run_path(script, run_name="__main__")
            pyplot.close("all")
    """
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", run, *SCRIPTS],
        cwd=tmp_path,
        env={**os.environ, "MPLBACKEND": "agg"},
        capture_output=True,
        check=False,
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, "")
