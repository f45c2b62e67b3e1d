"""What the explorer shows of a schedule: its rates, its code and its config."""

import json
import re

import pytest
from explorer.expressions import encode, read
from explorer.menu import COSINE, OPERATORS, SCHEDULES
from explorer.page.code import value_of
from hypothesis import given
from support.random_configs import EXAMPLES, RandomConfigs, ask, text
from support.random_schedulers import algebra
from support.run_code import last_value

from lr_scheduler import from_config
from lr_scheduler._chart import COLOURS


def run(code):
    """Run the Python that the page shows, and return its schedule."""
    return last_value(f"{code['Python']}\nschedule", {})


def is_accepted(config, last):
    """Compare the answer with the package; return whether the package accepts the config."""
    response = ask(config, last=last)
    (entry,) = response["schedules"]
    if "error" in entry:
        with pytest.raises((TypeError, ValueError), match=re.escape(entry["error"])):
            from_config(value_of(config))
        assert response["valid"] == []
        return False
    scheduler = from_config(value_of(config))
    assert run(entry["code"]) == scheduler
    assert from_config(json.loads(entry["config"])) == scheduler
    if response["errors"]:  # a rate that cannot be computed
        texts = {error_of(scheduler, t) for t in range(response["last"] + 1)}
        assert texts >= {*response["errors"].values()}
    else:
        assert response["rates"] == [[repr(scheduler(t)) for t in response["iterations"]]]
    return True


def error_of(scheduler, iteration):
    """Return the text of the error at an iteration, if there is one."""
    try:
        scheduler(iteration)
    except ValueError as error:
        return str(error)


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
def test_every_example_has_its_rates_code_and_config(config):
    assert is_accepted(config, last="")


@pytest.mark.parametrize(
    ("seed", "count"), [(0, 300), pytest.param(1, 5000, marks=pytest.mark.exhaustive)]
)
def test_a_random_schedule_has_its_rates_code_and_config_or_the_package_s_error(seed, count):
    random = RandomConfigs(seed)
    configs = [random.config() for _ in range(count)]
    accepted = {config["type"] for config in configs if is_accepted(config, last="100")}

    assert accepted == {*SCHEDULES, *OPERATORS}


@given(algebra())
def test_code_and_config_make_the_schedule_again(scheduler):
    config = text(scheduler.to_config())
    (entry,) = ask(config, last="10")["schedules"]

    assert repr(run(entry["code"])) == repr(from_config(value_of(config)))
    assert from_config(json.loads(entry["config"])) == run(entry["code"])


def test_a_named_schedule_keeps_its_name_and_shows_what_it_stands_for():
    (entry,) = ask({"type": "linear", "max_update": "10", "base_lr": "1"})["schedules"]

    assert entry["code"]["Python"] == (
        "from lr_scheduler import linear\n\n"
        "schedule = linear(max_update=10, base_lr=1)\n"
        "# PolyScheduler(max_update=10, base_lr=1, pwr=1)\n"
    )


def test_a_number_stays_what_was_typed():
    config = {"type": "FactorScheduler", "step": "10", "factor": "1e-3", "base_lr": "1.0"}
    (entry,) = ask(config)["schedules"]

    assert "FactorScheduler(step=10, factor=0.001, base_lr=1.0)" in entry["code"]["Python"]
    assert '"base_lr": 1.0' in entry["config"]


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
    assert read(encode(config)) == [config]


def test_the_axis_can_be_held_while_a_slider_is_dragged():
    low = {**COSINE, "base_lr": "0.2"}

    assert 'data-high="1.0"' in ask(low, high="1.0")["chart"]
    assert 'data-high="0.2"' in ask(low)["chart"]


def test_each_schedule_keeps_its_colour_beside_a_wrong_one():
    response = ask({**COSINE, "base_lr": "x"}, COSINE)

    assert COLOURS[1] in response["chart"]
    assert COLOURS[1] in response["table"]
    assert COLOURS[0] not in response["chart"] + response["table"]


def test_text_of_an_address_is_not_markup():
    response = ask({"type": "<img src=x>"}, COSINE)

    assert "<img" not in response["chart"] + response["table"]


PARTS = {"chart": {"chart"}, "table": {"table", "rates"}, "code": set()}


@pytest.mark.parametrize("want", [[], ["chart"], ["table"], ["code"], ["chart", "table"]])
def test_only_what_is_wanted_is_answered(want):
    full, response = ask(COSINE), ask(COSINE, want=want)
    (entry,) = response["schedules"]
    parts = set().union(*(PARTS[name] for name in want))

    assert {*response} == {"schedules", "valid", "errors", "last", "iterations", *parts}
    assert entry == (full["schedules"][0] if "code" in want else {})
    assert {name: full[name] for name in parts} == {name: response[name] for name in parts}


def test_rates_need_no_width():
    response = ask(COSINE, want=["table"], iterations="500", width=None)

    assert response["rates"] == [["0.5"]]
    assert "table" not in response


@pytest.mark.parametrize(("points", "corners"), [(2, 1), (50, 49), (200, 199)])
def test_a_chart_has_as_many_points_as_are_wanted(points, corners):
    chart = ask(COSINE, want=["chart"], points=points)["chart"]
    (curve,) = re.findall(r'<path d="(M[^"]+)" fill="none"', chart)

    assert len(re.findall("[LV]", curve)) == corners
