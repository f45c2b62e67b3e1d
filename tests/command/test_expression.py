"""Schedules from text: what is read, what is refused, and where the error is."""

import json

import pytest
from hypothesis import given
from support.random_schedulers import algebra

from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    constant,
    cosine_restarts,
    join,
    linear,
)
from lr_scheduler._expression import DEEPEST, LONGEST, MOST_NODES, ExpressionError, number, read

COSINE = CosineScheduler(1000, base_lr=0.1)


@given(algebra())
def test_the_repr_of_a_schedule_gives_the_schedule(scheduler):
    assert read(repr(scheduler)) == scheduler


@given(algebra())
def test_the_json_of_a_schedule_gives_the_schedule(scheduler):
    assert read(json.dumps(scheduler.to_config())) == scheduler


@pytest.mark.parametrize(
    ("text", "scheduler"),
    [
        ("CosineScheduler(1000, base_lr=0.1)", COSINE),
        ("  CosineScheduler(\n    1_000,\n    base_lr=1e-1,\n)\n", COSINE),
        ("0.1", constant(0.1)),
        ("3 / 30", constant(0.1)),
        ("+(2 * 0.05)", constant(0.1)),
        ("2 ** 3", constant(8.0)),
        ("-(-1)", constant(1)),
        ("-CosineScheduler(1000, base_lr=0.1) + 1", -COSINE + 1),
        ("2 - CosineScheduler(1000, base_lr=0.1) / 2", 2 - COSINE / 2),
        ("CosineScheduler(1000, base_lr=0.1) ** 2 * 3", COSINE**2 * 3),
        ("CosineScheduler(1000, base_lr=0.1).clip(high=0.05).delay(1)",
         COSINE.clip(high=0.05).delay(1)),
        ("CosineScheduler(1000, base_lr=0.1).stretch(2, hold=True)", COSINE.stretch(2, True)),
        ("join([0.5, linear(90, base_lr=1)], (10,))", join([0.5, linear(90, base_lr=1)], [10])),
        ("MultiFactorScheduler([5, 9], 0.5)", MultiFactorScheduler([5, 9], 0.5)),
        ("cosine_restarts(9, base_lr=1, cycles=None)", cosine_restarts(9, base_lr=1)),
        ("linear(9, base_lr=1, warmup_steps=3, warmup_mode='constant')",
         linear(9, base_lr=1, warmup_steps=3, warmup_mode="constant")),
        ('{"type": "FactorScheduler", "step": 250, "factor": 0.5}', FactorScheduler(250, 0.5)),
    ],
)  # fmt: skip
def test_reads_what_a_reader_writes(text, scheduler):
    assert read(text) == scheduler


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        # Names.
        ("Cosine(9)", "Cosine", "'Cosine' is not a schedule of this package: did you mean "
                                "CosineScheduler?"),
        ("2 * ConsineScheduler(9)", "ConsineScheduler", "did you mean CosineScheduler?"),
        ("__import__('os')", "__import__", "'__import__' is not a schedule of this package"),
        ("CosineScheduler(9, base=1)", "1", "CosineScheduler has no parameter 'base': did you "
                                            "mean base_lr?"),
        ("linear(max_updates=9)", "9", "linear has no parameter 'max_updates': did you mean "
                                       "max_update?"),
        ("linear(9, base_lr=1).delay(x=1)", "1", "delay has no parameter 'x'$"),
        ("CosineScheduler(9, **{})", "{}", "CosineScheduler has no parameter None"),
        ("CosineScheduler(9).stretc(2)", None, "'stretc' is not a method of a schedule here: "
                                               "did you mean stretch?"),
        ("CosineScheduler(9).to_config()", None, "'to_config' is not a method"),
        ("(1).delay(2)", "(1).delay(2)", "'delay' is not a method"),
        ("linear", "linear", "'linear' is not a value: did you mean linear(...)?"),
        ("x", "x", "'x' is not a value"),
        # What the package refuses.
        ("1 + CosineScheduler(0)", "CosineScheduler(0)", "max_update must be at least 1"),
        ("CosineScheduler()", None, "missing 1 required positional argument: 'max_update'"),
        ("linear(9, base_lr=1).delay('a')", None, "n must be a real number, got 'a'"),
        ("-5", "-5", "lr must be at least 0, got -5"),
        ("1 / 0", "1 / 0", "division by zero"),
        ("9 ** 999", "9 ** 999", "the number is too large"),
        ("9**9**9**9", "9**9**9", "the number is too large"),
        ("(-1) ** 0.5", "(-1) ** 0.5", "the power of a negative number must be an integer"),
        # What is no value of a schedule.
        ("[1] * 3", "[1]", "an operand must be a schedule or a number"),
        ("'a' * 10", "'a'", "an operand must be a schedule or a number"),
        ("-True", "True", "an operand must be a schedule or a number"),
        ("9 // 2", "9 // 2", r"the operators are \+ - \* / and \*\*"),
        ("[1, 2]", "[1, 2]", "the text must be a schedule or a number"),
        ("None", "None", "the text must be a schedule or a number"),
        ("True", "True", "the text must be a schedule or a number"),
        ("'a'", "'a'", "the text must be a schedule or a number"),
        ("lambda t: t", "lambda t: t", "only calls, numbers, lists and the operators"),
        ("linear(*[9], base_lr=1)", "*[9]", "only calls, numbers, lists and the operators"),
        ("[].append(1)", None, "'append' is not a method"),
        ("1j", "1j", "only calls, numbers, lists and the operators"),
        ("~1", "~1", "only calls, numbers, lists and the operators"),
        ("linear(9)(3)", None, "only calls, numbers, lists and the operators"),
        # Places after letters of several bytes, and in other lines.
        ("'é' + 1", "'é'", "an operand"),
        ("linear(9, warmup_mode='é', base_lr=x)", "x", "'x' is not a value"),
        ("linear(\n  9,\n  base_lr=x)", "x", "'x' is not a value"),
        # What is no expression.
        ("1 +", " ", "invalid expression: invalid syntax"),
        (" ", None, "the text is empty: write a schedule, such as linear"),
        ("linear(9", "(", "invalid expression: '\\(' was never closed"),
        ("import os", "i", "invalid expression"),
        ('{"type": }', "}", "invalid JSON: Expecting value"),
        ('{"type": "linear"}', None, "config must have the key 'max_update'"),
    ],
)  # fmt: skip
def test_what_is_refused_has_its_place(text, place, words):
    with pytest.raises(ExpressionError, match=words) as raised:
        read(text)
    error = raised.value
    if place is not None:
        assert (error.text + " ")[error.start : error.end] == place


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1" * (LONGEST + 1), "the text must have at most 100,000 characters, got 100,001"),
        ("[" * 20_000 + "]" * 20_000, "the text is nested too deep|invalid expression"),
        ("-" * 2_000 + "1", "nested"),
        ("-" * 50_000 + "1", "the text is nested too deep"),
        ("-" * 300 + "1", f"nested {DEEPEST} deep"),
        (f"MultiFactorScheduler([{'1,' * 30_000}])", "at most 20,000 parts"),
        ('{"type":' + "[" * 90_000, "the JSON is nested too deep"),
        ("linear(9, base_lr=1)" + ".delay(1)" * 110, "nested at most 100 deep"),
        ("\0", "invalid expression|source code"),
    ],
    ids=range(9),
)
def test_the_size_of_a_text_is_limited(text, words):
    with pytest.raises(ExpressionError, match=words):
        read(text)


