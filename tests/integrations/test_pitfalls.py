"""The stored traps are what the real PyTorch does."""

import json

import pitfalls


def test_pytorch_does_what_is_stored():
    """Equal as text too, so that 1 is not 1.0."""
    stored = json.loads(pitfalls.STORED.read_text(encoding="utf-8"))

    assert json.dumps(pitfalls.measure()) == json.dumps(stored)
