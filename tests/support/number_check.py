"""The numbers that a page claims in its sentences, and the numbers that it shows.

A page shows the numbers in its code and in the outputs documented there (``# ->``). For any
other number the author names an expression or a source, in a comment of the page::

    % 1500 = 30 * 50
    % 8192: Goyal et al., section 2

In a gallery script such a comment begins with ``..``; in the README it is an HTML comment.
"""

import ast
import io
import operator
import re
import textwrap
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from lr_site import documented, peer_rates
from sphinx_gallery.py_source_parser import split_code_and_text_blocks

# "250" and "250th", "-1", "0.001" and "1e-3", "10,000" (in code 10_000), "96 %" (in code 0.96).
NUMBER = (
    r"(?:(?<![\w)\]])[-−])?(?<![\w.])(?:\d{1,3}(?:,\d{3})+(?!\d)|\d[\d_]*|(?=\.\d))"
    r"(?:\.\d+)?(?:[eE][-+]?\d+)?(?:\s?%(?!\s*\d))?"
)
# Dates, small counts and years (2000 is a number); names such as UTF-8 and ResNet-50, releases
# and colours; the numbers of papers and of their parts.
EXEMPT = (
    r"\b\d{4}-\d\d-\d\d\b"
    r"|(?<![\w.])[012](?!\d|,\d{3}|[._]\d|[eE][-+\d]|\s?%)"
    r"|(?<![\w.,-])(?!..00)(?:19\d\d|20[0-3]\d)(?![\w%]|[.,]\d)"
    r"|https?://[^\s<>]+|arXiv:\s?\d{4}\.\d{4,5}"
    r"|(?i:\b(?:section|figure|table|equation|page)s?)\s\(?\d+(?:\.\d+)*"
    r"|\b[A-Z]\w*-\d+(?:\.\d+)*"
    r"|\b\d+\.\d+\.\d+\b"
    r"|\b(?:Python|NumPy|MXNet|PyTorch)\s(?:(?:>=|≥)\s?)?\d+(?:\.\d+)*"
    r"(?:(?:,|,?\s(?:and|or))\s\d\.\d+)*"
    r"|#[0-9a-f]{6}\b"
)
COMMENT = re.compile(
    rf"^(?:%|\.\.|<!--) (?P<number>{NUMBER})"
    r"(?: = (?P<expression>.+?)|: (?P<source>.+?))(?: -->)?$",
    re.MULTILINE,
)
# Not read: code blocks, addresses of links, HTML but for its alternative texts, labels of
# footnotes, markers of lists, options of directives, changes to a program (a test runs them).
MARKUP = re.compile(
    r"<!--.*?-->|\]\([^)\s]*\)|<[\w/~.!](?:[^>]*?\balt=\"(?P<alt>[^\"]*)\")?[^>]*>"
    r"|```\{code-block\} python\n.*?\n```|^```diff\n.*?^```$"
    r"|\{(?:curve|try)\}`[^`]*`|\[\w+\]_|^\.\. \[\w+\]|^[ ]*\d\d?\.(?=[ ]\S)"
    r"|^[ ]*:(?!alt|caption)[\w-]+:(?=\s)[^\n]*$",
    re.DOTALL | re.MULTILINE,
)
EXPLORER = re.compile(
    r"(?:```\{(?:explorer|api)\}.*|\.\. explorer::)\n(?::.*\n)*\n?((?:[^`:\n].*\n|\n(?=   ))+)"
)
CODE_BLOCK = re.compile(r"```\{code-block\} python\n(?::.+\n)*((?:.*\n)*?)```")
CURVE = re.compile(r"```\{curve\}\n(.+?)```|\{curve\}`([^`]+)`", re.DOTALL)
# Its rows are compared with what they name: see tests/docs/test_rate_tables.py.
RATES = re.compile(r"^\| iteration \|.*\n\|[-| ]+\n(?:\|.*\n)+", re.MULTILINE)
PEERS = re.compile(r"```\{peers\} (\w+)")
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


class Number(NamedTuple):
    """A number as it is written, and its line."""

    line: int
    text: str


@dataclass
class Page:
    """The numbers in a page's sentences, those that it shows, and its wrong comments."""

    claims: list[Number] = field(default_factory=list)
    shown: set[Decimal] = field(default_factory=set)
    wrong: list[Number] = field(default_factory=list)

    def supports(self, text: str) -> bool:
        """Return whether a number may stand in a sentence of the page."""
        return bool(re.fullmatch(EXEMPT, text)) or read(text) in self.shown

    @property
    def unsupported(self) -> list[Number]:
        """The numbers in sentences that nothing supports, and the comments that are wrong."""
        return self.wrong + [claim for claim in self.claims if not self.supports(claim.text)]


