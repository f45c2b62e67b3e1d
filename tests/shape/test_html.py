"""A schedule in a notebook: its curve, its parameters, and never an error."""

import re
from xml.etree import ElementTree

import pytest
from support.samples import SAMPLES, Inverse

from lr_scheduler import (
    BatchClock,
    CosineScheduler,
    LRScheduler,
    as_scheduler,
    constant,
    join,
    one_cycle,
)


class Failing(LRScheduler):
    def decay(self, t):
        raise RuntimeError


class Named(Inverse):
    name: str = ""


@pytest.mark.parametrize("name", SAMPLES)
def test_every_schedule_shows_its_repr_and_its_curve(name):
    for scheduler in SAMPLES[name]:
        tree = ElementTree.fromstring(scheduler._repr_html_())

        assert "".join(tree.find("p").itertext()) == repr(scheduler)
        assert tree.find("{http://www.w3.org/2000/svg}svg") is not None


def test_a_scheduler_lists_its_parameters_those_at_their_defaults_too():
    html = CosineScheduler(1000, base_lr=1e-5)._repr_html_()
    rows = re.findall(r"<tr><th>(\w+)</th><td>(.*?)</td></tr>", html)

    assert rows == [
        ("max_update", "1000"),
        ("base_lr", "1e-05"),
        ("warmup_steps", "0"),
        ("warmup_begin_lr", "0"),
        ("warmup_mode", "'linear'"),
        ("final_lr", "0"),
    ]


@pytest.mark.parametrize(
    "scheduler", [constant(0.1), 0.5 * CosineScheduler(9), join([1, 2], [3])], ids=repr
)
def test_an_operator_lists_none(scheduler):
    assert "<table>" not in scheduler._repr_html_()


def test_what_is_said_is_escaped():
    html = Named(base_lr=1, name="<script>&'\"")._repr_html_()

    assert "<script>" not in html
    assert "&lt;script&gt;&amp;" in html


@pytest.mark.parametrize(
    "scheduler",
    [
        Failing(base_lr=1),
        as_scheduler(lambda t: "rate"),
        as_scheduler(lambda t: [0, 1][t]),
        1 / CosineScheduler(9),
    ],
)
def test_a_schedule_that_fails_leaves_its_repr_to_the_notebook(scheduler):
    assert scheduler._repr_html_() is None


def test_a_difference_may_be_negative():
    assert "<svg" in (CosineScheduler(9, base_lr=1) - 0.5)._repr_html_()


def test_a_long_repr_is_cut():
    html = join([0.5] * 1000, range(1, 1000))._repr_html_()

    assert re.search(r"\.\.\. \(\d+ characters\)</code>", html)
    assert len(html) < 20_000


def test_a_clock_shows_what_it_counts():
    assert "Samples or tokens</text>" in BatchClock([64, 128], [1000])._repr_html_()
    assert "Learning rate</text>" in one_cycle(1000, 300, base_lr=1)._repr_html_()


def test_no_style_is_used_that_a_policy_could_refuse():
    html = CosineScheduler(1000, warmup_steps=100)._repr_html_()

    assert not re.search(r"<style|style=|<script|url\(", html)
