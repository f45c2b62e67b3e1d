"""The display formulas of the site: each is the rate that the package computes.

A formula's LaTeX stands twice, in the docstring and beside its twin, so that whoever changes
one side meets the other.
"""
# ruff: noqa: E741, N803  # the names are those of the formulas

import inspect
import math
import re
from math import cos, floor, pi, sqrt

import numpy as np
import pytest
from lab.data import definitions
from lr_site.formulas import formulas
from lr_site.mathml import formula
from support import ROOT
from support import formulas as twins
from support.docstrings import PUBLIC
from support.expected_rates import bind, expected, identifier, symbols
from support.formulas import ARGUMENTS, DOCSTRINGS, falling, latex
from support.pages import PAGES

import lr_scheduler
from lr_scheduler import LRScheduler, PlateauRule, PlateauState
from lr_scheduler.optimizer import SGD

LAST = 100  # past every end and boundary of the arguments


class Falling(LRScheduler):
    """A decay that has another rate at every time."""

    def decay(self, t):
        return falling(t)


CASES = [(name, arguments) for name, cases in ARGUMENTS.items() for arguments in cases]


@pytest.mark.parametrize("name", PUBLIC)
def test_every_formula_of_a_docstring_has_a_twin(name):
    written = {latex(each) for each in formulas(inspect.getdoc(PUBLIC[name]) or "")}

    assert written == {*DOCSTRINGS.get(name, {})}


def test_every_twin_is_of_a_docstring_and_is_compared():
    assert {*DOCSTRINGS} == {*ARGUMENTS, "PlateauRule", "SGD"} <= {*PUBLIC}


@pytest.mark.parametrize(("name", "arguments"), CASES)
def test_the_formula_is_what_is_computed(name, arguments):
    owner, _, method = name.rpartition(".")
    make = getattr(Falling(base_lr=1), method) if owner else PUBLIC[name]
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


@pytest.mark.parametrize("scale", [0.8, 0.2])
@pytest.mark.parametrize("threshold_mode", ["rel", "abs"])
@pytest.mark.parametrize("mode", ["min", "max"])
def test_the_formula_of_the_plateau_rule_is_what_is_computed(mode, threshold_mode, scale):
    arguments = {"threshold": 0.25, "factor": 0.5, "min_scale": 0.15}
    arguments |= {"mode": mode, "threshold_mode": threshold_mode}
    limit, lower = twins.plateau(3.0, scale, **bind("PlateauRule", twins.plateau, arguments))
    rule, state = PlateauRule(patience=0, **arguments), PlateauState(scale, best=3.0)
    better = math.nextafter(limit, -math.inf if mode == "min" else math.inf)

    assert rule(state, better) == PlateauState(scale, best=better)
    assert rule(state, limit) == PlateauState(lower, best=3.0)


def test_a_parameter_is_described_with_its_own_symbol():
    for name in DOCSTRINGS:
        parameter_of = symbols("LRScheduler") | symbols(name)
        for parameter, symbol in re.findall(
            r"^(\w+) : .*\n +[^:`]*?:math:`([^`]+)`", inspect.getdoc(PUBLIC[name]), re.MULTILINE
        ):
            assert parameter_of.get(identifier(symbol), parameter) == parameter, name


# A symbol with a number, and its entry in the list of symbols.
ENTRY = {"b_1 < b_2 < ldots": "b_k", "b_0": "b_k", "b_{i+1}": "b_i", "η^{(0)}": "η^{(k)}"}


def listed():
    """Return the symbols in the list of the conventions, each with the parameters it names."""
    text = (ROOT / "docs" / "conventions.md").read_text("utf-8")
    return [
        (identifier(symbol), re.findall(r"`(\w+)`", meaning))
        for shown, meaning in re.findall(r"^\| (\$.+?) \| (.+?) \|", text, re.MULTILINE)
        for symbol in re.findall(r"\$([^$]+)\$", shown)
    ]


def test_every_symbol_of_a_docstring_is_in_the_list():
    known = {symbol for symbol, _ in listed()} | {"B", "γ^prime"}
    one = r":math:`(\\?\w+(?:_\w|_\{i\+1\}|\^\\prime|\^\{\(\w\)\}|\(u\))?)`"

    for name, value in PUBLIC.items():
        found = {identifier(each) for each in re.findall(one, inspect.getdoc(value) or "")}
        assert {ENTRY.get(each, each) for each in found} <= known, name


def test_the_list_of_symbols_agrees_with_the_docstrings():
    pairs = {(symbol, parameter) for symbol, found in listed() for parameter in found}
    known = {
        (ENTRY.get(symbol, symbol), parameter)
        for name in DOCSTRINGS
        for symbol, parameter in symbols(name).items()
    }
    parameters = {parameter for _, parameter in known}

    assert known <= pairs
    assert {pair for pair in pairs if pair[1] in parameters} <= known


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


