"""Deep and huge configs: a short answer, soon, in little memory."""

import sys
import tracemalloc
from dataclasses import dataclass
from typing import Any

import pytest

from lr_scheduler import FactorScheduler, LRScheduler, _config, _schedule, from_config, join

FACTOR, GOOD = FactorScheduler(5), {"type": "FactorScheduler", "step": 5}
DEEP = 20_000  # far beyond what Python's stack holds


@dataclass(frozen=True)
class Mine(LRScheduler):
    """A class of one's own, with a parameter."""

    rate: Any = 1

    def decay(self, t):
        return self.base_lr


def lists(depth=DEEP):
    """Return lists within one another."""
    value = []
    for _ in range(depth):
        value = [value]
    return value


def dicts(key, depth=DEEP, **others):
    """Return dicts within one another."""
    value = {}
    for _ in range(depth):
        value = {**others, key: value}
    return value


def delayed(times):
    """Return operators within one another."""
    scheduler = FACTOR
    for _ in range(times):
        scheduler = scheduler.delay(1)
    return scheduler


def test_whatever_can_be_made_can_be_written_and_read():
    """Operators nest 100 deep; a join within a join is a list within a dict each."""
    deepest = FACTOR
    for _ in range(100):
        deepest = join([deepest, 1], [5])

    assert from_config(deepest.to_config()) == deepest
    assert from_config(delayed(100).to_config()) == delayed(100)


def test_no_config_makes_what_operators_cannot():
    config = {"type": "delay", "scheduler": delayed(100).to_config(), "n": 1}

    with pytest.raises(
        ValueError, match="config: schedules must be nested at most 100 deep, g"
    ):
        from_config(config)


def test_a_config_has_at_most_300_levels():
    deep = Mine(lists(298), base_lr=1)
    assert from_config(deep.to_config(), classes=[Mine]) == deep

    with pytest.raises(
        ValueError, match="scheduler must be nested at most 300 deep, got sched"
    ):
        Mine(lists(299), base_lr=1).to_config()
    with pytest.raises(ValueError, match="config must be nested at most 300 deep, got config"):
        from_config({"type": "Mine", "rate": lists(299), "base_lr": 1}, classes=[Mine])


def test_a_config_holds_at_most_100_000_schedulers(monkeypatch):
    """In YAML, a few lines can stand for millions. The sum and its operands count."""
    assert _config.MOST_SCHEDULES == 100_000
    monkeypatch.setattr(_config, "MOST_SCHEDULES", 3)  # 100,000 take seconds
    config = {"type": "sum", "operands": [GOOD, GOOD]}

    assert from_config(config) == FACTOR + FACTOR
    config["operands"].append(GOOD)
    with pytest.raises(ValueError, match="config must hold at most 3 schedules, got more"):
        from_config(config)


def test_a_config_holds_at_most_so_many_values(monkeypatch):
    monkeypatch.setattr(_config, "MOST_VALUES", 100)
    config = {"type": "MultiFactorScheduler", "step": [*range(1, 101)]}

    assert from_config(config).step == (*range(1, 101),)
    config["step"].append(101)
    with pytest.raises(ValueError, match="config must hold at most 100 values, got more"):
        from_config(config)


LONG = 4_000


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: {"type": lists()}, "config['type'] must be one of"),
        (lambda: {"type": dicts("type")}, "config['type'] must be one of"),
        (lambda: GOOD | {"step": lists()}, "nested at most 300 deep, got config['step'][0][0]"),
        (
            lambda: GOOD | {"step": dicts("x")},
            "config['step'] must have the key 'type', got ['x",
        ),
        (lambda: GOOD | {"x": dicts("x")}, "config['x'] is not a parameter of FactorScheduler"),
        (
            lambda: dicts("scheduler", type="delay", n=1),
            "config must be nested at most 300 deep, got config['scheduler']['scheduler']",
        ),
        (lambda: GOOD | {"step": [1] * LONG}, "step must be an integer, got [1, 1, 1"),
        (
            lambda: {"type": "sum", "operands": [1] * LONG},
            "operands must be at least 2, with",
        ),
        (
            lambda: {"type": "MultiFactorScheduler", "step": [*range(1, LONG), 5]},
            "config: step must be strictly increasing, got [1, 2, 3",
        ),
        (
            lambda: {"type": "join", "schedulers": [1] * LONG, "boundaries": [5]},
            "config: boundaries must hold 3999 boundaries for 4000 schedulers, got 1: [5]",
        ),
        (lambda: GOOD | {"step": 10 ** (10**5)}, "got an integer of 332193 bits"),
        (lambda: {"type": "x" * 10**7}, "config['type'] must be one of"),
        (lambda: GOOD | {"step": "5" * 10**7}, "step must be an integer, got '555"),
        (
            lambda: GOOD | {"step" * 10**6: 5},
            "(4000002 characters)] is not a parameter of Fact",
        ),
        (lambda: GOOD | {str(i): i for i in range(LONG)}, "config['0'] is not a parameter of"),
        (
            lambda: {str(i): i for i in range(LONG)},
            "must have the key 'type', got ['0', '1', '2'",
        ),
    ],
)
def test_a_deep_or_huge_config_is_refused_in_few_words(make, words):
    tracemalloc.start()
    try:
        config = make()
        size, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        with pytest.raises((TypeError, ValueError)) as raised:
            from_config(config)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 5 * size
    assert words in str(raised.value)
    assert len(str(raised.value)) < 500


def test_a_path_is_cut_to_120_characters():
    path = "".join(map(chr, range(0x100, 0x100 + 121)))

    assert _schedule.cut_path(path[:120]) == path[:120]
    assert _schedule.cut_path(path) == f"{path[:60]}...{path[64:]}"
    with pytest.raises(ValueError, match=r"^config.{114} must have the key 'type', got \[\]$"):
        from_config(dicts("scheduler", 200, type="delay", n=1))


def calls(function, *arguments):
    """Return how many functions a call calls, of Python and of C."""
    count = 0

    def profile(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        function(*arguments)
    finally:
        sys.setprofile(None)
    return count


def chain(n):
    """Return a sum written one by one."""
    return sum([FACTOR] * n)


def product(n):
    """Return a product written one by one."""
    scheduler = FACTOR
    for _ in range(n):
        scheduler = scheduler * 0.5
    return scheduler


def joined(n):
    """Return many schedules one after another."""
    return join([FACTOR] * (n + 1), range(1, n + 1))


@pytest.mark.parametrize("make", [chain, product, joined])
@pytest.mark.parametrize(
    "work",
    [
        lambda make, n: calls(make, n),
        lambda make, n: calls(make(n).to_config),
        lambda make, n: calls(from_config, make(n).to_config()),
        lambda make, n: calls(make(n), 3),
        lambda make, n: calls(repr, make(n)),
        lambda make, n: calls(hash, make(n)),
    ],
    ids=["make", "write", "read", "ask", "show", "hash"],
)
def test_twice_the_length_is_twice_the_work(make, work):
    assert work(make, 400) < 2.1 * work(make, 200)
