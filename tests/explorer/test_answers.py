"""What the explorer shows of a schedule: its rates, its code and its config."""

import json
import re

import pytest
from explorer.menu import COSINE, DOCS, OPERATORS, SCHEDULES
from explorer.page import answer, table
from explorer.page.code import expression, value_of
from explorer.page.expressions import read
from hypothesis import given
from support.random_configs import EXAMPLES, PARAMETERS, RandomConfigs, ask, text
from support.random_schedulers import algebra
from support.run_code import last_value

import lr_scheduler
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


def test_a_long_line_of_code_breaks_at_the_arguments():
    code = """\
schedule = join(
    schedulers=[
        linear(max_update=100, base_lr=0.1),
        (
            0.5
            * CosineScheduler(
                max_update=1000000,
                base_lr=1/3,
                warmup_steps=10000,
                final_lr=0.001,
            ).clip(low=0.01)
        ),
    ],
    boundaries=[100],
)
"""
    config = read(code.removeprefix("schedule = "))
    (entry,) = ask(config)["schedules"]

    assert entry["code"]["Python"].partition("\n\n")[2] == code


def test_a_number_stays_what_was_typed():
    config = {"type": "FactorScheduler", "step": "10", "factor": "1e-3", "base_lr": "1.0"}
    (entry,) = ask(config)["schedules"]

    assert entry["expression"] == "FactorScheduler(step=10, factor=1e-3, base_lr=1.0)"
    assert '"base_lr": 1.0' in entry["config"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("10", 10), ("1.0", 1.0), (".5", 0.5), ("5.", 5.0), ("1e-3", 0.001), ("-2", -2)),
        *(("1e3", 1000), ("1E5", 100_000), ("1e0", 1), ("1e16", 1e16)),
        *(("1_000", 1000), ("True", True), ("False", False), ("+3", 3)),
        *(("1/4", 0.25), ("(1 + 2) * 2", 6), ("4 ** -0.5", 0.5), ("2-1", 1)),
        *((text, text) for text in ("0x10", "0b1", "linear", "", "1__0", "١", "None", "e5")),
        *((text, text) for text in ("1/0", "1/", "1/x", "9**9**9")),
    ],
)
def test_a_text_is_read_as_python_reads_it(text, value):
    assert repr(value_of(text)) == repr(value)


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
def test_an_expression_is_read_as_the_config_that_it_makes(config):
    assert read(expression(config)) == config


@pytest.mark.parametrize("text", ["1e3", "1000", "10 * 100", "10**3", "1000.0"])
def test_an_integer_may_be_written_as_a_float_wherever_an_integer_is_wanted(text):
    cycles = {"type": "cyclic", "period": text, "base_lr": "1", "cycles": text}
    response = ask(cycles, last=text, iterations=text)

    assert (response["last"], response["iterations"]) == (1000, [1000])
    assert response["errors"] == {}
    if text == "1e3":
        assert response["schedules"][0]["expression"].endswith("cycles=1000)")
        assert '"cycles": 1000' in response["schedules"][0]["config"]


@pytest.mark.parametrize(
    ("text", "iterations"),
    [
        ("range(0, 100, 25)", [0, 25, 50, 75]),
        ("1, range(5, 8), 9", [1, 5, 6, 7, 9]),
        ("range(2) range(1e3, 1001)", [0, 1, 1000]),
    ],
)
def test_the_table_takes_a_range(text, iterations):
    assert ask(COSINE, iterations=text)["iterations"] == iterations


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
def test_parameters_come_in_the_order_of_the_signature(config):
    expected, found = (
        ask(each)["schedules"][0] for each in (config, dict(reversed(config.items())))
    )

    assert found == expected
    order = [name for name in PARAMETERS[config["type"]] if name in config]
    assert [name for name in json.loads(expected["config"]) if name in order] == order


def ends(response):
    """Return where the axes of a chart end."""
    return [float(re.search(rf'data-{name}="(.+?)"', response["chart"])[1]) for name in AXES]


