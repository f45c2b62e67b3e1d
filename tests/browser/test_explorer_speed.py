"""How many bytes the explorer is, and how much work it takes.

Work is CPU time, of the page's process or its main thread, and is compared with the CPU time
that a fixed script takes there: a busy or a slow machine makes both longer.
"""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import SITE, serve
from cpu import unit, work
from reader import COMPUTED, FILES, show

# Units: the work of the fixed script.
LIMIT_START, LIMIT_UPDATE, LIMIT_DRAG, LIMIT_FULL = 3, 0.36, 0.08, 0.3


# An IntersectionObserver is called within a frame, and asks for files at once.
TWO_FRAMES = """
    const [done] = arguments;
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
"""


def test_nothing_is_loaded_before_an_explorer_is_near(browser, site):
    browser.requested()
    browser.get(f"{site.url}reference/FactorScheduler.html")
    browser.execute_async_script(TWO_FRAMES)
    requested = {urlsplit(url).path for url in browser.requested() if "/explorer/" in url}

    assert {Path(path).name for path in requested} == {"explorer.css", "load.js"}


def test_what_is_loaded_before_is_tiny():
    first = FILES / "load.js", FILES / "explorer.css"

    assert sum(len(gzip.compress(file.read_bytes())) for file in first) < 3_000


def test_all_of_it_is_small(record_property):
    sizes = {file.name: len(gzip.compress(file.read_bytes())) for file in FILES.iterdir()}
    record_property("bytes, gzip", sizes)

    assert sum(sizes.values()) <= 600_000, sizes


START = """
    const [text, done] = arguments, widget = document.querySelector(".explorer");
    const observer = new MutationObserver(() => {
        if (widget.querySelector(".explorer-status").textContent.includes(text)) done();
    });
    observer.observe(widget, {subtree: true, childList: true, characterData: true});
    longest = 0;
    widget.closest("details").open = true;
    widget.scrollIntoView();
"""


def start(browser, folder):
    """Start Python in a page; return the work and the longest task until the first curve."""
    browser.get(f"{folder}reference/FactorScheduler.html")  # nothing has started yet
    before = work(browser)
    browser.execute_async_script(START, COMPUTED)  # asking again and again would be work
    return work(browser).since(before), browser.execute_script("return longest")


def test_python_starts_soon_and_beside_the_page(measured, site, capsys):
    measured.get(f"{site.url}changelog.html")
    first = unit(measured)
    with serve() as other:  # an address whose files are in no cache
        beside, longest = start(measured, other.url)
        ratio = beside.process / (first + unit(measured)) * 2
    # From disk Python runs in the page itself, which shows that both would be noticed.
    inside, longest_inside = start(measured, f"{SITE.as_uri()}/")
    with capsys.disabled():
        print(
            f"\nfirst curve: {ratio:.1f} of {LIMIT_START} units, longest task {longest:.0f} ms"
        )
        print(f"{beside}; from disk {inside}, longest task {longest_inside:.0f} ms")

    assert 0 < ratio < LIMIT_START
    assert beside.main < inside.main / 2
    assert longest_inside > 200


def test_an_update_is_quick(measured, site, capsys):
    show(measured, site, "CosineScheduler(max_update=1000,base_lr=1)")
    first = unit(measured)
    before = work(measured)
    measured.execute_async_script(
        """
        const done = arguments[arguments.length - 1];
        const range = document.querySelector('[data-name="base_lr"] input[type=range]');
        const chart = document.querySelector(".explorer-chart");
        let count = 0;
        const next = () => {
            range.value = 0.2 + count / 100;
            range.dispatchEvent(new Event("input"));
        };
        new MutationObserver((_, observer) => {
            if (++count < 60) { setTimeout(next, 20); return; }
            observer.disconnect();
            done();
        }).observe(chart, {childList: true});
        next();
        """
    )
    ratio = work(measured).since(before).process / (first + unit(measured)) * 2 / 60
    with capsys.disabled():
        print(f"\nan update of 1000 values: {ratio:.3f} of {LIMIT_UPDATE} units")

    assert 0 < ratio < LIMIT_UPDATE


# What the page asks of two curves while one of their sliders is dragged, and when it rests.
SEND = """
    const [more, done] = arguments;
    const cosine = {type: "CosineScheduler", max_update: "1000", warmup_steps: "100"};
    const factor = {type: "FactorScheduler", step: "250", factor: "0.5", base_lr: "1"};
    (async () => {
        for (let count = 0; count < 60; count++) {
            const schedules = [{...cosine, base_lr: String(0.2 + count / 100)}, factor];
            await explorer.send({schedules, last: "", iterations: "", width: 560, ...more});
        }
    })().then(() => done());
"""


@pytest.mark.parametrize(
    ("more", "limit"),
    [({"want": ["chart"], "points": 200}, LIMIT_DRAG), ({}, LIMIT_FULL)],
    ids=["drag", "rest"],
)
def test_python_answers_quickly(measured, site, capsys, more, limit):
    show(measured, site, "CosineScheduler(max_update=1000,base_lr=1)")
    measured.execute_async_script(SEND, more)  # the browser compiles what is called often
    first = unit(measured)
    before = work(measured)
    measured.execute_async_script(SEND, more)
    used = work(measured).since(before).process / 60
    ratio = used / (first + unit(measured)) * 2
    with capsys.disabled():
        print(f"\nan answer {more}: {ratio:.3f} of {limit} units, {used * 1000:.0f} ms")

    assert 0 < ratio < limit
