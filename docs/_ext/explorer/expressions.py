"""Expressions such as ``CosineScheduler(1000, base_lr=0.1)``, as configs and as URLs."""

import ast
import operator
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
            return {"type": name} | arguments(getattr(lr_scheduler, name), node.args, node)
        case ast.Call(ast.Attribute(scheduler, name)):
            given = arguments(getattr(Scheduler, name), [scheduler, *node.args], node)
            return {"type": name, "scheduler": given.pop("self")} | given
        case ast.List(items) | ast.Tuple(items):
            return [tree(item) for item in items]
        case ast.BinOp(left, sign, right):
            kind, compute = OPERATORS[type(sign)]
            operands = [tree(left), tree(right)]
            if any(isinstance(operand, dict) for operand in operands):
                return {"type": kind, "operands": operands}
            return str(compute(*map(ast.literal_eval, operands)))
    return str(ast.literal_eval(node))


def arguments(make: Any, positional: list[ast.expr], call: ast.Call) -> dict[str, Any]:
    """Return the arguments of a call by their names."""
    given = dict(zip(signature(make).parameters, map(tree, positional), strict=False))
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
