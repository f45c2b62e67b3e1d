"""What the site ships to run in the page: the package's own source, compiled."""

from pathlib import Path

import pytest
from explorer import runtime
from explorer.directive import PACKAGES

import lr_scheduler

FOLDER = Path(lr_scheduler.__file__).parent


@pytest.fixture(scope="module")
def modules():
    return runtime.modules(PACKAGES)


def test_the_package_is_compiled_byte_for_byte():
    for name, (_, source) in runtime.sources(FOLDER, "lr_scheduler").items():
        file = FOLDER.joinpath(*name.split(".")[1:])
        file = file / "__init__.py" if file.is_dir() else file.with_suffix(".py")
        assert source.encode() == file.read_bytes()


def test_what_the_page_imports_is_shipped(modules):
    packages = {name.partition(".")[0] for name in modules}

    assert {"page.answer", "page.code", "page.table", "lr_scheduler._chart", "math"} <= {
        *modules
    }
    assert "lr_scheduler._arrays" not in modules  # it needs NumPy
    assert packages <= {
        "page",
        "lr_scheduler",
        *runtime.OWN,
        *runtime.sources(runtime.HERE / "library"),
    }


def test_a_module_that_does_not_run_is_an_error(tmp_path):
    page = tmp_path / "page"
    page.mkdir()
    (page / "__init__.py").write_text("import no_such_module")

    with pytest.raises(ValueError, match="No module named 'no_such_module'"):
        runtime.modules([page])


def test_another_brython_is_an_error(monkeypatch):
    monkeypatch.setattr(runtime, "COMPILER", ["no such part"])
    with pytest.raises(ValueError, match="not enough values"):
        runtime.interpreter()
    monkeypatch.undo()
    monkeypatch.setattr(runtime, "EVAL", "no such test")
    with pytest.raises(ValueError, match="must try whether"):
        runtime.interpreter()
