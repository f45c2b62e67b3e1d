"""``python -m lr_scheduler``: what it prints and writes, and its exit codes."""

import io
import json
import os
import re
import runpy
import subprocess
import sys

import pytest
from support import ROOT

from lr_scheduler import CosineScheduler, _command, join
from lr_scheduler._command import main

COSINE = "CosineScheduler(1000, base_lr=0.1, warmup_steps=100)"


@pytest.fixture(autouse=True)
def _wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")


def test_prints_the_chart_and_the_table(capsys):
    assert main([COSINE]) == 0
    printed = capsys.readouterr().out

    assert printed.startswith(
        "CosineScheduler(max_update=1000, base_lr=0.1, warmup_steps=100)\n"
    )
    assert printed.endswith(
        """
Iteration  Learning rate
        1          0.001
      100            0.1  warm-up ends at 100
      250      0.0933013
      500      0.0586824
      750      0.0178606
    1,000              0  0 from 1,000 on
"""
    )
    assert max(map(len, printed.splitlines())) <= 63  # the repr


def test_a_drop_has_a_row_before_and_a_row_after(capsys):
    main(["FactorScheduler(250, 0.5, base_lr=1)", "--stop", "1_000"])

    rows = re.findall(r"^ *([\d,]+)  +(\S+)", capsys.readouterr().out.split("Learning rate")[1],
                      re.M)  # fmt: skip
    assert rows[1:3] == [("250", "1"), ("251", "0.5")]
    assert rows[-1] == ("1,000", "0.125")


def test_several_schedules_have_a_chart_each_and_one_table(capsys):
    assert main(["0.1", "linear(100, base_lr=0.3)"]) == 0
    printed = capsys.readouterr().out

    assert "(1) constant(0.1)\n" in printed
    assert "(2) PolyScheduler(max_update=100, base_lr=0.3, pwr=1)\n" in printed
    assert "Iteration  (1)    (2)\n        1  0.1  0.297\n" in printed


def test_a_stream_that_cannot_encode_the_chart_gets_ascii():
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "lr_scheduler", COSINE],
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    )

    assert done.stdout.isascii()
    assert " 0.1 |" in done.stdout


@pytest.mark.parametrize("text", [COSINE, json.dumps(CosineScheduler(9).to_config())])
def test_reads_a_file(text, tmp_path, capsys):
    file = tmp_path / "schedule"
    file.write_text(text, "utf-8")

    assert main([str(file)]) == 0
    assert "CosineScheduler(max_update=" in capsys.readouterr().out


def test_reads_the_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("constant(0.5)\n"))

    assert main(["-"]) == 0
    assert "constant(0.5)" in capsys.readouterr().out


def test_writes_svg(tmp_path, capsys):
    file = tmp_path / "chart.svg"

    assert main([COSINE, "0.05", "--svg", str(file), "--log"]) == 0
    assert file.read_text("utf-8").startswith("<svg xmlns=")
    assert capsys.readouterr().out == ""


def test_log_changes_the_scale(capsys):
    main(["ExponentialScheduler(100, 0.1, base_lr=1)", "--stop", "400", "--log"])

    column = [line[8:] for line in capsys.readouterr().out.splitlines()[2:12]]
    assert [bool(each.strip(" ┤│")) for each in column] == [True] * 10  # a straight line
    assert len({len(each) for each in column}) == 10


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (
            ["Cosine(9)"],
            2,
            "error: 'Cosine' is not .* did you mean CosineScheduler.*\n\nCosine",
        ),
        (["missing.json"], 1, "error: .*missing.json"),
        ([COSINE, "--svg", "missing/folder.svg"], 1, "error: .*folder.svg"),
        (["1 / (CosineScheduler(9, base_lr=1))"], 1, "error: divisor must not be 0"),
        (["0", "--log"], 1, "error: no learning rate is above 0: leave --log out"),
    ],
)
def test_an_error_has_an_exit_code_and_a_message(arguments, code, words, capsys):
    assert main(arguments) == code
    printed = capsys.readouterr()

    assert printed.out == ""
    assert re.match(words, printed.err)


@pytest.mark.parametrize("stop", ["0", "x", "-3", "1.5", "9" * 30])
def test_stop_must_be_an_iteration(stop, capsys):
    with pytest.raises(SystemExit) as raised:
        main([COSINE, f"--stop={stop}"])

    assert raised.value.code == 2
    assert "must be an integer from 1 to" in capsys.readouterr().err


def test_a_file_that_is_no_text_is_an_error(tmp_path, capsys):
    file = tmp_path / "picture"
    file.write_bytes(b"\xff\xfe")

    assert main([str(file)]) == 1


def test_a_long_repr_is_cut():
    (name,) = _command._names([join([0.1] * 200, range(1, 200))])

    assert (len(name), name[-3:]) == (303, "...")


def test_runs_as_a_module(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["lr_scheduler", "--help"])
    monkeypatch.delitem(sys.modules, "lr_scheduler.__main__", raising=False)
    with pytest.raises(SystemExit) as raised:
        runpy.run_module("lr_scheduler", run_name="__main__")

    assert raised.value.code == 0
    assert "Nothing in it is executed" in capsys.readouterr().out
    runpy.run_module("lr_scheduler.__main__", run_name="imported")  # does nothing
