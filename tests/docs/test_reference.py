"""The public names: what can be imported is what the reference describes."""

import ast
import inspect
import re
import tomllib

import pytest
from support import ROOT

import lr_scheduler
from lr_scheduler import optimizer

REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")


def test_the_reference_has_every_public_name_and_no_other():
    described = re.findall(r"^\.\. auto(?:class|function):: (\w+)", REFERENCE, re.MULTILINE)

    assert sorted(described) == sorted(
        [name for name in lr_scheduler.__all__ if name != "optimizer"] + optimizer.__all__
    )


def test_every_public_name_has_a_docstring_that_runs():
    for name in [*lr_scheduler.__all__, *(f"optimizer.{name}" for name in optimizer.__all__)]:
        if name != "optimizer":
            value = eval(f"lr_scheduler.{name}", {"lr_scheduler": lr_scheduler})
            assert "\n>>> " in inspect.getdoc(value), name
            assert "\nRaises\n------\n" in inspect.getdoc(value), name


@pytest.mark.parametrize(
    "name", [name for name in lr_scheduler.__all__ if name != "optimizer"] + ["optimizer.SGD"]
)
def test_the_reference_names_the_defaults_that_hold(name):
    described = eval(f"lr_scheduler.{name}", {"lr_scheduler": lr_scheduler})
    documentation = inspect.getdoc(described)
    told = dict(re.findall(r"^(\w+) : .*, default (.+)$", documentation, re.MULTILINE))

    assert {parameter: ast.literal_eval(value) for parameter, value in told.items()} == {
        parameter.name: parameter.default
        for parameter in inspect.signature(described).parameters.values()
        if parameter.default not in (parameter.empty, None)
        and f"\n{parameter.name} : " in documentation
    }


def test_every_python_that_is_named_is_the_one_required():
    metadata = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    paths = [ROOT / "README.md", *ROOT.glob("docs/*.md")]
    pages = "".join(path.read_text("utf-8") for path in paths)

    named = set(re.findall(r"Python (3\.\d+) or later", pages))

    assert named == {metadata["project"]["requires-python"].removeprefix(">=")}


def test_the_version_stands_in_the_changelog():
    changelog = (ROOT / "docs" / "changelog.md").read_text(encoding="utf-8")

    assert f"\n## {lr_scheduler.__version__}\n" in changelog
