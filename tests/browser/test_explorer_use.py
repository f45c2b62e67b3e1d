"""What a reader does with the explorer: every control does what it says."""

import json
import re
import time

import pytest
from browser import SITE
from reader import (
    COMPUTED,
    PAGE,
    addressed,
    choose,
    code,
    control,
    focus,
    press,
    says,
    show,
    status,
    table,
    type_in,
    visit,
    wait,
)
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from support.random_configs import ask

import lr_scheduler
from lr_scheduler import from_config

pytestmark = pytest.mark.usefixtures("a_desktop")


def test_a_slider_moves_with_the_arrow_keys(light, site):
    show(light, site, "FactorScheduler(step=250,factor=0.5,base_lr=1)&last=1000")
    box, slider = control(light, "step").find_elements(By.TAG_NAME, "input")
    slider.send_keys(Keys.ARROW_RIGHT)
    wait(light, lambda _: "step=260" in code(light))

    assert box.get_attribute("value") == "260"
    assert table(light)[1000] == ["0.125"]
    addressed(light, "FactorScheduler(step=260,factor=0.5,base_lr=1)")


def test_a_number_is_typed_and_the_slider_follows(light, site):
    show(light, site, "CosineScheduler(max_update=1000,base_lr=1)")
    type_in(light, "base_lr", "3e-4")
    wait(light, lambda _: "base_lr=0.0003" in code(light))
    slider = control(light, "base_lr").find_elements(By.TAG_NAME, "input")[1]

    assert (slider.get_attribute("max"), slider.get_attribute("value")) == ("0.001", "0.0003")
    assert table(light)[1] == [
        repr(from_config({"type": "CosineScheduler", "max_update": 1000, "base_lr": 3e-4})(1))
    ]


def test_an_error_stands_beside_its_argument_until_it_is_mended(light, site):
    show(light, site, "CosineScheduler(max_update=1000,base_lr=1)")
    before = light.find_element(By.CLASS_NAME, "explorer-chart").get_attribute("innerHTML")
    type_in(light, "warmup_steps", "1000")
    text = "warmup_steps must be less than max_update = 1000, got 1000"
    wait(light, says(f"Schedule 1: {text}."))
    place = control(light, "warmup_steps")
    box = place.find_element(By.TAG_NAME, "input")
    error = place.find_element(By.CLASS_NAME, "explorer-error")

    assert error.text == text
    assert box.get_attribute("aria-invalid") == "true"
    assert box.get_attribute("aria-describedby") == error.get_attribute("id")
    assert code(light) == ""
    assert "stale" in light.find_element(By.CLASS_NAME, "explorer-chart").get_attribute("class")

    type_in(light, "warmup_steps", "0")
    wait(light, says(COMPUTED))
    after = light.find_element(By.CLASS_NAME, "explorer-chart").get_attribute("innerHTML")

    assert not error.is_displayed()
    assert box.get_attribute("aria-invalid") is None
    assert after == before


def test_every_schedule_can_be_chosen_and_looked_up(light, site):
    reference = (SITE / "reference.html").read_text("utf-8")
    visit(light, site.url + PAGE)
    select = control(light, "schedule").find_element(By.TAG_NAME, "select")
    for name in [each.text for each in Select(select).options]:
        choose(light, name)
        shown = light.find_element(By.CLASS_NAME, "explorer-table")
        wait(light, lambda _, name=name, shown=shown: f"1 {name}" in shown.text)

        link = light.find_element(By.CSS_SELECTOR, ".explorer-card a").get_attribute("href")
        assert f'id="{link.partition("#")[2]}"' in reference
        assert status(light) == COMPUTED
        addressed(light, name)


def test_a_warm_up_is_joined_and_its_error_is_inside(light, site):
    show(light, site, "cosine_restarts(step=250,base_lr=1)&iterations=251")
    press(light, "Join a warm-up")
    wait(light, lambda _: "join(" in code(light))

    assert table(light)[251] == [
        repr(
            lr_scheduler.join(
                [
                    lr_scheduler.PiecewiseScheduler([0, 100], [0, 1]),
                    lr_scheduler.cosine_restarts(250, base_lr=1),
                ],
                [100],
            )(251)
        )
    ]

    inner = light.find_elements(By.CSS_SELECTOR, "fieldset fieldset")[1]
    box = inner.find_element(By.CSS_SELECTOR, '[data-name="step"] input')
    box.clear()
    box.send_keys("0")
    wait(light, says("step must be at least 1 iteration, got 0"))

    assert (
        "got 0"
        in inner.find_element(By.CSS_SELECTOR, '[data-name="step"] .explorer-error').text
    )


def test_schedules_are_laid_over_one_another(light, site):
    show(light, site, "CosineScheduler(max_update=1000,base_lr=1)")
    add = light.find_element(By.XPATH, '//button[text()="Add a schedule"]')
    for count in range(2, 7):
        press(light, "Add a schedule")
        wait(light, lambda _, count=count: len(table(light).get(1, [])) == count)
    assert not add.is_enabled()
    for count in range(5, 0, -1):
        press(light, "Remove schedule 2")
        wait(light, lambda _, count=count: len(table(light).get(1, [])) == count)
    assert light.find_elements(By.CSS_SELECTOR, 'button[aria-label="Remove schedule 1"]') == []


def test_the_code_is_shown_for_each_framework(light, site):
    show(light, site, "linear(max_update=10,base_lr=1)")
    tree = {"type": "linear", "max_update": "10", "base_lr": "1"}
    (shown,) = ask(tree)["schedules"]
    select = Select(control(light, "code for").find_element(By.TAG_NAME, "select"))
    for name, text in {**shown["code"], "JSON config": shown["config"]}.items():
        select.select_by_visible_text(name)

        assert code(light) == text.rstrip("\n")
    light.get("about:blank")  # a running page keeps what was chosen


