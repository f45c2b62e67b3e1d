"""The downloads of the gallery, as a reader runs them."""

import os
import subprocess
import sys

import nbformat
import pytest
from lr_site import documented
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
    notebook = nbformat.read(made, as_version=4)

    NotebookClient(notebook, kernel_name="python3").execute()

    displayed, expected = "", "".join(example.want for example in documented.read(script))
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            displayed += "" if documented.FIGURE.match(text) else documented.ended(text)
    assert displayed == expected


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
