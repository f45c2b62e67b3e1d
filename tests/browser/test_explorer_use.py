"""What a reader does with the explorer: every control does what it says."""

import json
import re
import struct
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
    handle,
    message,
    press,
    says,
    setting,
    settled,
    show,
    status,
    table,
    type_in,
    visit,
    wait,
)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from support.random_configs import ask

import lr_scheduler
from lr_scheduler import from_config
from lr_scheduler._chart import COLOURS, DASHES


def test_a_slider_moves_with_the_arrow_keys(browser, site):
    show(browser, site, "FactorScheduler(step=250,factor=0.5,base_lr=1)&last=1000")
    box, slider = control(browser, "step").find_elements(By.TAG_NAME, "input")
    slider.send_keys(Keys.ARROW_RIGHT)
    wait(browser, lambda _: "step=300" in code(browser))

    assert box.get_attribute("value") == "300"
    assert table(browser)[1000] == ["0.125"]
    addressed(browser, "FactorScheduler(step=300,factor=0.5,base_lr=1)")


def test_a_small_rate_is_as_near_as_a_large_one(browser, site):
    show(browser, site, "CosineScheduler(max_update=1000,base_lr=1)")
    box, slider = control(browser, "base_lr").find_elements(By.TAG_NAME, "input")
    found = []
    for _ in range(60):
        slider.send_keys(Keys.ARROW_LEFT)
        found.append(box.get_attribute("value"))

    assert {"0.0003", "3e-5"} <= {*found}
    assert len({*found}) == 60


@pytest.mark.parametrize(
    ("typed", "rate"), [("3e-4", 3e-4), ("1/3", 1 / 3), ("512 ** -0.5", 512**-0.5)]
)
def test_a_number_is_typed_as_python_reads_it(browser, site, typed, rate):
    show(browser, site, "CosineScheduler(max_update=1000,base_lr=1)")
    type_in(browser, "base_lr", typed)
    wait(
        browser,
        lambda _: (
            table(browser).get(1) == [repr(lr_scheduler.CosineScheduler(1000, base_lr=rate)(1))]
        ),
    )


def boxes(browser):
    """Return where the controls of the first card are."""
    return browser.execute_script(
        """
        return [...document.querySelectorAll(".explorer-card [data-name]")].map((each) => {
            const {x, y, width, height} = each.getBoundingClientRect();
            return [x, y + scrollY, width, height];
        });
        """
    )


def test_an_error_moves_nothing_and_leaves_the_last_curve(browser, site):
    show(browser, site, "CosineScheduler(max_update=1000,base_lr=1)")
    before = browser.find_element(By.CLASS_NAME, "explorer-chart").get_attribute("innerHTML")
    places = boxes(browser)
    type_in(browser, "warmup_steps", "1000")
    text = "warmup_steps must be less than max_update = 1000, got 1000"
    wait(browser, says(f"Schedule 1: {text}."))
    wait(browser, settled)
    box = control(browser, "warmup_steps").find_element(By.TAG_NAME, "input")

    assert boxes(browser) == places
    assert message(browser) == text
    assert box.get_attribute("aria-invalid") == "true"
    described = browser.find_element(By.ID, box.get_attribute("aria-describedby"))
    assert described.text == text
    bottom = box.rect["y"] + box.rect["height"]
    assert bottom <= described.rect["y"] < bottom + 10
    assert code(browser) == ""
    written = control(browser, "as text").find_element(By.TAG_NAME, "textarea")
    assert "stale" in written.get_attribute("class")
    faint = browser.find_elements(By.CSS_SELECTOR, '.explorer-chart path[opacity="0.3"]')
    assert len(faint) == 1

    type_in(browser, "warmup_steps", "0")
    wait(browser, says(COMPUTED))
    wait(browser, settled)
    after = browser.find_element(By.CLASS_NAME, "explorer-chart").get_attribute("innerHTML")

    assert message(browser) != text
    assert box.get_attribute("aria-invalid") is None
    assert after == before