def test_the_rate_under_the_pointer_is_told(light, site):
    show(light, site, "FactorScheduler(step=250,factor=0.5,base_lr=1)")
    slider, readout = (
        light.find_element(By.CSS_SELECTOR, f".explorer-marker {tag}")
        for tag in ("input", "output")
    )
    light.execute_script("arguments[0].value = 501", slider)
    slider.send_keys(Keys.ARROW_RIGHT)
    wait(light, lambda _: readout.text == "Iteration 502: 0.25")
    assert slider.get_attribute("aria-valuetext") == "Iteration 502: 0.25"

    chart = light.find_element(By.CSS_SELECTOR, ".explorer-chart svg")
    left, right = (int(chart.get_attribute(f"data-{side}")) for side in ("left", "right"))
    light.execute_script(
        """
        const box = arguments[0].getBoundingClientRect(), x = box.left + arguments[1];
        arguments[0].dispatchEvent(new PointerEvent(
            "pointermove", {clientX: x, clientY: box.top + 50, bubbles: true}));
        """,
        chart,
        left + (right - left) * 0.3,
    )
    wait(light, lambda _: readout.text == "Iteration 300: 0.5")
    marker = chart.find_element(By.CLASS_NAME, "marker")
    moved = float(re.search(r"[\d.]+", marker.get_attribute("transform"))[0])

    assert moved == pytest.approx(left + (right - left) * 0.3, abs=0.1)


def test_picture_and_config_are_downloaded(light, site, tmp_path):
    behaviour = {"behavior": "allow", "downloadPath": str(tmp_path)}
    light.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)
    show(light, site, "one_cycle(max_update=100,warmup_steps=30,base_lr=1.0)")
    for label in ("Download SVG", "Download JSON"):
        press(light, label)
    svg, config = tmp_path / "schedules.svg", tmp_path / "schedule.json"
    wait(light, lambda _: svg.exists() and config.exists())

    assert svg.read_text("utf-8").startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "marker" not in svg.read_text("utf-8")
    assert from_config(json.loads(config.read_text("utf-8"))) == lr_scheduler.one_cycle(
        100, 30, base_lr=1.0
    )
    assert '"base_lr": 1.0' in config.read_text("utf-8")


def test_code_and_link_are_copied(light, site):
    for name in ("clipboardReadWrite", "clipboardSanitizedWrite"):
        light.execute_cdp_cmd("Browser.grantPermissions", {"permissions": [name]})
    show(light, site, "linear(max_update=10,base_lr=1)")
    box = light.find_element(By.CSS_SELECTOR, '[data-name="iterations of the table"] input')
    for label in ("Copy", "Copy link"):
        time.sleep(0.5)  # the address follows
        text = code(light) if label == "Copy" else light.current_url
        press(light, label)
        wait(light, lambda _: light.find_elements(By.XPATH, '//button[text()="Copied"]'))
        box.clear()
        box.send_keys(Keys.CONTROL, "v")

        assert "".join(box.get_attribute("value").split()) == "".join(text.split())


def test_the_focused_parameter_is_explained(light, site):
    show(light, site, "CosineScheduler(max_update=1000,base_lr=1)")
    box, slider = control(light, "max_update").find_elements(By.TAG_NAME, "input")
    text = "Iteration that has the final rate: at least 1, above warmup_steps."
    slider.send_keys(Keys.ARROW_LEFT)

    assert box.get_attribute("title") == text
    assert light.find_element(By.CLASS_NAME, "explorer-help").text == f"max_update: {text}"


def test_the_schedule_inside_a_method_is_edited(light, site):
    show(light, site, "clip(scheduler=CosineScheduler(max_update=1000,base_lr=1),low=0.1)")
    inner = light.find_element(By.CSS_SELECTOR, "fieldset fieldset")
    box = inner.find_element(By.CSS_SELECTOR, '[data-name="max_update"] input')
    box.clear()
    box.send_keys("500")
    wait(
        light,
        lambda _: "CosineScheduler(max_update=500, base_lr=1).clip(low=0.1)" in code(light),
    )


def test_what_was_typed_comes_back_with_its_kind(light, site):
    show(light, site, "CosineScheduler(max_update=500,base_lr=0.7)")
    choose(light, "FactorScheduler")
    wait(light, lambda _: "FactorScheduler(step=250, factor=0.5, base_lr=0.7)" in code(light))
    choose(light, "CosineScheduler")
    wait(light, lambda _: "CosineScheduler(max_update=500, base_lr=0.7)" in code(light))
    choose(light, "repeat")
    wait(
        light,
        lambda _: "repeat(CosineScheduler(max_update=500, base_lr=0.7), 250" in code(light),
    )
    assert focus(light) == "SELECT schedule"


def test_one_more_in_a_join_has_a_boundary_too(light, site):
    show(light, site, "join(schedulers=[0.5,1],step=[100])")
    press(light, "One more in schedulers")
    wait(light, lambda _: "join([0.5, 1, 0.1], [100, 200])" in code(light))
    assert focus(light) == "One more in schedulers"
    press(light, "Remove schedulers[1]")
    wait(light, lambda _: "join([0.5, 0.1], [200])" in code(light))
    assert focus(light) == "One more in schedulers"


def test_a_link_is_selected_where_it_cannot_be_copied(light, site):
    show(light, site, "linear(max_update=500)")
    light.execute_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    press(light, "Copy link")
    wait(light, says("Selected, to be copied."))

    assert light.execute_script("return getSelection().toString()").endswith(
        "linear(max_update=500)"
    )
    light.get("about:blank")
