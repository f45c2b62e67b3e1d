"""Deep and huge configs: a short answer, soon, in little memory."""

import sys
import tracemalloc

import pytest

from lr_scheduler import FactorScheduler, _config, from_config, join

GOOD = {"type": "FactorScheduler", "step": 5}
DEEP = 100_000  # far beyond what Python's stack holds


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


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: {"type": lists()}, ValueError, "config['type'] must be one of"),
        (lambda: {"type": dicts("type")}, ValueError, "config['type'] must be one of"),
        (lambda: {**GOOD, "step": lists()}, ValueError, "nested at most 300 deep"),
        (lambda: {**GOOD, "step": dicts("x")}, ValueError, "must have the key 'type'"),
        (lambda: {**GOOD, "x": dicts("x")}, ValueError, "config['x'] is not a parameter"),
        (
            lambda: dicts("scheduler", type="shift", iterations=1),
            ValueError,
            "config must be nested at most 300 deep, got config['scheduler']['scheduler']",
        ),
        (
            lambda: {**dicts("scheduler", 200, type="shift", iterations=1), "iterations": 1},
            ValueError,
            "['scheduler']['scheduler'] must have the key 'type', got []",
        ),
    ],
    ids=[
        *("lists as a type", "dicts as a type", "lists", "dicts", "dicts by another name"),
        *("operators", "an error far below"),
    ],
)
def test_deep(make, error, words):
    with pytest.raises(error) as raised:
        from_config(make())

    assert words in str(raised.value)
    assert len(str(raised.value)) < 500


HUGE = {
    "a list for a number": (
        lambda: {**GOOD, "step": [1] * 20_000},
        "step must be an integer, got [1, 1, 1",
    ),
    "a list of operands": (
        lambda: {"type": "sum", "operands": [1] * 20_000},
        "operands must be at least 2, one of the first 2 a schedule, got [1, 1",
    ),
    "a list of boundaries": (
        lambda: {"type": "MultiFactorScheduler", "step": [*range(20_000), 5]},
        "step[0] must be at least 1 iteration, got 0",
    ),
    "a list that falls at its end": (
        lambda: {"type": "MultiFactorScheduler", "step": [*range(1, 20_000), 5]},
        "step must be strictly increasing, got [1, 2, 3",
    ),
    "a list of schedules": (
        lambda: {"type": "join", "schedulers": [1] * 20_000, "step": [5]},
        "step must hold 19999 boundaries between 20000 schedulers, got [5]",
    ),
    "an integer for a step": (
        lambda: {**GOOD, "step": 10 ** (10**5)},
        "step must be at most 2**53, got an integer of 332193 bits",
    ),
    "an integer for a rate": (
        lambda: {**GOOD, "base_lr": -(10 ** (10**5))},
        "base_lr must be finite, got an integer of 332193 bits",
    ),
    "an integer in a sum": (
        lambda: {"type": "sum", "operands": [GOOD, 10 ** (10**5)]},
        "summand must be finite, got an integer of 332193 bits",
    ),
    "a text for a type": (
        lambda: {"type": "x" * 10**7},
        "config['type'] must be one of",
    ),
    "a text for a number": (
        lambda: {**GOOD, "step": "5" * 10**7},
        "config: step must be an integer, got '555",
    ),
    "a text for a shape": (
        lambda: {**GOOD, "warmup_mode": "linear" * 10**6},
        "config: warmup_mode must be 'linear' or 'constant', got 'linearlinear",
    ),
    "a text for a key": (
        lambda: {**GOOD, "step" * 10**6: 5},
        "(4000002 characters)] is not a parameter of FactorScheduler",
    ),
    "many keys": (
        lambda: GOOD | {str(i): i for i in range(20_000)},
        "config['0'] is not a parameter of FactorScheduler",
    ),
    "many keys and no type": (
        lambda: {str(i): i for i in range(20_000)},
        "config must have the key 'type', got ['0', '1', '2'",
    ),
}


@pytest.mark.parametrize(("make", "words"), HUGE.values(), ids=HUGE)
def test_huge(make, words):
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


def test_a_million():
    with pytest.raises(TypeError, match=r"got \[1, 1, .*\.\.\. \(3000000 characters\)"):
        from_config({**GOOD, "step": [1] * 10**6})


@pytest.mark.parametrize("limit", [10, 1000])
def test_lists_that_stand_for_millions_are_refused(limit, monkeypatch):
    """As YAML can write them: each level holds the one below twice."""
    monkeypatch.setattr(_config, "LONGEST", limit)
    value = [1]
    for _ in range(100):
        value = [value, value]

    with pytest.raises(ValueError, match=f"config must hold at most {limit} values, got more"):
        from_config({**GOOD, "step": value})
    few = {"type": "MultiFactorScheduler", "step": [*range(1, limit - 1)]}
    assert from_config(few).step == (*range(1, limit - 1),)  # with the dict and the list
    few["step"].append(limit)
    with pytest.raises(ValueError, match=f"config must hold at most {limit} values, got more"):
        from_config(few)


def test_a_path_is_cut_to_120_characters():
    path = "".join(map(chr, range(0x100, 0x100 + 121)))

    assert _config._cut(path[:120]) == path[:120]
    assert _config._cut(path) == f"{path[:60]}...{path[64:]}"


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
    return sum([FactorScheduler(5)] * n)


def product(n):
    """Return a product written one by one."""
    scheduler = FactorScheduler(5)
    for _ in range(n):
        scheduler = scheduler * 0.5
    return scheduler


def joined(n):
    """Return many schedules one after another."""
    return join([FactorScheduler(5)] * (n + 1), range(1, n + 1))


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
    assert work(make, 600) < 2.1 * work(make, 300)
