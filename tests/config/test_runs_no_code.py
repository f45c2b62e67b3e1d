"""Reading a config runs no code that is in it, loads no module and opens no file."""

import json
import subprocess
import sys

import pytest

# The hook cannot be taken off again, so a process of its own has it.
PROGRAM = """
import json
import sys

from lr_scheduler import from_config

seen = []
sys.addaudithook(lambda event, arguments: seen.append(event))
configs = json.load(sys.stdin)
outcomes = []
for config in configs:
    seen.clear()
    try:
        from_config(config)
        outcome = "made"
    except (TypeError, ValueError):
        outcome = "refused"
    outcomes.append([outcome, sorted(set(seen))])
seen.clear()
eval('1')
print(json.dumps([outcomes, sorted(set(seen))]))
"""
CODE = [
    "__import__('os').system('echo')",
    "os.system",
    "eval",
    "exec",
    "open",
    "subprocess.Popen",
    "builtins",
    "antigravity",
    "torch.optim.SGD",
    "__class__",
    "__reduce__",
    "FactorScheduler.__init__",
    "FactorScheduler(step=5)",
    "lambda: 0",
    "{step.__class__}",
    "!!python/object/apply:os.system",
    "/etc/passwd",
    "file:///etc/passwd",
    "linear\n__import__('os')",
]
GOOD = {"type": "FactorScheduler", "step": 5}
PLACES = [
    lambda text: {"type": text},
    lambda text: {"type": text, "step": 5},
    lambda text: {**GOOD, "step": text},
    lambda text: {**GOOD, "warmup_mode": text},
    lambda text: {**GOOD, text: 5},
    lambda text: {"type": "sum", "operands": [GOOD, text]},
    lambda text: {"type": "sum", "operands": [GOOD, {"type": text}]},
    lambda text: {"type": "join", "schedulers": [text, GOOD], "step": [5]},
    lambda text: {"type": "clip", "scheduler": text, "low": 0},
    lambda text: {"type": "PiecewiseScheduler", "step": [0, 5], "lr": [0, 1], "mode": [text]},
    lambda text: {"type": "one_cycle", "max_update": 9, "warmup_steps": 3, "mode": text},
]
VALID = [
    GOOD,
    {"type": "sum", "operands": [GOOD, 0.5]},
    {"type": "repeat", "scheduler": {"type": "one_cycle", "max_update": 9, "warmup_steps": 3}}
    | {"step": 9},
    {"type": "cosine_restarts", "step": 5, "final_lr": 0.001, "lr_factor": 0.5},
    {"type": "warmup_stable_decay", "max_update": 9, "decay_steps": 3, "warmup_steps": 2},
]


@pytest.fixture(scope="module")
def outcomes():
    """Return what came of each config, and what the hook sees of a text that is evaluated."""
    configs = [place(text) for text in CODE for place in PLACES] + VALID
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps(configs),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_nothing_is_run_loaded_or_opened(outcomes):
    read, _ = outcomes

    assert [outcome for outcome, _ in read] == ["refused"] * len(CODE) * len(PLACES) + [
        "made"
    ] * len(VALID)
    # The one event: the names of a function's parameters are read from its __code__.
    assert {event for _, events in read for event in events} <= {"object.__getattr__"}


def test_the_hook_sees_what_is_run(outcomes):
    _, evaluated = outcomes

    assert evaluated == ["compile", "exec"]
