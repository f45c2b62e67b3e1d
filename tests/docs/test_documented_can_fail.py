"""What is wrong turns the check of a file and the build of the site red."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import documented
import pytest
from docutils import nodes
from matplotlib import pyplot
from support import ROOT

KINDS = {
    "script.py": '"""Title."""\n\n{}',
    "notebook.md": "# Title\n\n```{{code-cell}}\n:linenos:\n\n{}```\n\n# -> 7\n",
    "README.md": "# Title\n\n```python\n{}```\n\n# -> 7\n",
}
RIGHT = {
    "value": "1 + 1\n# -> 2\n",
    "printed": "print('one\\n\\ntwo')\n# -> one\n#\n#    two\n",
    "compound": "for i in (1, 2):\n    print(i)\n    i + 1\n# -> 1\n#    2\n",
    "nothing": "x = 2\nNone\n\n# x is 2.\n",
    "unended": "print(2, end='')\n# -> 2\n",
    "figure": "from matplotlib import pyplot\n\npyplot.figure()\n",
}
WRONG = {
    "value": "1 + 1\n# -> 3\n",
    "type": "2.0\n# -> 2\n",
    "truth": "1 == 1\n# -> 1\n",
    "spaces": "(1, 2)\n# -> (1,2)\n",
    "undocumented": "1 + 1\n",
    "print undocumented": "print(2)\n",
    "not displayed": "x = 2\n# -> 2\n",
    "line missing": "print('1\\n2')\n# -> 1\n",
    "line too many": "1 + 1\n# -> 2\n#    3\n",
}
MISPLACED = {
    "no space": "1 + 1\n#-> 2\n",
    "no dash": "1 + 1\n# > 2\n",
    "another arrow": "1 + 1\n# => 2\n",
    "behind": "x = 2  # -> 2\n",
    "apart": "1 + 1\n\n# -> 2\n",
    "inside": "if True:\n    1 + 1\n    # -> 2\n",
}


def written(tmp_path, kind, code):
    path = tmp_path / kind
    path.write_text(KINDS[kind].format(code), "utf-8")
    return path


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", RIGHT.values(), ids=RIGHT)
def test_right(tmp_path, kind, code):
    path = written(tmp_path, kind, code)
    text = path.read_text("utf-8")
    assert not documented.failures(path, documented.run(path))
    assert not pyplot.get_fignums()
    documented.update(path)
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", WRONG.values(), ids=WRONG)
def test_wrong(tmp_path, kind, code):
    path = written(tmp_path, kind, code)
    assert len(documented.failures(path, documented.run(path))) == 1
    documented.update(path)
    assert not documented.failures(path, documented.run(path))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", MISPLACED.values(), ids=MISPLACED)
def test_misplaced(tmp_path, kind, code):
    with pytest.raises(ValueError, match="documented"):
        documented.run(written(tmp_path, kind, code))


@pytest.mark.parametrize("language", ["py", "python3", "Python", "python title=x"])
def test_a_value_in_code_that_is_not_read(tmp_path, language):
    path = tmp_path / "README.md"
    path.write_text(f"# Title\n\n```{language}\n{RIGHT['value']}```\n", "utf-8")
    with pytest.raises(ValueError, match="documented in code that is not read"):
        documented.count(path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.md", "```{code-cell}\n:tags: [remove-output]\n\n1 + 1\n```\n"),
        ("page.md", "```{code-cell}\n---\ntags: [skip-execution]\n---\n1 + 1\n```\n"),
        ("script.py", "# sphinx_gallery_start_ignore\nx = 1\n"),
    ],
)
def test_what_runs_unseen(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match="the reader has to see what runs"):
        documented.read(path)


def test_a_picture_that_no_code_draws(tmp_path):
    path = written(tmp_path, "notebook.md", "")
    env = SimpleNamespace(docname="page", doc2path=lambda _: path, metadata={"page": {}})
    for uri, expected in {
        "_static/x.svg": 1,
        "_build/jupyter_execute/x.svg": 0,
        "gallery/images/sphx_glr_x.svg": 0,
    }.items():
        documented.compare(SimpleNamespace(env=env), nodes.container("", nodes.image(uri=uri)))
        assert len(env.metadata["page"]["documented"][1]) == expected


def shown(tmp_path, *blocks):
    """Return what a page of these blocks makes of a source that documents 2."""
    path = written(tmp_path, "notebook.md", RIGHT["value"])
    page = nodes.container()
    for text, language, name in blocks:
        page += nodes.literal_block(text, text, language=language, classes=[name])
    env = SimpleNamespace(docname="page", doc2path=lambda _: path, metadata={"page": {}})
    documented.compare(SimpleNamespace(env=env), page)
    return page.astext(), *env.metadata["page"]["documented"]


@pytest.mark.parametrize("code", ["1 + 1\n# -> 2\n", "print('  2')\n# ->   2\n"])
def test_a_page_shows_a_value_once(tmp_path, code):
    output, figure = ("2\n", "none", "output"), ("<Axes: >", "none", "output")
    page = shown(tmp_path, (code, "ipython3", ""), output, figure)
    assert page == (code.split("\n")[0] + "\n\n2\n", 1, [])


@pytest.mark.parametrize(
    "blocks",
    [
        [],
        [(RIGHT["value"], "ipython3", "")],
        [(RIGHT["value"], "renamed", ""), ("2", "none", "output")],
        [(RIGHT["value"], "ipython3", ""), ("2", "none", "renamed")],
        [("2", "none", "output"), (RIGHT["value"], "ipython3", "")],
        [(RIGHT["value"], "ipython3", ""), ("2", "none", "output")] * 2,
    ],
    ids=["all lost", "output lost", "language", "class", "above", "twice"],
)
def test_a_page_that_lost_its_form_is_noticed(tmp_path, blocks):
    assert shown(tmp_path, *blocks)[2]


def smallest(pattern):
    """Return the smallest file that documents a value, relative to the root."""
    paths = [path for path in ROOT.glob(pattern) if documented.count(path)]
    return min(paths, key=lambda path: path.stat().st_size).relative_to(ROOT)


PARALLEL = ["-m", "sphinx", "-q", "-j", "2", "-b", "dummy", "docs", "out"]
CONF = """
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))
extensions = ["documented", "peers"]
exclude_patterns = ["_*"]
"""
INDEX = "Title\n=====\n\n.. peers:: fvcore\n\n.. code-block:: python\n\n   None\n"


@pytest.mark.parametrize(
    ("name", "right", "wrong", "expected"),
    [
        ("index.rst", "None", "None\n   # -> 3", "ERROR: not as documented"),
        (
            "_data/peers/fvcore.json",
            "[0.1, ",
            "[0.2, ",
            "ERROR: ConstantParamScheduler: not the",
        ),
    ],
    ids=["documented", "peer"],
)
def test_a_wrong_value_turns_a_parallel_build_red(tmp_path, name, right, wrong, expected):
    """Sphinx reads in parallel from 6 pages on."""
    docs = tmp_path / "docs"
    for folder in ("_ext", "_data/peers"):
        shutil.copytree(ROOT / "docs" / folder, docs / folder)
    (docs / "conf.py").write_text(CONF, "utf-8")
    (docs / "index.rst").write_text(INDEX, "utf-8")
    for page in "abcde":
        (docs / f"{page}.rst").write_text("Title\n=====\n", "utf-8")
    text = (docs / name).read_text("utf-8")
    assert right in text
    (docs / name).write_text(text.replace(right, wrong, 1), "utf-8")

    build = subprocess.run(
        [sys.executable, *PARALLEL],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        text=True,
    )

    assert expected in build.stderr
    assert build.returncode == 1


PLANTED = {
    smallest("gallery/*.py"): "\n# %%\n# More.\n\n6 * 7\n",
    smallest("docs/*.md"): "\n```{code-cell}\n6 * 7\n```\n",
    Path("README.md"): "\n```python\n6 * 7\n```\n",
}
DOCSTRING = (
    Path("lr_scheduler", "_stepwise.py"),
    "    (1, 1, 0.5, 0.25)",
    "    (1, 1, 0.5, 0.26)",
)
LOUD = "\n```{code-cell}\nimport sys\n\n_ = sys.stderr.write('a warning')\n```\n"
STATIC = "\n```python\n7 * 7\n# -> 49\n```\n"


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """Return a copy of the site with a wrong value and more in one source per kind."""
    root = tmp_path_factory.mktemp("planted")
    generated = shutil.ignore_patterns("gallery", "_build", "jupyter_execute")
    shutil.copytree(ROOT / "docs", root / "docs", ignore=generated)
    for page in root.glob("docs/**/*.md"):  # others would only take time
        if page.relative_to(root) not in PLANTED:
            page.unlink()
    (root / "docs" / "index.md").write_text("# Title\n", "utf-8")
    shutil.copytree(ROOT / "lr_scheduler", root / "lr_scheduler")
    module, right, wrong = DOCSTRING
    text = (ROOT / module).read_text("utf-8")
    assert text.count(right) == 1
    (root / module).write_text(text.replace(right, wrong), "utf-8")
    (root / "gallery").mkdir()
    for path in (*ROOT.glob("*.md"), *ROOT.glob("gallery/*.rst")):
        shutil.copy(path, root / path.relative_to(ROOT))
    for path, undocumented in PLANTED.items():
        text = (ROOT / path).read_text("utf-8")
        first = next(value for value in documented.read(ROOT / path) if value.want)
        lines = text.splitlines(keepends=True)
        lines[first.end] = "# -> wrong " + lines[first.end][5:]
        (root / path).write_text("".join(lines) + undocumented, "utf-8")
    return root


def test_a_planted_error_turns_its_file_red(planted):
    for path in PLANTED:
        wrong, undocumented = documented.failures(
            planted / path, documented.run(planted / path)
        )
        assert "Expected:\n    wrong " in wrong
        assert "Expected nothing\nGot:\n    42" in undocumented


def test_planted_errors_turn_the_build_red(planted):
    notebook = next(planted / path for path in PLANTED if path.parent.name == "docs")
    with notebook.open("a", encoding="utf-8") as file:
        file.write(LOUD + STATIC)
    site = [planted / "docs", planted / "_site"]
    build = subprocess.run(
        [sys.executable, "-m", "sphinx", "--no-color", "-b", "dummy", *site],
        cwd=planted,
        env={**os.environ, "PYTHONPATH": str(planted)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert build.returncode == 1, build.stderr
    assert build.stderr.count("Expected:\n    wrong ") == len(PLANTED), build.stderr
    assert build.stderr.count("Expected nothing\nGot:\n    42") == len(PLANTED)
    assert "Expected nothing\nGot:\n    a warning" in build.stderr
    assert "Expected:\n    49\nGot nothing" in build.stderr
    assert "values documented, " in build.stderr
    assert "Expected:\n    (1, 1, 0.5, 0.26)\nGot:\n    (1, 1, 0.5, 0.25)" in build.stderr
    assert build.stderr.count("ERROR: not as documented") == 2 * len(PLANTED) + 4
