"""The stand-ins for the standard library do what the standard library does."""

import ast
import bisect
import collections.abc
import copy
import dataclasses
import functools
import itertools
import numbers
import operator
import sys
import typing
from importlib.util import module_from_spec, spec_from_file_location
from types import UnionType

import pytest
from explorer import runtime
from hypothesis import given
from hypothesis import strategies as st

LIBRARY = runtime.HERE / "library"


def load(name):
    """Import a stand-in, with the stand-ins that it imports."""
    path = LIBRARY.joinpath(*name.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    spec = spec_from_file_location(f"stand_in_{name}", file)
    module = module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        for needed in ("annotationlib", "typing"):
            if needed in file.read_text("utf-8") and needed != name:
                patch.setitem(sys.modules, needed, load(needed))
        spec.loader.exec_module(module)
    return module


VALUES = [
    *(0, True, 1.5, float("nan"), 1j, None, "text", b"bytes", [], (), {}, set(), range(3)),
    *(frozenset(), iter([]), len, int, object(), bytearray(), memoryview(b""), (i for i in ())),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(("collections.abc", kind) for kind in ("Hashable", "Iterable", "Iterator")),
        *(("collections.abc", kind) for kind in ("Mapping", "Sequence")),
        ("numbers", "Real"),
        ("numbers", "Integral"),
    ],
)
def test_a_value_is_of_the_same_kinds(name, kind, value):
    real = getattr({"collections.abc": collections.abc, "numbers": numbers}[name], kind)

    assert isinstance(value, getattr(load(name), kind)) == isinstance(value, real)


NUMBERS = st.integers(-5, 5)
LISTS = st.lists(NUMBERS)


@given(LISTS, NUMBERS)
def test_positions_in_a_sorted_sequence(values, x):
    ours = load("bisect")
    values.sort()

    assert ours.bisect_left(values, x) == bisect.bisect_left(values, x)
    assert ours.bisect_right(values, x) == bisect.bisect_right(values, x)


@given(LISTS, LISTS, st.integers(0, 9))
def test_iterators(one, other, stop):
    ours = load("itertools")

    assert [*ours.chain(one, other)] == [*itertools.chain(one, other)]
    assert [*ours.islice(one, stop)] == [*itertools.islice(one, stop)]


@given(LISTS, NUMBERS)
def test_higher_order_functions(values, first):
    ours = load("functools")

    assert ours.reduce(operator.sub, values, first) == functools.reduce(
        operator.sub, values, first
    )
    if values:
        assert ours.reduce(operator.sub, values) == functools.reduce(operator.sub, values)
    given = [first, *values]
    for of in (ours, functools):
        assert of.partial(max, *given, key=abs)(7, 3) == max(*given, 7, 3, key=abs)


@given(st.lists(NUMBERS, max_size=30))
def test_a_cache_keeps_the_latest_results(keys):
    calls = []
    for of in (load("functools"), functools):
        computed = []
        function = of.lru_cache(maxsize=3)(lambda key, seen=computed: seen.append(key) or key)
        assert [*map(function, keys)] == keys
        calls.append(computed)

    assert calls[0] == calls[1]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_an_index(value):
    try:
        expected = operator.index(value)
    except TypeError:
        with pytest.raises(TypeError):
            load("operator").index(value)
    else:
        assert load("operator").index(value) == expected


def test_operators():
    ours = load("operator")

    assert ours.getitem([1, 2], 1) == operator.getitem([1, 2], 1)
    for name in ("add", "mul", "pow", "sub", "truediv"):
        assert getattr(ours, name)(3, 4) == getattr(operator, name)(3, 4)
    assert ours.pow(2, 3) == operator.pow(2, 3)


def test_types():
    ours = load("typing")

    assert load("types").UnionType is UnionType
    assert ours.ClassVar[int].__origin__ is ours.ClassVar
    assert (ours.Any | int).__args__ == (ours.Any, int)
    assert (int | ours.Literal["a"]).__args__[0] is int
    assert ours.overload(len) is ours.dataclass_transform()(len) is len


@pytest.mark.parametrize("of", [load("typing"), typing], ids=["ours", "typing"])
def test_a_named_tuple(of):
    class Point(of.NamedTuple):
        x: int
        y: int = 2

        def total(self):
            return self.x + self.y

    point = Point(1)
    x, y = point

    assert (x, y, point.x, point.y, point.total()) == (1, 2, 1, 2, 3)
    assert point == (1, 2) == Point(x=1) == Point(y=2, x=1)
    assert point._replace(y=5) == Point(1, 5)


