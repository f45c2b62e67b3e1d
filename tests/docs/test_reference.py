"""The public names: what can be imported is what the reference describes."""

import re

from support import ROOT

import lr_scheduler
from lr_scheduler import optimizer

REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")


def test_the_reference_has_every_public_name_and_no_other():
    described = re.findall(r"^\.\. auto(?:class|function):: (\w+)", REFERENCE, re.MULTILINE)

    assert sorted(described) == sorted(
        [name for name in lr_scheduler.__all__ if name != "optimizer"] + optimizer.__all__
    )


def test_the_version_stands_in_the_changelog():
    changelog = (ROOT / "docs" / "changelog.md").read_text(encoding="utf-8")

    assert f"\n## {lr_scheduler.__version__}\n" in changelog
