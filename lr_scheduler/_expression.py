"""Read schedules from text, safely: an expression, or JSON. No text is ever evaluated.

An expression is what `repr` writes, and what a reader would write: calls of the package's
classes and functions, the operators, and the methods of schedules. It is parsed to a tree, and
each node of the tree is read by a rule of this module or refused.
"""

import ast
import json
import operator
from collections.abc import Callable
from typing import Any

from . import _validation as check
from ._annealing import CosineScheduler, PolyScheduler
from ._as_scheduler import as_scheduler, constant
from ._clock import BatchClock
from ._config import from_config, parameters_of
from ._endless import ExponentialScheduler, PowerScheduler
from ._join import join, repeat
from ._named import (
    cooldown,
    cosine_restarts,
    cyclic,
    inverse_sqrt,
    linear,
    one_cycle,
    warmup_stable_decay,
)
from ._piecewise import PiecewiseScheduler
from ._schedule import Scheduler
from ._stepwise import FactorScheduler, MultiFactorScheduler

LONGEST = 100_000  # characters of a text
MOST_NODES = 20_000  # of a tree
DEEPEST = 250  # nested nodes
NAMES: dict[str, Callable[..., Any]] = {
    make.__name__: make
    for make in (
        BatchClock,
        CosineScheduler,
        ExponentialScheduler,
        FactorScheduler,
        MultiFactorScheduler,
        PiecewiseScheduler,
        PolyScheduler,
        PowerScheduler,
        as_scheduler,
        constant,
        cooldown,
        cosine_restarts,
        cyclic,
        inverse_sqrt,
        join,
        linear,
        one_cycle,
        repeat,
        warmup_stable_decay,
    )
}
METHODS = ("clip", "delay", "over", "stretch")
OPERATORS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


class ExpressionError(ValueError):
    """A text that is no schedule, with the place of the error in it."""

    def __init__(self, message: str, text: str, start: int, end: int) -> None:
        super().__init__(message)
        self.text, self.start, self.end = text, start, max(end, start + 1)

    def shown(self) -> str:
        """Return the line with the error, and a line of carets below it."""
        first = self.text.rfind("\n", 0, self.start) + 1
        line = self.text[first:].partition("\n")[0]
        start = self.start - first
        cut = max(0, start - 40)
        end = min(self.end - first, len(line) + 1, cut + 76)
        return f"{line[cut : cut + 76]}\n{' ' * (start - cut)}{'^' * max(1, end - start)}"


def read(text: str) -> Scheduler:
    """Return the schedule that a text describes.

    Parameters
    ----------
    text : str
        An expression such as ``0.5 * CosineScheduler(1000, base_lr=0.1)``, or the config of
        :meth:`Scheduler.to_config` as JSON. A number is a constant learning rate.

    Returns
    -------
    Scheduler
        The schedule.

    Raises
    ------
    ExpressionError
        If the text is no schedule, is longer than 100,000 characters or nests more than 250
        deep. The error has the place in the text.
    """
    if len(text) > LONGEST:
        message = f"the text must have at most {LONGEST:,} characters, got {len(text):,}"
        raise ExpressionError(message, text[:60], 0, 60)
    if not text.strip():
        message = "the text is empty: write a schedule, such as linear(1000, base_lr=0.1)"
        raise ExpressionError(message, text, 0, 0)
    if text.lstrip().startswith("{"):
        return _read_json(text)
    return _Reader(text.strip()).schedule()


def number(text: str) -> int | float:
    """Return the number that a text such as ``1/3`` or ``512 ** -0.5`` describes.

    Raises
    ------
    ExpressionError
        If the text is no number.
    """
    return _Reader(text.strip()).number()


def _read_json(text: str) -> Scheduler:
    try:
        return from_config(json.loads(text))
    except json.JSONDecodeError as error:
        raise ExpressionError(f"invalid JSON: {error.msg}", text, error.pos, 0) from None
    except RecursionError:
        raise ExpressionError("the JSON is nested too deep", text, 0, 0) from None
    except (TypeError, ValueError) as error:
        raise ExpressionError(str(error), text, 0, 0) from None


