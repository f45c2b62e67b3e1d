"""What the site ships to run in the page: the package's own source, and what that needs."""

import json
from pathlib import Path

import pytest
from explorer import runtime
from explorer.directive import PACKAGES

import lr_scheduler


def test_the_package_is_shipped_byte_for_byte(tmp_path):
    runtime.write(PACKAGES, tmp_path)
    script = (tmp_path / "python.js").read_bytes().decode()
    modules = json.loads(script.removeprefix("__BRYTHON__.loadBrythonPackage(")[:-3])
    sources = {name: module[1].encode() for name, module in modules.items()}
    folder = Path(lr_scheduler.__file__).parent

    for file in folder.glob("*.py"):
        name = "lr_scheduler" if file.stem == "__init__" else f"lr_scheduler.{file.stem}"
        assert sources[name] == file.read_bytes()
    assert {*modules} - {*runtime.LIBRARY} == {
        *(f"lr_scheduler.{file.stem}" for file in folder.glob("_[a-z]*.py")),
        *("lr_scheduler", "lr_scheduler.keras", "lr_scheduler.optimizer"),
        *("page", "page.answer", "page.code", "page.table"),
    }


def test_a_module_that_brython_lacks_is_an_error(monkeypatch):
    monkeypatch.setattr(runtime, "LIBRARY", ["no_such_module"])
    with pytest.raises(KeyError, match="no_such_module"):
        runtime.library()
