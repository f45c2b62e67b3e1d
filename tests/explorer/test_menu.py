"""What the explorer offers: every schedule, and a control for each parameter."""

import re
from inspect import signature

import pytest
from explorer.menu import OPERATORS, SCHEDULES
from explorer.page.code import METHODS, SIGNS
from support.random_configs import PARAMETERS, ask

import lr_scheduler
from lr_scheduler import Scheduler
from lr_scheduler._schedule import REGISTRY


def test_every_public_schedule_is_offered():
    assert {*SCHEDULES, *OPERATORS} == {*REGISTRY}


@pytest.mark.parametrize("name", [*SCHEDULES, "join", "repeat"])
def test_every_parameter_has_a_control(name):
    assert [*PARAMETERS[name]] == [*signature(getattr(lr_scheduler, name)).parameters]
    for parameter, control in PARAMETERS[name].items():
        kinds = {*control} - {"default", "help"}

        # The shapes of a piecewise schedule are one word, or a word for each part.
        assert kinds or (name, parameter) == ("PiecewiseScheduler", "mode")


@pytest.mark.parametrize("name", ["one_cycle", "warmup_stable_decay", "PolyScheduler"])
def test_every_choice_is_accepted(name):
    (parameter,) = (key for key, control in PARAMETERS[name].items() if "choices" in control)
    start = {"type": name} | SCHEDULES[name]
    for choice in PARAMETERS[name][parameter]["choices"]:
        assert "error" not in ask(start | {parameter: choice})["schedules"][0]


@pytest.mark.parametrize("name", [*SCHEDULES, "join", "repeat"])
def test_defaults_are_those_of_the_package(name):
    for parameter in signature(getattr(lr_scheduler, name)).parameters.values():
        default = PARAMETERS[name][parameter.name].get("default")
        if parameter.default is parameter.empty:
            assert default is None
        else:
            assert default == ("" if parameter.default is None else str(parameter.default))


@pytest.mark.parametrize("name", sorted({*PARAMETERS} - {*SIGNS}))
def test_every_parameter_is_explained_in_a_sentence(name):
    texts = {key: entry["help"] for key, entry in PARAMETERS[name].items() if "help" in entry}

    assert {*PARAMETERS[name]} - {*texts} <= {"scheduler"}
    for sentence in texts.values():
        assert re.fullmatch(r"[A-Z][^`$\\]+\.", sentence)


@pytest.mark.parametrize(
    ("name", "parameter", "text"),
    [
        ("one_cycle", "warmup_begin_lr", "Rate at iteration 0; base_lr / 25 by default."),
        ("cosine_restarts", "lr_factor", "Factor that scales the height of each new cycle"),
        ("CosineScheduler", "warmup_steps", "Length of the warm-up in iterations"),
        ("PowerScheduler", "decay_steps", "Time scale in iterations, at least 1."),
    ],
)
def test_a_parameter_is_explained_by_its_docstring(name, parameter, text):
    assert PARAMETERS[name][parameter]["help"].startswith(text)


@pytest.mark.parametrize("name", METHODS)
def test_a_method_has_the_schedule_that_it_is_called_on(name):
    assert [*PARAMETERS[name]] == [
        "scheduler",
        *[*signature(getattr(Scheduler, name)).parameters][1:],
    ]
    assert PARAMETERS[name]["scheduler"] == {"schedule": True}
