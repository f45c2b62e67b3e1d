"""The schedules of other libraries: the rates that they gave are those of our expressions."""

import ast
import re

import numpy as np
import pytest
from lr_site import peer_rates, peers
from support import ROOT
from support.number_check import claims, read, shown_in

import lr_scheduler

LIBRARIES = peer_rates.libraries()
ROWS = {f"{library.key}: {row.name}": row for library in LIBRARIES for row in library.rows}
EACH = pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)


def test_every_library_has_its_rates_and_its_page():
    keys = sorted(library.key for library in LIBRARIES)
    pages = {path.stem: path for path in (ROOT / "docs" / "coming-from").glob("*.md")}
    del pages["index"]

    assert keys == sorted(path.stem for path in peer_rates.DATA.glob("*.json")) == sorted(pages)
    for key in keys:
        assert f"```{{peers}} {key}\n```" in pages[key].read_text("utf-8")


def test_every_schedule_has_its_name_and_no_other_rates_are_stored():
    for library in LIBRARIES:
        stored = (peer_rates.DATA / f"{library.key}.json").read_text("utf-8")
        _, rates = stored.split('"rates"')
        names = re.findall(r'^  "(.*)": \[', rates, re.MULTILINE)
        assert sorted(row.name for row in library.rows) == sorted({*names}) == sorted(names)


@EACH
def test_every_rate(row):
    """Within 4 units in the last place of the peak, and what the row says may add up."""
    schedule = row.schedule
    rates = np.array(row.rates)
    peak = max(rates.max(), row.value(row.peak))
    unit = np.spacing(np.array(peak, dtype=row.precision)).astype(float)
    allowed = [4 + row.value(row.drift, n=n) for n in range(1, row.updates + 1)]

    differences = np.abs([schedule(t) for t in range(1, row.updates + 1)] - rates)

    assert row.holds
    assert len(rates) == row.updates >= 30
    assert row.updates <= row.value(row.until or "inf", inf=np.inf)
    assert row.error == (differences / unit / allowed).max() <= 1
    assert row.difference == differences.max() / rates.max()


@EACH
def test_the_code_of_a_section_imports_what_it_needs(row):
    *statements, last = ast.parse(f"{row.given}\n{row.our_code}").body
    names = {}
    exec(ast.unparse(statements), names)
    schedule = eval(ast.unparse(last), names)

    assert schedule(7) == row.schedule(7)


@pytest.mark.parametrize("row", [row for row in ROWS.values() if "lambda" not in row.ours])
def test_an_array_gives_the_same(row):
    schedule = row.schedule

    rates = schedule(np.arange(1, row.updates + 1))

    assert isinstance(schedule, lr_scheduler.Scheduler)
    assert rates.tolist() == [schedule(t) for t in range(1, row.updates + 1)]


@EACH
def test_another_clock_would_be_noticed(row):
    """A curve that is one iteration late is beyond the tolerance, unless it is level."""
    *before, last = ast.parse(row.ours.strip()).body
    whole = (
        f"0 + ({ast.unparse(last)}) * FactorScheduler(1, base_lr=1)"  # a lambda has no delay
    )
    late = row._replace(ours=f"{ast.unparse(before)}\n({whole}).delay(1)")

    assert (late.error > 1) == (len(set(row.rates)) > 1)


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.key)
def test_every_number_on_the_page_is_used_by_its_name(library):
    for row in library.rows:
        code = f"{library.setup} {row.theirs} {row.ours}"
        assert row.numbers
        assert [name for name in row.numbers if not re.search(rf"\b{name}\b", code)] == []


@EACH
def test_numbers_in_the_words_stand_in_the_code(row):
    shown = {*shown_in(f"{row.given}\n{row.theirs.strip()}"), *shown_in(row.ours.strip())}
    allowed = {*shown, *(number + 1 for number in shown), -1}

    assert [text for _, text in claims(row.counting) if read(text) not in allowed] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pytorch: ConstantLR", "factor=1/3 total_iters=5"),
        ("pytorch: SequentialLR, a warm-up, then a cosine", "start_factor=1/3 eta_min=0"),
        ("pytorch: StepLR, rising", ""),
        ("keras: PolynomialDecay", "end_learning_rate=0.0001 power=1"),
        ("timm: lr_scale of a parameter group", "lr_min=0"),
        ("deepspeed: WarmupLR", "warmup_min_lr=0 warmup_num_steps=1000"),
    ],
)
def test_a_default_has_the_librarys_name(name, words):
    given = peers.defaults(ROWS[name])

    assert [f"{name}={peers.written(number)}" for name, number in given] == words.split()
