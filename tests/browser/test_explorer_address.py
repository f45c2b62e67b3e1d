"""The address of the explorer's page is what it shows, and the other way round."""

import pytest
from reader import (
    COMPUTED,
    PAGE,
    addressed,
    choose,
    code,
    press,
    says,
    settled,
    show,
    status,
    table,
    type_in,
    unfold,
    visit,
    wait,
)
from selenium.webdriver.common.by import By


def test_an_address_shows_the_same_again(browser, site):
    visit(browser, site.url + PAGE)
    type_in(browser, "base_lr", "0.7")
    for name, text in (("last iteration", "500"), ("iterations of the table", "1, 7, 300")):
        box = browser.find_element(By.CSS_SELECTOR, f'[data-name="{name}"] input')
        box.send_keys(text)
    wait(browser, lambda _: [*table(browser)] == [1, 7, 300])
    addressed(browser, "iterations=1%252c%25207%252c%2520300")
    before = browser.find_element(By.CLASS_NAME, "explorer-chart").get_attribute("innerHTML")
    address = browser.current_url
    visit(browser, address)

    assert [*table(browser)] == [1, 7, 300]
    assert "base_lr=0.7" in code(browser)
    assert (
        browser.find_element(By.CLASS_NAME, "explorer-chart").get_attribute("innerHTML")
        == before
    )


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("CosineScheduler(max_update=1000", COMPUTED),  # a bracket was lost on the way
        ("CosineScheduler(max_update=%31000)", COMPUTED),
        ("no_such(step=1)", "config['type'] must be one of "),
        ("CosineScheduler(max_updates=10)", "is not a parameter of CosineScheduler"),
        ("CosineScheduler(10)", "The address cannot be read: 10 has no value"),
        ("join(schedulers=[1,CosineScheduler(max_update=9)],boundaries=[5])", COMPUTED),
        ("join(schedulers=5,boundaries=[5])", "schedulers must hold at least 1 schedule"),
        ("join(boundaries=[5])", "schedulers must hold at least 1 schedule"),
        ("sum(operands=5)", "operands"),
        ("repeat(period=10)", COMPUTED),
        ("clip(low=0)", COMPUTED),
        ("CosineScheduler(max_update=9,*=1)", "config['*'] is not a parameter"),
        ("CosineScheduler(max_update=9,a%2528=1)", "config['a('] is not a parameter"),
        ("CosineScheduler(max_update=9,toString=3)", "config['toString'] is not a parameter"),
        (
            "CosineScheduler(max_update=linear(max_update=3,base_lr=1))",
            "max_update must be an integer",
        ),
        ("CosineScheduler%28max_update%3D500%29", COMPUTED),  # by a program for mails
        ("CosineScheduler(max_update=%)", "The address cannot be read: URI malformed"),
        ("&".join(["CosineScheduler(max_update=9)"] * 7), "more than 6 schedules"),
        ("CosineScheduler(max_update=<img src=x>)", "The address cannot be read: unexpected ="),
        ("CosineScheduler(max_update=<b>)", "max_update must be an integer, got '<b>'"),
        ("<b>(a=1)", "config['type'] must be one of "),
        ("CosineScheduler(max_update=9)&last=0", "last must be an integer from 1"),
        ("CosineScheduler(max_update=9)&iterations=x", "iteration must be an integer, got 'x'"),
    ],
)
def test_any_address_gives_a_curve_or_an_error(browser, site, address, said):
    show(browser, site, address, said)
    assert browser.console() == []

    choose(browser, "PowerScheduler")  # it goes on
    wait(browser, lambda _: "PowerScheduler(decay_steps=" in code(browser))
    assert "The address" not in status(browser)
    assert browser.find_elements(By.CSS_SELECTOR, ".explorer :is(b, img)") == []


def test_the_page_follows_the_address_and_the_address_the_page(browser, site):
    show(browser, site, "linear(max_update=500,base_lr=1)")
    browser.execute_script("location.hash = 'read-it'")  # a heading of the page
    addressed(browser, "linear(max_update=500,base_lr=1)")
    assert "max_update=500" in code(browser)
    browser.execute_script("location.hash = ''")
    wait(browser, lambda _: "CosineScheduler(max_update=1000" in code(browser))
    type_in(browser, "base_lr", "(1")
    wait(browser, says("base_lr must be a real number, got '(1'"))
    addressed(browser, "%2528")
    visit(browser, browser.current_url, "base_lr must be a real number, got '(1'")
    press(browser, "Start again")
    wait(browser, says(COMPUTED))


def test_a_long_drag_ends_in_the_address(browser, site):
    show(browser, site, "CosineScheduler(max_update=1000,base_lr=1)")
    browser.console()
    browser.execute_async_script(
        """
        const done = arguments[arguments.length - 1];
        const range = document.querySelector('[data-name="base_lr"] input[type=range]');
        let moves = 0;
        const timer = setInterval(() => {
            range.value = 0.01 * (moves % 100);
            range.dispatchEvent(new Event("input"));
            if (++moves === 350) { clearInterval(timer); done(); }
        }, 5);
        """
    )
    addressed(browser, "base_lr=0.49")
    wait(browser, lambda _: "base_lr=0.49" in code(browser))
    chart = browser.find_element(By.CSS_SELECTOR, ".explorer-chart svg")

    assert browser.console() == []
    assert float(chart.get_attribute("data-high")) > 0.5  # the axis was held
    browser.execute_script(
        "document.querySelector('[data-name=base_lr] input[type=range]')"
        ".dispatchEvent(new Event('change'))"
    )
    wait(browser, settled)
    chart = browser.find_element(By.CSS_SELECTOR, ".explorer-chart svg")
    assert chart.get_attribute("data-high") == "0.5"


def test_an_entry_of_the_reference_leads_to_the_page_of_its_own(browser, site):
    browser.get(f"{site.url}reference/cyclic.html")
    unfold(browser)
    widget = browser.find_element(By.CLASS_NAME, "explorer")
    wait(browser, lambda _: COMPUTED in widget.text)
    box = widget.find_element(By.CSS_SELECTOR, '[data-name="period"] input')
    box.clear()
    box.send_keys("100")
    wait(browser, lambda _: "cyclic(period=100" in widget.text)

    assert browser.current_url.endswith("reference/cyclic.html")
    widget.find_element(By.LINK_TEXT, "Open on a page of its own").click()
    wait(browser, says(COMPUTED))
    assert "cyclic(period=100, base_lr=1, final_lr=0.1)" in code(browser)


@pytest.mark.parametrize(
    ("address", "expression"),
    [
        ("linear(max_update=500,base_lr=1)", "linear(max_update=500"),
        ("", "CosineScheduler(max_update=1000"),  # what the page begins with
        ("linear(500)", "CosineScheduler(max_update=1000"),  # it cannot be read
    ],
)
def test_an_address_set_right_after_a_change_is_followed(browser, site, address, expression):
    show(browser, site, "FactorScheduler(step=250,base_lr=1)")
    # The timer that sets it runs first of two that are due, before any event of the address.
    browser.execute_async_script(
        """
        const [address, done] = arguments;
        setTimeout(() => { location.hash = address; setTimeout(done, 500); }, 250);
        const slider = document.querySelector('[data-name="step"] input[type=range]');
        slider.value = 500;
        slider.dispatchEvent(new Event("input"));
        const started = performance.now();
        while (performance.now() < started + 300);
        """,
        address,
    )
    wait(browser, settled)

    assert expression in code(browser)
    assert browser.current_url.partition("#")[2] == address