@pytest.mark.parametrize("of", [load("dataclasses"), dataclasses], ids=["ours", "dataclasses"])
def test_a_frozen_dataclass(of):
    kind = typing.ClassVar if of is dataclasses else of.ClassVar

    @of.dataclass(frozen=True)
    class Base:
        first: int
        shared: kind[int] = 7
        second: int = of.field(default=2, repr=False)

    @of.dataclass(frozen=True)
    class Derived(Base):
        constant: kind = 5
        _: of.KW_ONLY
        third: list = of.field(default_factory=list, compare=False)
        hidden: int = of.field(default=0, init=False)

        def __post_init__(self):
            object.__setattr__(self, "hidden", self.first * 10)

    value = Derived(1, third=[3])

    assert (value.first, value.second, value.third, value.hidden) == (1, 2, [3], 10)
    assert value == Derived(1, 2, third=[4])
    assert value != Derived(2)
    assert value != Base(1)
    assert hash(value) == hash(Derived(1, 2))
    assert "second" not in repr(value)
    assert "first=1" in repr(value)
    names = {each.name: each.kw_only for each in of.fields(Derived)}
    assert names == {"first": False, "second": False, "third": True, "hidden": True}
    assert of.replace(value, first=4).hidden == 40
    assert of.is_dataclass(value)
    assert Derived.__match_args__ == ("first", "second")
    assert not of.is_dataclass(1)
    with pytest.raises(of.FrozenInstanceError, match="first"):
        value.first = 2
    with pytest.raises(of.FrozenInstanceError, match="first"):
        del value.first
    for arguments, keywords in [((), {}), ((1, 2, 3), {}), ((1,), {"first": 1})]:
        with pytest.raises(TypeError):
            Derived(*arguments, **keywords)
    for name in ("hidden", "unknown"):
        with pytest.raises(TypeError):
            Derived(1, **{name: 1})
    with pytest.raises((TypeError, ValueError), match="hidden"):
        of.replace(value, hidden=1)


def test_a_copy():
    class Value:
        pass

    value = Value()
    value.items = []
    for of in (load("copy"), copy):
        copied = of.copy(value)
        assert copied is not value
        assert copied.items is value.items


def tree(node):
    """Return a node of `ast` as plain values, with its place."""
    if isinstance(node, list):
        return [tree(each) for each in node]
    if not hasattr(node, "__dict__"):
        return repr(node)
    unread = ("ctx", "kind", "type_ignores")
    fields = {name: tree(value) for name, value in vars(node).items() if name not in unread}
    return type(node).__name__, fields


EXPRESSIONS = [
    *("1", "1.5e-3", ".5", "5.", "1_000", "2**53", "-2**-0.5", "- -1", "+x", "True", "None"),
    *("'linear'", '"1-sqrt"', "()", "(1,)", "1, 2", "(1)", "[]", "[1, 2,]", "((1))", "f()"),
    *("a.b.c", "f(1, x=2, )", "f(x)(y).z(w=[1, (2, 3)])", "1 - 2 - 3", "1 - (2 - 3)"),
    *("2 * 3 + 4 / 5 ** 6 ** 7", "(a + b) * c", "a // b % c", "f(\n  1,\n  é='é', y=2\n)"),
    "join([linear(100, base_lr=0.1), 0.5 * CosineScheduler(1000)], boundaries=[100]).delay(3)",
]


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_an_expression_has_the_tree_of_python(text):
    ours, theirs = load("ast").parse(text, mode="eval"), ast.parse(text, mode="eval")

    assert tree(ours.body) == tree(theirs.body)


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_each_node_has_its_text(text):
    ours = load("ast")
    segments = [
        sorted(
            module.get_source_segment(text, node)
            for node in module.walk(module.parse(text, mode="eval"))
            if isinstance(node, module.expr)
        )
        for module in (ours, ast)
    ]

    assert segments[0] == segments[1]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "f(",
            "f)",
            "[1)",
            "(1, 2",
            "1 +",
            "f(x=)",
            "f(1 2)",
            "1 2",
            "x y",
            "0x1",
            "1__0",
        ),
        *("01", "1e", "e5 5", "'a", "'a\nb'", "f(x=1, 2)", "a.", "a.1b", "@", "f(=1)", "1\n2"),
        *("*x", "a b", ",", "f(,)", "1.2.3", "[,]", "f(1)(", "x = 1", "é é"),
    ],
)
def test_what_is_no_expression_is_an_error(text):
    if text != "0x1":  # a hexadecimal number, which the page refuses too
        with pytest.raises(SyntaxError):
            ast.parse(text, mode="eval")
    with pytest.raises(SyntaxError) as error:
        load("ast").parse(text, mode="eval")

    assert error.value.lineno >= 1
    assert error.value.offset >= 1


@given(st.text(alphabet="ab1.5e-+*/()[],= '\n", max_size=12))
def test_any_text_has_pythons_tree_or_is_an_error(text):
    text = text.strip()
    try:
        ours = load("ast").parse(text, mode="eval")
    except SyntaxError:
        return
    assert tree(ours.body) == tree(ast.parse(text, mode="eval").body)
