"""The trees of expressions: numbers, words, lists, calls, attributes and arithmetic.

Where the grammar of Python has more, `parse` raises a `SyntaxError`.
"""

QUOTES = ("'", '"')
BRACKETS = {"(": ")", "[": "]"}
STARS = ("**", "//")
WORDS = {"True": True, "False": False, "None": None}


class AST:
    def __init__(self, **fields):
        for name in fields:
            setattr(self, name, fields[name])


class expr(AST):
    pass


class Constant(expr):
    pass


class Name(expr):
    pass


class List(expr):
    pass


class Tuple(expr):
    pass


class UnaryOp(expr):
    pass


class BinOp(expr):
    pass


class Call(expr):
    pass


class Attribute(expr):
    pass


class keyword(AST):
    pass


class Expression(AST):
    pass


class Add(AST):
    pass


class Sub(AST):
    pass


class Mult(AST):
    pass


class Div(AST):
    pass


class FloorDiv(AST):
    pass


class Mod(AST):
    pass


class Pow(AST):
    pass


class UAdd(AST):
    pass


class USub(AST):
    pass


SUMS = {"+": Add, "-": Sub}
PRODUCTS = {"*": Mult, "/": Div, "//": FloorDiv, "%": Mod}
SIGNS = {"+": UAdd, "-": USub}


def parse(source, mode="eval"):
    """Return the tree of an expression."""
    return Expression(body=_Parser(source).whole())


def walk(node):
    """Yield a node and all nodes below it, each once."""
    todo = [node]
    while todo:
        node = todo.pop()
        yield node
        for value in vars(node).values():
            todo += [
                each
                for each in (value if isinstance(value, list) else [value])
                if isinstance(each, AST)
            ]


def get_source_segment(source, node):
    """Return the text of a node."""
    lines = source.split("\n")[node.lineno - 1 : node.end_lineno]
    lines[-1] = lines[-1].encode()[: node.end_col_offset].decode()
    lines[0] = lines[0].encode()[node.col_offset :].decode()
    return "\n".join(lines)


