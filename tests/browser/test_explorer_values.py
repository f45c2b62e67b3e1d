"""The values that the page computes are those of CPython."""

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest
import runtime
from browser import SITE
from in_page import answer
from in_page.answer import natural
from reader import COMPUTED, FILES, PAGE, says, wait
from support.random_configs import Trees

import lr_scheduler

pytestmark = pytest.mark.usefixtures("a_desktop")
START = """
    window.worker = new Worker("/_static/explorer/worker.js");
    const done = arguments[arguments.length - 1];
    worker.onmessage = ({data}) => done(data);
"""
ASK = """
    const [questions, done] = arguments, answers = [];
    worker.onmessage = ({data: {answer, failed}}) => {
        answers.push(answer ?? failed);
        if (answers.length === questions.length) done(answers);
    };
    questions.forEach((question, id) => worker.postMessage({id, question}));
"""


@pytest.fixture
def worker(light, site):
    """Give the browser a Python of the tests' own, and say what it imported."""
    light.get(site.url + "changelog.html")
    light.set_script_timeout(120)
    return light, light.execute_async_script(START)


def test_what_was_built_is_what_the_page_computes(light, site):
    light.get("about:blank")
    light.get(site.url + PAGE)
    built = (SITE / PAGE).read_text("utf-8")
    wait(light, says(COMPUTED))
    chart = light.execute_script("return document.querySelector('.explorer-chart').innerHTML")
    shown = light.execute_script("return document.querySelector('.explorer-table').innerHTML")
    parsed = light.execute_script(
        """
        const page = new DOMParser().parseFromString(arguments[0], "text/html");
        return [".explorer-chart", ".explorer-table"].map(s => page.querySelector(s).innerHTML)
        """,
        built,
    )

    assert [chart, shown] == parsed


def test_the_page_runs_the_package_s_own_source(site, light):
    script = (FILES / "python.js").read_bytes().decode()
    modules = json.loads(script.removeprefix("__BRYTHON__.loadBrythonPackage(")[:-3])
    for file in Path(lr_scheduler.__file__).parent.glob("*.py"):
        name = "lr_scheduler" if file.stem == "__init__" else f"lr_scheduler.{file.stem}"

        assert modules[name][1].encode() == file.read_bytes()


def test_the_modules_that_are_shipped_are_those_that_are_imported(worker):
    _, told = worker
    imported = {
        name for name in told["imported"] if not name.startswith(("lr_scheduler", "in_page"))
    }
    # What Brython has in itself, and names for parts of what is listed.
    own = {"_importlib", "_suggestions", "_sys", "_warnings", "browser", "browser.aio"}
    own |= {"builtins", "collections.abc", "javascript"}

    made = ("python_script", "namedtuple_")

    assert {name for name in imported - own if not name.startswith(made)} == {*runtime.LIBRARY}


def test_ten_thousand_schedules_have_the_values_of_cpython(worker, record_property, capsys):
    browser, _ = worker
    trees, random = Trees(4), Random(4)
    counts, worst, by_type = Counter(), 0.0, Counter()
    while counts["schedules"] < 10_000:
        questions = []
        for _ in range(500):
            tree = trees.wrong() if random.random() < 0.1 else trees.tree()
            last = natural([tree])
            iterations = [0, 1, last, *random.sample(range(1, 2 * last + 100), 15)]
            text = ", ".join(map(str, iterations))
            questions.append(
                json.dumps({"schedules": [tree], "last": str(last), "iterations": text})
            )
        for question, found in zip(
            questions, browser.execute_async_script(ASK, questions), strict=True
        ):
            here, there = json.loads(answer(question)), json.loads(found)
            if not here["shown"]:
                counts["errors"] += 1
                assert there["schedules"] == here["schedules"], question
                continue
            counts["schedules"] += 1
            assert there["schedules"][0]["code"] == here["schedules"][0]["code"]
            assert there["schedules"][0]["config"] == here["schedules"][0]["config"]
            ours, theirs = (list(map(float, told["rates"][0])) for told in (here, there))
            peak = max(map(abs, ours))
            counts["values"] += len(ours)
            for mine, other in zip(ours, theirs, strict=True):
                if mine != other:
                    by_type[json.loads(question)["schedules"][0]["type"]] += 1
                    worst = max(worst, abs(mine - other) / peak)
    text = f"{dict(counts)}, unequal {dict(by_type)}, worst {worst * 2**52:.2f} * 2**-52"
    record_property("values", text)
    with capsys.disabled():
        print(f"\n{text}")

    assert worst <= 2.0**-51