def page(path: Path) -> Page:
    """Read a gallery script, a Markdown page or notebook, or a reST file."""
    prose, code = prose_and_code(path)
    result = Page()
    for shown in (code, *code_in_directives(prose)):
        result.shown.update(shown_in(shown))
    for table in RATES.findall(prose):
        result.shown.update(map(read, re.findall(NUMBER, table)))
    text = prose
    for pattern in COMMENT, MARKUP:
        text = pattern.sub(
            lambda found: (found.groupdict().get("alt") or "") + breaks(found[0]), text
        )
    result.claims = [*claims(text)]
    for line, said in words_in(code):
        result.claims += claims(said, line)
    values = {read(claim.text) for claim in result.claims}
    for found in COMMENT.finditer(prose):
        if read(found["number"]) in values and is_named(found, result):
            result.shown.add(read(found["number"]))
        else:
            result.wrong.append(
                Number(1 + breaks(prose[: found.start()]).count("\n"), found[0])
            )
    return result


def breaks(text: str) -> str:
    """Return the line breaks of a text, which keep the lines behind it in their places."""
    return "\n" * text.count("\n")


def prose_and_code(path: Path) -> tuple[str, str]:
    """Return the text of a page without its code, and the code alone, line by line."""
    text = path.read_text("utf-8")
    lines = text.split("\n")
    code = [""] * len(lines)
    if path.suffix == ".py":
        for kind, block, start in split_code_and_text_blocks(path)[1]:
            if kind == "code":
                end = start - 1 + block.count("\n")
                code[start - 1 : end] = lines[start - 1 : end]
        lines = [line.removeprefix("# ") for line in lines]
    elif path.name == "README.md" or "{code-cell}" in text or documented.session(path):
        code = documented.code_in(path, documented.session(path)).split("\n")
    prose = ("" if code_line else line for line, code_line in zip(lines, code, strict=True))
    return "\n".join(prose), "\n".join(code)


def claims(text: str, line: int = 1) -> Iterator[Number]:
    """Find the numbers of a text that are not exempt."""
    for found in re.finditer(f"{EXEMPT}|(?P<claim>{NUMBER})", text):
        if found["claim"]:
            yield Number(line + text.count("\n", 0, found.start()), found["claim"])


def read(text: str) -> Decimal:
    """Read a number; a percentage is so many hundredths."""
    value = Decimal(text.rstrip("% ").replace(",", "").replace("−", "-"))
    return value / 100 if text.endswith("%") else value


def is_named(comment: re.Match[str], page: Page) -> bool:
    """Return whether a comment gives the number: by an expression, rounded, or a source."""
    if comment["source"]:
        return len(re.findall(r"[^\W\d]{2,}", comment["source"])) > 1
    number = read(comment["number"])
    last_digit = Decimal(1).scaleb(int(number.as_tuple().exponent))
    try:
        exactly = value(ast.parse(comment["expression"], mode="eval").body, page)
    except (ArithmeticError, KeyError, SyntaxError, ValueError):
        return False
    return abs(exactly - Fraction(number)) <= Fraction(last_digit) / 2


def value(node: ast.expr, page: Page) -> Fraction:
    """Compute an expression of numbers, each of which the page supports."""
    if isinstance(node, ast.BinOp):
        left, right = value(node.left, page), value(node.right, page)
        return OPERATORS[type(node.op)](left, right)
    if not page.supports(number := ast.unparse(node)):
        raise ValueError(f"{number} stands nowhere on the page")
    return Fraction(read(number))


def shown_in(code: str) -> Iterator[Decimal]:
    """Find the numbers that code is written with, and those of its documented outputs."""
    for _, constant in constants(ast.parse(code)):
        if type(constant) in (int, float):
            yield Decimal(repr(constant))
    for output in documented.wants(code, "").values():
        yield from map(read, re.findall(NUMBER, output))


def code_in_directives(prose: str) -> Iterator[str]:
    """Find the code that a directive shows: of other libraries and ours, of a curve."""
    for key in PEERS.findall(prose):
        for row in peer_rates.read(peer_rates.DATA / f"{key}.toml").rows:
            yield f"{row.given}\n{row.theirs.strip()}\n{row.ours.strip()}"
    for code in (*EXPLORER.findall(prose), *CODE_BLOCK.findall(prose)):
        yield textwrap.dedent(code)
    for found in CURVE.finditer(prose):
        yield found[1] or found[2]


def words_in(code: str) -> Iterator[tuple[int, str]]:
    """Find what code says, in its strings and comments."""
    for line, constant in constants(ast.parse(code)):
        if isinstance(constant, str):
            yield line, constant
    without_outputs = documented.COMMENT.sub(lambda found: breaks(found[0]), code)
    for token in tokenize.generate_tokens(io.StringIO(without_outputs).readline):
        if token.type == tokenize.COMMENT and "sphinx_gallery_" not in token.string:
            yield token.start[0], token.string


def constants(node: ast.AST) -> Iterator[tuple[int, object]]:
    """Find the constants of a program; a number has its sign, a format specifies nothing."""
    match node:
        case ast.UnaryOp(ast.USub(), ast.Constant(int() | float() as number)):
            yield node.lineno, -number
        case ast.Constant(constant):
            yield node.lineno, constant
        case ast.FormattedValue(inner):
            yield from constants(inner)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from constants(child)
