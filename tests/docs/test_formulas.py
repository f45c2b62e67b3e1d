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
from support.formulas import DOCSTRINGS, GALLERY, latex

import lr_scheduler
from lr_scheduler import LRScheduler
from lr_scheduler.optimizer import SGD

LAST = 100  # past every end and boundary below
GREEK = dict(zip(["alpha", "eta", "gamma", "lambda", "mu", "theta"], "αηγλμθ", strict=True))


def falling(t):
    return 0.7 / (1 + t) ** 0.3


class Falling(LRScheduler):
    """A decay that has another rate at every time."""

    def decay(self, t):
        return falling(t)


def parameters_of(value):
    """Return the names of the parameters of what can be called."""
    return [*inspect.signature(value).parameters] if callable(value) else []


def public():
    """Return everything that has a docstring on the site, by name."""
    found = {name: getattr(lr_scheduler, name) for name in lr_scheduler.__all__}
    found = {name: value for name, value in found.items() if callable(value)} | {"SGD": SGD}
    for owner in [value for value in found.values() if inspect.isclass(value)]:
        for name, value in vars(owner).items():
            documented = inspect.isfunction(value) or isinstance(value, property)
            if documented and (name[0] != "_" or name == "__call__"):
                found[f"{owner.__name__}.{name}"] = value
    return found


PUBLIC = public()
PARAMETERS = {parameter for value in PUBLIC.values() for parameter in parameters_of(value)}


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


# No value is one with which a wrong formula agrees: no power of 1, no rate of 0, no equal ones.
WARM = {"base_lr": 0.9, "warmup_steps": 7, "warmup_begin_lr": 0.2, "warmup_mode": "constant"}
HEIGHTS = {"base_lr": 0.9, "final_lr": 0.15}
WARM_UPS = [
    {"base_lr": 0.9},
    {key: WARM[key] for key in WARM if key != "warmup_mode"},
    WARM,
]
MODES = ["linear", "cosine", "1-sqrt"]
KNOTS = {"step": [3, 9, 20, 40, 70], "lr": [0.3, 0.9, 0.25, 0.5, 0.15]}
CYCLES = [
    {"step": 8},
    {"step": 8, "lr_factor": 0.7},
    {"step": 8, "step_factor": 1.5, "lr_factor": 0.7},
    {"step": 5, "step_factor": 2, "lr_factor": 1.3, "count": 3},
    {"step": 16, "step_factor": 0.5, "lr_factor": 1.3, "count": 4},
    {"step": 8, "step_factor": 1.5, "lr_factor": 0.7, "count_from": 0},
    {"step": 8, "lr_factor": 0.7, "count": 5, "count_from": 0},
]
ARGUMENTS = {
    "LRScheduler": WARM_UPS,
    "FactorScheduler": [
        own | warm
        for warm in WARM_UPS
        for own in (
            {"step": 5, "factor": 0.6},
            {"step": 6, "factor": 0.6, "stop_factor_lr": 0.05},
            {"step": 6, "factor": 0.6, "stop_factor_lr": 0.95},
        )
    ],
    "MultiFactorScheduler": [{"step": [5, 8, 70], "factor": 0.6} | warm for warm in WARM_UPS],
    "PolyScheduler": [
        {"max_update": 60, "final_lr": 0.15, **own} | warm
        for warm in WARM_UPS
        for own in ({}, {"pwr": 0.7})
    ],
    "linear": [{"max_update": 60, "final_lr": 0.15} | warm for warm in WARM_UPS],
    "CosineScheduler": [{"max_update": 60, "final_lr": 0.15} | warm for warm in WARM_UPS],
    "ExponentialScheduler": [{"step": 30, "factor": 0.6} | warm for warm in WARM_UPS],
    "PowerScheduler": [
        {"step": 30} | own | warm for warm in WARM_UPS for own in ({}, {"pwr": 0.7})
    ],
    "inverse_sqrt": [
        {"warmup_steps": 9, "base_lr": 0.9},
        {"warmup_steps": 20, "base_lr": 0.9, "warmup_begin_lr": 0.2},
    ],
    "PiecewiseScheduler": [
        *[KNOTS | {"mode": mode} for mode in ["constant", *MODES]],
        KNOTS | {"mode": ["1-sqrt", "constant", "cosine", "linear"]},
    ],
    "one_cycle": [
        {"max_update": 60, "warmup_steps": 17, "base_lr": 0.9},
        {"max_update": 60, "warmup_steps": 17, "warmup_begin_lr": 0.2, **HEIGHTS},
    ],
    "warmup_stable_decay": [
        *[
            {"max_update": 60, "decay_steps": 23, "warmup_steps": 7, "mode": mode, **HEIGHTS}
            for mode in MODES
        ],
        {"max_update": 60, "decay_steps": 23, **HEIGHTS},
        {
            "max_update": 60,
            "decay_steps": 53,
            "warmup_steps": 7,
            "warmup_begin_lr": 0.2,
            **HEIGHTS,
        },
    ],
    "cosine_restarts": [cycles | HEIGHTS for cycles in CYCLES],
    "cyclic": [
        {"step": 10, **HEIGHTS},
        {"step": 10, "rise_steps": 3, "lr_factor": 0.7, **HEIGHTS},
        {"step": 10, "rise_steps": 3, "lr_factor": 1.3, "count": 3, **HEIGHTS},
    ],
    "join": [
        {"schedulers": [falling, 0.5, falling], "step": [5, 20]},
        {"schedulers": [0.5, falling], "step": [1]},
    ],
    "repeat": [{"scheduler": falling} | cycles for cycles in CYCLES],
    "Scheduler.clip": [
        {"low": 0.2, "high": 0.4},
        {"low": 0.4},
        {"high": 0.3},
    ],
    "Scheduler.shift": [{"iterations": n} for n in (5, -5, 2.5, -0.75)],
    "Scheduler.stretch": [
        {"factor": c, "hold": hold} for c in (3, 2.5, 0.4) for hold in (False, True)
    ],
}
CASES = [(name, arguments) for name, cases in ARGUMENTS.items() for arguments in cases]


def test_every_formula_of_a_docstring_has_a_twin_and_no_other_is_listed():
    written = {name: formulas(inspect.getdoc(value) or "") for name, value in PUBLIC.items()}

    assert {
        name: {latex(each) for each in found} for name, found in written.items() if found
    } == {name: {*found} for name, found in DOCSTRINGS.items()}
    assert {*DOCSTRINGS} == {*ARGUMENTS, "SGD"}


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
