"""What the explorer says of a wrong schedule or iteration, and where."""

import re

import pytest
from explorer.menu import COSINE
from support.random_configs import EXAMPLES, PARAMETERS, TEXTS, ask

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
            "config['schedulers'][1]['type'] must be one of CosineScheduler, ",
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


# Which of the TEXTS are values of a parameter, beside those that its example has; else none.
ACCEPTED = {
    **{name: {"0", "2.5", "1_0"} for name in ["base_lr", "stop_factor_lr"]},
    **{name: {"0"} for name in ["final_lr", "warmup_begin_lr"]},  # at most base_lr
    "warmup_steps": {"0", "1_0"},
    **{name: {"1_0"} for name in ["step", "period", "max_update", "decay_steps", "rise_steps"]},
    "cycles": {"1_0"},
    "count_from": {"0"},
    **{name: {"2.5", "1_0"} for name in ["pwr", "period_factor"]},
    "low": {"0", "-1"},  # at most high
    "high": {"2.5", "1_0"},
    "n": {"0", "-1", "2.5", "1_0"},
    "hold": {"True"},
}
SPECIAL = {
    ("MultiFactorScheduler", "step"): set(),  # a list
    ("PiecewiseScheduler", "boundaries"): set(),
    ("join", "boundaries"): set(),
    ("inverse_sqrt", "warmup_steps"): {"1_0"},
    ("one_cycle", "max_update"): set(),  # above warmup_steps
    ("one_cycle", "warmup_steps"): {"1_0"},
    ("warmup_stable_decay", "max_update"): set(),  # at least warmup_steps + decay_steps
    ("cyclic", "base_lr"): {"2.5", "1_0"},  # at least final_lr
    ("repeat", "scheduler"): {"0", "-1", "2.5", "1_0"},  # a constant
    ("stretch", "factor"): {"2.5", "1_0"},
}


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
def test_a_text_is_accepted_or_refused_by_the_name_of_its_parameter(config):
    for name in PARAMETERS[config["type"]]:
        accepted = SPECIAL.get((config["type"], name), ACCEPTED.get(name, set()))
        for text in TEXTS:
            (entry,) = ask(config | {name: text})["schedules"]
            if text in accepted:
                assert "error" not in entry
            else:
                assert re.search(rf"\b{name}\b", entry["error"])


@pytest.mark.parametrize(
    ("settings", "name", "error"),
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
def test_an_iteration_is_refused_and_the_rest_is_shown(settings, name, error):
    response = ask(COSINE, **settings)

    assert [*response["errors"]] == [name]
    assert response["errors"][name].startswith(error)
    assert ("chart" in response) == (name != "last")
    assert ("table" in response) == (name != "iterations")
