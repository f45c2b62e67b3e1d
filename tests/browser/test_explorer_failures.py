"""Where Python cannot run, the page shows what was built, and says why."""

import pytest
from browser import SITE, policies, serve
from reader import BUILT, FILES, PAGE, code, says, settled, status, table, type_in, visit, wait
from selenium.webdriver.common.by import By

pytestmark = pytest.mark.usefixtures("a_desktop")


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
def test_a_missing_file_leaves_what_was_built(light, file, why):
    with serve() as other:  # an address whose files are in no cache
        other.missing.add(f"/_static/explorer/{file}")
        visit(light, other.url + PAGE, f"{BUILT} They cannot be changed here: {why}")
        assert table(light)[250] == ["0.9330127018922194", "1"]
        assert light.find_element(By.CSS_SELECTOR, ".explorer-chart svg").is_displayed()
        for box in light.find_elements(By.CSS_SELECTOR, ".explorer :is(input, button)"):
            assert not box.is_enabled()
    light.console()


def test_a_worker_that_dies_is_told(light, site):
    source = """
        window.Worker = class extends Worker {
            constructor(...all) { super(...all); window.theirs = this; }
        };
    """
    script = light.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})
    visit(light, site.url + PAGE)
    light.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
    light.execute_script("theirs.terminate()")
    type_in(light, "base_lr", "0.5")
    light.execute_script("theirs.onerror(new ErrorEvent('error', {message: 'out of memory'}))")
    wait(
        light,
        says("The values cannot be changed any more: out of memory. Load the page again."),
    )
    assert settled(light)
    light.get("about:blank")


def test_a_policy_without_the_worker_s_own_leaves_what_was_built(light):
    every, _ = policies()
    with serve(SITE, [every, every]) as strict:
        visit(light, strict.url + PAGE, f"{BUILT} They cannot be changed here: EvalError")
        assert table(light)[250] == ["0.9330127018922194", "1"]
    light.console()


def test_without_scripts_the_page_shows_what_was_built(light, site):
    light.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        light.get(site.url + PAGE)
        assert table(light)[250] == ["0.9330127018922194", "1"]
        assert "allow JavaScript" in light.find_element(By.CSS_SELECTOR, ".explorer").text
        assert status(light) == BUILT
    finally:
        light.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_a_page_opened_from_disk_works(light):
    visit(light, (SITE / PAGE).as_uri())
    type_in(light, "base_lr", "0.5")
    wait(light, lambda _: "base_lr=0.5" in code(light))
    light.console()


def test_it_needs_no_webassembly():
    for file in FILES.glob("*.js"):
        assert b"WebAssembly" not in file.read_bytes()
