"""Run code, and return the value of its last line."""

import ast
from typing import Any


def last_value(code: str, names: dict[str, Any]) -> Any:
    """Return the value of the last line, an expression; the code may use the names."""
    *statements, last = ast.parse(code).body
    names = dict(names)
    exec(compile(ast.Module(statements, []), "<code>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<code>", "eval"), names)
