"""The tests of Keras on its other backends, each in a process: Keras reads it when imported."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TESTS = (
    HERE / "test_keras.py",
    f"{HERE}/test_pages.py::test_what_is_documented_is_displayed[keras]",
)


@pytest.mark.parametrize("backend", ["tensorflow", "torch"])
def test_all_tests_of_keras_pass(backend):
    options = ["-o", "addopts=--import-mode=importlib", "-q", "-x", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *TESTS],
        env=os.environ | {"KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-5000:]
