"""Every documented value is what the code displays, and no digit of it is idle."""

import documented
import pytest
from support import ROOT

SOURCES = documented.sources(ROOT)


@pytest.fixture(scope="module", params=SOURCES, ids=lambda path: path.stem)
def source(request):
    """Return a file that documents values, and what its statements display."""
    return request.param, documented.run(request.param)


def test_every_source_is_there():
    everywhere = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("gallery/**/*.py")]

    assert set(SOURCES) == {
        path for path in everywhere if documented.count(path) and not documented.session(path)
    }
    assert {path.parent.name for path in SOURCES} >= {ROOT.name, "gallery", "docs"}


def test_what_is_documented_is_displayed(source):
    assert "\n".join(documented.failures(*source)) == ""


def test_update_restores_every_value(source, tmp_path):
    path, outputs = source
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    documented.rewrite(copy, [""] * len(outputs))
    assert documented.count(copy) == 0
    documented.rewrite(copy, outputs)
    assert copy.read_text("utf-8") == path.read_text("utf-8")


def test_every_digit_of_every_value_is_compared(source):
    path, outputs = source
    lines = path.read_text("utf-8").splitlines(keepends=True)
    for example, output in zip(documented.read(path), outputs, strict=True):
        comment = "".join(lines[example.end : example.end + example.want.count("\n")])
        for i, digit in enumerate(comment):
            if digit.isdigit():
                flipped = f"{comment[:i]}{(int(digit) + 1) % 10}{comment[i + 1 :]}"
                (want,) = documented.wants(flipped, path.name).values()
                assert documented.difference(want, output), flipped
