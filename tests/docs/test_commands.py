"""The sessions, extras, files and releases that a page names are those of the project."""

import ast
import re
import tomllib

import pytest
from lr_site import peer_rates
from support import ROOT
from support.pages import GUIDES, PAGES, of_each

from lr_scheduler import __version__

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SESSIONS = {
    node.name
    for node in ast.parse((ROOT / "noxfile.py").read_text("utf-8")).body
    if isinstance(node, ast.FunctionDef)
    and any(ast.unparse(each).startswith("nox.session") for each in node.decorator_list)
}
EXTRAS = {*PROJECT["project"]["optional-dependencies"]}
REQUIRED = {
    "Python": PROJECT["project"]["requires-python"],
    "NumPy": PROJECT["project"]["dependencies"][0],
    "matplotlib": PROJECT["project"]["optional-dependencies"]["plot"][0],
}
LIST = r"((?:(?:, | and |, and )?`\w+`)+)"
NAMED_SESSIONS = (
    r"nox -s ([\w ]+)",
    rf"\bsessions? {LIST}",
    rf"`nox` runs {LIST}",
    r"\nsession: (\w+)",
)
NAMED_EXTRAS = (r"pip install [^`\n]*\.\[(\w+)\]", r"\bextra (`+\w+`+)")
NAMED_FILES = (
    r"(?<![}:])`([\w.-]+(?:/[\w.-]+)+/?|[\w-]+\.(?:py|toml|diff))`",
    r"python3? ([\w./-]+\.py)",
)
NAMED_RELEASES = r"\b(Python|NumPy|matplotlib)(?: >=| ≥)? (\d+\.\d+)"


def named(patterns, text):
    """Return what the patterns find; from a list, the words."""
    found = (match[1] for pattern in patterns for match in re.finditer(pattern, text))
    return {word for words in found for word in re.split(r"[` ,]+(?:and )?`*", words) if word}


def unknown(text):
    """Return what a text names that does not exist."""
    return {
        *(named(NAMED_SESSIONS, text) - SESSIONS),
        *(named(NAMED_EXTRAS, text) - EXTRAS),
        *(name for name in named(NAMED_FILES, text) if not is_there(name)),
        *(
            f"{of} {release}"
            for of, release in re.findall(NAMED_RELEASES, text)
            if f">={release}" not in REQUIRED[of]
        ),
    }


def is_there(name):
    """Return whether a path exists from the root or below ``docs``, or a file has the name."""
    if "docs/_build/" in name:  # the build makes it
        return True
    name = name.replace("_static/explorer/", "_ext/explorer/static/")  # the build copies it
    sources = ("lr_scheduler", "tests", "docs/_ext", "docs/how-to")
    patterns = [name, f"docs/{name}"]
    patterns += [f"{folder}/**/{name}" for folder in sources] * ("/" not in name)
    return any([*ROOT.glob(pattern)] for pattern in patterns)


@of_each([*PAGES, *GUIDES])
def test_what_a_page_names_exists(path):
    assert unknown(path.read_text("utf-8")) == set()


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("run `nox -s docs`", "docs", "documents"),
        ("    .venv/bin/nox -s docs tests", "tests", "test"),
        ("the sessions `docs` and `tests`", "tests", "site"),
        ("`nox` runs `lint`, `docs` and `tests`", "docs", "doc"),
        ("---\nsession: integrations\n", "integrations", "peers"),
        ("`pip install '.[plot]'`", "plot", "plots"),
        ("its extra ``plot``", "plot", "plots"),
        ("`docs/_ext/explorer/menu.py`", "menu", "menus"),
        ("`python tests/integrations/store.py optax`", "store", "shop"),
        ("`__init__.py`", "init", "exit"),
        ("Python 3.11 or later", "3.11", "3.10"),
    ],
)
def test_what_does_not_exist_is_noticed(text, right, wrong):
    assert unknown(text) == set()
    assert len(unknown(text.replace(right, wrong))) == 1


GROUPS = PROJECT["dependency-groups"]
PINNED = dict(
    each.split("==")
    for each in GROUPS["peers"] + GROUPS["peers-without-dependencies"]
    if isinstance(each, str) and "==" in each
)


def test_every_library_that_has_a_version_is_installed_with_it():
    """The session `integrations` installs the very release whose rates are stored."""
    for library in peer_rates.libraries():
        assert bool(library.version) == bool(library.distribution)
        if library.distribution:
            assert PINNED[library.distribution.replace("_", "-")] == library.version


def test_what_was_timed_is_what_is_installed():
    first, *_ = (ROOT / "docs" / "_data" / "speed.md").read_text("utf-8").splitlines()

    assert dict(re.findall(r"(lr_scheduler|MXNet|PyTorch) ([\d.]+\d)", first)) == {
        "lr_scheduler": __version__,
        "MXNet": PINNED["mxnet"],
        "PyTorch": PINNED["torch"],
    }


def test_the_version_is_in_the_changelog():
    assert f"\n## {__version__}\n" in (ROOT / "docs" / "changelog.md").read_text("utf-8")


def test_the_citation_names_the_version():
    citation = (ROOT / ".github" / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {__version__}\n" in citation
