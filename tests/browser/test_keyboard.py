import pytest
from browser import Browser
from reader import wait
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By

# The stop's number on the page, its HTML, and whether one sees that the focus is there.
STOP = """
    const stop = document.activeElement;
    if (stop === document.body) return null;
    if (!window.numbers?.has(stop))
        window.numbers = new Map([...document.querySelectorAll("*")].map((e, i) => [e, i]));
    const style = () => {
        for (const moving of document.getAnimations()) moving.finish();
        const {outline, boxShadow, backgroundColor, border, color} = getComputedStyle(stop);
        const {top, bottom, left, right} = stop.getBoundingClientRect();
        const inside = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
        const there = stop.checkVisibility({visibilityProperty: true}) && inside;
        return there && [outline, boxShadow, backgroundColor, border, color].join();
    };
    const focused = style();
    stop.blur();
    const seen = focused && focused !== style();
    stop.focus({preventScroll: true});
    return [window.numbers.get(stop), stop.outerHTML, seen];
"""
STOPS = """
    const kinds = "a[href], button, input, select, textarea, [tabindex]";
    return [...document.querySelectorAll(kinds)]
        .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility(
            {visibilityProperty: true, opacityProperty: false}))
        .map(e => window.numbers.get(e) ?? e.outerHTML);
"""
UNFOLD = """
    const [explorer] = arguments;
    explorer.closest("details")?.setAttribute("open", "");
    explorer.scrollIntoView();
"""
KINDS = [  # one page of each kind
    "index.html",
    "tutorial.html",
    "explore.html",
    "reference.html",
    "reference/FactorScheduler.html",
    "search.html",
    "genindex.html",
    "coming-from/keras.html",
    "gallery/index.html",
    "gallery/plot_11_one_cycle.html",
    "contribute/host.html",
]


def press(browser: Browser, *keys: str, held: str = "") -> None:
    """Press keys one after the other, and another one with all of them."""
    actions = ActionChains(browser)
    if held:
        actions.key_down(held).send_keys(*keys).key_up(held).perform()
    else:
        actions.send_keys(*keys).perform()


def walk(browser: Browser, held: str = "") -> tuple[list[int], list[str]]:
    """Press Tab once around; return the stops, and those without a visible focus."""
    stops, unseen = list[int](), list[str]()
    while True:
        press(browser, Keys.TAB, held=held)
        if stop := browser.execute_script(STOP):  # not outside of the page
            if stops and stop[0] == stops[0]:
                return stops, unseen
            assert stop[0] not in stops, f"a trap: {stop[1]}"
            stops.append(stop[0])
            unseen += [] if stop[2] else [stop[1]]


def until(browser: Browser, condition: str) -> None:
    """Wait until an expression holds in the page."""
    wait(browser, lambda _: browser.execute_script(f"return {condition}"))


@pytest.fixture
def at(browser, site):
    """Open a page at the width of a desk, where everything is on the screen."""

    def opened(page: str) -> Browser:
        browser.get(site.url + page)
        for i, explorer in enumerate(browser.find_elements(By.CLASS_NAME, "explorer")):
            browser.execute_script(UNFOLD, explorer)
            status = f"document.querySelectorAll('.explorer-status')[{i}].textContent"
            until(browser, f"{status}.startsWith('Computed')")
        browser.execute_script("scrollTo(0, 0)")
        return browser

    return opened


@pytest.mark.parametrize("page", KINDS)
def test_the_tab_key_stops_at_everything_and_shows_where(at, page):
    browser = at(page)
    stops, unseen = walk(browser)
    assert unseen == []
    assert set(browser.execute_script(STOPS)) - set(stops) == set()


def test_the_way_back_has_the_same_stops(at):
    browser = at("contribute/host.html")
    there, _ = walk(browser)
    back, _ = walk(browser, held=Keys.SHIFT)
    assert back == there[::-1]


def test_the_first_stop_skips_to_the_content(at):
    browser = at("tutorial.html")
    press(browser, Keys.TAB, Keys.ENTER)
    assert browser.current_url.endswith("#main-content")
    press(browser, Keys.TAB)
    within = "document.activeElement.closest('#main-content') !== null"
    assert browser.execute_script(f"return {within}")


def test_a_name_typed_after_ctrl_k_is_found(at):
    browser = at("contribute/host.html")
    press(browser, "k", held=Keys.CONTROL)
    until(browser, "document.activeElement.name === 'q'")
    press(browser, *"CosineScheduler", Keys.ENTER)
    until(browser, "document.querySelectorAll('#search-results li a').length > 3")
    assert "/search.html?q=CosineScheduler" in browser.current_url
    while not browser.execute_script(
        "return document.activeElement.matches('#search-results li a')"
    ):
        press(browser, Keys.TAB)
    press(browser, Keys.ENTER)
    until(browser, "!location.pathname.endsWith('search.html')")
    assert "CosineScheduler" in browser.find_element(By.TAG_NAME, "main").text


def test_escape_closes_the_search(at):
    browser = at("index.html")
    press(browser, "k", held=Keys.CONTROL)
    until(browser, "document.querySelector('dialog[open]') !== null")
    press(browser, Keys.ESCAPE)
    until(browser, "document.querySelector('dialog[open]') === null")


def test_the_mode_that_a_reader_chooses_stays(at):
    browser = at("index.html")
    theme = "document.documentElement.dataset.theme"
    while not browser.execute_script(
        "return document.activeElement.matches('.theme-switch-button')"
    ):
        press(browser, Keys.TAB)
    press(browser, Keys.ENTER)
    press(browser, *[Keys.ARROW_DOWN] * 3, Keys.ENTER)
    try:
        until(browser, f"{theme} === 'dark'")
        browser.get(browser.current_url.replace("index", "tutorial"))
        until(browser, f"{theme} === 'dark'")
    finally:
        browser.execute_script("localStorage.clear()")
