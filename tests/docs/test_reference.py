"""The public names: what can be imported is what the reference describes."""

import ast
import inspect
import math
import re
import tomllib

import pytest
from support import ROOT

import lr_scheduler
from lr_scheduler import optimizer

REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")


def test_the_reference_has_every_public_name_and_no_other():
    described = re.findall(r"^\.\. auto(?:class|function):: (\w+)", REFERENCE, re.MULTILINE)

    assert sorted(described) == sorted(
        [name for name in lr_scheduler.__all__ if name != "optimizer"] + optimizer.__all__
    )


def test_every_public_name_has_a_docstring_that_runs():
    for name in [*lr_scheduler.__all__, *(f"optimizer.{name}" for name in optimizer.__all__)]:
        if name != "optimizer":
            value = eval(f"lr_scheduler.{name}", {"lr_scheduler": lr_scheduler})
            assert "\n>>> " in inspect.getdoc(value), name
            assert "\nRaises\n------\n" in inspect.getdoc(value), name


@pytest.mark.parametrize(
    "name", [name for name in lr_scheduler.__all__ if name != "optimizer"] + ["optimizer.SGD"]
)
def test_the_reference_names_the_defaults_that_hold(name):
    described = eval(f"lr_scheduler.{name}", {"lr_scheduler": lr_scheduler})
    documentation = inspect.getdoc(described)
    told = dict(re.findall(r"^(\w+) : .*, default (.+)$", documentation, re.MULTILINE))

    assert {parameter: ast.literal_eval(value) for parameter, value in told.items()} == {
        parameter.name: parameter.default
        for parameter in inspect.signature(described).parameters.values()
        if parameter.default not in (parameter.empty, None)
        and f"\n{parameter.name} : " in documentation
    }


FORMULAS = {
    "FactorScheduler": (
        r"\max\!\left(\eta_0 \, \alpha^{\lfloor (t - 1) / s \rfloor},\ f\right)",
        lambda t: max(0.9 * 0.5 ** math.floor((t - 1) / 30), 0.2),
        {"step": 30, "factor": 0.5, "stop_factor_lr": 0.2},
    ),
    "MultiFactorScheduler": (
        r"\eta_0 \, \alpha^{\#\{b \in S \,:\, b < t\}}",
        lambda t: 0.9 * 0.5 ** len([b for b in (10, 70) if b < t]),
        {"step": (10, 70), "factor": 0.5},
    ),
    "ExponentialScheduler": (
        r"\eta_0 \, \alpha^{(t - w) / s}",
        lambda t: 0.9 * 0.5 ** ((t - 0) / 30),
        {"step": 30, "factor": 0.5},
    ),
    "PowerScheduler": (
        r"\eta_0 \left(1 + \frac{t - w}{s}\right)^{-p}",
        lambda t: 0.9 / (1 + (t - 0) / 30) ** 0.7,
        {"step": 30, "pwr": 0.7},
    ),
    "PolyScheduler": (
        r"\eta_T + (\eta_0 - \eta_T) \left(1 - \frac{t - w}{T - w}\right)^p",
        lambda t: 0.1 + (0.9 - 0.1) * (1 - (t - 0) / (100 - 0)) ** 3,
        {"max_update": 100, "final_lr": 0.1, "pwr": 3},
    ),
    "CosineScheduler": (
        r"\eta_T + (\eta_0 - \eta_T) \, "
        r"\frac{1 + \cos\!\left(\pi \, (t - w) / (T - w)\right)}{2}",
        lambda t: 0.1 + (0.9 - 0.1) * (1 + math.cos(math.pi * t / 100)) / 2,
        {"max_update": 100, "final_lr": 0.1},
    ),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_the_formula_of_the_reference_is_what_is_computed(name):
    """Whoever changes one side meets the other here."""
    latex, formula, parameters = FORMULAS[name]
    scheduler = getattr(lr_scheduler, name)(base_lr=0.9, **parameters)
    written = " ".join(inspect.getdoc(scheduler).split())

    assert f".. math:: \\eta_t = {latex} " in written
    for t in range(1, 101):
        assert scheduler(t) == pytest.approx(formula(t), rel=1e-12)


def test_every_python_that_is_named_is_the_one_required():
    metadata = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    paths = [ROOT / "README.md", *ROOT.glob("docs/*.md")]
    pages = "".join(path.read_text("utf-8") for path in paths)

    named = set(re.findall(r"Python (3\.\d+) or later", pages))

    assert named == {metadata["project"]["requires-python"].removeprefix(">=")}


def test_the_version_stands_in_the_changelog():
    changelog = (ROOT / "docs" / "changelog.md").read_text(encoding="utf-8")

    assert f"\n## {lr_scheduler.__version__}\n" in changelog
