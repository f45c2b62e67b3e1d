"""Expressions such as ``CosineScheduler(1000, base_lr=0.1)``, as configs and as URLs."""

import ast
import operator
from collections.abc import Iterable
from inspect import signature
from typing import Any

import lr_scheduler
from lr_scheduler import Scheduler

OPERATORS = {
    ast.Add: ("sum", operator.add),
    ast.Mult: ("product", operator.mul),
    ast.Div: ("quotient", operator.truediv),
    ast.Pow: ("power", operator.pow),
}


def tree(node: ast.expr) -> Any:
    """Return an expression as a config whose numbers are texts."""
    match node:
        case ast.Call(ast.Name(name)):
            names = signature(getattr(lr_scheduler, name)).parameters if node.args else {}
            return {"type": name} | arguments(names, node)
        case ast.Call(ast.Attribute(scheduler, name)):
            _, *rest = signature(getattr(Scheduler, name)).parameters
            return {"type": name, "scheduler": tree(scheduler)} | arguments(rest, node)
        case ast.List(items) | ast.Tuple(items):
            return [tree(item) for item in items]
        case ast.BinOp(left, sign, right):
            kind, compute = OPERATORS[type(sign)]
            operands = [tree(left), tree(right)]
            if any(isinstance(operand, dict) for operand in operands):
                return {"type": kind, "operands": operands}
            return str(compute(*map(ast.literal_eval, operands)))
    return str(ast.literal_eval(node))


def arguments(names: Iterable[str], call: ast.Call) -> dict[str, Any]:
    """Return the arguments of a call by their names; those without a name come first."""
    given = dict(zip(names, map(tree, call.args), strict=False))
    return given | {str(keyword.arg): tree(keyword.value) for keyword in call.keywords}


def read(code: str) -> list[Any]:
    """Return the configs of expressions, one below the other."""
    return [tree(line.value) for line in ast.parse(code).body if isinstance(line, ast.Expr)]


def encode(value: Any) -> str:
    """Encode a config for a URL, as static/url.js does."""
    if isinstance(value, dict):
        inside = ",".join(f"{k}={encode(v)}" for k, v in value.items() if k != "type")
        return f"{value['type']}({inside})"
    if isinstance(value, list):
        return f"[{','.join(map(encode, value))}]"
    return str(value)
