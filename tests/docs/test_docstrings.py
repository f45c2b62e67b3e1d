"""The docstrings: names, types, defaults, ranges, choices and errors are those of the code."""

import ast
import builtins
import doctest
import importlib
import inspect
import itertools
import keyword
import re
import sys
from dataclasses import MISSING

import pytest
from lr_site.documented import close_figures
from support import ROOT
from support.docstrings import (
    OF_EVERY_NUMBER,
    PARAMETERS,
    PUBLIC,
    demanded,
    entries,
    implied,
    parameters_of,
    promised,
    relations,
    rows,
    rules,
    section,
)
from support.formulas import ARGUMENTS
from support.number_check import code_in_directives, prose_and_code
from support.pages import PAGES, of_each

import lr_scheduler
from lr_scheduler import CosineScheduler, LRScheduler, optimizer

# Their modules load other frameworks; the session `integrations` runs those.
FRAMEWORKS = {"to_keras", "to_optax", "to_torch"}
HERE = sorted({*PUBLIC} - FRAMEWORKS)
# `decay` takes what the schedule hands it and `replace` what the constructor does.
HANDED_ON = {"LRScheduler.decay", "Scheduler.replace"}
DESCRIBED = [n for n in HERE if section(n, "Parameters") and n not in HANDED_ON]
CHECKED = [(name, parameter) for name in DESCRIBED for parameter in entries(name)[0]]


class Level(LRScheduler):
    """A decay that stays."""

    def decay(self, t):
        return self.base_lr


def make(name):
    """Return what is called, and arguments with which it works."""
    owner, _, method = name.rpartition(".")
    function = getattr(CosineScheduler(60), method) if owner else PUBLIC[name]
    return (Level if name == "LRScheduler" else function), ARGUMENTS.get(name, [{}])[0]


def names_in(text):
    """Return the names in single backquotes that could be a parameter's."""
    return {*re.findall(r"(?<![:`\w}])`([a-z][a-z0-9_]*)`(?![`_])", text)}


@pytest.mark.parametrize("name", PUBLIC)
def test_a_name_in_backquotes_is_a_parameter_of_what_is_described(name):
    owner = name.partition(".")[0]
    described = [PUBLIC[name], PUBLIC[owner]]
    if inspect.isclass(PUBLIC[owner]):  # the operators are described with their class
        described += [getattr(PUBLIC[owner], each, None) for each in ("__add__", "__call__")]
    known = {each for value in described for each in parameters_of(value)}

    # Any schedule may have a `base_lr` or an `end`; an iteration is an `int`.
    known |= {owner, "base_lr", "end", "int"}
    assert names_in(inspect.getdoc(PUBLIC[name]) or "") <= known


def test_the_reference_has_every_public_name_and_no_other():
    pages = {path.stem: path.read_text("utf-8") for path in ROOT.glob("docs/reference/*.md")}
    table = (ROOT / "docs" / "reference.md").read_text("utf-8")
    listed = " ".join(re.findall(r"^```\{api-table\}\n([^`]+)", table, re.MULTILINE)).split()
    public = [name for name in lr_scheduler.__all__ if name != "optimizer"]

    assert sorted(listed) == sorted(pages) == sorted(public + optimizer.__all__)
    for name, text in pages.items():
        assert text.startswith(f"# {name}\n\n```{{api}} {name}\n")


# What a page names that is neither a word of Python, nor of this package, nor in its own code.
OTHER = {
    "before_train_iter": "a hook of MMEngine",
    "build_lr_scheduler": "a method of Detectron2",
    "color": "a keyword of matplotlib's lines",
    "float32": "a dtype",
    "float64": "a dtype",
    "i": "an index",
    "mixed_float16": "a dtype policy of Keras",
    "n": "a number of processes",
    "param_scheduler": "an argument of MMEngine",
    "params": "a key of DeepSpeed's config",
    "set_epoch": "a method of PyTorch's DistributedSampler",
    "state_dict": "a method of PyTorch",
    "load_state_dict": "a method of PyTorch",
    "lr_scheduler_type": "an argument of the Hugging Face Trainer",
    "fit_one_cycle": "a method of fastai",
}
ATTRIBUTES = {
    each for value in PUBLIC.values() if inspect.isclass(value) for each in dir(value)
}
WORDS = {*keyword.kwlist, *dir(builtins), *sys.stdlib_module_names, *lr_scheduler.__all__}
SESSIONS = {*re.findall(r"^def (\w+)\(session", (ROOT / "noxfile.py").read_text("utf-8"), re.M)}
KNOWN = SESSIONS | PARAMETERS | ATTRIBUTES | WORDS | OTHER.keys()


