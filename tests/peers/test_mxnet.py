"""The stored answers are what the real MXNet gives."""

import json

import mxnet_reference


def test_the_wheel_answers_what_is_stored():
    """Equal as text too, so that 1 is not 1.0."""
    stored = json.loads(mxnet_reference.STORED.read_text(encoding="utf-8"))

    assert json.dumps(mxnet_reference.measure()) == json.dumps(stored)
