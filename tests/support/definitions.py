"""What a gallery script defines, without its runs and its pictures."""

import ast
from pathlib import Path
from typing import Any

DEFINITIONS = ast.Import | ast.ImportFrom | ast.FunctionDef


def definitions(script: Path, *names: str) -> dict[str, Any]:
    """Return a script's functions, and the variables of these names with what they need.

    Matplotlib, which only draws, is not imported.
    """
    found: dict[str, Any] = {}
    for node in ast.parse(script.read_text("utf-8")).body:
        is_drawing = isinstance(node, ast.Import) and node.names[0].name.startswith(
            "matplotlib"
        )
        is_named = isinstance(node, ast.Assign) and {*names} & {
            each.id
            for each in ast.walk(node)
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
        }
        if is_named or (isinstance(node, DEFINITIONS) and not is_drawing):
            exec(compile(ast.Module([node], []), script, "exec"), found)
    return found
