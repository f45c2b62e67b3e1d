"""The site, built on 2 cores."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """Return a function that builds the site of a clone, with more options if need be."""
    clone = tmp_path_factory.mktemp("clone")
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    made = clone / "docs" / "_build"

    def build(*options):
        command = [sys.executable, "-m", "sphinx", "-q", *options, "-d", made / "doctrees"]
        subprocess.run([*command, clone / "docs", made / "html"], check=True)

    return build


def test_from_nothing(measure, build):
    measure("Everything run and built", lambda: build("-E", "-a"), goal=90, rounds=2)


def test_unchanged(measure, build):
    build()
    measure("Built again without a change", build, goal=23, rounds=3)
