"""Python for the page: Brython, with the package's own source and what it imports.

Brython's standard library is a script of 5 MB; the page gets the modules that are needed.
"""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

# What the page imports: `Object.keys(__BRYTHON__.imported)` there, as a test compares. A newer
# Python is needed to read them than runs here, so that they are listed and not found.
# fmt: off
LIBRARY = [
    "_ast", "_collections", "_collections_abc", "_functools", "_json", "_operator", "_py_abc",
    "_thread", "_typing", "_weakref", "_weakrefset", "abc", "annotationlib", "ast", "bisect",
    "collections", "copy", "copyreg", "dataclasses", "enum", "functools", "itertools", "json",
    "json.encoder", "keyword", "math", "numbers", "operator", "python_re", "re", "reprlib",
    "sys", "types", "typing", "weakref",
]
# fmt: on


def library() -> dict[str, list[Any]]:
    """Return the modules of Brython's standard library that the page needs."""
    text = files("brython").joinpath("data/brython_stdlib.js").read_text("utf-8")
    modules, _ = json.JSONDecoder().raw_decode(text, text.index('{"$timestamp"'))
    return {name: modules[name] for name in LIBRARY}


def package(folder: Path) -> dict[str, list[Any]]:
    """Return the modules of a package, byte for byte, in Brython's form."""
    found: dict[str, list[Any]] = {}
    for file in sorted(folder.rglob("*.py")):
        name = ".".join(file.relative_to(folder.parent).with_suffix("").parts)
        source = file.read_bytes().decode()
        if file.stem == "__init__":
            found[name.removesuffix(".__init__")] = [".py", source, [], 1]
        else:
            found[name] = [".py", source, []]
    return found


def write(packages: list[Path], output: Path) -> None:
    """Write the interpreter, and the modules that it runs."""
    modules = library()
    for folder in packages:
        modules |= package(folder)
    text = json.dumps(modules, ensure_ascii=False, separators=(",", ":"))
    output.mkdir(parents=True, exist_ok=True)
    script = f"__BRYTHON__.loadBrythonPackage({text});\n"
    (output / "python.js").write_bytes(script.encode())
    brython = files("brython").joinpath("data/brython.js").read_bytes()
    (output / "brython.js").write_bytes(brython)