AXES = ("last", "high")


@pytest.mark.parametrize(
    ("changed", "dragged", "dropped"),
    [
        ({"base_lr": "0.6"}, [1000, 1], [1000, 1]),
        ({"base_lr": "0.2"}, [1000, 1], [1000, 0.2]),  # it would be too small to see
        ({"max_update": "600"}, [1000, 1], [1000, 1]),
        ({"max_update": "400"}, [1000, 1], [400, 1]),
        ({"max_update": "1100"}, [1100, 1], [1100, 1]),
    ],
)
def test_a_drag_keeps_the_axes_as_far_as_they_show_the_curve(changed, dragged, dropped):
    kept = {"high": "1.0", "reach": 1000}

    assert ends(ask(COSINE | changed, isDragged=True, **kept)) == dragged
    assert ends(ask(COSINE | changed, **kept)) == dropped


def test_the_axis_of_an_endless_schedule_stays_after_a_drag():
    drops = {"type": "FactorScheduler", "step": "300", "factor": "0.5"}

    assert ends(ask(drops, reach=1000))[0] == 1000
    assert ends(ask(drops, reach=500))[0] == 1200  # the drops would be off the picture


def test_the_rates_are_those_of_fewer_iterations_where_a_curve_moves():
    few, many = (ask(COSINE, points=points)["chart"] for points in (250, 1000))
    name = 1  # "Learning rate"

    assert few.count("L") == 249 + name
    assert many.count("L") == 999 + name


@pytest.mark.parametrize(
    ("settings", "faint"),
    [({}, 0), ({"isDragged": True}, 1), ({"isDragged": True, "before": [COSINE]}, 0)],
)
def test_a_faint_curve_shows_where_a_drag_began(settings, faint):
    before = {**COSINE, "base_lr": "0.5"}
    response = ask(COSINE, **{"before": [before], **settings})

    assert response["chart"].count('opacity="0.3"') == faint


def test_the_last_right_curve_of_a_wrong_schedule_stays():
    response = ask({**COSINE, "max_update": "0"}, before=[COSINE])

    assert response["chart"].count('opacity="0.3"') == 1
    assert response["last"] == 1000


@pytest.mark.parametrize(
    ("axis", "name", "last"),
    [
        ({"x": "epochs", "per": "50"}, "Epoch", "20"),
        ({"x": "tokens", "per": "4e6"}, "Tokens (billions)", "4"),
        ({"x": "tokens", "per": "10"}, "Tokens", "10,000"),
        ({"x": "percent"}, "Percent of training", "100"),
        ({"x": "no_such"}, "Iteration", "1,000"),
    ],
)
def test_the_x_axis_counts_what_is_chosen(axis, name, last):
    texts = re.findall(r">([^<]+)</text>", ask(COSINE, **axis)["chart"])

    assert {name, last} <= {*texts}


@pytest.mark.parametrize("per", ["", "0", "-1", "x", "True", "inf"])
def test_an_epoch_has_iterations(per):
    response = ask(COSINE, x="epochs", per=per)

    expected = f"iterations per epoch must be a number above 0, got {per!r}"
    if not per:
        expected = "iterations per epoch is empty: type a number"
    assert response["errors"] == {"per": expected}
    assert "chart" in response


def edited(**request):
    """Return what Python answers while the reader edits."""
    return json.loads(answer(json.dumps(request)))