@of_each(PAGES)
def test_a_name_in_backquotes_on_a_page_is_one_of_the_code(path):
    text = path.read_text("utf-8")
    text = text.replace("``", "`") if path.suffix in (".py", ".rst") else text
    prose, code = prose_and_code(path)
    words = re.findall(r"\w+", "\n".join([code, *code_in_directives(prose)]))

    assert names_in(text) - KNOWN - {*words} == set()


@pytest.mark.parametrize("name", DESCRIBED)
def test_every_parameter_is_described_where_it_is_or_in_one_other_place(name):
    own, elsewhere = entries(name)

    assert {*own, *elsewhere} == {*parameters_of(PUBLIC[name])}
    for parameter, target in elsewhere.items():
        assert parameter in entries(target)[0]


@pytest.mark.parametrize(("name", "parameter"), CHECKED)
def test_the_default_is_the_one_that_holds(name, parameter):
    kind = entries(name)[0][parameter].type
    default = inspect.signature(PUBLIC[name]).parameters[parameter].default
    documented = re.findall(r", default (.+)$", kind)
    expected = [] if default in (inspect.Parameter.empty, MISSING, None) else [default]

    assert [ast.literal_eval(each) for each in documented] == expected
    assert kind.endswith(", optional") == (default is None)


# What a value of a type is called in a message.
TYPES = {
    "PlateauState": "a PlateauState",
    "bool": "True or False",
    "callable": "callable with",
    "callable or float": "a ",
    "dict": "a dict",
    "float": "a real number",
    "hashable": "hashable",
    "int": "an integer",
    "int, sequence of int or array of int": "an integer",
    "iterable of type": "a list of classes",
    "matplotlib.axes.Axes": "matplotlib's Axes",
    "ndarray of float": "a NumPy array of floats",
    "ndarray or None": "a NumPy array of floats",
    "sequence of callable or float": "a sequence of",
    "sequence of float": "a sequence of",
    "sequence of int": "a sequence of",
    "str": "text",
}


@pytest.mark.parametrize(("name", "parameter"), CHECKED)
def test_the_type_is_the_one_that_is_demanded(name, parameter):
    kind = re.sub(r", (default .+|optional)$", "", entries(name)[0][parameter].type)

    if not kind.startswith("{"):
        refusals = rules(name, parameter, TypeError)
        assert any(rule.startswith(f"be {TYPES[kind]}") for rule in refusals)


@pytest.mark.parametrize(("name", "parameter"), CHECKED)
def test_the_range_is_the_one_that_is_demanded(name, parameter):
    """Both ways: no range that the table of wrong values lacks, and no other in the table."""
    kind, text = entries(name)[0][parameter]
    documented, limits = promised(text), demanded(name, parameter)
    if kind.startswith("{"):
        limits = {rule for rule in limits if not rule.startswith("at least")}

    assert documented <= limits <= documented | implied(name, text) | OF_EVERY_NUMBER


@pytest.mark.parametrize("name", ARGUMENTS)
def test_the_order_of_two_parameters_is_the_one_that_is_demanded(name):
    """Both ways: every parameter is set far too low and far too high, one at a time."""
    function, arguments = make(name)
    refusals = ""
    for parameter, value in itertools.product(parameters_of(PUBLIC[name]), (0, 1, 10**6)):
        try:
            function(**arguments | {parameter: value})
        except (TypeError, ValueError) as error:
            refusals += f"{error}\n"
    order = re.compile(r"^([\w +]+) must be (at most|less than|above) (\w+) = ", re.MULTILINE)

    assert relations(name) == {
        (high, True, low) if word == "above" else (low, word == "less than", high)
        for low, word, high in order.findall(refusals)
    }


NUMBERS = [-1, 0, 0.5, 1, 1.5, 2, 10**6]
LIMIT = re.compile(r"^(\w+) must be (at least|at most|greater than|less than) (\d+)(?![\d*])")