def test_every_schedule_can_be_chosen_and_looked_up(browser, site):
    visit(browser, site.url + PAGE)
    select = control(browser, "schedule").find_element(By.TAG_NAME, "select")
    for name in [each.text for each in Select(select).options]:
        choose(browser, name)
        rates = browser.find_element(By.CLASS_NAME, "explorer-table")
        wait(browser, lambda _, name=name, rates=rates: f"1 {name}" in rates.text)
        wait(browser, settled)

        link = browser.find_element(By.CSS_SELECTOR, ".explorer-card a").get_attribute("href")
        page, _, anchor = link.removeprefix(site.url).partition("#")
        assert f'id="{anchor}"' in (SITE / page).read_text("utf-8")
        assert status(browser) == COMPUTED
        addressed(browser, name)


def test_a_schedule_with_a_warm_up_of_its_own_is_not_joined(browser, site):
    show(browser, site, "stretch(scheduler=CosineScheduler(max_update=90,base_lr=1),factor=50)")
    press(browser, "Add a warm-up")
    wait(browser, lambda _: "warmup_steps=4)" in written(browser))

    assert "join(" not in code(browser)
    assert focus(browser) == "INPUT warmup_steps"


def test_a_warm_up_rises_to_the_schedule_and_its_error_is_inside(browser, site):
    show(browser, site, "cosine_restarts(period=250,base_lr=3e-4)&iterations=50,51")
    press(browser, "Add a warm-up")
    wait(browser, lambda _: "join(" in code(browser))
    wait(browser, settled)
    schedule = lr_scheduler.join(
        [
            lr_scheduler.PiecewiseScheduler([0, 50], [0, 3e-4]),
            lr_scheduler.cosine_restarts(250, base_lr=3e-4),
        ],
        [50],
    )
    assert table(browser) == {t: [repr(schedule(t))] for t in (50, 51)}

    inner = browser.find_elements(By.CSS_SELECTOR, "fieldset fieldset")[1]
    box = inner.find_element(By.CSS_SELECTOR, '[data-name="period"] input')
    box.clear()
    box.send_keys("0")
    wait(browser, says("period must be at least 1 iteration, got 0"))

    assert "got 0" in message(browser)
    assert box.get_attribute("aria-invalid") == "true"


def test_schedules_are_laid_over_one_another(browser, site):
    show(browser, site, "CosineScheduler(max_update=1000,base_lr=1)")
    add = browser.find_element(By.XPATH, '//button[text()="Add a schedule"]')
    for count in range(2, 7):
        press(browser, "Add a schedule")
        wait(browser, lambda _, count=count: len(table(browser).get(1, [])) == count)
    assert not add.is_enabled()
    assert lines(browser, ".explorer-legend .explorer-swatch path") == LINES
    assert lines(browser, ".explorer-card .explorer-swatch path") == LINES
    for count in range(5, 0, -1):
        press(browser, "Remove schedule 2")
        wait(browser, lambda _, count=count: len(table(browser).get(1, [])) == count)
    assert (
        browser.find_elements(By.CSS_SELECTOR, 'button[aria-label="Remove schedule 1"]') == []
    )


LINES = [
    [f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})", dash]
    for colour, dash in zip(COLOURS, DASHES, strict=True)
]


def lines(browser, selector):
    """Return the colours and the dashes of lines."""
    return browser.execute_script(
        """
        return [...document.querySelectorAll(arguments[0])].map((path) => {
            const {stroke, strokeDasharray} = getComputedStyle(path);
            return [stroke, strokeDasharray.replace(/px|,/g, "")];
        });
        """,
        selector,
    )


