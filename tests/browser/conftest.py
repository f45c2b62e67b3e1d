"""One server and one browser for all tests; every test begins with the same screen."""

from collections.abc import Iterator

import pytest
from browser import SITE, Browser, Server, chromium, serve

WATCH = """
    window.longest = 0;
    new PerformanceObserver((list) => {
        for (const {duration} of list.getEntries()) longest = Math.max(longest, duration);
    }).observe({type: "longtask", buffered: true});
"""


@pytest.fixture(scope="session")
def site() -> Iterator[Server]:
    with serve(SITE) as server:
        yield server


@pytest.fixture(scope="session")
def started() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def browser(started: Browser) -> Browser:
    """Return the browser with a wide light screen and an empty console; its page stays open."""
    started.resize(1280)
    started.prefer("light")
    started.console()
    return started


@pytest.fixture
def measured(browser: Browser) -> Iterator[Browser]:
    """Let the browser count its work and note its longest task."""
    browser.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
    script = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    yield browser
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
    browser.execute_cdp_cmd("Performance.disable", {})
