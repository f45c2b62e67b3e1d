"""What a reader does with the explorer: every control does what it says."""

import json
import re

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


def test_a_slider_moves_with_the_arrow_keys(browser, site):
    show(browser, site, "FactorScheduler(step=250,factor=0.5,base_lr=1)&last=1000")
    box, slider = control(browser, "step").find_elements(By.TAG_NAME, "input")
    slider.send_keys(Keys.ARROW_RIGHT)
    wait(browser, lambda _: "step=260" in code(browser))

    assert box.get_attribute("value") == "260"
    assert table(browser)[1000] == ["0.125"]
    addressed(browser, "FactorScheduler(step=260,factor=0.5,base_lr=1)")


def test_a_number_is_typed_and_the_slider_follows(browser, site):
    show(browser, site, "CosineScheduler(max_update=1000,base_lr=1)")
    type_in(browser, "base_lr", "3e-4")
    wait(browser, lambda _: "base_lr=0.0003" in code(browser))
    slider = control(browser, "base_lr").find_elements(By.TAG_NAME, "input")[1]

    assert (slider.get_attribute("max"), slider.get_attribute("value")) == ("0.001", "0.0003")
    assert table(browser)[1] == [
        repr(from_config({"type": "CosineScheduler", "max_update": 1000, "base_lr": 3e-4})(1))
    ]


def test_an_error_stands_beside_its_argument_until_it_is_mended(browser, site):
    show(browser, site, "CosineScheduler(max_update=1000,base_lr=1)")
    before = browser.find_element(By.CLASS_NAME, "explorer-chart").get_attribute("innerHTML")
    type_in(browser, "warmup_steps", "1000")
    text = "warmup_steps must be less than max_update = 1000, got 1000"
    wait(browser, says(f"Schedule 1: {text}."))
    place = control(browser, "warmup_steps")
    box = place.find_element(By.TAG_NAME, "input")
    error = place.find_element(By.CLASS_NAME, "explorer-error")

    assert error.text == text
    assert box.get_attribute("aria-invalid") == "true"
    assert box.get_attribute("aria-describedby") == error.get_attribute("id")
    assert code(browser) == ""
    assert "stale" in browser.find_element(By.CLASS_NAME, "explorer-chart").get_attribute(
        "class"
    )

    type_in(browser, "warmup_steps", "0")
    wait(browser, says(COMPUTED))
    after = browser.find_element(By.CLASS_NAME, "explorer-chart").get_attribute("innerHTML")

    assert not error.is_displayed()
    assert box.get_attribute("aria-invalid") is None
    assert after == before


def test_every_schedule_can_be_chosen_and_looked_up(browser, site):
    visit(browser, site.url + PAGE)
    select = control(browser, "schedule").find_element(By.TAG_NAME, "select")
    for name in [each.text for each in Select(select).options]:
        choose(browser, name)
        rates = browser.find_element(By.CLASS_NAME, "explorer-table")
        wait(browser, lambda _, name=name, rates=rates: f"1 {name}" in rates.text)

        link = browser.find_element(By.CSS_SELECTOR, ".explorer-card a").get_attribute("href")
        page, _, anchor = link.removeprefix(site.url).partition("#")
        assert f'id="{anchor}"' in (SITE / page).read_text("utf-8")
        assert status(browser) == COMPUTED
        addressed(browser, name)


def test_a_warm_up_is_joined_and_its_error_is_inside(browser, site):
    show(browser, site, "cosine_restarts(period=250,base_lr=1)&iterations=251")
    press(browser, "Join a warm-up")
    wait(browser, lambda _: "join(" in code(browser))

    assert table(browser)[251] == [
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

    inner = browser.find_elements(By.CSS_SELECTOR, "fieldset fieldset")[1]
    box = inner.find_element(By.CSS_SELECTOR, '[data-name="period"] input')
    box.clear()
    box.send_keys("0")
    wait(browser, says("period must be at least 1 iteration, got 0"))

    assert (
        "got 0"
        in inner.find_element(By.CSS_SELECTOR, '[data-name="period"] .explorer-error').text
    )


def test_schedules_are_laid_over_one_another(browser, site):
    show(browser, site, "CosineScheduler(max_update=1000,base_lr=1)")
    add = browser.find_element(By.XPATH, '//button[text()="Add a schedule"]')
    for count in range(2, 7):
        press(browser, "Add a schedule")
        wait(browser, lambda _, count=count: len(table(browser).get(1, [])) == count)
    assert not add.is_enabled()
    for count in range(5, 0, -1):
        press(browser, "Remove schedule 2")
        wait(browser, lambda _, count=count: len(table(browser).get(1, [])) == count)
    assert (
        browser.find_elements(By.CSS_SELECTOR, 'button[aria-label="Remove schedule 1"]') == []
    )


def test_the_code_is_shown_for_each_framework(browser, site):
    show(browser, site, "linear(max_update=10,base_lr=1)")
    config = {"type": "linear", "max_update": "10", "base_lr": "1"}
    (entry,) = ask(config)["schedules"]
    select = Select(control(browser, "code for").find_element(By.TAG_NAME, "select"))
    for name, text in {**entry["code"], "JSON config": entry["config"]}.items():
        select.select_by_visible_text(name)

        assert code(browser) == text.rstrip("\n")
    browser.get("about:blank")  # a running page keeps what was chosen


def test_the_page_says_the_rate_under_the_pointer(browser, site):
    show(browser, site, "FactorScheduler(step=250,factor=0.5,base_lr=1)")
    slider, readout = (
        browser.find_element(By.CSS_SELECTOR, f".explorer-marker {tag}")
        for tag in ("input", "output")
    )
    browser.execute_script("arguments[0].value = 501", slider)
    slider.send_keys(Keys.ARROW_RIGHT)
    wait(browser, lambda _: readout.text == "Iteration 502: 0.25")
    assert slider.get_attribute("aria-valuetext") == "Iteration 502: 0.25"

    chart = browser.find_element(By.CSS_SELECTOR, ".explorer-chart svg")
    left, right = (int(chart.get_attribute(f"data-{side}")) for side in ("left", "right"))
    browser.execute_script(
        """
        const box = arguments[0].getBoundingClientRect(), x = box.left + arguments[1];
        arguments[0].dispatchEvent(new PointerEvent(
            "pointermove", {clientX: x, clientY: box.top + 50, bubbles: true}));
        """,
        chart,
        left + (right - left) * 0.3,
    )
    wait(browser, lambda _: readout.text == "Iteration 300: 0.5")
    marker = chart.find_element(By.CLASS_NAME, "marker")
    moved = float(re.search(r"[\d.]+", marker.get_attribute("transform"))[0])

    assert moved == pytest.approx(left + (right - left) * 0.3, abs=0.1)


def test_picture_and_config_are_downloaded(browser, site, tmp_path):
    behaviour = {"behavior": "allow", "downloadPath": str(tmp_path)}
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)
    show(browser, site, "one_cycle(max_update=100,warmup_steps=30,base_lr=1.0)")
    for label in ("Download SVG", "Download JSON"):
        press(browser, label)
    svg, config = tmp_path / "schedules.svg", tmp_path / "schedule.json"
    wait(browser, lambda _: svg.exists() and config.exists())

    assert svg.read_text("utf-8").startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "marker" not in svg.read_text("utf-8")
    assert from_config(json.loads(config.read_text("utf-8"))) == lr_scheduler.one_cycle(
        100, 30, base_lr=1.0
    )
    assert '"base_lr": 1.0' in config.read_text("utf-8")


