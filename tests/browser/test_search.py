"""The page that a reader looks for is the first that the search shows."""

import tomllib

import pytest
from browser import ROOT
from reader import wait
from selenium.webdriver import Keys
from selenium.webdriver.common.by import By
from test_keyboard import press, until

WORDS = tomllib.loads((ROOT / "docs" / "_data" / "search.toml").read_text("utf-8"))
QUERIES = {
    "warmup": "gallery/plot_07_warmup",
    "warm-up": "gallery/plot_07_warmup",
    "linear warmup": "gallery/plot_07_warmup",
    "cosine with warmup pytorch": "how-to/pytorch",
    "resume": "how-to/resume",
    "epoch": "gallery/plot_17_epochs",
    "onecycle": "gallery/plot_11_one_cycle",
    "get_last_lr": "how-to/pytorch",
    "SequentialLR": "coming-from/pytorch",
    "noam": "gallery/plot_15_inverse_sqrt",
    "wsd": "gallery/plot_12_stable",
    "cosine annealing": "gallery/plot_06_cosine",
    "step decay": "gallery/plot_03_stepwise",
    "exponential decay": "reference/ExponentialScheduler",
    "parameter groups": "gallery/plot_18_groups",
    "custom": "gallery/plot_08_custom",
    "tensorflow": "how-to/keras",
    "huggingface": "how-to/trainers",
    "lambda": "gallery/plot_08_custom",
    "ReduceLROnPlateau": "how-to/plateau",
    "lr finder": "gallery/plot_19_find",
    "DDP": "how-to/processes",
    "batch size": "gallery/plot_21_batch",
    # Not written in this way in the file of words:
    "schedule for a cosine": "gallery/plot_06_cosine",
    "resuming training": "how-to/resume",
    "polynomial": "gallery/plot_05_polynomial",
}
# What the search page does with a query, without the time that a page takes to load.
FIRST = """
    const [query] = arguments;
    document.querySelector("input[name=q]").value = query;
    return Search._performSearch(...Search._parseQuery(query)).at(-1)[0];
"""


def first(browser):
    """Return the page of the first result, once there is one."""
    path = "#search-results li a"
    wait(browser, lambda _: browser.find_elements(By.CSS_SELECTOR, path))
    return browser.find_element(By.CSS_SELECTOR, path).get_attribute("href")


@pytest.mark.parametrize("query", QUERIES)
def test_the_first_result_is_the_page_that_the_reader_looks_for(browser, site, query):
    browser.get(f"{site.url}search.html?q={query}")
    page, _, _ = first(browser).removeprefix(site.url).partition(".html")
    assert page == QUERIES[query]


def test_every_word_that_a_page_claims_finds_it_first(browser, site):
    browser.get(f"{site.url}search.html?q=noam")
    first(browser)
    asked = [(word, page) for page, words in WORDS.items() for word in words]
    found = [(word, browser.execute_script(FIRST, word)) for word, _ in asked]
    assert found == asked


def test_results_show_while_one_types(browser, site):
    browser.get(f"{site.url}tutorial.html")
    press(browser, "k", held=Keys.CONTROL)
    until(browser, "document.activeElement.name === 'q'")
    press(browser, *"noam")
    assert first(browser).startswith(f"{site.url}gallery/plot_15_inverse_sqrt.html")
