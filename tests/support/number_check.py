"""The numbers that a page claims in its sentences, and the numbers that it shows.

A claim is supported if the same value stands in code that runs on the page, or in an
output documented there (``# ->``). What is not held to that is named in `EXEMPT`.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from documented import COMMENT

from lr_scheduler import __version__
from support.page_parser import pieces

_SCRIPTS = "¹²³¼-¾⁰-₉⅐-⅞"

# The forms whose digits claim nothing about a schedule. In inline code and in outputs only
# `name` is one. Link targets, list markers, footnote labels and code that does not run never
# get here: they are no text. The first that fits is taken; `name` is the last for words,
# `formula` is tried on formulas alone.
EXEMPT = {
    # where to look, not what is there
    "address": r"https?://[^\s<>]+",
    # names of papers: "arXiv:1706.02677", "(2017)", "(Goyal et al., 2017)", "Li and Hu, 2017"
    "arxiv": r"arXiv:\s?\d{4}\.\d{4,5}",
    "year": r"(?<!\w)\([A-Z][^()\d]*,\s(?:19|20)\d\d\)|\bet\sal\.\s\((?:19|20)\d\d\)"
    r"|\b(?:et\sal\.|(?:and|&)\s[A-Z]\w+),?\s(?:19|20)\d\d\b",
    # releases of software, and their days
    "version": r"\bPython\s(?:(?:>=|≥)\s?)?3\.\d+\b(?:(?:,|,?\s(?:and|or))\s3\.\d+\b)*"
    r"|\bMXNet\s\d+\.\d+\.\d+\b|\bNumPy\s(?:(?:>=|≥)\s?)?[12]\.\d+\b"
    r"|\bApache(?:-|\sLicense,?\s(?:[Vv]ersion\s)?)2\.0\b",
    "date": r"\b(?:19|20)\d\d-[01]\d-[0-3]\d\b",
    "color": r"#[0-9a-f]{6}\b",
    # the release of the package, which a test compares with the changelog
    "release": rf"\b{re.escape(__version__)}\b",
    # words that have digits in them: "float64", "L2", "plot_1_stepwise"
    "name": rf"(?i:\butf-8\b)|(?<!\w)(?![{_SCRIPTS}])[^\W\d]\w*",
    # what formulas are built of: `(t - 1) / s`; any other number, `$t = 250$`, is a claim
    "formula": r"(?<![\d.])[012](?![\d.])",
}

# "250" and "250th", "-1", "0.001" and "1e-3", "10,000" (in code two), "96 %" (in code none).
# "1.9.1", "½" and the power of 10⁻³ are no decimals: they are compared as text.
_SIGN = r"(?:(?<![\w)\]])[-−])?"
_DECIMAL = r"(?:\d+(?:_\d+)*|(?=\.\d))(?:\.\d+)*(?:\.?[eE][-−+]?\d+)?"
_GROUPED = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"
_OTHER = f"[⁺⁻]?[{_SCRIPTS}]+"


def _scanner(claim: str, *forms: str) -> re.Pattern[str]:
    exempt = "|".join(f"(?P<{form}>{EXEMPT[form]})" for form in forms)
    return re.compile(f"{exempt}|(?P<claim>{claim}|{_OTHER})")


_SCANNERS = {
    "sentence": _scanner(rf"{_SIGN}(?:{_GROUPED}|{_DECIMAL})(?:\s?%)?", *list(EXEMPT)[:-1]),
    "inline": _scanner(rf"{_SIGN}{_DECIMAL}(?:\s?%(?!\s*[\w(]))?", "name"),
    "formula": _scanner(rf"{_SIGN}{_DECIMAL}", "formula"),
}


class Number(NamedTuple):
    """A number as it is written; its value is the text itself where that is no decimal."""

    text: str
    value: Decimal | str
    line: int
    form: str  # "claim", or a key of EXEMPT


@dataclass
class Page:
    """What a page claims and need not support, what it shows, and the lines of its code."""

    claims: list[Number] = field(default_factory=list)
    exempt: list[Number] = field(default_factory=list)
    shown: set[Decimal | str] = field(default_factory=set)
    code: set[int] = field(default_factory=set)

    @property
    def unsupported(self) -> list[Number]:
        """The claims that stand neither in the code nor in a documented output."""
        return [number for number in self.claims if number.value not in self.shown]


def page(path: Path) -> Page:
    """Read a page."""
    result = Page()
    for line, kind, text in pieces(path):
        if kind == "code":
            result.shown.update(_literals(ast.parse(text)), _outputs(text))
            result.code.update(range(line, line + len(text.splitlines())))
            words = [(line + row - 1, "sentence", said) for row, said in _words(text)]
        elif kind == "shown":
            result.shown.update(_literals(ast.parse(text)))
            words = []
        else:
            words = [(line, kind, text)]
        for row, form, said in words:
            for number in scan(form, said, row):
                (result.claims if number.form == "claim" else result.exempt).append(number)
    return result


def scan(kind: str, text: str, line: int = 1) -> Iterator[Number]:
    """Find the digits of a text: each is in a claim or in an exempt form."""
    for match in _SCANNERS[kind].finditer(text):
        if any(character.isnumeric() for character in match[0]):
            yield Number(
                match[0],
                _value(match[0]),
                line + text.count("\n", 0, match.start()),
                str(match.lastgroup),
            )


def _value(text: str) -> Decimal | str:
    """Read a number; a percentage is so many hundredths."""
    try:
        value = Decimal(text.rstrip("%").rstrip().replace(",", "").replace("−", "-"))
    except InvalidOperation:
        return text
    return value / 100 if text.endswith("%") else value


def _literals(node: ast.AST, sign: str = "") -> Iterator[Decimal]:
    """Find the numbers that a program is written with, also inside f-strings."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield Decimal(f"{sign}{node.value!r}")
    negative = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    for child in ast.iter_child_nodes(node):
        yield from _literals(child, "-" if negative else "")


def _words(code: str) -> Iterator[tuple[int, str]]:
    """Find what a program says: its strings, titles for one, and its comments."""
    tree = ast.parse(code)
    specs = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.FormattedValue) and node.format_spec
        for part in ast.walk(node.format_spec)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in specs:
            yield node.lineno, node.value
    bare = COMMENT.sub(lambda output: "\n" * output[0].count("\n"), code)
    for token in tokenize.generate_tokens(io.StringIO(bare).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def _outputs(code: str) -> Iterator[Decimal | str]:
    """Find the numbers in the outputs that a program documents."""
    documented = False
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT:
            documented = token.line.startswith("# ->") or (
                documented and token.line.startswith("#    ")
            )
            if documented:
                yield from (
                    number.value
                    for number in scan("inline", token.string)
                    if number.form == "claim"
                )
        elif token.type != tokenize.NL:
            documented = False