def test_the_code_is_shown_for_each_framework(browser, site):
    show(browser, site, "linear(max_update=10,base_lr=1)")
    config = {"type": "linear", "max_update": "10", "base_lr": "1"}
    (entry,) = ask(config)["schedules"]
    select = Select(setting(browser, "code for"))
    for name, text in {**entry["code"], "JSON config": entry["config"]}.items():
        select.select_by_visible_text(name)

        assert code(browser) == text.rstrip("\n")
    browser.get("about:blank")  # a running page keeps what was chosen


def test_the_page_says_the_rate_under_the_pointer(browser, site):
    show(browser, site, "FactorScheduler(step=250,factor=0.5,base_lr=1)")
    slider = setting(browser, "iteration")
    readout = browser.find_element(By.CLASS_NAME, "explorer-readout")
    browser.execute_script("arguments[0].value = 501", slider)
    slider.send_keys(Keys.ARROW_RIGHT)
    wait(browser, lambda _: readout.text.split("\n") == ["Iteration 502", "0.25"])
    assert slider.get_attribute("aria-valuetext") == "Iteration 502: 0.25"

    chart = browser.find_element(By.CSS_SELECTOR, ".explorer-chart svg")
    left, right = (int(chart.get_attribute(f"data-{side}")) for side in ("left", "right"))
    point(browser, chart, left + (right - left) * 0.3)
    wait(browser, lambda _: readout.text.split("\n") == ["Iteration 300", "0.5"])
    marker = chart.find_element(By.CLASS_NAME, "marker")
    moved = float(re.search(r"[\d.]+", marker.get_attribute("transform"))[0])

    assert moved == pytest.approx(left + (right - left) * 0.3, abs=0.1)
    scale = chart.size["height"] / int(chart.get_attribute("height"))
    foot = chart.rect["y"] + int(chart.get_attribute("data-foot")) * scale
    assert readout.rect["y"] >= foot - 1  # it covers no curve


def point(browser, chart, x):
    """Move the pointer to a place in the chart, in the pixels of the picture."""
    browser.execute_script(
        """
        const box = arguments[0].getBoundingClientRect();
        const x = box.left + arguments[1] * box.width / arguments[0].viewBox.baseVal.width;
        arguments[0].dispatchEvent(new PointerEvent(
            "pointermove", {clientX: x, clientY: box.top + 50, bubbles: true}));
        """,
        chart,
        x,
    )


@pytest.mark.parametrize(
    ("settings", "name", "told", "end"),
    [
        ("x=epochs&per=500/5", "Epoch", "Iteration 500, epoch 5", "epoch 10"),
        ("x=tokens&per=2000000", "Tokens (billions)", "Iteration 500, 1B tokens", "2B tokens"),
        ("x=percent", "Percent of training", "Iteration 500, 50.0 %", "100.0 %"),
    ],
)
def test_the_x_axis_counts_what_the_reader_counts(browser, site, settings, name, told, end):
    show(browser, site, f"linear(max_update=1000,base_lr=1)&{settings}&y=log")
    slider = setting(browser, "iteration")
    browser.execute_script("arguments[0].value = 499", slider)
    slider.send_keys(Keys.ARROW_RIGHT)
    wait(browser, lambda _: (slider.get_attribute("aria-valuetext") or "").startswith(told))
    chart = browser.find_element(By.CSS_SELECTOR, ".explorer-chart svg")
    texts = [each.text for each in chart.find_elements(By.TAG_NAME, "text")]

    assert name in texts
    assert {"0.001", "0.01", "0.1", "1"} <= {*texts}  # a logarithmic y-axis
    label = browser.find_element(By.CSS_SELECTOR, '[data-name="last iteration"] label')
    assert label.text == f"last iteration ({end})"


