"""What is wrong turns the check of a file and the build of the site red."""

import itertools
import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest
from docutils import nodes
from lr_site import documented, peers
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
    "axes": "from matplotlib import pyplot\n\npyplot.subplots(1, 2)\n",
    "artists": "from matplotlib import pyplot\n\npyplot.gca().set(xlabel='t', title='T')\n",
    "boxes": "from matplotlib import pyplot\n\npyplot.boxplot([1, 2])\n",
}
WRONG = {
    "value": "1 + 1\n# -> 3\n",
    "type": "2.0\n# -> 2\n",
    "truth": "1 == 1\n# -> 1\n",
    "spaces": "(1, 2)\n# -> (1,  2)\n",
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


def in_turn(codes):
    """Take the codes in the three kinds of files in turn."""
    each = [*zip(itertools.cycle(KINDS), codes.values())]
    return pytest.mark.parametrize(("kind", "code"), each, ids=codes)


def written(tmp_path, kind, code):
    path = tmp_path / kind
    path.write_text(KINDS[kind].format(code), "utf-8")
    return path


@in_turn(RIGHT)
def test_what_is_displayed_passes_and_stays(tmp_path, kind, code):
    path = written(tmp_path, kind, code)
    text = path.read_text("utf-8")
    assert not documented.failures(path, documented.run(path))
    assert not pyplot.get_fignums()
    documented.update(path)
    assert path.read_text("utf-8") == text


@in_turn(WRONG)
def test_another_output_fails_and_is_rewritten(tmp_path, kind, code):
    path = written(tmp_path, kind, code)
    assert len(documented.failures(path, documented.run(path))) == 1
    documented.update(path)
    assert not documented.failures(path, documented.run(path))


@in_turn(MISPLACED)
def test_a_misplaced_comment_is_refused(tmp_path, kind, code):
    with pytest.raises(ValueError, match="documented"):
        documented.run(written(tmp_path, kind, code))


@pytest.mark.parametrize("language", ["py", "python3", "Python", "python title=x"])
def test_a_value_in_code_that_is_not_read_is_refused(tmp_path, language):
    path = tmp_path / "README.md"
    path.write_text(f"# Title\n\n```{language}\n{RIGHT['value']}```\n", "utf-8")
    with pytest.raises(ValueError, match="documented in code that is not read"):
        documented.count(path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.md", "```{code-cell}\n:tags: [remove-output]\n\n1 + 1\n```\n"),
        ("page.md", "```{code-cell}\n---\ntags: [skip-execution]\n---\n1 + 1\n```\n"),
        ("page.md", "```{code-cell}\n:tags: [hide-input, remove-output]\n\n1 + 1\n```\n"),
        ("script.py", "# sphinx_gallery_start_ignore\nx = 1\n"),
    ],
)
def test_code_that_the_page_hides_is_refused(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match="the reader has to see what runs"):
        documented.read(path)


def test_a_folded_cell_and_a_chosen_thumbnail_are_allowed(tmp_path):
    page, script = tmp_path / "page.md", tmp_path / "script.py"
    page.write_text("```{code-cell}\n:tags: [hide-input]\n\nx = 1\n```\n", "utf-8")
    script.write_text("# sphinx_gallery_thumbnail_number = 2\nx = 1\n", "utf-8")

    assert [len(documented.read(path)) for path in (page, script)] == [1, 1]


def test_a_picture_that_no_code_draws_is_noticed(tmp_path):
    path = written(tmp_path, "notebook.md", "")
    env = SimpleNamespace(docname="page", doc2path=lambda _: path, metadata={"page": {}})
    drawn = ["_build/jupyter_execute/x.svg", "gallery/images/sphx_glr_x.svg"]
    for uri in ["_static/x.svg", *drawn]:
        documented.compare(SimpleNamespace(env=env), nodes.container("", nodes.image(uri=uri)))
        assert len(env.metadata["page"]["documented"][1]) == (uri not in drawn)


SESSION = "---\nsession: integrations\n---\n# Title\n\n"
CELL = "```{code-cell}\nx = 3\nx\n# -> 3\n```\n\n"
FENCE = "```python\nx + 1\n# -> 4\n```\n"