def test_code_and_link_are_copied(browser, site):
    for name in ("clipboardReadWrite", "clipboardSanitizedWrite"):
        browser.execute_cdp_cmd("Browser.grantPermissions", {"permissions": [name]})
    show(browser, site, "linear(max_update=10,base_lr=1)")
    box = browser.find_element(By.CSS_SELECTOR, '[data-name="iterations of the table"] input')

    def pasted(label):
        press(browser, label)
        copied = f'//button[@data-text="{label}" and text()="Copied"]'
        wait(browser, lambda _: browser.find_elements(By.XPATH, copied))
        box.clear()
        box.send_keys(Keys.CONTROL, "v")
        return "".join(box.get_attribute("value").split())

    assert pasted("Copy") == "".join(code(browser).split())
    addressed(browser, "iterations=")
    address = browser.current_url
    assert pasted("Copy link") == address


def test_the_focused_parameter_is_explained(browser, site):
    show(browser, site, "CosineScheduler(max_update=1000,base_lr=1)")
    box, slider = control(browser, "max_update").find_elements(By.TAG_NAME, "input")
    text = "Iteration that reaches the final rate: at least 1, above warmup_steps."
    slider.send_keys(Keys.ARROW_LEFT)

    assert box.get_attribute("title") == text
    assert browser.find_element(By.CLASS_NAME, "explorer-help").text == f"max_update: {text}"


def test_the_schedule_inside_a_method_is_edited(browser, site):
    show(browser, site, "clip(scheduler=CosineScheduler(max_update=1000,base_lr=1),low=0.1)")
    inner = browser.find_element(By.CSS_SELECTOR, "fieldset fieldset")
    box = inner.find_element(By.CSS_SELECTOR, '[data-name="max_update"] input')
    box.clear()
    box.send_keys("500")
    wait(
        browser,
        lambda _: "CosineScheduler(max_update=500, base_lr=1).clip(low=0.1)" in code(browser),
    )


def test_what_was_typed_comes_back_with_its_kind(browser, site):
    show(browser, site, "CosineScheduler(max_update=500,base_lr=0.7)")
    choose(browser, "FactorScheduler")
    wait(
        browser, lambda _: "FactorScheduler(step=250, factor=0.5, base_lr=0.7)" in code(browser)
    )
    choose(browser, "CosineScheduler")
    wait(browser, lambda _: "CosineScheduler(max_update=500, base_lr=0.7)" in code(browser))
    choose(browser, "repeat")
    wait(
        browser,
        lambda _: "repeat(CosineScheduler(max_update=500, base_lr=0.7), 250" in code(browser),
    )
    assert focus(browser) == "SELECT schedule"


def test_one_more_in_a_join_has_a_boundary_too(browser, site):
    show(browser, site, "join(schedulers=[0.5,1],boundaries=[100])")
    press(browser, "One more in schedulers")
    wait(browser, lambda _: "join([0.5, 1, 0.1], [100, 200])" in code(browser))
    assert focus(browser) == "One more in schedulers"
    press(browser, "Remove schedulers[1]")
    wait(browser, lambda _: "join([0.5, 0.1], [200])" in code(browser))
    assert focus(browser) == "One more in schedulers"


def test_a_link_is_selected_where_it_cannot_be_copied(browser, site):
    show(browser, site, "linear(max_update=500,base_lr=1)")
    browser.execute_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    press(browser, "Copy link")
    wait(browser, says("Selected, to be copied."))

    assert browser.execute_script("return getSelection().toString()").endswith(
        "linear(max_update=500,base_lr=1)"
    )
    browser.get("about:blank")