def test_a_point_is_dragged_and_the_controls_follow(browser, site):
    show(browser, site, "CosineScheduler(max_update=1000,base_lr=1,warmup_steps=100)")
    peak = handle(browser, 0)
    assert peak.get_attribute("aria-label") == (
        "Schedule 1, end of warm-up, peak: iteration 100, rate 1"
    )
    chart = browser.find_element(By.CSS_SELECTOR, ".explorer-chart svg")
    axis = int(chart.get_attribute("data-right")) - int(chart.get_attribute("data-left"))
    height = int(chart.get_attribute("data-foot")) - int(chart.get_attribute("data-top"))
    actions = ActionChains(browser).click_and_hold(peak)
    actions.move_by_offset(axis // 10, height // 4).perform()
    faint = '.explorer-chart path[opacity="0.3"]'
    wait(browser, lambda _: browser.find_elements(By.CSS_SELECTOR, faint))
    time.sleep(0.6)  # the curve before the drag stays while the point is held
    assert browser.find_elements(By.CSS_SELECTOR, faint)
    ActionChains(browser).release().perform()
    wait(browser, settled)

    assert "warmup_steps=200" in code(browser)
    rate = float(
        control(browser, "base_lr").find_element(By.TAG_NAME, "input").get_attribute("value")
    )
    assert rate == pytest.approx(0.75, abs=0.02)
    assert not browser.find_elements(By.CSS_SELECTOR, faint)


def end_of_axis(browser):
    chart = browser.find_element(By.CSS_SELECTOR, ".explorer-chart svg")
    return int(chart.get_attribute("data-last"))


def test_the_end_of_training_stays_where_it_is_dropped(browser, site):
    show(browser, site, "linear(max_update=1000,base_lr=1)")
    chart = browser.find_element(By.CSS_SELECTOR, ".explorer-chart svg")
    axis = int(chart.get_attribute("data-right")) - int(chart.get_attribute("data-left"))
    end = handle(browser, 1)
    dropped = ActionChains(browser).click_and_hold(end).move_by_offset(-axis // 5, 0).release()
    dropped.perform()
    wait(browser, settled)

    assert "max_update=800" in code(browser)
    assert end_of_axis(browser) == 1000
    addressed(browser, "max_update=800")

    start = end.rect["x"]
    ActionChains(browser).click_and_hold(end).move_by_offset(axis // 5 + 10, 0).perform()
    wait(
        browser, lambda _: end_of_axis(browser) > 1100
    )  # it grows while the point is held there
    ActionChains(browser).release().perform()
    wait(browser, settled)

    assert f"max_update={end_of_axis(browser)}" in code(browser)
    assert end.rect["x"] == pytest.approx(start + axis / 5, abs=3)
    addressed(browser, f"max_update={end_of_axis(browser)},")
    press(browser, "Undo")
    wait(browser, lambda _: settled(browser) and end_of_axis(browser) == 800)


def test_a_point_of_a_stretched_schedule_is_dragged(browser, site):
    inner = "linear(max_update=90,base_lr=1/10,warmup_steps=5)"
    show(browser, site, f"stretch(scheduler={inner},factor=100.3)&x=epochs&per=100.3")
    handle(browser, 0).send_keys(Keys.ARROW_RIGHT)
    wait(browser, lambda _: "base_lr=1/10, warmup_steps=6)" in written(browser))
    handle(browser, 0).send_keys(Keys.ARROW_UP)
    wait(browser, lambda _: "base_lr=0.101, warmup_steps=6)" in written(browser))
    box = control(browser, "warmup_steps").find_element(By.TAG_NAME, "input")

    assert box.get_attribute("value") == "6"


def test_a_point_moves_by_keys_and_a_knot_is_removed(browser, site):
    show(browser, site, "PiecewiseScheduler(boundaries=[0,100,700,1000],values=[0,1,0.5,0])")
    handle(browser, 1).send_keys(Keys.ARROW_RIGHT, Keys.ARROW_DOWN)
    wait(browser, lambda _: "boundaries=[0, 110, 700, 1000]" in code(browser))
    assert "values=[0, 0.99, 0.5, 0]" in code(browser)
    handle(browser, 2).send_keys(Keys.DELETE)
    wait(browser, lambda _: "boundaries=[0, 110, 1000]" in code(browser))
    press(browser, "Add a knot")
    wait(browser, lambda _: "boundaries=[0, 110, 555, 1000]" in code(browser))


def test_back_undoes_and_forward_does_it_again(browser, site):
    show(browser, site, "linear(max_update=1000,base_lr=1)")
    for number in ("0.5", "0.25"):
        type_in(browser, "base_lr", number)
        addressed(browser, f"base_lr={number})")
        wait(browser, settled)
        time.sleep(1.1)  # a pause, after which the next change is another edit
    browser.back()
    wait(browser, lambda _: "base_lr=0.5" in code(browser))
    press(browser, "Undo")
    wait(browser, lambda _: "base_lr=1" in code(browser))
    press(browser, "Redo")
    wait(browser, lambda _: "base_lr=0.5" in code(browser))


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("0.5 * CosineScheduler(100, base_lr=3e-4)", "0.5 * CosineScheduler(max_update=100"),
        (repr(lr_scheduler.linear(100, base_lr=1)), "PolyScheduler(max_update=100, base_lr=1"),
        ('{"type": "linear", "max_update": 100, "base_lr": 1}', "linear(max_update=100"),
    ],
)
def test_a_text_is_pasted(browser, site, text, expression):
    show(browser, site, "FactorScheduler(step=250)")
    box = browser.find_element(By.CSS_SELECTOR, ".explorer-card textarea")
    box.clear()
    box.send_keys(text)
    wait(browser, lambda _: settled(browser) and expression in code(browser))
    assert browser.switch_to.active_element == box


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("CosineScheduler(100, lr=1)", "CosineScheduler has no parameter 'lr'"),
        ("CosineScheduler(100", "'(' was never closed"),
        ('{"type": "linear", "max_update": 100,', "invalid JSON: "),
        ("x" * 5, "'xxxxx' is not a value"),
        ("CosineSchedule(100)", "did you mean CosineScheduler?"),
    ],
)
def test_a_wrong_text_says_what_is_wrong(browser, site, text, error):
    show(browser, site, f"FactorScheduler(step={100 + len(text)})")
    box = browser.find_element(By.CSS_SELECTOR, ".explorer-card textarea")
    box.clear()
    box.send_keys(text)
    wait(browser, lambda _: error in message(browser))
    assert box.get_attribute("aria-invalid") == "true"
    assert error in status(browser)
    assert not status(browser).endswith("?.")
    code_panel = browser.find_element(By.CLASS_NAME, "explorer-code")
    assert "stale" in code_panel.get_attribute("class")