def test_a_session_runs_the_fences_of_a_page_and_the_site_build_its_cells(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(SESSION + CELL + FENCE, "utf-8")
    both = documented.run(page, "integrations")

    assert documented.run(page) == ["", "3\n"]
    assert both == ["", "3\n", "4\n"]
    assert documented.failures(page, both, "integrations") == []
    page.write_text(SESSION + CELL + FENCE.replace("4", "5"), "utf-8")
    assert documented.failures(page, documented.run(page)) == []
    assert len(documented.failures(page, both, "integrations")) == 1
    documented.update(page, "integrations")
    assert page.read_text("utf-8") == SESSION + CELL + FENCE


def test_a_page_keeps_the_values_of_its_fences(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(SESSION + CELL + FENCE, "utf-8")
    cell, fence = "x = 3\nx\n# -> 3\n", "x + 1\n# -> 4\n"
    blocks = [(cell, "ipython3", ""), ("3", "none", "output"), (fence, "python", "")]
    section = nodes.section()
    for text, language, name in blocks:
        section += nodes.literal_block(text, text, language=language, classes=[name])
    env = SimpleNamespace(docname="page", doc2path=lambda _: page, metadata={"page": {}})
    shown = nodes.container("", section)

    documented.compare(SimpleNamespace(env=env), shown)

    assert env.metadata["page"]["documented"] == (1, [])
    assert fence in shown.astext()
    assert "# -> 3" not in shown.astext()
    assert "The tests check 2 values on this page." in shown.astext()


def compared(tmp_path, *blocks):
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
    page = compared(tmp_path, (code, "ipython3", ""), output, figure)
    assert page == (code.split("\n")[0] + "\n\n2\n", 1, [])


CODE, OUTPUT = (RIGHT["value"], "ipython3", ""), ("2", "none", "output")


@pytest.mark.parametrize(
    "blocks",
    [
        [],
        [CODE],
        [(RIGHT["value"], "renamed", ""), OUTPUT],
        [CODE, ("2", "none", "renamed")],
        [OUTPUT, CODE],
        [CODE, OUTPUT] * 2,
    ],
    ids=["all lost", "output lost", "language", "class", "above", "twice"],
)
def test_a_page_that_lost_its_form_is_noticed(tmp_path, blocks):
    assert compared(tmp_path, *blocks)[2]


CELLS = """
```{peers} fvcore
```

```{code-cell}
6 * 7
```

```{code-cell}
import sys

_ = sys.stderr.write('a warning')
```

```python
7 * 7
# -> 49
```
"""


@pytest.mark.parametrize(
    ("extension", "found"),
    [(documented, {"documented": (1, ["wrong"])}), (peers, {"peers": ["wrong"]})],
)
def test_one_wrong_value_fails_the_build(extension, found):
    config = SimpleNamespace(documented_files=[], documented_packages=[])
    env = SimpleNamespace(metadata={"page": found})
    app = SimpleNamespace(config=config, env=env, statuscode=0)
    extension.conclude(app, None)
    assert app.statuscode == 1


# In a source of each kind: a wrong value, and what follows.
PLANTED = {
    "gallery/plot_04_chosen.py": "\n# %%\n# More.\n\n6 * 7\n",
    "docs/index.md": CELLS,
    "README.md": "\n```python\n6 * 7\n```\n",
}
OTHERS = {
    "lr_scheduler/_stepwise.py": ("    (1, 1, 0.5, 0.25)", "    (1, 1, 0.5, 0.26)"),
    "docs/_data/peers/fvcore.json": ("[0.1, ", "[0.2, "),
}


def test_planted_errors_turn_a_parallel_build_red(tmp_path):
    generated = shutil.ignore_patterns("gallery", "_build", "jupyter_execute", "*.md")
    for folder in ("docs", "lr_scheduler"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=generated)
    (tmp_path / "gallery").mkdir()
    index = "Gallery\n=======\n\n.. examples::\n\n   plot_04_chosen\n"
    (tmp_path / "gallery" / "index.rst").write_text(index, "utf-8")
    pages = ROOT / "docs"  # the menu is read from the reference
    shutil.copy(pages / "reference.md", tmp_path / "docs")
    shutil.copytree(pages / "reference", tmp_path / "docs" / "reference", dirs_exist_ok=True)
    (tmp_path / "docs" / "_data" / "search.toml").write_text("", "utf-8")  # names all pages
    for page in "abcde":  # Sphinx reads in parallel from 6 pages on
        (tmp_path / "docs" / f"{page}.md").write_text("# Title\n", "utf-8")
    for path, undocumented in PLANTED.items():
        text = (ROOT / path).read_text("utf-8")
        first = next(value for value in documented.read(ROOT / path) if value.want)
        lines = text.splitlines(keepends=True)
        lines[first.end] = "# -> wrong " + lines[first.end][5:]
        (tmp_path / path).write_text("".join(lines) + undocumented, "utf-8")
    for path, (right, wrong) in OTHERS.items():
        text = (ROOT / path).read_text("utf-8")
        assert right in text
        (tmp_path / path).write_text(text.replace(right, wrong, 1), "utf-8")

    build = subprocess.run(
        [sys.executable, "-m", "sphinx", "--no-color", "-j2", "-bdummy", "docs", "_site"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=False,
        text=True,
    )

    assert build.returncode == 1, build.stderr
    assert "safe for parallel" not in build.stderr
    assert build.stderr.count("Expected:\n    wrong ") == len(PLANTED), build.stderr
    assert build.stderr.count("Expected nothing\nGot:\n    42") == len(PLANTED)
    assert "Expected nothing\nGot:\n    a warning" in build.stderr
    assert "Expected:\n    49\nGot nothing" in build.stderr
    assert "values documented, " in build.stderr
    assert "Expected:\n    (1, 1, 0.5, 0.26)\nGot:\n    (1, 1, 0.5, 0.25)" in build.stderr
    assert "ERROR: ConstantParamScheduler: not the" in build.stderr
    assert build.stderr.count("ERROR: not as documented") == 2 * len(PLANTED) + 4
