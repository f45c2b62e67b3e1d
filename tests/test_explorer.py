"""What the explorer shows, computed here as the page computes it."""

import json
import math
import re
from inspect import signature
from pathlib import Path

import explorer
import pytest
import runtime
from hypothesis import given
from hypothesis import strategies as st
from in_page import answer
from in_page.answer import natural, quarters, sampled
from in_page.chart import COLOURS, Scale, chart, path, ticks
from in_page.code import value_of
from menu import METHODS, OPERATORS, SCHEDULES
from strategies import algebra
from trees import PARAMETERS, WRONG, Trees, text

import lr_scheduler
from lr_scheduler import from_config

EXAMPLES = [{"type": name, **start} for name, start in {**SCHEDULES, **OPERATORS}.items()]
COSINE = {"type": "CosineScheduler", "max_update": "1000", "base_lr": "1"}
ONE = "max_update must be at least 1 iteration, got 0"


def ask(*schedules, last="", iterations="", width=560):
    question = {"schedules": schedules, "last": last, "iterations": iterations, "width": width}
    return json.loads(answer(json.dumps(question)))


def run(code):
    """Run the Python that the page shows, and return its schedule."""
    names = {}
    exec(code["Python"], names)
    return names["schedule"]


# What is offered


def test_every_public_schedule_is_offered():
    others = {
        *("LRScheduler", "Scheduler", "from_config", "optimizer", "plot"),
        *("to_keras", "to_optax", "to_torch"),
    }
    offered = {*SCHEDULES, *OPERATORS} - {*METHODS, "sum", "product"}

    assert offered == {*lr_scheduler.__all__} - others


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


@pytest.mark.parametrize("name", sorted({*PARAMETERS} - {"sum", "product"}))
def test_every_parameter_is_explained_in_a_sentence(name):
    texts = {key: entry["help"] for key, entry in PARAMETERS[name].items() if "help" in entry}

    assert {*PARAMETERS[name]} - {*texts} <= {"scheduler"}
    for sentence in texts.values():
        assert re.fullmatch(r"[A-Z][^`$\\]+\.", sentence)


@pytest.mark.parametrize(
    ("name", "parameter", "text"),
    [
        ("one_cycle", "warmup_begin_lr", "Rate of iteration 0; a 25th of base_lr by default."),
        ("cosine_restarts", "lr_factor", "How many times higher each cycle is than the one"),
        ("CosineScheduler", "warmup_steps", "Length of the warm-up in iterations"),
        ("PowerScheduler", "step", "Scale of the time in iterations, at least 1."),
    ],
)
def test_a_parameter_is_explained_by_its_docstring(name, parameter, text):
    assert PARAMETERS[name][parameter]["help"].startswith(text)


@pytest.mark.parametrize("name", METHODS)
def test_a_method_has_the_schedule_that_it_is_called_on(name):
    assert [*PARAMETERS[name]] == ["scheduler", *[*signature(METHODS[name]).parameters][1:]]
    assert PARAMETERS[name]["scheduler"] == {"schedule": True}


# What is shown of a schedule


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


# Errors


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


# The chart


def points(d):
    """Return the corners of a path of M, L, H and V."""
    at, found = [0.0, 0.0], []
    for command, numbers in re.findall(r"([MLHV])([^MLHV]*)", d):
        values = [float(number) for number in numbers.split()]
        at = [
            values[0] if command in "MLH" else at[0],
            values[-1] if command in "MLV" else at[1],
        ]
        found.append(tuple(at))
    return found


def drawn(svg):
    """Return the corners of each curve, in iterations and rates."""
    left, right, last = (
        float(re.search(rf'data-{name}="([^"]+)"', svg)[1])
        for name in ("left", "right", "last")
    )
    labels = re.findall(rf'<text x="{left - 8:.0f}" y="([^"]+)"[^>]*>([^<]+)<', svg)
    (foot, low), (top, high) = ((float(y), float(rate)) for y, rate in (labels[0], labels[-1]))
    curves = re.findall(r'<path d="([^"]+)" fill="none"', svg)
    return [
        [
            (
                (x - left) / (right - left) * last,
                low + (foot - y) / (foot - top) * (high - low),
            )
            for x, y in points(d)
        ]
        for d in curves
    ]


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
@pytest.mark.parametrize("last", ["", "7", "100000"])
def test_a_curve_goes_through_its_rates(config, last):
    told = ask(config, last=last)
    scheduler = from_config(value_of(config))
    (curve,) = drawn(told["chart"])
    iterations = sampled(told["last"])
    rates = {t: scheduler(t) for t in iterations}
    one = max(rates.values()) / 200  # a pixel is less

    assert curve[0] == pytest.approx((1, rates[1]), abs=max(one, told["last"] / 2000))
    assert curve[-1] == pytest.approx((told["last"], rates[told["last"]]), abs=max(one, 0.1))
    for x, rate in curve:  # each corner is the rate of an iteration beside it
        near = [rates[t] for t in iterations if abs(t - x) <= 1.01 * told["last"] / 476 + 1]

        assert min(near) - one <= rate <= max(near) + one


def test_a_drop_is_upright_and_comes_after_its_boundary():
    (curve,) = drawn(ask({**EXAMPLES[0], "step": "2", "base_lr": "1"}, last="4")["chart"])

    assert [(round(x, 1), round(rate, 2)) for x, rate in curve] == [
        (1.0, 1.0),
        (2.0, 1.0),
        (2.0, 0.5),
        (4.0, 0.5),
    ]


def test_one_iteration_is_a_dot():
    assert path([1], [2], Scale(0, 10), Scale(100, -10)) == "M10.0 80.0h0.1"