def test_a_famous_schedule_is_opened(browser, site):
    show(browser, site, "FactorScheduler(step=250)")
    Select(setting(browser, "famous schedule")).select_by_visible_text("BERT (2018)")
    wait(browser, lambda _: settled(browser) and "linear(" in code(browser))

    assert table(browser)[1_000_000] == ["0.0"]
    addressed(browser, "linear(max_update=1_000_000,base_lr=1e-4,warmup_steps=10_000)")
    famous = Select(setting(browser, "famous schedule"))
    assert famous.first_selected_option.text == "BERT (2018)"
    source = browser.find_element(By.CSS_SELECTOR, '[aria-label="Source of BERT (2018)"]')
    link = source.get_attribute("href")
    page, _, anchor = link.removeprefix(site.url).partition("#")
    assert f'id="{anchor}"' in (SITE / page).read_text("utf-8")

    type_in(browser, "base_lr", "1e-3")
    assert famous.first_selected_option.text == "choose …"
    assert not source.is_displayed()


def test_undo_right_after_typing_undoes_that(browser, site):
    show(browser, site, "linear(max_update=777,base_lr=1)")
    box = control(browser, "max_update").find_element(By.TAG_NAME, "input")
    box.send_keys(Keys.END, "8")
    addressed(browser, "max_update=7778")
    browser.execute_script(
        """
        const [box, text] = arguments;
        box.value += text;
        box.dispatchEvent(new Event("input"));
        document.querySelector('[data-text="Undo"]').click();
        """,
        box,
        "9",
    )
    wait(browser, lambda _: settled(browser) and "max_update=777," in code(browser))
    press(browser, "Redo")
    wait(browser, lambda _: settled(browser) and "max_update=77789," in code(browser))


