"""The explorer is there for everyone: on small screens, by keyboard, without motion."""

import pytest
from checks import AXE, RUN_AXE
from reader import COMPUTED, PAGE, says, setting, show, type_in, unfold, visit, wait
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("page", [PAGE, "reference/FactorScheduler.html"])
def test_a_running_explorer_has_no_flaw(browser, site, page, mode, width):
    browser.resize(width)
    browser.prefer(mode)
    browser.get("about:blank")
    browser.get(site.url + page)
    unfold(browser)
    wait(browser, says(COMPUTED))
    type_in(browser, "warmup_steps", "x")
    wait(browser, says("got 'x'"))
    browser.execute_script(AXE.read_text("utf-8"))

    assert browser.execute_async_script(RUN_AXE) == []
    assert browser.execute_script("return document.documentElement.scrollWidth") == width
    assert browser.console() == []


def test_the_chart_is_drawn_for_a_phone(browser, site):
    browser.resize(375)
    visit(browser, site.url + PAGE)
    chart = browser.find_element(By.CSS_SELECTOR, ".explorer-chart svg")

    assert chart.size["width"] == int(chart.get_attribute("width")) <= 375
    assert chart.size["width"] > 320


def test_the_chart_is_drawn_anew_for_another_width(browser, site):
    show(browser, site, "linear(max_update=500,base_lr=1)")
    assert browser.find_element(By.CSS_SELECTOR, ".explorer-chart svg").size["width"] > 600
    browser.resize(375)
    wait(
        browser,
        lambda _: (
            browser.find_element(By.CSS_SELECTOR, ".explorer-chart svg").get_attribute("width")
            == "343"
        ),
    )


@pytest.mark.parametrize(("width", "height"), [(812, 375), (320, 256), (375, 400)])
def test_a_low_window_is_not_covered_by_the_chart(browser, site, width, height):
    browser.resize(width, height)
    show(browser, site, "linear(max_update=500,base_lr=1)")
    chart = browser.find_element(By.CLASS_NAME, "explorer-chart")

    assert chart.value_of_css_property("position") != "sticky"


@pytest.mark.parametrize("height", [568, 667])
def test_the_curve_of_a_small_phone_stays_beside_a_slider(browser, site, height):
    browser.resize(375, height)
    show(browser, site, "linear(max_update=500,base_lr=1)")
    for slider in browser.find_elements(By.CSS_SELECTOR, ".explorer-card input[type=range]"):
        browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", slider)
        chart, range_ = (
            browser.execute_script("return arguments[0].getBoundingClientRect()", each)
            for each in (browser.find_element(By.CSS_SELECTOR, ".explorer-chart svg"), slider)
        )
        assert chart["top"] >= 0
        assert chart["bottom"] <= range_["top"]


@pytest.mark.parametrize("width", [1280, 375])
def test_the_chart_covers_no_control_that_has_the_focus(browser, site, width):
    browser.resize(width, 900)
    show(browser, site, "linear(max_update=500,base_lr=1)&FactorScheduler(step=250)")
    setting(browser, "iteration").send_keys(Keys.ARROW_RIGHT)
    for _ in range(80):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        hidden = browser.execute_script(
            """
            const e = document.activeElement, box = e.getBoundingClientRect();
            const there = document.elementFromPoint(
                box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
            return e.contains(there) || e === document.body ? null : e.outerHTML;
            """
        )
        assert hidden is None
        if browser.switch_to.active_element.get_attribute("class") == "explorer-table":
            return
    pytest.fail("the table was not reached")


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize(
    ("place", "reached"),
    [
        ("controls", ".explorer-card select"),
        ("code", ".explorer-text"),
        ("table", ".explorer-table"),
    ],
)
def test_a_part_of_the_explorer_is_a_few_keys_away(browser, site, width, place, reached):
    browser.resize(width, 900)
    visit(browser, site.url + PAGE)
    browser.execute_script("document.querySelector('#pst-skip-link a').focus()")
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    for _ in range(5):
        focused = browser.switch_to.active_element
        focused.send_keys(Keys.TAB)
        focused = browser.switch_to.active_element
        if focused.get_attribute("aria-label") == f"Go to the {place}":
            break
    focused.send_keys(Keys.ENTER)
    there = browser.find_element(By.CSS_SELECTOR, reached)

    assert browser.switch_to.active_element == there
    assert (
        0
        <= browser.execute_script("return arguments[0].getBoundingClientRect().y", there)
        < 900
    )


