"""What is installed to build the site and to test, and what the workflow may do."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from support import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
WORKFLOW = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")


def required(group):
    """Return what a session needs: its group, the package and what builds it."""
    texts = [
        *PYPROJECT["build-system"]["requires"],
        *PYPROJECT["project"]["dependencies"],
        *PYPROJECT["project"]["optional-dependencies"]["plot"],
    ]
    for each in PYPROJECT["dependency-groups"][group]:
        if isinstance(each, str):
            texts.append(each)
        else:
            texts += map(str, required(each["include-group"]))
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize("group", ["docs", "test"])
def test_the_locked_versions_are_those_that_the_group_admits(group):
    text = (ROOT / ".ci" / f"{group}.txt").read_text("utf-8")
    locked = re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)
    names = {name for name, _ in locked}
    for requirement in required(group):
        name = canonicalize_name(requirement.name)
        assert name in names, f"{name} is missing: nox -s lock"
        versions = [version for other, version in locked if other == name]
        assert all(map(requirement.specifier.contains, versions)), f"{name}: nox -s lock"


@pytest.mark.parametrize("group", ["docs", "test"])
def test_every_locked_file_has_its_hash(group):
    text = (ROOT / ".ci" / f"{group}.txt").read_text("utf-8")
    entries = text.replace("\\\n", " ").splitlines()
    unhashed = [
        entry
        for entry in entries
        if not re.fullmatch(r"[\w.-]+==\S+( ; [^#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+", entry)
    ]
    assert len(entries) > 50
    assert not unhashed


def test_the_workflow_runs_only_actions_of_a_known_commit():
    used = re.findall(r"uses: (\S+)", WORKFLOW)
    assert len(used) == 4
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", action) for action in used)


def test_the_workflow_may_read_and_publish_but_not_write():
    granted = re.findall(r"([\w-]+): (?:read|write)", WORKFLOW)
    assert granted == ["contents", "id-token", "pages"]
    assert "contents: read" in WORKFLOW
    assert WORKFLOW.count("permissions:") == 3
    assert "permissions: {}\n" in WORKFLOW