@pytest.mark.parametrize(
    "rates",
    [
        [0, 0],
        [5e-324, 1e-320],
        [1e308, 1.7e308],
        [math.inf, 1],
        [-1.5, 2],
        [1e-5, 1e-5],
        [3, 3],
    ],
)
def test_any_rates_are_drawn(rates):
    svg = chart([0], ["1 x"], [1, 2], [rates], 300)
    (d,) = re.findall(r'<path d="([^"]+)" fill="none"', svg)

    assert all(0 <= y <= 260 for _, y in points(d))


@given(st.floats(-1e300, 0), st.floats(0, 1e300), st.integers(2, 9))
def test_ticks_are_round_and_enclose_the_rates(low, high, count):
    if high - low < 1e-300:
        return
    found = ticks(low, high, count)
    slack = (high - low) * 1e-6

    assert found[0] <= low + slack
    assert found[-1] >= high - slack
    assert 2 <= len(found) <= count + 3
    step = f"{found[1] - found[0]:.6e}"
    assert step[:3] in ("1.0", "2.0", "2.5", "5.0")


def test_the_axis_can_be_held_while_a_slider_is_dragged():
    low = {**COSINE, "base_lr": "0.2"}
    question = {"schedules": [low], "last": "", "iterations": "", "width": 560, "high": "1.0"}

    assert 'data-high="1.0"' in json.loads(answer(json.dumps(question)))["chart"]
    assert 'data-high="0.2"' in ask(low)["chart"]


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


@pytest.mark.parametrize("page", ["#ffffff", "#14181e"])
def test_every_line_stands_out_from_the_page(page):
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for colour in COLOURS:
        low, high = sorted((luminance(colour), luminance(page)))

        assert (high + 0.05) / (low + 0.05) >= 3


def test_schedules_have_looks_of_their_own():
    six = ask(*[COSINE] * 6)["chart"]
    looks = re.findall(r'stroke="(#\w+)" stroke-width="2.5" stroke-dasharray="([^"]+)"/>', six)

    assert len({colour for colour, _ in looks}) == len({dashes for _, dashes in looks}) == 6


def test_text_of_an_address_is_not_markup():
    told = ask({"type": "<img src=x>"}, COSINE)

    assert "<img" not in told["chart"] + told["table"]


# Which iterations


@pytest.mark.parametrize(
    ("config", "last"),
    [
        (COSINE, 1000),
        ({**COSINE, "max_update": "810"}, 1000),
        ({**COSINE, "max_update": "100001"}, 150000),
        ({"type": "FactorScheduler", "step": "250"}, 1000),
        ({"type": "MultiFactorScheduler", "step": ["250", "900"]}, 1000),
        ({"type": "join", "schedulers": ["1", COSINE], "step": ["100"]}, 1500),
        ({"type": "join", "schedulers": [], "step": []}, 1000),
        ({"type": "stretch", "scheduler": COSINE, "factor": "0.5"}, 500),
        ({"type": "stretch", "scheduler": COSINE, "factor": "2.5"}, 3000),
        ({"type": "stretch", "scheduler": COSINE, "factor": "x"}, 1000),
        ({"type": "shift", "scheduler": COSINE, "iterations": "200"}, 1500),
        ({"type": "repeat", "scheduler": COSINE, "step": "100"}, 1000),
        ({"type": "sum", "operands": ["1", COSINE]}, 1000),
        ({"type": "clip"}, 1000),
        ({"type": "sum", "operands": []}, 1000),
        ({"type": "join", "schedulers": ["1", "2"], "step": ["100"]}, 200),
        ({"type": "inverse_sqrt", "warmup_steps": "100"}, 400),
        ({"type": "FactorScheduler", "step": "x"}, 1000),
        ({"type": "FactorScheduler", "step": "9" * 20}, 1000),
    ],
)
def test_the_chart_ends_where_the_schedule_has_said_what_it_does(config, last):
    assert natural([config]) == last


@pytest.mark.parametrize("last", [1, 2, 3, 4, 7, 999, 1000, 1001, 10**12])
def test_the_ends_are_among_the_iterations(last):
    for iterations in (quarters(last), sampled(last)):
        assert (iterations[0], iterations[-1]) == (1, last)
        assert iterations == sorted({*iterations})


# What is shipped


def test_the_package_is_shipped_byte_for_byte(tmp_path):
    runtime.write(explorer.PACKAGES, tmp_path)
    script = (tmp_path / "python.js").read_bytes().decode()
    modules = json.loads(script.removeprefix("__BRYTHON__.loadBrythonPackage(")[:-3])
    sources = {name: module[1].encode() for name, module in modules.items()}
    folder = Path(lr_scheduler.__file__).parent

    for file in folder.glob("*.py"):
        name = "lr_scheduler" if file.stem == "__init__" else f"lr_scheduler.{file.stem}"
        assert sources[name] == file.read_bytes()
    assert {*modules} - {*runtime.LIBRARY} == {
        *(f"lr_scheduler.{file.stem}" for file in folder.glob("_[a-z]*.py")),
        *("lr_scheduler", "lr_scheduler.keras", "lr_scheduler.optimizer"),
        *("in_page", "in_page.answer", "in_page.chart", "in_page.code", "in_page.table"),
    }


def test_a_module_that_brython_lacks_is_an_error(monkeypatch):
    monkeypatch.setattr(runtime, "LIBRARY", ["no_such_module"])
    with pytest.raises(KeyError, match="no_such_module"):
        runtime.library()


@pytest.mark.parametrize("config", EXAMPLES, ids=lambda config: config["type"])
def test_an_expression_is_read_as_the_config_that_it_makes(config):
    (line,) = explorer.read(explorer.written(config))

    assert line == config
