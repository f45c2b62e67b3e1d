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
    setting,
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
        setting(browser, name).send_keys(text)
    wait(browser, lambda _: [*table(browser)] == [1, 7, 300])
    addressed(browser, "iterations=1,%207,%20300")
    wait(browser, settled)
    before = drawn(browser)
    address = browser.current_url
    visit(browser, address)
    wait(browser, settled)

    assert [*table(browser)] == [1, 7, 300]
    assert "base_lr=0.7" in code(browser)
    assert drawn(browser) == before


def drawn(browser):
    chart = browser.find_element(By.CSS_SELECTOR, ".explorer-chart svg")
    return browser.execute_script("return arguments[0].outerHTML", chart)


def test_no_other_curve_is_shown_while_python_starts(browser, site):
    browser.get("about:blank")
    browser.get(f"{site.url}{PAGE}#linear(max_update=500,base_lr=1)")
    wait(browser, lambda _: browser.find_elements(By.CLASS_NAME, "explorer-card"))
    chart, rates = (
        browser.find_element(By.CSS_SELECTOR, f".explorer-{name} > *")
        for name in ("chart", "table")
    )
    if COMPUTED not in status(browser):
        assert not chart.is_displayed()
        assert not rates.is_displayed()
    wait(browser, says(COMPUTED))
    assert browser.find_element(By.CSS_SELECTOR, ".explorer-chart svg").is_displayed()
    assert [*table(browser)][-1] == 500


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("CosineScheduler(max_update=1000", COMPUTED),  # a bracket was lost on the way
        ("CosineScheduler(max_update=%31000)", COMPUTED),
        ("no_such(step=1)", "config['type'] must be one of "),
        ("CosineScheduler(max_updates=10)", "did you mean max_update?"),
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
        ("delay(n=1,scheduler=" * 2000 + "1", "it has more than 20000 characters"),
        ("delay(n=1,scheduler=" * 200 + "1", "schedules are nested more than 50 deep"),
        ("linear(max_update=9,base_lr=1)&x=epochs", "iterations per epoch is empty: type a"),
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
    depth = "return history.state?.depth ?? 0"
    before = browser.execute_script(depth)
    browser.execute_async_script(
        """
        const done = arguments[arguments.length - 1];
        const range = document.querySelector('[data-name="base_lr"] input[type=range]');
        let moves = 0;
        const timer = setInterval(() => {
            range.value = 40 + moves % 30;
            range.dispatchEvent(new Event("input"));
            if (++moves === 350) { clearInterval(timer); done(); }
        }, 5);
        """
    )
    assert high(browser) == 1  # the axis is held
    browser.execute_script(
        "document.querySelector('[data-name=base_lr] input[type=range]')"
        ".dispatchEvent(new Event('change'))"
    )
    wait(browser, settled)
    box = browser.find_element(By.CSS_SELECTOR, '[data-name="base_lr"] input')
    addressed(browser, f"base_lr={box.get_attribute('value')})")

    assert browser.console() == []
    assert high(browser) < 1
    assert browser.execute_script(depth) == before + 1


def high(browser):
    """Return where the y-axis ends."""
    script = "return document.querySelector('.explorer-chart svg').dataset.high"
    return float(browser.execute_script(script))


def test_an_entry_of_the_reference_leads_to_the_page_of_its_own(browser, site):
    browser.get(f"{site.url}reference/cyclic.html")
    unfold(browser)
    widget = browser.find_element(By.CLASS_NAME, "explorer")
    wait(browser, lambda _: COMPUTED in widget.text)
    box = widget.find_element(By.CSS_SELECTOR, '[data-name="period"] input')
    box.clear()
    box.send_keys("100")
    wait(browser, lambda _: settled(browser) and "period=100" in code(browser))

    assert browser.current_url.endswith("reference/cyclic.html")
    widget.find_element(By.LINK_TEXT, "Open on a page of its own").click()
    wait(browser, says(COMPUTED))
    wait(browser, settled)
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
        setTimeout(() => { location.hash = address; setTimeout(done, 1500); }, 1000);
        const slider = document.querySelector('[data-name="step"] input[type=range]');
        slider.value = 40;
        slider.dispatchEvent(new Event("input"));
        slider.dispatchEvent(new Event("change"));
        const started = performance.now();
        while (performance.now() < started + 1100);
        """,
        address,
    )
    wait(browser, settled)

    assert expression in code(browser)
    assert browser.current_url.partition("#")[2] == address
