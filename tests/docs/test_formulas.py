"""The display formulas of the site: each is the rate that the package computes.

A formula's LaTeX stands twice, in the docstring and beside its twin, so that whoever changes
one side meets the other. The symbols are bound as the docstring says: "`w` is `warmup_steps`".
"""

import inspect
import math
import re
import runpy

import numpy as np
import pytest
from documented import close_figures
from formulas import formulas
from support import ROOT
from support import formulas as twins
from support.docstrings import PARAMETERS, PUBLIC
from support.formulas import ARGUMENTS, DOCSTRINGS, GALLERY, WARM, falling, latex

import lr_scheduler
from lr_scheduler import LRScheduler
from lr_scheduler.optimizer import SGD

LAST = 100  # past every end and boundary of the arguments
GREEK = dict(zip(["alpha", "eta", "gamma", "lambda", "mu", "theta"], "αηγλμθ", strict=True))


class Falling(LRScheduler):
    """A decay that has another rate at every time."""

    def decay(self, t):
        return falling(t)


def identifier(symbol):
    """Return the symbol as a twin writes it."""
    return re.sub(r"\\([a-z]+)", lambda letter: GREEK.get(letter[1], letter[1]), symbol)


def symbols(name):
    """Return the parameter that each symbol stands for, as a docstring says."""
    text = " ".join(inspect.getdoc(PUBLIC[name]).split())
    pairs = re.findall(r":math:`([^`]+)` (?:is|are) (?:the )?`(\w+)`", text)
    own = {identifier(symbol): parameter for symbol, parameter in pairs}
    return (symbols("PolyScheduler") if name == "linear" else {}) | own


def bind(name, twin, arguments):
    """Return the twin's arguments: the values of the parameters that its symbols stand for."""
    bound = inspect.signature(PUBLIC[name]).bind_partial(**arguments)
    bound.apply_defaults()
    known = symbols(name)
    named = {each: known.get(each, each) for each in inspect.signature(twin).parameters}
    return {
        each: bound.arguments[parameter]
        for each, parameter in named.items()
        if parameter in bound.arguments
    }


def expected(name, arguments):
    """Return the rates that the formula of a docstring gives, with a warm-up if it has one."""
    (*_, twin) = DOCSTRINGS[name].values()
    given = bind(name, twin, arguments)
    if name == "LRScheduler":
        given["decay"] = falling
    if "η" in inspect.signature(twin).parameters:
        given["η"] = falling

    def rate(t):
        return twin(t, **given)

    if "warmup_mode" not in inspect.signature(PUBLIC[name]).parameters or "η_b" in given:
        return rate
    start = bind(
        "LRScheduler", twins.warm_up, {k: v for k, v in arguments.items() if k in WARM}
    )
    return lambda t: twins.warm_up(t, **start, decay=rate)


CASES = [(name, arguments) for name, cases in ARGUMENTS.items() for arguments in cases]


@pytest.mark.parametrize("name", PUBLIC)
def test_every_formula_of_a_docstring_has_a_twin(name):
    written = {latex(each) for each in formulas(inspect.getdoc(PUBLIC[name]) or "")}

    assert written == {*DOCSTRINGS.get(name, {})}


def test_every_twin_is_of_a_docstring_and_is_compared():
    assert {*DOCSTRINGS} == {*ARGUMENTS, "SGD"} <= {*PUBLIC}


@pytest.mark.parametrize(("name", "arguments"), CASES)
def test_the_formula_is_what_is_computed(name, arguments):
    owner, _, method = name.rpartition(".")
    make = getattr(Falling(), method) if owner else PUBLIC[name]
    scheduler = (Falling if name == "LRScheduler" else make)(**arguments)
    rate = expected(name, arguments)

    for t in range(LAST + 1):
        assert scheduler(t) == pytest.approx(rate(t), rel=1e-12, abs=0), t


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"momentum": 0.7},
        {"wd": 0.3, "rescale_grad": 0.6, "clip_gradient": 0.2},
        {"momentum": 0.7, "wd": 0.3, "rescale_grad": 0.6, "clip_gradient": 0.2},
    ],
)
def test_the_formula_of_sgd_is_what_is_computed(arguments):
    optim = SGD(lr_scheduler=falling, **arguments)
    weight = np.array([0.9, -2.0, 0.05])
    state = optim.create_state(0, weight)
    given = bind("SGD", twins.sgd, arguments)
    pairs = [(θ, 0.0) for θ in weight.tolist()]
    for t in range(1, 20):
        grad = np.array([0.3, -0.8, 1.1]) * (-1) ** t
        pairs = [
            twins.sgd(*pair, g, falling(t), **given)
            for pair, g in zip(pairs, grad.tolist(), strict=True)
        ]
        optim.update(0, weight, grad, state)
        assert weight.tolist() == pytest.approx([θ for θ, _ in pairs], rel=1e-12, abs=0)


def test_a_parameter_is_described_with_its_own_symbol():
    for name in DOCSTRINGS:
        parameter_of = symbols(name)
        for parameter, symbol in re.findall(
            r"^(\w+) : .*\n +[^:`]*?:math:`([^`]+)`", inspect.getdoc(PUBLIC[name]), re.MULTILINE
        ):
            assert parameter_of.get(identifier(symbol), parameter) == parameter, name


