"""The public names and their parameters change on purpose."""

import runpy

from support import ROOT

RELEASE = ROOT / "tests" / "release"


def test_the_public_surface_is_the_stored_one():
    """After a change: python tests/release/check.py > tests/release/surface.txt."""
    stored = (RELEASE / "surface.txt").read_text("utf-8").splitlines()

    assert runpy.run_path(str(RELEASE / "check.py"))["surface"]() == stored
