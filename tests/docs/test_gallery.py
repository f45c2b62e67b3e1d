"""The downloads of the gallery, as a reader runs them."""

import ast
import sys

import documented
import nbformat
import pytest
from nbclient import NotebookClient
from sphinx_gallery.gen_gallery import DEFAULT_GALLERY_CONF
from sphinx_gallery.notebook import jupyter_notebook, save_notebook
from sphinx_gallery.py_source_parser import split_code_and_text_blocks
from support import ROOT

SCRIPTS = sorted(ROOT.glob("gallery/*.py"))
READER = {"lr_scheduler", "matplotlib", "numpy", "sklearn", *sys.stdlib_module_names}


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
    notebook = nbformat.read(made, as_version=4)

    NotebookClient(notebook, kernel_name="python3").execute()

    displayed, expected = "", "".join(example.want for example in documented.read(script))
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            displayed += "" if documented.FIGURE.match(text) else documented.ended(text)
    assert displayed == expected


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_imports_what_a_reader_has_installed(script):
    """It runs in an empty folder: see `run` in ``test_pages.py``."""
    tree = ast.parse(script.read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {getattr(node, "module", None) or node.names[0].name for node in imports}

    assert {name.partition(".")[0] for name in names} <= READER
