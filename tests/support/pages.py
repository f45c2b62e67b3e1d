"""The pages of the project, and a test of each."""

import pytest

from support import ROOT

PATTERNS = ("README.md", "docs/*.md", "docs/[ch]*/*.md", "gallery/*.*")
PAGES = [path for pattern in PATTERNS for path in sorted(ROOT.glob(pattern))]
GUIDES = sorted(ROOT.glob(".github/*.md"))


def of_each(paths):
    """Parametrize a test with pages."""
    ids = [str(path.relative_to(ROOT)) for path in paths]
    return pytest.mark.parametrize("path", paths, ids=ids)