class _Parser:
    """Reads an expression, from token to token: the kind, the text, the place and the end."""

    def __init__(self, source):
        self.source = source
        self.tokens = []
        self.split()
        self.at = 0

    def error(self, message, place):
        error = SyntaxError(message)
        error.msg = message
        error.lineno = self.source.count("\n", 0, place) + 1
        error.offset = place - self.source.rfind("\n", 0, place)
        raise error

    def split(self):
        """Cut the source into tokens."""
        source, place, open_brackets = self.source, 0, []
        while place < len(source):
            sign, start = source[place], place
            if sign in " \t\f" or (sign == "\n" and open_brackets):
                place += 1
                continue
            if sign.isdigit() or (sign == "." and source[place + 1 : place + 2].isdigit()):
                place = self.number(place)
                kind = "number"
            elif sign.isidentifier():
                while place < len(source) and source[start : place + 1].isidentifier():
                    place += 1
                kind = "word"
            elif sign in QUOTES:
                place = source.find(sign, place + 1) + 1
                kind = "text"
                if not place or "\n" in source[start:place] or "\\" in source[start:place]:
                    self.error("unterminated string literal", start)
            else:
                place += 2 if source[place : place + 2] in STARS else 1
                kind = "sign"
                if sign in BRACKETS:
                    open_brackets.append((sign, start))
                elif sign in ")]":
                    if not open_brackets:
                        self.error(f"unmatched '{sign}'", start)
                    opened, _ = open_brackets.pop()
                    if BRACKETS[opened] != sign:
                        self.error(
                            f"closing parenthesis '{sign}' does not match opening "
                            f"parenthesis '{opened}'",
                            start,
                        )
                elif sign not in "+-*/%.,=":
                    self.error("invalid syntax", start)
            self.tokens.append((kind, source[start:place], start, place))
        if open_brackets:
            opened, start = open_brackets[-1]
            self.error(f"'{opened}' was never closed", start)
        self.tokens.append(("end", "", len(source), len(source)))

    def number(self, place):
        """Return where a number ends."""
        source, start = self.source, place
        while place < len(source) and (source[place].isalnum() or source[place] in "._"):
            place += 1
            if source[place - 1] in "eE" and source[place : place + 1] in ("+", "-"):
                place += 1
        try:
            value_of(source[start:place])
        except ValueError:
            self.error("invalid decimal literal", start)
        return place

    @property
    def text(self):
        return self.tokens[self.at][1] if self.tokens[self.at][0] != "text" else None

    def node(self, kind, start, **fields):
        """Return a node from a place to the last token that was read."""
        return kind(**self.place(start), **fields)

    def place(self, start):
        end = self.tokens[self.at - 1][3]
        found = {}
        for name, place in (("", start), ("end_", end)):
            line = self.source.rfind("\n", 0, place) + 1
            found[name + "lineno"] = self.source.count("\n", 0, place) + 1
            found[name + "col_offset"] = len(self.source[line:place].encode())
        return found

    def next(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def expect(self, text):
        if self.text != text or self.tokens[self.at][0] == "end":
            self.error("invalid syntax", self.tokens[self.at][2])
        self.next()

    def whole(self):
        """Read all of the text; commas outside of brackets make a tuple."""
        start = self.tokens[0][2]
        found = self.many("")
        if self.tokens[self.at][0] != "end":
            self.error("invalid syntax", self.tokens[self.at][2])
        if isinstance(found, list):
            return self.node(Tuple, start, elts=found)
        return found

    def many(self, end):
        """Read an expression, or a list of those with commas between."""
        if end and self.text == end:
            return []
        first = self.sum()
        if self.text != ",":
            return first
        found = [first]
        while self.text == ",":
            self.next()
            if self.text == end or self.tokens[self.at][0] == "end":
                break
            found.append(self.sum())
        return found

    def sum(self):
        return self.chain(SUMS, self.product)

    def product(self):
        return self.chain(PRODUCTS, self.signed)

    def chain(self, signs, operand):
        """Read operands with signs between, from left to right."""
        start = self.tokens[self.at][2]
        left = operand()
        while self.text in signs:
            op = signs[self.next()[1]]()
            right = operand()
            left = self.node(BinOp, start, left=left, op=op, right=right)
        return left

    def signed(self):
        start = self.tokens[self.at][2]
        if self.text in SIGNS:
            op = SIGNS[self.next()[1]]()
            operand = self.signed()
            return self.node(UnaryOp, start, op=op, operand=operand)
        return self.power()

    def power(self):
        start = self.tokens[self.at][2]
        base = self.called()
        if self.text != "**":
            return base
        self.next()
        right = self.signed()
        return self.node(BinOp, start, left=base, op=Pow(), right=right)

    def called(self):
        """Read an atom, and the calls and attributes after it."""
        start = self.tokens[self.at][2]
        found = self.atom()
        while self.text in ("(", "."):
            if self.next()[1] == "(":
                args, keywords = self.arguments()
                found = self.node(Call, start, func=found, args=args, keywords=keywords)
            else:
                kind, attr, place, _ = self.next()
                if kind != "word":
                    self.error("invalid syntax", place)
                found = self.node(Attribute, start, value=found, attr=attr)
        return found

    def arguments(self):
        """Read what is between the brackets of a call."""
        args, keywords = [], []
        while self.text != ")":
            kind, text, start, _ = self.tokens[self.at]
            if kind == "word" and self.tokens[self.at + 1][1] == "=":
                self.at += 2
                value = self.sum()
                keywords.append(self.node(keyword, start, arg=text, value=value))
            elif keywords:
                self.error("positional argument follows keyword argument", start)
            else:
                args.append(self.sum())
            if self.text != ")":
                self.expect(",")
        self.next()
        return args, keywords

    def atom(self):
        kind, text, start, _ = self.next()
        if kind == "number":
            return self.node(Constant, start, value=value_of(text))
        if kind == "text":
            return self.node(Constant, start, value=text[1:-1])
        if kind == "word":
            if text in WORDS:
                return self.node(Constant, start, value=WORDS[text])
            return self.node(Name, start, id=text)
        if text not in BRACKETS:
            self.error("invalid syntax", start)
        end = BRACKETS[text]
        found = self.many(end)
        self.expect(end)
        if text == "[":
            return self.node(List, start, elts=found if isinstance(found, list) else [found])
        return self.node(Tuple, start, elts=found) if isinstance(found, list) else found


def value_of(text):
    """Return the number of a literal."""
    try:
        number = int(text)
    except ValueError:
        return float(text)
    if text[0] == "0" and number:
        raise ValueError(text)
    return number
