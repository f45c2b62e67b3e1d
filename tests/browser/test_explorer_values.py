"""The values that the page computes are those of CPython."""

import json
import re
from collections import Counter
from random import Random

import pytest
from browser import SITE
from explorer.page import answer
from reader import COMPUTED, FILES, PAGE, says, wait
from support.random_configs import EXAMPLES, RandomConfigs

START = """
    window.worker = new Worker("/_static/explorer/worker.js");
    const done = arguments[arguments.length - 1];
    worker.onmessage = ({data}) => done(data);
"""
ASK = """
    const [requests, done] = arguments, responses = [];
    worker.onmessage = ({data: {response, error}}) => {
        responses.push(response ?? error);
        if (responses.length === requests.length) done(responses);
    };
    for (const request of requests) worker.postMessage(request);
"""


@pytest.fixture
def worker(browser, site):
    """Give the browser a Python of the tests' own, and say what it imported."""
    browser.get(site.url + "changelog.html")
    return browser, browser.execute_async_script(START)


def test_what_was_built_is_what_the_page_computes(browser, site):
    browser.get("about:blank")
    browser.get(site.url + PAGE)
    built = (SITE / PAGE).read_text("utf-8")
    wait(browser, says(COMPUTED))
    shown = """
        const [text] = arguments;
        const page = text ? new DOMParser().parseFromString(text, "text/html") : document;
        return [...page.querySelectorAll(".explorer :is(td, th, svg[role=img])")].map(
            (each) => each.dataset.exact ?? (each.ariaLabel || each.textContent));
    """

    assert browser.execute_script(shown, "") == browser.execute_script(shown, built)


def test_the_site_ships_the_modules_that_the_page_imports(worker):
    _, started = worker
    text = (FILES / "python.js").read_text("utf-8")
    shipped = set(re.findall(r'^"([\w.]+)": \[', text, re.MULTILINE))

    # What reads a text is imported when the reader first types or pastes one.
    late = {"ast", "lr_scheduler._expression", "page.expressions"}
    assert shipped - {*started["imported"]} == late


def rounded(value):
    """Return a value as JSON; a cooldown shows a computed rate, whose last digit may differ."""
    return re.sub(r"\d+\.\d+(?:e-?\d+)?", lambda n: f"{float(n[0]):.14g}", json.dumps(value))


@pytest.mark.parametrize("count", [500, pytest.param(10_000, marks=pytest.mark.exhaustive)])
def test_a_random_schedule_has_the_values_of_cpython(worker, record_property, capsys, count):
    browser, _ = worker
    configs, random = RandomConfigs(4), Random(4)
    counts, worst, by_type = Counter(), 0.0, Counter()
    while counts["schedules"] < count:
        requests = []
        for _ in range(250):
            config = configs.spoiled() if random.random() < 0.1 else configs.config()
            empty = {"schedules": [config], "last": "", "iterations": ""}
            last = json.loads(answer(json.dumps(empty)))["last"]
            iterations = [0, 1, last, *random.sample(range(1, 2 * last + 100), 15)]
            text = ", ".join(map(str, iterations))
            request = {"schedules": [config], "last": str(last), "iterations": text}
            requests.append(json.dumps(request))
        responses = browser.execute_async_script(ASK, requests)
        for request, found in zip(requests, responses, strict=True):
            assert found.startswith("{"), (request, found)
            here, there = json.loads(answer(request)), json.loads(found)
            assert rounded(there["schedules"]) == rounded(here["schedules"]), request
            if not here["valid"]:
                counts["errors"] += 1
                continue
            assert there["errors"] == here["errors"], request
            if "iterations" in here["errors"]:  # a rate that cannot be computed
                counts["errors"] += 1
                continue
            counts["schedules"] += 1
            ours, theirs = (list(map(float, of["rates"][0])) for of in (here, there))
            peak = max(map(abs, ours))
            counts["values"] += len(ours)
            for mine, other in zip(ours, theirs, strict=True):
                # Quotients and powers magnify the last bits of an operand near 0.
                if mine != other and not re.search('"(quotient|power)"', request):
                    by_type[json.loads(request)["schedules"][0]["type"]] += 1
                    worst = max(worst, abs(mine - other) / peak)
    text = f"{dict(counts)}, unequal {dict(by_type)}, worst {worst * 2**52:.2f} * 2**-52"
    record_property("values", text)
    with capsys.disabled():
        print(f"\n{text}")

    assert counts["errors"] > 0
    assert worst <= 2.0**-51


def test_rows_and_loops_are_those_of_cpython(worker):
    browser, _ = worker
    settings = {"last": "", "width": 560, "x": "epochs", "per": "1e2"}
    requests = [
        json.dumps({"schedules": [config], "iterations": iterations} | settings)
        for config in EXAMPLES
        for iterations in ("", "range(0, 1e3, 250)", "range(x)")
    ]
    responses = browser.execute_async_script(ASK, requests)
    for request, found in zip(requests, responses, strict=True):
        here, there = json.loads(answer(request)), json.loads(found)
        assert there.get("iterations") == here.get("iterations"), request
        assert there["errors"] == here["errors"]
        assert rounded(there["schedules"]) == rounded(here["schedules"])