class _Reader:
    """Reads one expression."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.nodes = self.depth = 0

    def schedule(self) -> Scheduler:
        """Return the schedule of the text."""
        tree, value = self.value()
        if isinstance(value, (list, str, bool)) or value is None:
            raise self._error(tree, "the text must be a schedule or a number")
        return value if isinstance(value, Scheduler) else self._made(tree, constant, value)

    def number(self) -> int | float:
        """Return the number of the text."""
        tree, value = self.value()
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self._error(tree, "the text must be a number")
        return value

    def value(self) -> tuple[ast.expr, Any]:
        """Return the tree of the text, and its value."""
        try:
            tree = ast.parse(self.text, mode="eval").body
            return tree, self.read(tree)
        except SyntaxError as error:
            at = len(self.text)  # where the text ends too early
            if error.lineno and error.offset:
                at = self._at(error.lineno, error.offset - 1)
            raise ExpressionError(
                f"invalid expression: {error.msg}", self.text, at, 0
            ) from None
        except (MemoryError, RecursionError):
            raise ExpressionError("the text is nested too deep", self.text, 0, 0) from None

    def read(self, node: ast.expr) -> Any:
        """Return the value of a node: a schedule, a number, a word, a list or None."""
        self.nodes += 1
        self.depth += 1
        if self.nodes > MOST_NODES or self.depth > DEEPEST:
            raise self._error(
                node, f"the text must have at most {MOST_NODES:,} parts, nested {DEEPEST} deep"
            )
        value = self._read(node)
        self.depth -= 1
        return value

    def _read(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=None | bool() | int() | float() | str() as value):
                return value
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return [self.read(item) for item in items]
            case ast.UnaryOp(op=ast.UAdd() | ast.USub() as sign):
                operand = self._operand(node.operand)
                return -operand if isinstance(sign, ast.USub) else operand
            case ast.BinOp():
                return self._chain(node)
            case ast.Call(func=ast.Name(id=name)):
                if name not in NAMES:
                    kind = f"{name!r} is not a schedule of this package"
                    raise self._error(node.func, kind + check.near(name, NAMES))
                return self._call(node, NAMES[name], [])
            case ast.Call(func=ast.Attribute(value=inner, attr=name)):
                scheduler = self.read(inner)
                if not isinstance(scheduler, Scheduler) or name not in METHODS:
                    kind = f"{name!r} is not a method of a schedule here"
                    raise self._error(node, kind + check.near(name, METHODS))
                return self._call(node, getattr(Scheduler, name), [scheduler])
            case ast.Name(id=name):
                raise self._error(
                    node, f"{name!r} is not a value" + check.near(name, NAMES, "(...)")
                )
        raise self._error(node, "only calls, numbers, lists and the operators may be used")

    def _chain(self, node: ast.BinOp) -> Any:
        """Return the result of operators; a long sum is deep in the tree, but not in Python."""
        pending = [node]
        while isinstance(pending[-1].left, ast.BinOp):
            pending.append(pending[-1].left)
        left = self._operand(pending[-1].left)
        for each in reversed(pending):
            operate = OPERATORS.get(type(each.op))
            if operate is None:
                raise self._error(each, "the operators are + - * / and **")
            right = self._operand(each.right)
            numbers = not isinstance(left, Scheduler) and not isinstance(right, Scheduler)
            if numbers and operate is operator.pow:
                left = float(left)  # a power of integers may have any number of digits
            left = self._made(each, operate, left, right)
        return left

    def _operand(self, node: ast.expr) -> Any:
        value = self.read(node)
        if isinstance(value, Scheduler) or (
            isinstance(value, (int, float)) and not isinstance(value, bool)
        ):
            return value
        raise self._error(node, "an operand must be a schedule or a number")

    def _call(self, node: ast.Call, make: Callable[..., Any], given: list[Any]) -> Any:
        """Return what a class, function or method makes of the arguments."""
        parameters = [name for name in parameters_of(make) if name != "self"]
        arguments = given + [self.read(each) for each in node.args]
        keywords = {}
        for each in node.keywords:
            if each.arg not in parameters:
                name = f"{make.__name__} has no parameter {each.arg!r}"
                raise self._error(each.value, name + check.near(each.arg or "", parameters))
            keywords[each.arg] = self.read(each.value)
        return self._made(node, make, *arguments, **keywords)

    def _made(self, node: ast.expr, make: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """Return the value that a call makes; its errors get their place in the text."""
        try:
            value = make(*args, **named)
        except OverflowError:
            raise self._error(node, "the number is too large") from None
        except (TypeError, ValueError, ZeroDivisionError) as error:
            text = str(error).replace(".__init__()", "()").replace("Scheduler.", "")
            raise self._error(node, text) from None
        if isinstance(value, complex):
            raise self._error(node, "the power of a negative number must be an integer")
        return value

    def _error(self, node: ast.expr, message: str) -> ExpressionError:
        end = self._at(node.end_lineno or node.lineno, node.end_col_offset or 0, True)
        return ExpressionError(
            message, self.text, self._at(node.lineno, node.col_offset, True), end
        )

    def _at(self, line: int, column: int, is_bytes: bool = False) -> int:
        """Return the index in the text of a line, from 1, and a column, from 0."""
        lines = self.text.splitlines(keepends=True) or [""]
        before = "".join(lines[: line - 1])
        if is_bytes and line <= len(lines):
            column = len(lines[line - 1].encode()[:column].decode(errors="replace"))
        return min(len(before) + column, len(self.text))
