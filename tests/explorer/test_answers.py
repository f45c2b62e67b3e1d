"""What the explorer shows of a schedule: its rates, its code and its config."""

import json
import re

import explorer
import pytest
from hypothesis import given
from in_page.code import value_of
from menu import OPERATORS, SCHEDULES
from support.random_configs import EXAMPLES, Trees, ask, text
from support.random_schedulers import algebra

from lr_scheduler import from_config


def run(code):
    """Run the Python that the page shows, and return its schedule."""
    names = {}
    exec(code["Python"], names)
    return names["schedule"]


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
def test_every_example_is_computed(config):
    told = ask(config)
    scheduler = from_config(value_of(config))

    assert told["errors"] == {}
    assert told["rates"] == [[repr(scheduler(t)) for t in told["iterations"]]]
    assert run(told["schedules"][0]["code"]) == scheduler


@given(algebra())
def test_code_and_config_make_the_schedule_again(scheduler):
    config = text(scheduler.to_config())
    shown = ask(config, last="10")["schedules"][0]

    assert repr(run(shown["code"])) == repr(from_config(value_of(config)))
    assert from_config(json.loads(shown["config"])) == run(shown["code"])


@pytest.mark.parametrize("seed", range(5))
def test_random_schedules_have_code_and_rates_or_an_error(seed):
    trees = Trees(seed)
    good = set()
    for _ in range(400):
        tree = trees.tree()
        told = ask(tree, last="100")
        (shown,) = told["schedules"]
        if "error" in shown:
            with pytest.raises((TypeError, ValueError), match=re.escape(shown["error"])):
                from_config(value_of(tree))
            assert told["shown"] == []
            continue
        good.add(tree["type"])
        scheduler = from_config(value_of(tree))

        assert run(shown["code"]) == scheduler
        assert from_config(json.loads(shown["config"])) == scheduler
        assert told["rates"] == [[repr(scheduler(t)) for t in told["iterations"]]]
    assert good == {*SCHEDULES, *OPERATORS}


def test_a_named_schedule_keeps_its_name_and_shows_what_it_stands_for():
    code = ask({"type": "linear", "max_update": "10", "base_lr": "1"})["schedules"][0]["code"]

    assert code["Python"] == (
        "from lr_scheduler import linear\n\n"
        "schedule = linear(max_update=10, base_lr=1)\n"
        "# PolyScheduler(max_update=10, base_lr=1, pwr=1)\n"
    )


def test_a_number_stays_what_was_typed():
    config = {"type": "FactorScheduler", "step": "10", "factor": "1e-3", "base_lr": "1.0"}
    (shown,) = ask(config)["schedules"]

    assert "FactorScheduler(step=10, factor=0.001, base_lr=1.0)" in shown["code"]["Python"]
    assert '"base_lr": 1.0' in shown["config"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("10", 10), ("1.0", 1.0), (".5", 0.5), ("5.", 5.0), ("1e-3", 0.001), ("-2", -2)),
        *(("1_000", 1000), ("True", True), ("False", False), ("+3", 3)),
        *((text, text) for text in ("0x10", "0b1", "linear", "", "1__0", "١", "None", "e5")),
    ],
)
def test_a_text_is_read_as_python_reads_it(text, value):
    assert repr(value_of(text)) == repr(value)


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
def test_an_expression_is_read_as_the_config_that_it_makes(config):
    (line,) = explorer.read(explorer.written(config))

    assert line == config
