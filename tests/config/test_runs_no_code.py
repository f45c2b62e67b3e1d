"""Reading a config runs no code that is in it, loads no module and opens no file."""

import json
import subprocess
import sys

# The hook cannot be taken off again, so a process of its own has it.
PROGRAM = """
import json
import sys

from lr_scheduler import from_config

seen = set()
sys.addaudithook(lambda event, arguments: seen.add(event))
refused = []
for config in json.load(sys.stdin):
    seen.clear()
    try:
        from_config(config)
        refused.append([False, *seen])
    except (TypeError, ValueError):
        refused.append([True, *seen])
seen.clear()
eval('1')
print(json.dumps([refused, sorted(seen)]))
"""
CODE = [
    *("__import__('os').system('echo')", "os.system", "eval", "exec", "open", "builtins"),
    *("subprocess.Popen", "antigravity", "torch.optim.SGD", "__class__", "__reduce__"),
    *("FactorScheduler.__init__", "FactorScheduler(step=5)", "lambda: 0", "{step.__class__}"),
    *("!!python/object/apply:os.system", "/etc/passwd", "file:///etc/passwd"),
    "linear\n__import__('os')",
]
GOOD = {"type": "FactorScheduler", "step": 5}
CYCLE = {"type": "one_cycle", "max_update": 9, "warmup_steps": 3, "base_lr": 0.01}
KNOTS = {"type": "PiecewiseScheduler", "boundaries": [0, 5], "values": [0, 1]}
RATES = {"base_lr": 0.01, "final_lr": 0.001}
PLACES = [
    lambda text: {"type": text},
    lambda text: {"type": text, "step": 5},
    lambda text: GOOD | {"step": text},
    lambda text: GOOD | {"warmup_mode": text},
    lambda text: GOOD | {text: 5},
    lambda text: {"type": "sum", "operands": [GOOD, text]},
    lambda text: {"type": "sum", "operands": [GOOD, {"type": text}]},
    lambda text: {"type": "join", "schedulers": [text, GOOD], "boundaries": [5]},
    lambda text: {"type": "clip", "scheduler": text, "low": 0},
    lambda text: KNOTS | {"mode": [text]},
    lambda text: CYCLE | {"mode": text},
]
VALID = [
    *(GOOD, {"type": "sum", "operands": [GOOD, 0.5]}),
    {"type": "repeat", "scheduler": CYCLE, "period": 9},
    {"type": "cosine_restarts", "period": 5, **RATES, "lr_factor": 0.5},
    {
        "type": "warmup_stable_decay",
        "max_update": 9,
        "decay_steps": 3,
        **RATES,
        "warmup_steps": 2,
    },
]


def test_nothing_is_run_loaded_or_opened():
    configs = [place(text) for text in CODE for place in PLACES] + VALID
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps(configs),
        capture_output=True,
        text=True,
        check=True,
    )
    outcomes, evaluated = json.loads(done.stdout)

    assert evaluated == ["compile", "exec"]  # the hook sees what is run
    refused = [is_refused for is_refused, *_ in outcomes]
    assert refused == [True] * len(CODE) * len(PLACES) + [False] * len(VALID)
    # The one event: the names of a function's parameters are read from its __code__.
    assert {event for _, *events in outcomes for event in events} <= {"object.__getattr__"}