@pytest.mark.parametrize("name", ARGUMENTS)
def test_no_number_is_refused_but_outside_the_range_that_is_written(name):
    function, arguments = make(name)
    own = {key: each for key, each in entries(name)[0].items() if each.type[0] != "{"}
    for parameter, value in itertools.product(own, NUMBERS):
        try:
            function(**arguments | {parameter: value})
        except (TypeError, ValueError) as error:
            if (limit := LIMIT.match(str(error))) and limit[1] == parameter:
                rule = f"{limit[2]} {limit[3]}".replace("greater than", "above")
                text = own[parameter].text
                assert rule in promised(text) | implied(name, text)


CHOICES = [each for each in CHECKED if entries(each[0])[0][each[1]].type.startswith("{")]


@pytest.mark.parametrize(("name", "parameter"), CHOICES)
def test_the_choices_are_those_that_a_refusal_names(name, parameter):
    choices = ast.literal_eval(re.match("{.*}", entries(name)[0][parameter].type)[0])
    function, arguments = make(name)
    with pytest.raises(ValueError, match=f"^{parameter} must be ") as raised:
        function(**arguments | {parameter: 2 if 1 in choices else "cubic"})
    named, _, _ = str(raised.value).partition(", got ")

    assert {ast.literal_eval(each) for each in re.findall(r"'[^']+'|\b\d\b", named)} == choices
    for choice in choices:
        function(**arguments | {parameter: choice})


def errors(name):
    """Return what each error is raised for, as a docstring says."""
    found = section(name, "Raises").items()
    return {error: text for errors, text in found for error in errors.split(", ")}


@pytest.mark.parametrize("name", DESCRIBED)
def test_the_errors_are_those_of_the_parameters(name):
    parameters = itertools.chain(*entries(name))
    raised = {row[1].__name__ for parameter in parameters for row in rows(name, parameter)}

    assert {*errors(name)} & {"TypeError", "ValueError"} == raised


@pytest.mark.parametrize("name", DESCRIBED)
def test_an_error_is_raised_for_what_its_text_says(name):
    for error, text in errors(name).items():
        if error == "TypeError":
            assert not re.search("outside its range|finite|negative|above|less than", text)
        if error == "ValueError":
            assert not re.search("not an? |not of its kind|not text|not callable", text)
        for parameter, kind in re.findall(r"`(\w+)` is not ((?:an? |True|text)[^,;.]*)", text):
            kind = kind.split(" or ")[0]
            known = rules(name, parameter, getattr(builtins, error))
            assert any(rule.startswith(f"be {kind}") for rule in known), (error, kind)
        for parameter, limit in re.findall(r"`(\w+)` is (less than \d+)", text):
            limit = limit.replace("less than", "at least")
            assert limit in demanded(name, parameter), (error, limit)


MODULES = [
    importlib.import_module(f"lr_scheduler.{path.stem}")
    for path in sorted(ROOT.glob("lr_scheduler/*.py"))
    if path.stem not in ("__init__", "keras")
]
TESTS = [test for module in MODULES for test in doctest.DocTestFinder().find(module)]


@pytest.mark.parametrize("name", [name for name in PUBLIC if "." not in name])
def test_every_public_name_has_an_example_with_output(name):
    """They run as doctests, with these tests or in the session `integrations`."""
    examples = doctest.DocTestParser().get_examples(inspect.getdoc(PUBLIC[name]))

    assert any(example.want for example in examples)
    assert errors(name)


@pytest.mark.exhaustive
@pytest.mark.parametrize("test", [t for t in TESTS if t.examples], ids=lambda test: test.name)
def test_every_digit_of_an_example_is_compared(test):
    """Each digit of an expected output, changed, is another output than what was given."""
    outputs, check = [], doctest.OutputChecker().check_output
    runner = doctest.DocTestRunner(verbose=False)
    runner.report_success = lambda out, test, example, got: outputs.append(
        (runner.optionflags, example, got)
    )

    assert runner.run(test).failed == 0
    assert len(outputs) == len(test.examples)  # none is skipped
    close_figures()
    for flags, example, got in outputs:
        want = example.exc_msg or example.want
        got = got if example.exc_msg is None else got.splitlines(keepends=True)[-1]
        assert check(want, got, flags)
        for digit in re.finditer(r"\d", want):
            other = str((int(digit[0]) + 1) % 10)
            flipped = want[: digit.start()] + other + want[digit.end() :]
            assert not check(flipped, got, flags), flipped
