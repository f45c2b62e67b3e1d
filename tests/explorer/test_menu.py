"""What the explorer offers: every schedule, and a control for each parameter."""

import re
from inspect import signature

import pytest
from explorer.menu import OPERATORS, SCHEDULES, described
from explorer.page.code import METHODS, SIGNS
from explorer.page.table import short
from support.random_configs import PARAMETERS, ask

import lr_scheduler
from lr_scheduler import Scheduler
from lr_scheduler._schedule import REGISTRY

FUNCTIONS = [*SCHEDULES, "cooldown", "join", "repeat"]


def test_every_public_schedule_is_offered():
    assert {*SCHEDULES, *OPERATORS} == {*REGISTRY}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_parameter_has_a_control(name):
    assert [*PARAMETERS[name]] == [*signature(getattr(lr_scheduler, name)).parameters]
    for control in PARAMETERS[name].values():
        assert {*control} - {"default", "empty", "help", "label"}


def test_every_choice_is_accepted():
    start = {"type": "PolyScheduler"} | SCHEDULES["PolyScheduler"]
    for choice in PARAMETERS["PolyScheduler"]["warmup_mode"]["choices"]:
        assert "error" not in ask(start | {"warmup_mode": choice})["schedules"][0]


@pytest.mark.parametrize(
    ("name", "positive"),
    [
        ("one_cycle", {}),
        ("warmup_stable_decay", {"final_lr": "0.1"}),
        ("PiecewiseScheduler", {"values": ["0.1", "1", "0.5", "0.2"]}),
        ("cooldown", {"final_lr": "0.1"}),
    ],
)
def test_every_shape_and_a_number_is_accepted(name, positive):
    start = {"type": name} | (SCHEDULES | OPERATORS)[name] | positive
    for mode in [*PARAMETERS[name]["mode"]["choices"], "0.7", "2"]:
        assert "error" not in ask(start | {"mode": mode})["schedules"][0]


def test_each_segment_may_have_its_own_shape():
    start = {"type": "PiecewiseScheduler"} | SCHEDULES["PiecewiseScheduler"]

    assert "error" not in ask(start | {"mode": ["linear", "2", "cosine"]})["schedules"][0]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_defaults_are_those_of_the_package(name):
    for parameter in signature(getattr(lr_scheduler, name)).parameters.values():
        default = PARAMETERS[name][parameter.name].get("default")
        if parameter.default is parameter.empty:
            assert default is None
        else:
            expected = parameter.default
            written = short(expected) if isinstance(expected, float) else str(expected)
            assert default == ("" if expected is None else written)


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
        ("PowerScheduler", "decay_steps", "Time scale in iterations, above 0."),
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
    assert PARAMETERS[name]["scheduler"] == {"schedule": True, "label": "schedule"}


@pytest.mark.parametrize("name", PARAMETERS)
def test_an_empty_field_says_what_it_means(name):
    for parameter in PARAMETERS[name].values():
        assert ("empty" in parameter) == (parameter.get("default") == "")


def test_a_cycle_s_first_number_is_chosen_by_what_it_changes():
    for name in ("cosine_restarts", "repeat"):
        count_from = PARAMETERS[name]["count_from"]
        assert [*count_from["names"]] == count_from["choices"] == ["1", "0"]
        assert PARAMETERS[name]["cycles"]["empty"] == "endless"


def test_no_parameter_of_a_public_function_is_explained_elsewhere_only():
    for name in ("cosine_restarts", "cyclic", "repeat"):
        assert ": see" not in "".join(described(getattr(lr_scheduler, name)).values())
