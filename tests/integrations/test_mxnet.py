"""The stored answers are what the real MXNet gives."""

import json
import subprocess
import sys
from pathlib import Path

from support import ROOT

STORED = ROOT / "docs" / "_data" / "mxnet-1.9.1.json"


def test_the_wheel_answers_what_is_stored():
    """Equal as text too, so that 1 is not 1.0; in a process that may import what is bare."""
    script = Path(__file__).with_name("mxnet_reference.py")
    done = subprocess.run(
        [sys.executable, script, "--show"], capture_output=True, check=True, text=True
    )

    assert json.loads(done.stdout) == json.loads(STORED.read_text(encoding="utf-8"))
    assert done.stdout.strip() == json.dumps(json.loads(STORED.read_text(encoding="utf-8")))