@pytest.mark.parametrize(
    ("text", "config"),
    [
        ("linear(9, base_lr=1/3)", {"type": "linear", "max_update": "9", "base_lr": "1/3"}),
        ("3e-4", {"type": "constant", "lr": "0.0003"}),
        ("-2 + linear(9, base_lr=3)", None),
        ("linear(9, base_lr=1) - 0.5", None),
        ("-linear(9, base_lr=1)", None),
        ("as_scheduler(0.5) * constant(2)", None),
        ("linear(9, base_lr=1).delay(3).clip(high=0.5)", None),
        ("cyclic(10, base_lr=1, cycles=None)", None),
    ],
)
def test_a_text_is_read_as_a_config(text, config):
    found = edited(read=text)["config"]

    assert config in (None, found)
    names = {name: getattr(lr_scheduler, name) for name in lr_scheduler.__all__}
    expected = lr_scheduler.as_scheduler(eval(text, names))
    made = from_config(value_of(found))
    assert [made(t) for t in range(15)] == [expected(t) for t in range(15)]


def test_a_text_that_is_no_schedule_has_its_error():
    assert edited(read="linear(9, base_lr=x)") == {"error": "'x' is not a value"}


def test_an_empty_text_says_what_to_write():
    assert edited(read=" ")["error"].startswith("the text is empty: write a schedule, such as")


def test_the_code_that_the_page_shows_is_read():
    (entry,) = ask(COSINE)["schedules"]

    for framework in ("Python", "PyTorch", "optax", "Keras"):
        assert edited(read=entry["code"][framework]) == {"config": COSINE}


# The names in the tables of the pages Coming from a library, as a reader writes them.
PEERS = [
    (f"{name}(90)", re.search('^title = "(.+)"', text)[1])
    for file in ("keras", "optax", "pytorch", "timm", "transformers")
    for text in [(DOCS / "_data" / "peers" / f"{file}.toml").read_text("utf-8")]
    for name in dict.fromkeys(re.findall(r'^name = "(\w+)', text, re.M))
    if name not in ("create_scheduler_v2", "lr_scale")
]


@pytest.mark.parametrize(
    ("text", "library"),
    [
        ("torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=90)", "PyTorch"),
        ("optax.cosine_decay_schedule(0.1, 90)", "optax"),
        *PEERS,
    ],
)
def test_code_of_another_library_is_named(text, library):
    assert edited(read=text)["error"].startswith(f"this is code of {library}: the page Coming")


LONG = {"type": "CosineScheduler", "max_update": "100000", "base_lr": "3e-4"}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("clip", {"low": "3e-5", "high": "0.00024"}),
        ("cooldown", {"at": "50000", "decay_steps": "20000"}),
        ("delay", {"n": "20000"}),
        ("repeat", {"period": "100000"}),
        ("stretch", {"factor": "0.5"}),
        ("sum", {"operands": [LONG, "3e-5"]}),
        ("product", {"operands": [LONG, "0.5"]}),
        ("join", {"boundaries": ["5000"]}),
    ],
)
def test_a_schedule_is_wrapped_in_numbers_that_suit_it(kind, expected):
    start = {"type": kind} | OPERATORS[kind]
    config = edited(wrap=kind, start=start, schedule=LONG)["config"]

    assert {name: config[name] for name in expected} == expected
    assert "error" not in ask(config)["schedules"][0]
    if kind == "join":  # the warm-up rises to the first rate
        assert config["schedulers"][0]["values"] == ["0", "0.0003"]


@pytest.mark.parametrize(
    "config", [{**LONG, "max_update": "x"}, {**LONG, "max_update": str(2**53)}]
)
def test_a_schedule_that_is_wrong_or_very_long_is_wrapped_too(config):
    start = {"type": "delay"} | OPERATORS["delay"]
    found = edited(wrap="delay", start=start, schedule=config)["config"]

    assert found["type"] == "delay"


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
def test_a_point_of_a_curve_moves_with_its_parameters(config):
    response = ask(config)
    scheduler = from_config(value_of(config))
    for handle in response["handles"][0]:
        assert handle["rate"] == scheduler(handle["t"])
        scale, shift = handle["time_scale"], handle["shift"]
        to = (handle["t"] - shift) / scale + (-1 if handle["high"] is not None else 1)
        if handle["x"] is None or to < handle["low"]:
            continue
        text = f"{abs(handle['from'] - to) if 'from' in handle else to:.0f}"
        moved = with_parameter(config, handle["at"], handle["x"], text)
        (again,) = ask(moved)["handles"]

        (same,) = [each for each in again if each["name"] == handle["name"]]
        assert same["t"] == to * scale + shift