@pytest.mark.parametrize(
    ("name", "reached"),
    [("warmup_steps", "800"), ("decay_steps", "900"), ("max_update", "300")],
)
def test_a_slider_ends_at_what_the_schedule_allows(browser, site, name, reached):
    schedule = "max_update=1000,decay_steps=200,base_lr=1,warmup_steps=100"
    show(browser, site, f"warmup_stable_decay({schedule})".replace("1000", "1_000"))
    box, slider = control(browser, name).find_elements(By.TAG_NAME, "input")
    slider.send_keys(Keys.HOME if name == "max_update" else Keys.END)
    wait(browser, lambda _: settled(browser) and f"{name}={reached}" in code(browser))

    assert box.get_attribute("value") == reached
    assert status(browser) == COMPUTED
    type_in(browser, "decay_steps", "10")
    wait(browser, lambda _: settled(browser) and "decay_steps=10," in code(browser))
    slider.send_keys(Keys.HOME if name == "max_update" else Keys.END)
    ends = {"warmup_steps": "990", "decay_steps": "900", "max_update": "110"}
    wait(browser, lambda _: box.get_attribute("value") == ends[name])


def at(browser, element):
    """Return the element that a press in the middle of an element reaches."""
    return browser.execute_script(
        """
        arguments[0].scrollIntoView({block: "center"});
        const {x, y, width, height} = arguments[0].getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2);
        """,
        element,
    )


def test_every_point_can_be_reached(browser, site):
    show(browser, site, "linear(max_update=500,base_lr=1)&FactorScheduler(step=250,base_lr=1)")
    for schedule in (1, 0):
        control(browser, "base_lr", schedule).find_element(By.TAG_NAME, "input").click()
        assert at(browser, handle(browser, 0, schedule)) == handle(browser, 0, schedule)
    choose(browser, "cosine_restarts")
    wait(browser, lambda _: settled(browser) and "cosine_restarts(" in code(browser))
    assert at(browser, handle(browser, 0)) == handle(browser, 0)

    at(browser, handle(browser, 0)).click()
    assert at(browser, handle(browser, 0)) == handle(browser, 0, 1)


def test_an_error_of_the_table_leaves_the_code(browser, site):
    show(browser, site, "linear(max_update=500,base_lr=1)&iterations=x", "got 'x'")
    rates, panel = (
        browser.find_element(By.CLASS_NAME, f"explorer-{name}").get_attribute("class")
        for name in ("table", "code")
    )
    assert ("stale" in rates, "stale" in panel) == (True, False)


def test_a_point_moves_in_whole_epochs(browser, site):
    show(browser, site, "CosineScheduler(max_update=90*5005,base_lr=1,warmup_steps=5*5005)")
    Select(setting(browser, "x-axis")).select_by_visible_text("epochs")
    per = setting(browser, "per")
    wait(browser, says("iterations per epoch is empty: type a number"))
    assert per.get_attribute("value") == ""
    assert per.get_attribute("aria-invalid") == "true"

    per.send_keys("5005")
    wait(browser, lambda _: status(browser) == COMPUTED and settled(browser))
    handle(browser, 0).send_keys(Keys.ARROW_RIGHT)
    wait(browser, lambda _: f"warmup_steps={6 * 5005}" in code(browser))