@pytest.fixture
def phone(browser):
    """Return the browser as a phone with a finger."""
    touch = "Emulation.setTouchEmulationEnabled"
    browser.resize(375, 812)
    browser.execute_cdp_cmd(touch, {"enabled": True})
    yield browser
    browser.execute_cdp_cmd(touch, {"enabled": False})


def touch(browser, *places):
    """Touch a place of the window, move to the others, and let go."""
    kinds = ["touchStart", *["touchMove"] * (len(places) - 1)]
    for kind, (x, y) in zip(kinds, places, strict=True):
        points = {"type": kind, "touchPoints": [{"x": x, "y": y}]}
        browser.execute_cdp_cmd("Input.dispatchTouchEvent", points)
    browser.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def box(browser, selector):
    script = "return document.querySelector(arguments[0]).getBoundingClientRect()"
    return browser.execute_script(script, selector)


def test_a_touch_shows_the_rate_and_leaves_it_there(phone, site):
    visit(phone, site.url + PAGE)
    chart = box(phone, ".explorer-chart svg")
    readout = phone.find_element(By.CLASS_NAME, "explorer-readout")
    for x in (chart["left"] + 60, chart["right"] - 12):
        touch(phone, (x, chart["top"] + 60))
        wait(phone, lambda _: readout.is_displayed())
        shown = box(phone, ".explorer-readout")
        assert 0 <= shown["left"] < shown["right"] <= 375
        assert shown["top"] > chart["top"] + 0.7 * chart["height"]  # it covers no curve
        touch(phone, (20, chart["bottom"] + 60))
        wait(phone, lambda _: not readout.is_displayed())


def test_a_finger_takes_the_nearest_point(phone, site):
    show(phone, site, "CosineScheduler(max_update=1000,base_lr=1,warmup_steps=100)")
    for index, name in ((0, "warmup_steps"), (1, "max_update")):
        field = phone.find_element(By.CSS_SELECTOR, f'[data-name="{name}"] input')
        before = field.get_attribute("value")
        point = box(phone, f'[data-handle="0-{index}"]')
        x, y = point["x"] + point["width"] / 2, point["y"] + point["height"] / 2
        reached = "return document.elementFromPoint(...arguments).dataset.handle"
        assert phone.execute_script(reached, x, y - 20) == f"0-{index}"
        touch(phone, (x, y + 21), (x - 25, y + 21), (x - 60, y + 21))
        wait(phone, lambda _, f=field, b=before: f.get_attribute("value") != b)


def test_a_phone_has_room_for_the_controls(phone, site):
    visit(phone, site.url + PAGE)
    header, chart = (box(phone, name) for name in (".bd-header", ".explorer-chart"))
    assert header["height"] + chart["height"] < 300
    sizes = phone.execute_script(
        """
        const fields = ".explorer :is(input[type=text], select, textarea)";
        return [...document.querySelectorAll(fields)].map(
            (each) => parseFloat(getComputedStyle(each).fontSize));
        """
    )
    assert min(sizes) >= 16


def test_nothing_moves_for_those_who_want_it_still(browser, site):
    features = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    visit(browser, site.url + PAGE)
    moving = browser.execute_script(
        """
        return [...document.querySelectorAll(".explorer *")].filter((e) => {
            const style = getComputedStyle(e);
            return parseFloat(style.transitionDuration) || parseFloat(style.animationDuration);
        }).map((e) => e.outerHTML.slice(0, 80))
        """
    )
    assert moving == []
