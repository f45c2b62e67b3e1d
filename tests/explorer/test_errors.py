"""What the explorer says of a wrong schedule or iteration, and where."""

import re

import pytest
from menu import COSINE, SCHEDULES
from support.random_configs import EXAMPLES, PARAMETERS, WRONG, ask

ONE = "max_update must be at least 1 iteration, got 0"


@pytest.mark.parametrize(
    ("config", "path", "error"),
    [
        ({**COSINE, "max_update": "0"}, "config", ONE),
        ({**COSINE, "base_lr": ""}, "config", "base_lr must be a real number, got ''"),
        ({**COSINE, "base_lr": "x"}, "config", "base_lr must be a real number, got 'x'"),
        ({**COSINE, "base_lr": "nan"}, "config", "base_lr must be finite, got nan"),
        (
            {**COSINE, "warmup_steps": "1000"},
            "config",
            "warmup_steps must be less than max_update = 1000, got 1000",
        ),
        (
            {"type": "join", "step": ["5"], "schedulers": ["0", {**COSINE, "max_update": "0"}]},
            "config['schedulers'][1]",
            ONE,
        ),
        (
            {"type": "join", "schedulers": ["0.1", {"type": "cosine"}], "step": ["5"]},
            "config",
            "config['schedulers'][1]['type'] must be one of CosineScheduler, ",
        ),
        ({"type": "CosineScheduler"}, "config", "config must have the key 'max_update', "),
        ({**COSINE, "pwr": "2"}, "config", "config['pwr'] is not a parameter of Cosine"),
        ("0.1", "config", "config must be a dict, got 0.1"),
    ],
)
def test_an_error_is_the_package_s_own_and_says_where(config, path, error):
    told = ask(config, COSINE)
    shown = told["schedules"][0]

    assert shown["path"] == path
    assert shown["error"].startswith(error)
    assert told["shown"] == [1]
    assert "1 CosineScheduler" not in told["table"]
    assert "2 CosineScheduler" in told["table"]


@pytest.mark.parametrize("value", WRONG)
@pytest.mark.parametrize(
    "config", EXAMPLES[: len(SCHEDULES)], ids=lambda config: config["type"]
)
def test_an_error_names_the_argument_that_was_changed(config, value):
    for name in PARAMETERS[config["type"]]:
        (shown,) = ask(config | {name: value})["schedules"]

        assert re.search(rf"\b{name}\b", shown.get("error", name))


@pytest.mark.parametrize(
    ("given", "name", "error"),
    [
        ({"last": "0"}, "last", "last must be an integer from 1 to 1000000000000, got 0"),
        (
            {"last": "1e3"},
            "last",
            "last must be an integer from 1 to 1000000000000, got 1000.0",
        ),
        ({"last": "x"}, "last", "last must be an integer from 1 to 1000000000000, got 'x'"),
        ({"iterations": "1, x"}, "iterations", "iteration must be an integer, got 'x'"),
        ({"iterations": "-1"}, "iterations", "iteration must be at least 0, got -1"),
        ({"iterations": "1," * 201}, "iterations", "iterations must be at most 200, got 201"),
    ],
)
def test_a_wrong_iteration_leaves_what_does_not_need_it(given, name, error):
    told = ask(COSINE, **given)

    assert [*told["errors"]] == [name]
    assert told["errors"][name].startswith(error)
    assert ("chart" in told) == (name != "last")
    assert ("table" in told) == (name != "iterations")
