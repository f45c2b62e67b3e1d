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
