"""What the site ships to run in the page: the package's own source, and what that needs."""

import json
from pathlib import Path
from pkgutil import walk_packages

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

    package = {name for _, name, _ in walk_packages(lr_scheduler.__path__, "lr_scheduler.")}
    for name in {"lr_scheduler", *package}:
        file = folder.joinpath(*name.split(".")[1:])
        file = file / "__init__.py" if file.is_dir() else file.with_suffix(".py")
        assert sources[name] == file.read_bytes()
    page = {"page", *(f"page.{path.stem}" for path in PACKAGES[1].glob("[a-z]*.py"))}
    assert {*modules} - {*runtime.LIBRARY} == {"lr_scheduler", *package, *page}


def test_a_module_that_brython_lacks_is_an_error(monkeypatch):
    monkeypatch.setattr(runtime, "LIBRARY", ["no_such_module"])
    with pytest.raises(KeyError, match="no_such_module"):
        runtime.library()
