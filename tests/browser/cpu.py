"""CPU time of a page: of its process and of its main thread."""

from typing import NamedTuple

# It allocates much, as Python in the page does.
FIXED = """
    let n = 0;
    for (let i = 0; i < 6e5; i++) n += JSON.parse(JSON.stringify({i, x: [i / 7]})).x.length;
    return n;
"""


class Work(NamedTuple):
    """CPU time in seconds."""

    process: float
    main: float

    def since(self, before):
        return Work(self.process - before.process, self.main - before.main)


def work(browser):
    """Return the work of the page's process until now, and of its main thread."""
    metrics = browser.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    by_name = {metric["name"]: metric["value"] for metric in metrics}
    return Work(by_name["ProcessTime"], by_name["ThreadTime"])


def unit(browser):
    """Return the work of the fixed script."""
    before = work(browser)
    browser.execute_script(FIXED)
    return work(browser).since(before).main
