"""The famous schedules: what their sources state, and what the pages and the explorer show."""

import re
from dataclasses import replace

import pytest
from explorer.page import expressions
from explorer.page.code import value_of
from lr_site import curves
from lr_site.recipes import FIELDS, read

from lr_scheduler import from_config

RECIPES = {recipe.name: recipe for recipe in read()}
each = pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
# By hand, between the rates that the sources state: half-way through a line, half a cosine or a
# warm-up, and at four times the iterations of an inverse square root.
BETWEEN = {
    "OLMo 3 7B": {1000: 1.5e-4, 597_046 + 1_071_884: 3e-5},
    "SmolLM3": {1000: 1e-4, 4_459_000: 1e-4},
    "Kimi K2": {12_750: 1.1e-4},
    "DeepSeek-V3": {5000: 2.2e-4, 12_150: 1.21e-4},
    "OLMo 2 7B": {1000: 1.5e-4, 597_046: 1.65e-4},
    "Llama 3 405B": {4000: 4e-5, 604_000: 4.04e-5},
    "MiniCPM 2.4B": {1: 0.01, 1040: 0.0025, 1100: 0.01 / 2**5},
    "DeepSeek LLM 7B": {1000: 2.1e-4, 211_927: 4.2e-5},
    "modded-nanoGPT": {3651 + 725: 1.8e-3},
    "LLaMA 7B": {1000: 1.5e-4, 126_000: 1.65e-4},
    "nanoGPT": {301_001: 3.3e-4},
    "GPT-3 175B": {260_375 // 2: 3.3e-5},
    "T5": {40_000: 0.005},
    "BERT": {5000: 5e-5, 505_000: 5e-5},
    "Transformer": {2000: 3.4939e-4, 64_000: 1.7469e-4},
    "DINOv2 ViT-L/14": {290: (2e-4 * 3**0.5 + 1e-6) / 2},
    "ViT-g/14": {5000: 4e-4, 975_000: 8e-4 * (10_000 / 975_000) ** 0.5 / 2},
    "ViT on ImageNet": {5000: 1.5e-3, 51_950: 1.5e-3},
    "ResNet-50 in an hour": {60: 0.32, 80: 0.032},
    "ResNet on CIFAR-10": {48_000: 0.01},
}


@each
def test_the_expression_gives_what_the_source_states(recipe):
    assert recipe.values
    assert recipe.differences == []


@each
def test_the_rates_between_are_those_worked_out_by_hand(recipe):
    rates = {time: recipe.scheduler(time) for time in BETWEEN[recipe.name]}

    assert rates == pytest.approx(BETWEEN[recipe.name], rel=1e-4, abs=0)


@each
def test_a_wrong_rate_is_named(recipe):
    for i, (time, rate, *allowed) in enumerate(recipe.values):
        wrong = [*recipe.values[:i], [time, rate * 1.01 + 1e-9, *allowed]]
        (text,) = replace(recipe, values=wrong).differences

        assert text.startswith(f"{recipe.name}: ")


@each
def test_the_explorer_opens_the_same_schedule(recipe):
    config = expressions.read(f"({recipe.expression.strip()}){recipe.steps}")
    unit, stretched = recipe.stretched
    opened = from_config(value_of(config))

    assert recipe.state.startswith(f"{expressions.encode(config)}&last=")
    for i in range(50):
        time = round(recipe.length / unit * i / 49)
        assert opened(time) == stretched(time)


@each
def test_the_schedule_over_iterations_has_the_same_rates(recipe):
    unit, stretched = recipe.stretched

    assert (unit == 1) == (recipe.unit == "iterations")
    for time in BETWEEN[recipe.name]:
        assert stretched(round(time / unit)) == pytest.approx(recipe.scheduler(time), rel=0.005)


def test_a_picture_has_a_dot_for_each_rate_that_the_source_states():
    recipe = RECIPES["Llama 3 405B"]
    drawn = curves.picture(recipe.scheduler, recipe.length, "", dots=[8000, 1_200_000])

    assert drawn.count("<circle") == 2


def test_a_log_axis_is_as_long_as_the_rates_after_the_peak_need():
    recipe = RECIPES["Llama 3 405B"]
    drawn = curves.picture(recipe.scheduler, recipe.length, "", log=True)

    assert re.findall(r">(1e-\d)<", drawn) == ["1e-7", "1e-6", "1e-5", "1e-4"]


def test_the_tokens_of_llama_3_are_those_of_its_batches():
    clock = curves.evaluate(RECIPES["Llama 3 405B"].clock)

    assert clock(63) == 252e6
    assert clock(358_781) == pytest.approx(2.87e12, abs=8e6)
    assert clock(1_200_000) == pytest.approx(16.3e12, rel=0.005)


def test_every_recipe_has_a_field_and_a_place_of_its_own():
    assert {recipe.field for recipe in RECIPES.values()} == {*FIELDS}
    assert len({recipe.anchor for recipe in RECIPES.values()}) == len(read())
    assert all(recipe.address.startswith("https://") for recipe in RECIPES.values())


def test_a_curve_jumps_between_two_iterations():
    scheduler = curves.evaluate("MultiFactorScheduler([333_333], 0.5, base_lr=1)")
    times, rates = curves.sample(scheduler, 1_000_000)

    assert {333_333: 1, 333_334: 0.5}.items() <= dict(zip(times, rates, strict=True)).items()


@pytest.mark.parametrize("code", ["scheduler = constant(1)", "1"])
def test_a_curve_needs_a_scheduler(code):
    with pytest.raises(TypeError):
        curves.evaluate(code)