def group(t, peak):
    """Return the rate of a group with this peak: 50 iterations of warm-up, then a cosine."""
    decay = lambda t: twins.cosine(t, peak, 0, 50, 500)  # noqa: E731
    return twins.warm_up(t, peak, 0, 50, "linear", decay)


def sum_of_cosine(n):
    """Return 500 times the sum of n rates, divided by the sum of 1000, without adding up."""
    half = pi / 2000
    return 500 / 499.5 * (n / 2 - 1 / 4 + math.sin((2 * n + 1) * half) / math.sin(half) / 4)


predict = definitions(ROOT / "gallery" / "plot_25_law.py")["predict"]


def moments_after_a_step(t, m_i, v_i, h_i, c_i, η_t):
    """Return mean square and variance after steps of SGD from two points with two noises."""
    after = [
        twins.sgd(θ, 0, h_i * θ + noise, η_t, 0, 0, 1, None)[0]
        for θ in (sqrt(m_i) - sqrt(v_i), sqrt(m_i) + sqrt(v_i))
        for noise in (-sqrt(c_i), sqrt(c_i))
    ]
    mean = sum(after) / 4
    return mean**2, sum((θ - mean) ** 2 for θ in after) / 4


def multi_power_law(t, η, L_0, A, α, B, C, β, γ):
    """Return the loss as the formula says, with a rate of 0 at iteration 0."""
    rate = lambda k: η(k) if k else 0  # noqa: E731
    S = lambda t: sum(rate(k) for k in range(1, t + 1))  # noqa: E731, N806
    drops = (
        (rate(k) - rate(k - 1)) * (1 - (1 + C * rate(k) ** -γ * (S(t) - S(k - 1))) ** -β)
        for k in range(1, t + 1)
    )
    return L_0 + A * S(t) ** -α + B * sum(drops)


