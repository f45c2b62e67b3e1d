"""Where Python cannot run, the page shows what was built, and says why."""

import pytest
from browser import SITE, serve
from reader import (
    BUILT,
    FILES,
    PAGE,
    code,
    says,
    status,
    table,
    type_in,
    visit,
    wait,
)
from selenium.webdriver.common.by import By


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("menu.js", "the file menu.js is missing"),
        ("explorer.js", "the file explorer.js is missing"),
        ("worker.js", "the file worker.js is missing, or may not run"),
        ("brython.js", "NetworkError: "),
        ("python.js", "NetworkError: "),
    ],
)
def test_a_missing_file_leaves_what_was_built(browser, file, why):
    with serve() as other:  # an address whose files are in no cache
        other.missing.add(f"/_static/explorer/{file}")
        visit(browser, other.url + PAGE, f"{BUILT} They cannot be changed here: {why}")
        assert table(browser)[250] == ["0.9330127018922194", "1"]
        assert browser.find_element(By.CSS_SELECTOR, ".explorer-chart svg").is_displayed()
        for box in browser.find_elements(By.CSS_SELECTOR, ".explorer :is(input, button)"):
            assert not box.is_enabled()


# Keeps the workers that the page starts, and counts their requests.
WORKERS = """
    window.workers = [];
    window.posted = 0;
    window.Worker = class extends Worker {
        constructor(...all) { super(...all); workers.push(this); }
        postMessage(request) { posted++; if (!window.areDeaf) super.postMessage(request); }
    };
    const real = setTimeout;
    window.hurry = 1;
    window.setTimeout = (call, time, ...more) => real(call, time / hurry, ...more);
"""


@pytest.fixture
def watched(browser, site):
    """Open the page of the explorer, and keep its workers."""
    add, remove = (f"Page.{of}ScriptToEvaluateOnNewDocument" for of in ("add", "remove"))
    script = browser.execute_cdp_cmd(add, {"source": WORKERS})
    visit(browser, site.url + PAGE)
    yield browser
    browser.execute_cdp_cmd(remove, script)
    browser.get("about:blank")


def die(browser):
    browser.execute_script(
        "workers.at(-1).terminate();"
        "workers.at(-1).onerror(new ErrorEvent('error', {message: 'out of memory'}))"
    )


def test_a_worker_that_died_is_replaced(watched):
    die(watched)
    type_in(watched, "base_lr", "0.5")
    wait(watched, lambda _: "base_lr=0.5" in code(watched))

    assert watched.execute_script("return workers.length") == 2


def test_workers_that_die_again_and_again_are_an_error(watched):
    watched.execute_script("areDeaf = true")
    box = type_in(watched, "base_lr", "0.5")
    for deaths in (1, 2, 3):
        assert box.is_enabled()
        wait(watched, lambda _: watched.execute_script("return posted"))
        watched.execute_script("posted = 0")
        die(watched)
        if deaths < 3 and not watched.execute_script("return posted"):
            box.send_keys("1")
    wait(watched, says("The values cannot be changed any more: out of memory. Load"))
    assert not box.is_enabled()


def test_a_question_that_takes_too_long_is_an_error_of_the_question(watched):
    watched.execute_script("areDeaf = true; hurry = 100")
    type_in(watched, "base_lr", "0.5")
    wait(watched, says("Python cannot compute this: it takes longer than 10 seconds"))
    watched.execute_script("areDeaf = false; hurry = 1")
    type_in(watched, "base_lr", "0.25")
    wait(watched, lambda _: "base_lr=0.25" in code(watched))

    assert watched.execute_script("return workers.length") > 1


def test_without_scripts_the_page_shows_what_was_built(browser, site):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(site.url + PAGE)
        assert table(browser)[250] == ["0.9330127018922194", "1"]
        assert "allow JavaScript" in browser.find_element(By.CSS_SELECTOR, ".explorer").text
        assert status(browser) == BUILT
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_a_page_opened_from_disk_works_where_no_locale_is_set(browser):
    source = "Object.defineProperty(navigator, 'language', {value: 'C'})"  # as in WebKitGTK
    script = browser.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument", {"source": source}
    )
    visit(browser, (SITE / PAGE).as_uri())
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
    type_in(browser, "base_lr", "0.5")
    wait(browser, lambda _: "base_lr=0.5" in code(browser))


def test_it_needs_no_webassembly():
    for file in FILES.glob("*.js"):
        assert b"WebAssembly" not in file.read_bytes()
