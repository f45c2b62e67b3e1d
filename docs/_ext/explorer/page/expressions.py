"""Expressions such as ``CosineScheduler(1000, base_lr=0.1)``, as configs and as URLs.

In a config of the page each number is the text that the reader typed.
"""

import ast
import json
from collections.abc import Iterable
from typing import Any

from lr_scheduler import Scheduler
from lr_scheduler._config import parameters_of
from lr_scheduler._expression import NAMES
from lr_scheduler._expression import read as read_schedule

SIGNS = {ast.Add: "sum", ast.Mult: "product", ast.Div: "quotient", ast.Pow: "power"}


def read(text: str) -> Any:
    """Return the config that a text describes: an expression, a `repr`, or a config as JSON.

    Raises
    ------
    ExpressionError
        If the text is no schedule. The error has the place in the text.
    """
    scheduler = read_schedule(text)
    text = text.strip()
    if text.startswith("{"):
        return texts(json.loads(text))
    tree = ast.parse(text, mode="eval").body
    if is_number(tree):
        return texts(scheduler.to_config())
    return _Tree(text).config(tree)


def texts(value: Any) -> Any:
    """Return a config with a text for each number, as the page has it."""
    if isinstance(value, dict):
        return {name: texts(item) for name, item in value.items() if item is not None}
    if isinstance(value, (list, tuple)):
        return [texts(item) for item in value]
    return str(value)


def is_number(node: ast.expr) -> bool:
    """Tell an expression of numbers alone, such as ``512 ** -0.5``."""
    return not any(isinstance(each, (ast.Call, ast.List, ast.Tuple)) for each in ast.walk(node))


class _Tree:
    """Reads the tree of a text that is known to be a schedule."""

    def __init__(self, text: str) -> None:
        self.text = text

    def config(self, node: ast.expr) -> Any:
        """Return the config of a node."""
        match node:
            case ast.Constant(value=str() | bool() as value):
                return str(value)
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return [self.config(item) for item in items]
            case ast.Call(func=ast.Name(id="as_scheduler"), args=[inner]):
                return self.config(inner)
            case ast.Call(func=ast.Name(id=name)):
                return self.call(name, NAMES[name], {}, node)
            case ast.Call(func=ast.Attribute(value=inner, attr=name)):
                method = getattr(Scheduler, name)
                return self.call(name, method, {"scheduler": self.config(inner)}, node)
            case ast.BinOp(left=left, op=sign, right=right) if not is_number(node):
                if type(sign) in SIGNS:
                    operands = [self.config(left), self.config(right)]
                    return {"type": SIGNS[type(sign)], "operands": operands}
        if is_number(node):
            return ast.get_source_segment(self.text, node)
        # A difference, or a minus: as the package writes it.
        segment = ast.get_source_segment(self.text, node)
        return texts(read_schedule(f"({segment})").to_config())

    def call(self, name: str, make: Any, before: dict[str, Any], node: ast.Call) -> Any:
        """Return the arguments of a call by their names; those without a name come first."""
        # Of a class, the parameters without a name; a method has its schedule already.
        names = getattr(make, "__match_args__", None) or [*parameters_of(make)]
        given = zip(names[len(before) :], node.args, strict=False)
        keywords = [(keyword.arg, keyword.value) for keyword in node.keywords]
        return {"type": name} | before | self.arguments([*given, *keywords])

    def arguments(self, given: Iterable[tuple[str | None, ast.expr]]) -> dict[str, Any]:
        """Return arguments as texts, without those that are None, the default."""
        return {
            str(name): self.config(value)
            for name, value in given
            if not (isinstance(value, ast.Constant) and value.value is None)
        }


def encode(value: Any) -> str:
    """Encode a config for a URL, as static/url.js does."""
    if isinstance(value, dict):
        inside = ",".join(f"{k}={encode(v)}" for k, v in value.items() if k != "type")
        return f"{value['type']}({inside})"
    if isinstance(value, list):
        return f"[{','.join(map(encode, value))}]"
    return "".join(f"%{ord(sign):02x}" if sign in "%()[],=&#" else sign for sign in value)