# The formulas of gallery scripts that no docstring has: the LaTeX, a twin, and how the same is
# given by the docstrings' formulas.
GALLERY = {
    "plot_01_verify": (
        r"\eta_t = \eta_0 \, \alpha^{\lfloor (t - 1) / s \rfloor}",
        lambda t, η_0, α, s: η_0 * α ** floor((t - 1) / s),
        lambda t, **known: twins.factor(t, f=0, **known),
    ),
    "plot_02_optimizer": (
        r"\theta \leftarrow \theta - \eta_t \, g",
        lambda t, θ, η_t, g: θ - η_t * g,
        lambda t, θ, η_t, g: twins.sgd(θ, 0, g, η_t, 0, 0, 1, None)[0],
    ),
    "plot_05_polynomial": (
        r"\eta_t = \eta_T + (\eta_0 - \eta_T) (1 - t / T)^p",
        lambda t, η_0, η_T, T, p: η_T + (η_0 - η_T) * (1 - t / T) ** p,
        lambda t, **known: twins.poly(t, w=0, **known),
    ),
    "plot_06_cosine": (
        r"\eta_t = \eta_T + (\eta_0 - \eta_T) \, \frac{1 + \cos(\pi t / T)}{2}",
        lambda t, η_0, η_T, T: η_T + (η_0 - η_T) * (1 + cos(pi * t / T)) / 2,
        lambda t, **known: twins.cosine(t, w=0, **known),
    ),
    "plot_07_warmup": (
        r"""\eta_t = \begin{cases}
            \eta_b + (\eta_0 - \eta_b) \, t / w & t < w, \text{ linear} \\
            \eta_b & t < w, \text{ constant}
            \end{cases}""",
        lambda t, η_0, η_b, w: (η_b + (η_0 - η_b) * t / w, η_b),
        lambda t, **known: tuple(
            twins.warm_up(t, warmup_mode=mode, decay=None, **known)
            for mode in ("linear", "constant")
        ),
    ),
    "plot_08_custom": (
        r"\eta_t = \eta_0 / \sqrt{t}",
        lambda t, η_0: η_0 / sqrt(t),
        lambda t, η_0: twins.power(t - 1, η_0, s=1, p=0.5, w=0),
    ),
    "plot_16_algebra": (
        r"""\begin{aligned}
            \text{clip}(l, h)\quad & \eta^\prime_t = \min(\max(\eta_t, l), h) \\
            \text{delay}(n)\quad & \eta^\prime_t = \eta_{\max(t - n, 0)} \\
            \text{stretch}(c)\quad & \eta^\prime_t = \eta_{t / c}
            \end{aligned}""",
        lambda t, η, l, h, n, c: (min(max(η(t), l), h), η(max(t - n, 0)), η(t / c)),
        lambda t, η, l, h, n, c: (
            twins.clip(t, η, l, h),
            twins.delay(t, η, n),
            twins.stretch(t, η, c, False),
        ),
    ),
    "plot_18_groups": (
        r"\eta_t^{(k)} = 0.5^k \, \eta_t",
        lambda t: [0.5**k * group(t, 0.1) for k in (2, 1, 0)],
        lambda t: [group(t, peak) for peak in (0.025, 0.05, 0.1)],
    ),
    "plot_23_sum": (
        r"\sum_{t=1}^{T} \eta_t",
        lambda T: sum(500 / 499.5 * twins.cosine(t, 1, 0, 0, 1000) for t in range(1, T + 1)),
        sum_of_cosine,
    ),
    "plot_24_noise": (
        r"""m_i &\leftarrow (1 - \eta_t h_i)^2 \, m_i \\
            v_i &\leftarrow (1 - \eta_t h_i)^2 \, v_i + \eta_t^2 \, c_i""",
        lambda t, m_i, v_i, h_i, c_i, η_t: (
            (1 - η_t * h_i) ** 2 * m_i,
            (1 - η_t * h_i) ** 2 * v_i + η_t**2 * c_i,
        ),
        moments_after_a_step,
    ),
    "plot_25_law": (
        r"""L_t = L_0 + A \, S_t^{-\alpha} + B \sum_{k=1}^{t} (\eta_k - \eta_{k-1})
            \left(1 - \left(1 + C \, \eta_k^{-\gamma} (S_t - S_{k-1})\right)^{-\beta}
            \right), \qquad S_t = \sum_{k=1}^{t} \eta_k""",
        multi_power_law,
        lambda t, η, **law: predict(η(np.arange(1, t + 1)), law.values(), [t])[0],
    ),
    "plot_20_other": (
        r"v_t = \mu_t \, v_{t-1} - \eta_t \, g",
        lambda t, η_t, μ_t, v, g: μ_t * v - η_t * g,
        lambda t, η_t, μ_t, v, g: twins.sgd(0, v, g, η_t, μ_t, 0, 1, None)[1],
    ),
}
VALUES = {"η_0": 0.9, "η_T": 0.15, "η_b": 0.2, "α": 0.6, "s": 5, "T": 60, "w": 61, "p": 0.7}
VALUES |= {"η": falling, "l": 0.25, "h": 0.4, "n": 5, "c": 2.5}
VALUES |= {"m_i": 0.8, "v_i": 0.25, "h_i": 0.6, "c_i": 0.45}
VALUES |= {"L_0": 2.4, "A": 0.65, "B": 1.7, "C": 2.1, "β": 0.59, "γ": 0.64}
VALUES |= {"θ": 0.7, "η_t": 0.3, "g": -0.8, "μ_t": 0.35, "v": 1.1}


@pytest.mark.parametrize("page", GALLERY)
def test_the_formula_of_a_gallery_script_is_that_of_the_docstrings_and_curves(page):
    _, twin, expected = GALLERY[page]
    _, *symbols = inspect.signature(twin).parameters
    given = {symbol: VALUES[symbol] for symbol in symbols}

    for t in range(1, 61):
        assert twin(t, **given) == pytest.approx(expected(t, **given), rel=1e-12, abs=0)


def test_a_gallery_script_shows_no_formula_but_those_that_are_compared():
    known = {each for found in DOCSTRINGS.values() for each in found}
    own = {f"{page}.py": {latex(text)} for page, (text, *_) in GALLERY.items()}
    for path in ROOT.glob("gallery/*.py"):
        text = re.sub("^# ?", "", path.read_text("utf-8"), flags=re.MULTILINE)
        found = {latex(each) for each in formulas(text)}

        assert found - known == own.get(path.name, set()), path.name


def test_a_root_is_as_high_as_its_sign():
    """Else a browser hangs the sign below the line, for a radicand such as u."""
    for as_block in (False, True):
        assert "<msqrt><mspace" in formula(r"1 - \sqrt{u}", as_block=as_block)


def test_a_page_takes_its_formulas_from_the_docstrings():
    pages = {path.name: path.read_text("utf-8") for path in PAGES if path.suffix == ".md"}
    taken = re.findall(r"^```\{formula\} (\w+)$", pages["choose.md"], re.MULTILINE)
    copied = re.compile(r"\$\$|\.\. math::|^[`:]{3,}\{math\}|\\begin\{", re.MULTILINE)

    assert [name for name, text in pages.items() if copied.search(text)] == []
    schedules = [name for name in DOCSTRINGS if "." not in name]
    assert sorted(taken) == sorted({*schedules} - {"LRScheduler", "SGD"})
