"""Each row of a table ``| iteration | 1 | 2 |`` has the rates of what its first cell names."""

import json

import pytest
from support import ROOT
from support.number_check import RATES
from support.pages import PAGES

import lr_scheduler

TRAPS, MXNET = (
    json.loads((ROOT / "docs" / "_data" / name).read_text("utf-8"))
    for name in ("pytorch-pitfalls.json", "mxnet-1.9.1.json")
)
DEPARTURES = MXNET["departures"]
FROM = ROOT / "docs" / "coming-from"


def tables(path):
    """Return the tables of a page: the iterations of each, and the cells of each row."""
    for table in RATES.findall(path.read_text("utf-8")):
        lines = [line.strip("| ").split(" | ") for line in table.splitlines()]
        head, _, *rows = lines
        yield [*map(int, head[1:])], {label.replace("`", ""): cells for label, *cells in rows}


ROWS = {
    f"{path.stem}: {number}: {label}": (label, iterations, cells)
    for path in PAGES
    for number, (iterations, rows) in enumerate(tables(path))
    for label, cells in rows.items()
}
# What is no expression: the counts and the answers of other libraries, by page and table.
ANSWERS = {
    "index: 0: their step": [0, 1, 2, 3],
    "pytorch: 0: PyTorch": TRAPS["past_the_end"].values(),
    "pytorch: 1: PyTorch": [TRAPS["resumed"]["iteration 101"]],
    "pytorch: 2: PyTorch, flat": TRAPS["nested"]["flat"],
    "pytorch: 2: PyTorch, nested": TRAPS["nested"]["nested"],
    "mxnet: 0: MXNet, learning_rate=0.1": DEPARTURES["learning_rate, cosine"],
    "mxnet: 1: MXNet, learning_rate=0.1": DEPARTURES["learning_rate, warm-up"],
    "mxnet: 2: MXNet": [DEPARTURES["stop_factor_lr"]],
}


def test_the_answers_of_others_are_all_shown():
    assert {*ANSWERS} < {*ROWS}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_has_the_rates_of_what_it_names(name):
    label, iterations, cells = ROWS[name]
    if name in ANSWERS:
        rates = ANSWERS[name]
    else:
        schedule = eval(label, vars(lr_scheduler).copy())
        rates = [schedule(t) for t in iterations]

    shown = [f"{float(cell):.6g}" for cell in cells]
    assert shown == [f"{round(rate, 12):.6g}" for rate in rates]


def test_pytorchs_errors_are_the_stored_ones():
    text = (FROM / "pytorch.md").read_text("utf-8")

    for said in ("We asked PyTorch 2.13.0", "accepts 10 calls", "`ValueError` at the next"):
        assert said in text
    assert "With `pct_start=0.1` it raises `ZeroDivisionError`" in text
    assert TRAPS["version"] == "2.13.0"
    assert TRAPS["one_cycle"] == {
        "steps": 10,
        "then": "ValueError",
        "pct_start=0.1": "ZeroDivisionError",
    }


def test_the_page_on_mxnet_says_what_is_stored():
    text = (FROM / "mxnet.md").read_text("utf-8")

    assert f"what MXNet {MXNET['version']} answered" in text
    assert DEPARTURES["PolyScheduler(800, 1)"] == "base_lr=1"
