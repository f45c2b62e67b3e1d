"""The stored traps are what the real PyTorch does."""

import json

import traps


def test_pytorch_does_what_is_stored():
    """Equal as text too, so that 1 is not 1.0."""
    stored = json.loads(traps.STORED.read_text(encoding="utf-8"))

    assert json.dumps(traps.measure()) == json.dumps(stored)