def test_the_whole_loop_is_seen_and_in_the_address(browser, site):
    show(browser, site, "linear(max_update=10,base_lr=1)")
    Select(setting(browser, "code for")).select_by_visible_text("PyTorch")
    box = browser.find_element(By.CLASS_NAME, "explorer-text")
    scrolled, seen = (box.get_property(f"{kind}Height") for kind in ("scroll", "client"))
    assert scrolled == seen > 300
    addressed(browser, "code=PyTorch")
    visit(browser, browser.current_url)
    wait(browser, lambda _: "to_torch" in code(browser))
    browser.get("about:blank")


def test_the_last_correct_curve_is_that_before_the_edit(browser, site):
    show(browser, site, "linear(max_update=500,base_lr=0.5)")
    line = browser.find_element(By.CSS_SELECTOR, ".explorer-chart path[stroke-width]")
    before = line.get_attribute("d")
    box = control(browser, "warmup_steps").find_element(By.TAG_NAME, "input")
    box.send_keys(Keys.CONTROL, "a")
    for sign in "99x":
        box.send_keys(sign)
        wait(browser, lambda _: settled(browser))
    wait(browser, says("got '99x'"))
    faint = browser.find_element(By.CSS_SELECTOR, '.explorer-chart path[opacity="0.3"]')
    assert faint.get_attribute("d") == before


def test_a_text_is_read_though_the_focus_leaves_it(browser, site):
    show(browser, site, "linear(max_update=500,base_lr=1)")
    browser.execute_script(
        """
        const box = document.querySelector(".explorer-card textarea");
        box.focus();
        box.value = "linear(321, base_lr=1)";
        box.dispatchEvent(new Event("input"));
        box.blur();
        """
    )
    wait(browser, lambda _: settled(browser) and "max_update=321" in code(browser))


def test_the_value_is_at_a_point_while_it_is_dragged(browser, site):
    show(browser, site, "CosineScheduler(max_update=1000,base_lr=1,warmup_steps=100)")
    readout = browser.find_element(By.CLASS_NAME, "explorer-readout")
    dragged = ActionChains(browser).click_and_hold(handle(browser, 0))
    dragged.move_by_offset(60, 0).perform()
    steps = control(browser, "warmup_steps").find_element(By.TAG_NAME, "input")
    wait(
        browser,
        lambda _: (
            readout.text.split("\n") == [f"Iteration {steps.get_attribute('value')}", "1"]
        ),
    )
    assert steps.get_attribute("value") != "100"
    ActionChains(browser).release().perform()
    wait(browser, settled)


def test_the_marker_is_below_its_iteration(browser, site):
    show(browser, site, "linear(max_update=450450,base_lr=1)")
    slider = setting(browser, "iteration")
    chart = browser.find_element(By.CSS_SELECTOR, ".explorer-chart svg")
    scale = chart.rect["width"] / int(chart.get_attribute("width"))
    left, right = (
        chart.rect["x"] + scale * int(chart.get_attribute(f"data-{side}"))
        for side in ("left", "right")
    )
    assert slider.rect["x"] + 8 == pytest.approx(left, abs=1)
    assert slider.rect["x"] + slider.rect["width"] - 8 == pytest.approx(right, abs=1)
    slider.send_keys(Keys.ARROW_RIGHT)
    assert slider.get_attribute("value") == "1000"
    slider.send_keys(Keys.END)
    press(browser, "Start again")
    wait(browser, lambda _: settled(browser) and slider.get_attribute("max") == "1000")
    assert slider.get_attribute("value") == "1"


def test_arguments_are_in_the_order_of_the_controls(browser, site):
    show(browser, site, "CosineScheduler(max_update=500,base_lr=1)")
    type_in(browser, "final_lr", "0.1")
    type_in(browser, "warmup_steps", "10")
    wait(browser, lambda _: "base_lr=1, warmup_steps=10, final_lr=0.1)" in written(browser))


