"""Python for the page: Brython, with the package's own source and what it imports.

Brython compiles Python to JavaScript. The build does so, with V8, since a browser would spend
seconds on it; so the page gets Brython without its compiler.
"""

import json
import re
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from py_mini_racer import MiniRacer

HERE = Path(__file__).parent
BRYTHON = files("brython") / "data"
OWN = ["_json", "math"]  # Brython's own modules, in JavaScript; others are in `library`
# How the parts of Brython's script begin that only the compiler needs, and docstrings.
COMPILER = [
    "__BRYTHON__.ast_classes=",
    "var binary_ops=",
    "function ast_dump(",
    "var GLOBAL_PARAM=",
    "const STAR_TARGETS=",
    "var s_escaped=",
    "function test_num(",
    "var p={feature_version",
    "const Load=new $B.ast.Load()",
    "function fprintf(",
    "var docs={",
]
EVAL = r'try\{\neval\("async function[^}]*\}"\)\}catch\(err\)\{[^}]*\}\n'
# What the page does not read of the compiled code: the place of each operation, for tracebacks,
# and docstrings.
TEXT = r"'(?:[^'\\]|\\.)*'"
UNREAD = [
    (rf"((?s:{TEXT}))|^ +", r"\1"),  # a text may have lines that begin with spaces
    (r"^frame\.positions = \[.*\]\n", ""),
    (r"^\$B\.set_lineno\(frame, \d+\);?\n", ""),
    (r"\$B\.set_lineno\(frame, \d+\) && ", ""),
    (r"^\$B\.js_this = this\n", ""),
    (rf"(__doc__ = )(?s:{TEXT})", r"\1_b_.None"),
    (rf"(__file__, [\w.]+, [\w.]+, )(?s:{TEXT})(?=, \[)", r"\1_b_.None"),
]
# What Brython looks for in a worker. It numbers its functions from a random number, which would
# make each build another.
WORKER = """
    Math.random = () => 0.5
    var self = globalThis, WorkerGlobalScope = Object, WorkerNavigator = Object, navigator = {}
    var location = {href: "http://localhost/worker.js", origin: "", pathname: ""}
    var Event = Object, DOMException = Error, importScripts = () => {}
    var URL = function () { return {pathname: "", search: "", hash: ""} }
"""
COMPILE = """
    (name, source) => {
        $B.url2name[name] = name
        return $B.py2js({src: source, filename: name}, name, name).to_js()
    }
"""


def sources(folder: Path, prefix: str = "") -> dict[str, tuple[bool, str]]:
    """Return the modules of a folder: whether each is a package, and its source."""
    found = {}
    for file in sorted(folder.rglob("*.py")):
        *parents, stem = file.relative_to(folder).with_suffix("").parts
        is_package = stem == "__init__"
        name = ".".join([*filter(None, [prefix]), *parents, *([] if is_package else [stem])])
        if name:
            found[name] = is_package, file.read_bytes().decode()
    return found


def interpreter() -> str:
    """Return Brython's script without its compiler."""
    parts = (BRYTHON / "brython.js").read_text("utf-8").split("\n;\n")
    for mark in COMPILER:
        (found,) = (part for part in parts if mark in part[:200])
        parts.remove(found)
    parts[0], count = re.subn(EVAL, "", parts[0])
    if count != 1:
        raise ValueError("brython.js must try whether `eval` works, which the policy forbids")
    return "\n;\n".join(parts)


def library() -> dict[str, str]:
    """Return the modules of Brython's standard library that the page needs."""
    text = (BRYTHON / "brython_stdlib.js").read_text("utf-8")
    modules, _ = json.JSONDecoder().raw_decode(text, text.index('{"$timestamp"'))
    return {name: modules[name][1] for name in OWN}


class Compiler:
    """Brython in V8, which compiles modules and runs them."""

    def __init__(self) -> None:
        self.engine = MiniRacer()
        self.engine.eval(WORKER)
        self.engine.eval((BRYTHON / "brython.js").read_text("utf-8"))
        self.engine.eval(
            f"var $B = __BRYTHON__, compile = {COMPILE}; $B.parse_options({{debug: 0}})"
        )

    def compile(self, name: str, source: str) -> str:
        """Compile a module to JavaScript."""
        code = str(self.engine.eval(f"compile({json.dumps(name)}, {json.dumps(source)})"))
        for pattern, text in UNREAD:
            code = re.sub(pattern, text, code, flags=re.MULTILINE)
        return code

    def imported(self, script: str) -> list[str]:
        """Start Python with a script of modules, as the page does; return what it imports."""
        self.engine.eval(script)
        self.engine.eval(
            "var sent, postMessage = (message) => { sent = JSON.stringify(message) }"
        )
        self.engine.eval((HERE / "static" / "worker.js").read_text("utf-8"))
        sent = self.sent()
        if "error" in sent:
            raise ValueError(f"Python must start in the page, got {sent['error']}")
        # What is imported when it is needed first: what reads a text.
        request = json.dumps({"read": "linear(9, base_lr=1 / 3)"})
        self.engine.eval(f"onmessage({{data: {json.dumps(request)}}})")
        found = json.loads(self.sent().get("response", "{}"))
        if "config" not in found:
            raise ValueError(f"Python must read a text, got {self.sent()}")
        modules = self.engine.eval("JSON.stringify(Object.keys(__BRYTHON__.imported))")
        imported: list[str] = json.loads(str(modules))
        return imported

    def sent(self) -> dict[str, Any]:
        """Return the last message of the worker."""
        message: dict[str, Any] = json.loads(str(self.engine.eval("sent")))
        return message


def script(modules: dict[str, str]) -> str:
    """Return the script of compiled modules."""
    parts = [f"{json.dumps(name)}: {code}" for name, code in modules.items()]
    return "__BRYTHON__.modules = {\n" + ",\n".join(parts) + "\n};\n"


def modules(packages: list[Path]) -> dict[str, str]:
    """Return what the page imports: whether it is a package, and a function that runs it."""
    found = sources(HERE / "library")
    for folder in packages:
        found |= sources(folder, folder.name)
    compiler = Compiler()
    compiled = {name: f"[0, () => {{{code}}}]" for name, code in library().items()} | {
        name: f"[{int(is_package)}, () => {{{compiler.compile(name, source)}}}]"
        for name, (is_package, source) in found.items()
    }
    imported = {*compiler.imported(script(compiled))}
    return {name: code for name, code in compiled.items() if name in imported}


def write(packages: list[Path], output: Path) -> None:
    """Write the interpreter, and the modules that it runs, unless the last build did so."""
    read = [HERE, *packages]
    files = [
        BRYTHON / "brython.js",
        *(file for each in read for file in sorted(each.rglob("*.[jp][sy]"))),
    ]
    first = f"// {sha256(b''.join(file.read_bytes() for file in files)).hexdigest()}\n"
    written = output / "python.js"
    if written.exists() and written.read_text("utf-8").startswith(first):
        return
    output.mkdir(parents=True, exist_ok=True)
    (output / "brython.js").write_bytes(interpreter().encode())
    written.write_bytes(f"{first}{script(modules(packages))}".encode())
