"""What most readers do with the explorer, in three browsers."""

import pytest
from browser import chromium
from other_browsers import firefox, webkitgtk
from reader import PAGE, addressed, code, settled, table, type_in, visit, wait
from selenium.webdriver.common.by import By

from lr_scheduler import CosineScheduler


@pytest.fixture(params=[chromium, firefox, webkitgtk])
def browser(request):
    with request.param() as browser:
        yield browser


def curve(browser):
    return browser.execute_script(
        """
        const paths = document.querySelectorAll(".explorer-chart path");
        return [...paths].map((path) => path.getAttribute("d"));
        """
    )


def shows(schedule):
    """Return whether the table has the values of CPython, to the last bits of the largest."""

    def condition(browser):
        rates = {iteration: float(rate) for iteration, [rate] in table(browser).items()}
        worst = max(abs(rate - schedule(iteration)) for iteration, rate in rates.items())
        return settled(browser) and len(rates) >= 4 and worst <= 2.0**-51 * max(rates.values())

    return condition


def test_the_main_path(browser, site):
    schedule = CosineScheduler(max_update=90, base_lr=0.1, warmup_steps=5)
    visit(
        browser, f"{site.url}{PAGE}#CosineScheduler(max_update=90,base_lr=0.1,warmup_steps=5)"
    )
    assert shows(schedule)(browser)
    first = curve(browser)

    type_in(browser, "warmup_steps", "30")
    wait(browser, shows(CosineScheduler(max_update=90, base_lr=0.1, warmup_steps=30)))
    assert curve(browser) != first
    addressed(browser, "warmup_steps=30")

    type_in(browser, "warmup_steps", "90")
    with pytest.raises(ValueError, match="warmup_steps") as refused:
        CosineScheduler(max_update=90, base_lr=0.1, warmup_steps=90)
    explorer = browser.find_element(By.CLASS_NAME, "explorer")
    wait(browser, lambda _: str(refused.value) in explorer.text)

    type_in(browser, "warmup_steps", "5")
    wait(browser, shows(schedule))
    assert curve(browser) == first
    assert str(refused.value) not in explorer.text

    names = {}
    exec(code(browser), names)
    assert names["schedule"] == schedule
