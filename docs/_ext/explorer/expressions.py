"""Expressions such as ``CosineScheduler(max_update=1000)``, as configs and as URLs."""

import ast
from typing import Any


def tree(node: ast.expr) -> Any:
    """Return an expression as a config whose numbers are texts."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.args:
        return {"type": node.func.id} | {str(k.arg): tree(k.value) for k in node.keywords}
    if isinstance(node, (ast.List, ast.Tuple)):
        return [tree(item) for item in node.elts]
    return str(ast.literal_eval(node))


def read(code: str) -> list[Any]:
    """Return the configs of expressions, a line for each."""
    return [tree(line.value) for line in ast.parse(code).body if isinstance(line, ast.Expr)]


def encode(value: Any) -> str:
    """Encode a config for a URL, as static/url.js does."""
    if isinstance(value, dict):
        inside = ",".join(f"{k}={encode(v)}" for k, v in value.items() if k != "type")
        return f"{value['type']}({inside})"
    if isinstance(value, list):
        return f"[{','.join(map(encode, value))}]"
    return str(value)