def test_pictures_and_config_are_downloaded(browser, site, tmp_path):
    behaviour = {"behavior": "allow", "downloadPath": str(tmp_path)}
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)
    show(browser, site, "one_cycle(max_update=100,warmup_steps=30,base_lr=1.0)&y=log")
    for label in ("Download SVG", "Download PNG", "Download JSON"):
        press(browser, label)
    svg, png, config = (tmp_path / f"schedule{end}" for end in ("s.svg", "s.png", ".json"))
    wait(browser, lambda _: svg.exists() and png.exists() and config.exists())

    assert svg.read_text("utf-8").startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "currentColor" not in svg.read_text("utf-8")
    width, height = struct.unpack(">II", png.read_bytes()[16:24])
    assert (width, height > 800) == (2 * 960, True)
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
    assert message(browser) == f"max_update: {text}"


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
    for name, text in (
        ("FactorScheduler", "FactorScheduler(step=250, factor=0.5, base_lr=0.7)"),
        ("CosineScheduler", "CosineScheduler(max_update=500, base_lr=0.7)"),
        ("repeat", "period=500"),  # as long as the schedule
    ):
        choose(browser, name)
        wait(browser, lambda _, text=text: text in code(browser))
    assert focus(browser) == "SELECT schedule"


def test_a_shape_is_a_word_or_a_number(browser, site):
    show(browser, site, "warmup_stable_decay(max_update=1000,decay_steps=200,base_lr=1)")
    mode = Select(control(browser, "mode").find_element(By.TAG_NAME, "select"))
    mode.select_by_visible_text("1-sqrt")
    wait(browser, lambda _: 'mode="1-sqrt"' in code(browser))
    mode.select_by_visible_text("other …")
    wait(browser, lambda _: "mode=2" in code(browser))


def test_the_cycles_say_what_a_choice_changes(browser, site):
    show(browser, site, "cosine_restarts(period=250,base_lr=1)")
    count_from = Select(control(browser, "count_from").find_element(By.TAG_NAME, "select"))
    assert count_from.first_selected_option.text == "1: its last, not its first"
    count_from.select_by_value("0")
    wait(browser, lambda _: "count_from=0" in code(browser))

    cycles = control(browser, "cycles").find_element(By.TAG_NAME, "input")
    assert cycles.get_attribute("placeholder") == "endless"
    type_in(browser, "cycles", "1e1")
    wait(browser, lambda _: "cycles=10" in code(browser))
    type_in(browser, "cycles", "None")
    error = "cycles must be an integer, got 'None': leave it empty for endless cycles"
    wait(browser, says(f"Schedule 1: {error}."))


def test_a_part_of_a_join_has_a_heading(browser, site):
    show(browser, site, "join(schedulers=[0.5,1],boundaries=[100])")
    legends = browser.find_elements(By.CSS_SELECTOR, ".explorer-nested legend")

    assert [each.text for each in legends] == [
        "schedule 1 of the join",
        "schedule 2 of the join",
    ]


def test_one_more_in_a_join_has_a_boundary_too(browser, site):
    show(browser, site, "join(schedulers=[0.5,1],boundaries=[100])")
    press(browser, "One more in schedulers")
    wait(
        browser,
        lambda _: "join(schedulers=[0.5, 1, 0.1], boundaries=[100, 200])" in written(browser),
    )
    assert focus(browser) == "One more in schedulers"
    press(browser, "Remove schedule 2 of the join")
    wait(browser, lambda _: "join(schedulers=[0.5, 0.1], boundaries=[200])" in written(browser))
    assert focus(browser) == "One more in schedulers"


def written(browser):
    """Return the code in a line."""
    return re.sub(r",? (?=\))", "", re.sub(r"\s+", " ", code(browser)).replace("( ", "("))


def test_a_link_is_selected_where_it_cannot_be_copied(browser, site):
    show(browser, site, "linear(max_update=500,base_lr=1)")
    browser.execute_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    press(browser, "Copy link")
    wait(browser, says("Selected, to be copied."))

    assert browser.execute_script("return getSelection().toString()").endswith(
        "linear(max_update=500,base_lr=1)"
    )
    browser.get("about:blank")
