"""Where Python cannot run, the page shows what was built, and says why."""

import pytest
from browser import SITE, policies, serve
from reader import BUILT, FILES, PAGE, code, says, settled, status, table, type_in, visit, wait
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


def test_the_page_says_that_its_worker_died(browser, site):
    source = """
        window.Worker = class extends Worker {
            constructor(...all) { super(...all); window.theirs = this; }
        };
    """
    script = browser.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument", {"source": source}
    )
    visit(browser, site.url + PAGE)
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
    browser.execute_script("theirs.terminate()")
    type_in(browser, "base_lr", "0.5")
    browser.execute_script(
        "theirs.onerror(new ErrorEvent('error', {message: 'out of memory'}))"
    )
    wait(
        browser,
        says("The values cannot be changed any more: out of memory. Load the page again."),
    )
    assert settled(browser)
    browser.get("about:blank")


def test_a_policy_without_the_worker_s_own_leaves_what_was_built(browser):
    every, _ = policies()
    with serve(SITE, [every, every]) as strict:
        visit(browser, strict.url + PAGE, f"{BUILT} They cannot be changed here: EvalError")
        assert table(browser)[250] == ["0.9330127018922194", "1"]


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
