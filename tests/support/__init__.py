"""What several tests share."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def label(value):
    """Return a `repr` without addresses, so that a test has the same name in every process."""
    return re.sub(r" at 0x\w+", "", repr(value))