def test_a_long_sum_is_no_deep_one():
    schedule = read(" + ".join(["CosineScheduler(9, base_lr=1)"] * 500))

    assert schedule(0) == 500


def test_the_error_is_shown_below_its_line():
    with pytest.raises(ExpressionError) as raised:
        read("join(\n  [1, Cosine(9)], [3])")
    assert raised.value.shown() == "  [1, Cosine(9)], [3])\n      ^^^^^^"


def test_a_long_line_is_cut_around_the_error():
    with pytest.raises(ExpressionError) as raised:
        read(f"{'1 + ' * 50}x{' + 1' * 50}")
    line, carets = raised.value.shown().splitlines()

    assert len(line) == 76
    assert line[carets.index("^")] == "x"
    assert carets.strip() == "^"


def test_a_text_may_be_as_large_as_the_limits():
    assert read("+" * (DEEPEST - 1) + "1")(1) == 1
    assert read(" " * (LONGEST - 1) + "1")(1) == 1
    parts = "1," * (MOST_NODES - 1)  # and the list
    with pytest.raises(ExpressionError, match="the text must be a schedule"):
        read(f"[{parts}]")
    for text in ("+" * DEEPEST + "1", f"[{parts}1]"):
        with pytest.raises(ExpressionError, match="at most 20,000 parts, nested 250 deep"):
            read(text)


def test_a_level_counts_while_it_is_open():
    assert read(" + ".join(["-1"] * 300 + ["400"]))(1) == 100


@pytest.mark.parametrize("text", ["[1]", "constant(1)", "True", "x"])
def test_a_number_is_no_schedule(text):
    assert number("1 / 4") == 0.25
    with pytest.raises(ExpressionError):
        number(text)
