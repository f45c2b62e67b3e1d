"""The mutants of the package's modules: Cosmic Ray's, without those that would tell nothing."""

import ast
import difflib
from copy import deepcopy
from itertools import pairwise, permutations
from pathlib import Path
from typing import NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator
from parso.tree import NodeOrLeaf

ROOT = Path(__file__).parents[2]

# The lines that calculate rates and steps, by the names of their functions, or what those are
# in. Of the module `_arrays` none is: there `Library` has documented values that need JAX, and
# `NumPy` has the quick ways to what `_scalar` says.
FORMULAS = {"SHAPES", "_compute_ends", "_part", "_phase", "_rate", "_scalar", "_segment"}
FORMULAS |= {"_step", "decay"}  # of SGD and of every scheduler

ARITHMETIC = ("Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow")
ORDER = ("Eq", "NotEq", "Lt", "LtE", "Gt", "GtE")
# Left out: the operators of bits, which floats refuse, so that every test of the line would
# notice; the identity of numbers and texts, which is Python's own affair; a unary plus and a
# `not` in place of a minus, which are like its deletion; and replacing variables at random.
OPERATORS = [
    *(f"ReplaceBinaryOperator_{old}_{new}" for old, new in permutations(ARITHMETIC, 2)),
    *(f"ReplaceComparisonOperator_{old}_{new}" for old, new in permutations(ORDER, 2)),
    "ReplaceComparisonOperator_Is_IsNot",
    "ReplaceComparisonOperator_IsNot_Is",
    "ReplaceUnaryOperator_Delete_USub",
    "ReplaceUnaryOperator_USub_Invert",
    "ReplaceUnaryOperator_Delete_Not",
    "AddNot",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak",
    "ExceptionReplacer",
    "NumberReplacer",
    "RemoveDecorator",
    "ZeroIterationForLoop",
]


class Mutant(NamedTuple):
    """A module with one error in it."""

    module: str
    function: str
    operator: str
    lines: range | None  # of the statement; None if it runs when the module is imported
    source: str
    change: tuple[str, ...]  # the statements that differ, as in a diff

    @property
    def path(self) -> str:
        """Return the file of the module."""
        return str(ROOT / "lr_scheduler" / f"{self.module}.py")

    @property
    def is_formula(self) -> bool:
        """Tell whether it calculates rates."""
        return not FORMULAS.isdisjoint((self.module, *self.function.split(".")))


def mutants(module: str) -> list[Mutant]:
    """Return the mutants of a module, without those that Python refuses to read.

    A change is told by statements as `ast.unparse` writes them, whatever lines, comments and
    parentheses the source has.
    """
    source = (ROOT / "lr_scheduler" / f"{module}.py").read_text("utf-8")
    tree, nodes = ast.parse(source), [*ast_nodes(get_ast(source))]
    before = ast.unparse(tree).splitlines()
    found = []
    for name in OPERATORS:
        operator = get_operator(f"core/{name}")()
        places = (
            (n, *place) for n in nodes for place in enumerate(operator.mutation_positions(n))
        )
        for node, index, (start, _) in places:
            path = around(tree, start)
            if is_no_code(path):
                continue
            changed = mutated(node, operator, index)
            try:
                after = ast.unparse(ast.parse(changed)).splitlines()
            except SyntaxError:  # the star of a call is no product
                continue
            diff = difflib.unified_diff(before, after, n=0)
            lines = [line for line in [*diff][2:] if not line.startswith("@@")]
            change = tuple(f"{line[0]} {line[1:].strip()}" for line in lines)
            found.append(Mutant(module, owner(path), name, reached(path), changed, change))
    return found


def mutated(node: NodeOrLeaf, operator: Operator, index: int) -> str:
    """Return the code of a module with a mutated node; the tree stays as it is.

    Cosmic Ray's own function parses the module again each time, which takes most of a second.
    """
    around = node.parent
    place = next(i for i, child in enumerate(around.children) if child is node)
    mutant = operator.mutate(deepcopy(node, {id(around): around}), index)
    around.children[place : place + 1] = [] if mutant is None else [mutant]
    code = node.get_root_node().get_code()
    around.children[place : place + (mutant is not None)] = [node]
    return code


def around(node: ast.AST, at: tuple[int, int]) -> list[ast.AST]:
    """Return the nodes around a position, from the outermost one to the innermost."""
    for child in ast.iter_child_nodes(node):
        if not hasattr(child, "lineno"):
            inner = around(child, at)
            if len(inner) > 1:
                return [node, *inner]
            continue
        first = min([child.lineno, *(d.lineno for d in getattr(child, "decorator_list", ()))])
        start = (first, 0) if first < child.lineno else (child.lineno, child.col_offset)
        if start <= at < (child.end_lineno, child.end_col_offset):
            return [node, *around(child, at)]
    return [node]


def is_no_code(path: list[ast.AST]) -> bool:
    """Tell a type, or the text of an error, from what calculates."""
    for node, inner in pairwise(path):
        if inner in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            return True
        if isinstance(inner, ast.Raise):
            return True
        if isinstance(inner, ast.If) and ast.unparse(inner.test) == "TYPE_CHECKING":
            return True
        if "overload" in map(ast.unparse, getattr(inner, "decorator_list", ())):
            return True
    return False


def owner(path: list[ast.AST]) -> str:
    """Return the name of the class and function around; of a constant its own."""
    names = [node.name for node in path if isinstance(node, ast.ClassDef | ast.FunctionDef)]
    if not names and isinstance(path[1], ast.Assign | ast.AnnAssign):
        target = path[1].targets[0] if isinstance(path[1], ast.Assign) else path[1].target
        return ast.unparse(target)
    return ".".join(names)


def reached(path: list[ast.AST]) -> range | None:
    """Return the lines of the innermost statement, if a call runs it."""
    *outer, statement = (node for node in path if isinstance(node, ast.stmt))
    if not any(isinstance(node, ast.FunctionDef | ast.Lambda) for node in outer):
        return None
    body = getattr(statement, "body", None)
    return range(statement.lineno, body[0].lineno if body else statement.end_lineno + 1)
