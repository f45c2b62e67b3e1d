"""A reader of the explorer: what is on the page, and what hands do with it."""

import time

from browser import SITE
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

FILES = SITE / "_static" / "explorer"
COMPUTED = "Computed by Python, in this page."
BUILT = "These are the values that the site was built with."
PAGE = "explore.html"
REPLACED = [StaleElementReferenceException]  # a part of the page that is drawn again meanwhile


def wait(browser, condition, seconds=120):
    """Wait until a condition of the page holds, and return how long that took."""
    started = time.perf_counter()
    WebDriverWait(browser, seconds, 0.02, REPLACED).until(condition)
    return time.perf_counter() - started


def status(browser):
    return browser.find_element(By.CSS_SELECTOR, ".explorer-status").text


def says(text):
    return lambda browser: text in status(browser)


def settled(browser):
    """Whether the explorers show what their controls say."""
    return not browser.find_elements(By.CSS_SELECTOR, '.explorer[aria-busy="true"]')


def unfold(browser):
    """Open what hides the explorer of a page, if anything does, and go there."""
    browser.execute_script(
        """
        const widget = document.querySelector(".explorer"), folded = widget.closest("details");
        if (folded) folded.open = true;
        widget.scrollIntoView();
        """
    )


def visit(browser, address, said=COMPUTED):
    """Open a page anew and wait for what its explorer says."""
    browser.get("about:blank")
    browser.get(address)
    unfold(browser)
    return wait(browser, says(said))


def show(browser, site, schedules, said=COMPUTED):
    """Let the address of the explorer's page be this one; Python goes on if it runs there."""
    if browser.current_url.partition("#")[0] != site.url + PAGE or not settled(browser):
        visit(browser, site.url + PAGE)
    browser.execute_async_script(
        """
        const [hash, done] = arguments;
        addEventListener("hashchange", () => setTimeout(done), {once: true});
        location.hash = hash === location.hash.slice(1) ? "" : hash;
        if (!location.hash) location.hash = hash;
        """,
        schedules,
    )
    wait(browser, settled)
    assert said in status(browser), status(browser)


def control(browser, name, card=0):
    place = browser.find_elements(By.CLASS_NAME, "explorer-card")[card]
    return place.find_element(By.CSS_SELECTOR, f'[data-name="{name}"]')


def setting(browser, name):
    """Return what the chart, the table or the code is set with."""
    return browser.find_element(
        By.CSS_SELECTOR, f'[data-name="{name}"] :is(input, select):not([hidden])'
    )


def message(browser, card=0):
    """Return what the card of a schedule says of the focused parameter, or of an error."""
    place = browser.find_elements(By.CLASS_NAME, "explorer-card")[card]
    errors = place.find_elements(By.CLASS_NAME, "explorer-error")
    return (errors or place.find_elements(By.CLASS_NAME, "explorer-message"))[0].text


def handle(browser, index, schedule=0):
    """Return a point of a curve that can be moved."""
    return browser.find_element(By.CSS_SELECTOR, f'[data-handle="{schedule}-{index}"]')


def type_in(browser, name, text, card=0):
    box = control(browser, name, card).find_element(By.TAG_NAME, "input")
    # WebKitGTK only clears what is in view.
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", box)
    box.clear()
    box.send_keys(text)
    return box


def choose(browser, name):
    select = control(browser, "schedule").find_element(By.TAG_NAME, "select")
    Select(select).select_by_visible_text(name)


def addressed(browser, text):
    """Wait until the address, which follows a little later, has a text."""
    wait(browser, lambda _: text in browser.current_url)


def focus(browser):
    return browser.execute_script(
        "const e = document.activeElement; return e.ariaLabel ?? e.tagName + ' ' + e.closest"
        "('[data-name]')?.dataset.name"
    )


def press(browser, label):
    """Press the first button that has a label, or had it: it may say "Copied" for a while."""
    path = f'//button[@data-text="{label}" or @aria-label="{label}"]'
    button = browser.find_element(By.XPATH, path)
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()


def table(browser):
    """Return the rates of each iteration, all of one moment, with all digits."""
    rows = browser.execute_script(
        """
        return [...document.querySelectorAll(".explorer-table tbody tr")].map(
            (row) => [...row.children].map((cell) => cell.dataset.exact ?? cell.textContent))
        """
    )
    return {int(iteration): rates for iteration, *rates in rows}


def code(browser):
    pre = browser.find_element(By.CSS_SELECTOR, ".explorer-code pre")
    return browser.execute_script("return arguments[0].textContent", pre).rstrip("\n")