def with_parameter(config, at, parameter, text):
    """Return a config where a parameter of the schedule inside has another text."""
    changed = inner = json.loads(json.dumps(config))
    for key in [*at, *parameter[:-1]]:
        inner = inner[key]
    inner[parameter[-1]] = text
    return changed


def test_the_points_of_a_schedule_are_those_of_its_scaled_times_and_rates():
    inner = "linear(90, base_lr=0.1, warmup_steps=5)"
    config = read(f"(2 * ({inner}).delay(10)).stretch(100)")
    (handles,) = ask(config)["handles"]

    found = [(each["t"], each["rate"], each["name"]) for each in handles]
    assert found == [(1500, 0.2, "end of warm-up, peak"), (10_000, 0, "end")]
    assert [each["at"] for each in handles] == [["scheduler", "operands", 1, "scheduler"]] * 2
    moved = with_parameter(config, handles[0]["at"], handles[0]["y"], "0.3")
    assert ask(moved)["handles"][0][0]["rate"] == 0.3 * handles[0]["rate_scale"]
    moved = with_parameter(config, handles[0]["at"], handles[0]["x"], "6")
    assert (
        ask(moved)["handles"][0][0]["t"] == 6 * handles[0]["time_scale"] + handles[0]["shift"]
    )


@pytest.mark.parametrize(
    ("axis", "name", "texts"),
    [
        ({"x": "epochs", "per": "40"}, "Epoch", ["0.025", "12.5", "25"]),
        ({"x": "percent"}, "Percent of training", ["0.1", "50", "100"]),
        ({"x": "tokens", "per": "4e6"}, "Tokens (billions)", ["0.004", "2", "4"]),
        ({}, None, []),
    ],
)
def test_the_table_counts_what_the_axis_counts(axis, name, texts):
    found = ask(COSINE, iterations="1, 500, 1000", **axis)["table"]

    assert re.findall(r'<th scope="col">([^<]+)</th>', found) == ["Iteration"] + [name] * bool(
        name
    )
    assert re.findall(r"<td>(.+?)</td>", found) == texts


@pytest.mark.parametrize(
    ("number", "short"),
    [(1, "1"), (1.0, "1"), (1 / 3, "0.333333"), (3e-5, "3e-5"), (1e5, "100000"), (2e6, "2e6")],
)
def test_a_number_is_written_in_six_digits(number, short):
    assert table.short(number) == short


def test_many_points_are_none():
    config = {
        "type": "MultiFactorScheduler",
        "step": [*map(str, range(1, 40))],
        "factor": "0.9",
    }

    assert ask(config)["handles"] == [[]]


def test_each_schedule_keeps_its_colour_beside_a_wrong_one():
    response = ask({**COSINE, "base_lr": "x"}, COSINE)

    assert COLOURS[1] in response["chart"]
    assert COLOURS[1] in response["table"]
    assert COLOURS[0] not in response["chart"] + response["table"]


def test_text_of_an_address_is_not_markup():
    response = ask({"type": "<img src=x>"}, COSINE)

    assert "<img" not in response["chart"] + response["table"]


PARTS = {
    "chart": {"chart", "handles"},
    "table": {"table", "iterations", "rates", "short"},
    "code": set(),
}


@pytest.mark.parametrize("want", [[], ["chart"], ["table"], ["code"], ["chart", "table"]])
def test_only_what_is_wanted_is_answered(want):
    full, response = ask(COSINE), ask(COSINE, want=want)
    (entry,) = response["schedules"]
    parts = set().union(*(PARTS[name] for name in want))

    assert {*response} == {"schedules", "valid", "errors", "last", *parts}
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