def test_the_tables_of_symbols_agree_with_the_docstrings():
    """The table of the conventions, and the lists that begin two other pages."""
    known = {pair for name in DOCSTRINGS for pair in symbols(name).items()}
    told = {
        "conventions.md": r"^\| \$([^$]+)\$ \| (?:floor: )?`(\w+)`",
        "choose.md": r"`(\w+)` \$([^$]+)\$",
        "reference.md": r"`(\w+)` \$([^$]+)\$",
    }
    for page, pattern in told.items():
        pairs = re.findall(pattern, (ROOT / "docs" / page).read_text("utf-8"), re.MULTILINE)
        pairs = [sorted(pair, key=lambda each: each in PARAMETERS) for pair in pairs]
        assert len(pairs) >= 7, page
        assert {(identifier(symbol), parameter) for symbol, parameter in pairs} <= known


def test_values_that_a_docstring_states_in_a_sentence_are_those_computed():
    power = lr_scheduler.PowerScheduler(8, base_lr=0.9, pwr=0.7, warmup_steps=8)
    d, w = 512, 40
    noam = lr_scheduler.inverse_sqrt(w, base_lr=1 / math.sqrt(d * w))

    assert r":math:`\eta_0 \, (t / w)^{-p}`" in inspect.getdoc(PUBLIC["PowerScheduler"])
    assert r":math:`2^{-p}` of `base_lr`" in inspect.getdoc(PUBLIC["PowerScheduler"])
    assert r":math:`1 / \sqrt{d w}`" in inspect.getdoc(PUBLIC["inverse_sqrt"])
    assert power(8 + 8) == pytest.approx(2**-0.7 * 0.9, rel=1e-12)
    for t in range(8, LAST):
        assert power(t) == pytest.approx(0.9 * (t / 8) ** -0.7, rel=1e-12)
    for t in range(1, LAST):  # the paper's equation
        assert noam(t) == pytest.approx(d**-0.5 * min(t**-0.5, t * w**-1.5), rel=1e-12)


def computed(page, own):
    """Yield what a gallery script computes, and what its own formula gives for that."""
    (twin,) = GALLERY[page].values()
    match page:
        case "plot_01_verify" | "plot_05_polynomial" | "plot_06_cosine":
            given = of(own["scheduler"], twin)
            last = given.get("T", 1000)
            yield from ((own["scheduler"](t), twin(t, **given)) for t in range(1, last + 1))
        case "plot_02_optimizer":
            weight = 1.0
            for t in range(1, own["optim"].num_update + 1):
                weight = twin(weight, own["optim"].lr_scheduler(t), 2 * weight)
            yield own["weight"].item(), weight
        case "plot_07_warmup":
            for each in (own["scheduler"], own["waiting"], *own["warm"]):
                given = of(each, twin)
                yield from ((each(t), twin(t, **given)) for t in range(given["w"]))
        case "plot_08_custom":
            yield from ((own["inverse_sqrt"](t), twin(t, 1)) for t in range(1, 1001))
        case "plot_16_algebra":
            line, names = own["line"], ["line.clip(0.1, 0.8)", "line.shift(-200)"]
            rates = [own["made"][name] for name in [*names, "line.stretch(2)"]]
            for t in range(1001):
                # At a time between two iterations the line is as its formula says.
                at = lambda t: twins.linear(t, 1, 0, 0, 400)  # noqa: E731
                assert line(t) == pytest.approx(at(t), rel=1e-12, abs=0)
                yield [rate(t) for rate in rates], [*twin(t, at, 0.1, 0.8, -200, 2)]
        case "plot_18_groups":
            for t, rates in enumerate(own["rates"], start=1):
                yield rates, [twin(k, own["scheduler"](t)) for k in (2, 1, 0)]
        case "plot_19_find":
            for T in range(50, 1001, 50):  # noqa: N806
                yield own["way"][T], twin(own["scheduler"], T)
                yield own["scaled_way"][T], twin(own["scaled"], T)
        case "plot_20_other":
            v = 0
            for t, taken in enumerate(own["moving"], start=1):
                v = twin(own["rate"](t), own["momentum"](t), v, -1)
                yield taken, v


def of(scheduler, twin):
    """Return the values of a twin's symbols, from the attributes of a scheduler."""
    known = symbols("LRScheduler") | symbols(type(scheduler).__name__)
    named = {each: known.get(each, each) for each in inspect.signature(twin).parameters}
    return {each: getattr(scheduler, name) for each, name in named.items() if each != "t"}


@pytest.mark.parametrize("page", GALLERY)
def test_the_formula_of_a_gallery_script_is_what_it_computes(page):
    own = runpy.run_path(str(ROOT / "gallery" / f"{page}.py"))
    close_figures()
    pairs = [*computed(page, own)]

    assert pairs
    for found, told in pairs:
        assert found == pytest.approx(told, rel=1e-12, abs=0)


def test_a_gallery_script_shows_no_formula_but_those_that_are_compared():
    known = {each for found in DOCSTRINGS.values() for each in found}
    for path in ROOT.glob("gallery/*.py"):
        text = re.sub("^# ?", "", path.read_text("utf-8"), flags=re.MULTILINE)
        found = {latex(each) for each in formulas(text)}

        assert found - known == {*GALLERY.get(path.stem, {})}, path.name


def test_a_page_takes_its_formulas_from_the_docstrings():
    paths = [ROOT / "README.md", *ROOT.glob("docs/*.md"), *ROOT.glob("docs/*/*.md")]
    pages = {path.name: path.read_text("utf-8") for path in paths}
    taken = re.findall(r"^```\{formula\} (\w+)$", pages["choose.md"], re.MULTILINE)
    copied = re.compile(r"\$\$|\.\. math::|^[`:]{3,}\{math\}|\\begin\{", re.MULTILINE)

    assert [name for name, text in pages.items() if copied.search(text)] == []
    schedules = [name for name in DOCSTRINGS if "." not in name]
    assert sorted(taken) == sorted({*schedules} - {"LRScheduler", "SGD"})
