"""What the explorer says of a wrong schedule or iteration, and where."""

import json
import re

import pytest
from explorer.menu import COSINE
from explorer.page import answer
from explorer.page.code import value_of
from support.random_configs import EXAMPLES, PARAMETERS, TEXTS, ask

from lr_scheduler import from_config

ONE = "max_update must be at least 1 iteration, got 0"


@pytest.mark.parametrize(
    ("config", "path", "error"),
    [
        ({**COSINE, "max_update": "0"}, "config", ONE),
        ({**COSINE, "base_lr": ""}, "config", "base_lr is empty: type a number, such as 0.1"),
        (
            {**COSINE, "max_update": "450,450"},
            "config",
            "max_update must be an integer, got '450,450': write 450450 without the comma",
        ),
        (
            {**COSINE, "base_lr": "0,5"},
            "config",
            "base_lr must be a real number, got '0,5': write 0.5 with a point",
        ),
        (
            {"type": "cyclic", "period": "10", "base_lr": "1", "cycles": "endless"},
            "config",
            "cycles must be an integer, got 'endless': leave it empty for endless cycles",
        ),
        (
            {"type": "linear", "max_updates": "9", "base_lr": "1"},
            "config",
            "config['max_updates'] is not a parameter of linear: did you mean max_update?",
        ),
        (
            {**COSINE, "max_update": ""},
            "config",
            "max_update is empty: type a number",
        ),
        ({**COSINE, "base_lr": "x"}, "config", "base_lr must be a real number, got 'x'"),
        ({**COSINE, "base_lr": "nan"}, "config", "base_lr must be finite, got nan"),
        (
            {**COSINE, "warmup_steps": "1000"},
            "config",
            "warmup_steps must be less than max_update = 1000, got 1000",
        ),
        (
            {
                "type": "join",
                "schedulers": ["0", {**COSINE, "max_update": "0"}],
                "boundaries": ["5"],
            },
            "config['schedulers'][1]",
            ONE,
        ),
        (
            {"type": "join", "schedulers": ["0.1", {"type": "cosine"}], "boundaries": ["5"]},
            "config",
            "config['schedulers'][1]['type'] must be one of BatchClock, ",
        ),
        ({"type": "CosineScheduler"}, "config", "config must have the key 'max_update', "),
        ({**COSINE, "pwr": "2"}, "config", "config['pwr'] is not a parameter of Cosine"),
        ("0.1", "config", "config must be a dict, got 0.1"),
    ],
)
def test_an_error_is_the_package_s_own_and_says_where(config, path, error):
    response = ask(config, COSINE)
    entry = response["schedules"][0]

    assert entry["path"] == path
    assert entry["error"].startswith(error)
    assert response["valid"] == [1]
    assert "1 CosineScheduler" not in response["table"]
    assert "2 CosineScheduler" in response["table"]


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
def test_a_text_is_accepted_or_refused_as_its_value_is(config):
    for name in PARAMETERS[config["type"]]:
        for text, value in TEXTS.items():
            (entry,) = ask(config | {name: text})["schedules"]
            try:
                from_config(value_of(config) | {name: value})
                assert "error" not in entry
            except (TypeError, ValueError):
                assert re.search(rf"\b{name}\b", entry["error"])


@pytest.mark.parametrize(
    ("settings", "name", "error"),
    [
        ({"last": "0"}, "last", "last must be an integer from 1 to 1000000000000, got 0"),
        (
            {"last": "1.5"},
            "last",
            "last must be an integer from 1 to 1000000000000, got 1.5",
        ),
        (
            {"last": "1,000"},
            "last",
            "last must be an integer from 1 to 1000000000000, got '1,000': write 1000 without "
            "the comma",
        ),
        (
            {"iterations": "5, range(0, x)"},
            "iterations",
            "range must have integers, as in range(0, 1000, 100), got range(0, x)",
        ),
        (
            {"iterations": "range(0, 10, 0)"},
            "iterations",
            "range must have integers, as in range(0, 1000, 100), got range(0, 10, 0)",
        ),
        ({"iterations": "range(10**14)"}, "iterations", "iterations must be at most 200, got "),
        ({"last": "x"}, "last", "last must be an integer from 1 to 1000000000000, got 'x'"),
        ({"iterations": "1, x"}, "iterations", "iteration must be an integer, got 'x'"),
        ({"iterations": "-1"}, "iterations", "iteration must be at least 0, got -1"),
        ({"iterations": "1," * 201}, "iterations", "iterations must be at most 200, got 201"),
    ],
)
def test_an_iteration_is_refused_and_the_rest_is_shown(settings, name, error):
    response = ask(COSINE, **settings)

    assert [*response["errors"]] == [name]
    assert response["errors"][name].startswith(error)
    assert ("chart" in response) == (name != "last")
    assert ("table" in response) == (name != "iterations")


def nested(depth):
    """Return a config of as many schedules, one in the other."""
    config = COSINE
    for _ in range(depth - 1):
        config = {"type": "delay", "scheduler": config, "n": "1"}
    return config


def test_schedules_are_nested_as_deep_as_a_browser_can_hold():
    assert ask(nested(50))["valid"] == [0]
    with pytest.raises(ValueError, match="nested at most 50 deep, got 51: nest fewer"):
        ask(nested(51))


def test_many_schedules_beside_each_other_are_not_deep():
    assert ask({"type": "sum", "operands": [COSINE] * 60})["valid"] == [0]


def test_a_request_is_as_long_as_a_reader_can_wait_for():
    text = json.dumps({"schedules": ["1" * 100_000], "last": "", "iterations": ""})
    with pytest.raises(ValueError, match=f"at most 100000 characters, got {len(text)}"):
        answer(text)
