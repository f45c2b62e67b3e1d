"""A schedule as the reader writes it: in Python, in a training loop, as JSON."""

import json
from math import ceil
from typing import Any

import lr_scheduler
from lr_scheduler._config import parameters_of

# Decimal numbers alone: Brython's `float` makes 0.0 of "0x10".
DIGITS = frozenset("0123456789")
DECIMAL = DIGITS | {".", "_"}
ARITHMETIC = DECIMAL | frozenset("eE()+-*/ ")
INTEGERS = DIGITS | {"-"}
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
METHODS = ("clip", "delay", "over", "stretch")
SIGNS = {"sum": " + ", "product": " * ", "quotient": " / ", "power": " ** "}
WIDTH = 76  # characters of a line of code
INDENT = "    "
INSTALL = '# Install: "pip install ." in a clone of lr_scheduler, or see its home page\n'
# What is imported before the package, the adapter, and what follows the schedule. Each is
# whole: it runs as it is, on random data.
FRAMEWORKS = {
    "Python": ("", "", ""),
    "PyTorch": (
        "import torch\n\n",
        "to_torch",
        """
model = torch.nn.Linear(10, 1)  # your model
# The schedule sets the learning rate, so SGD needs none.
optimizer = torch.optim.SGD(model.parameters(), momentum=0.9)
scheduler = to_torch(schedule, optimizer)

{loop}""",
    ),
    "optax": (
        "import jax\nimport jax.numpy as jnp\nimport optax\n\n",
        "to_optax",
        """
params = {{"w": jnp.zeros((10, 1))}}  # your parameters
optimizer = optax.sgd(to_optax(schedule), momentum=0.9)
state = optimizer.init(params)


@jax.jit
def update(params, state, inputs, targets):
    def loss(params):  # your loss
        return jnp.mean((inputs @ params["w"] - targets) ** 2)

    updates, state = optimizer.update(jax.grad(loss)(params), state, params)
    return optax.apply_updates(params, updates), state


key = jax.random.key(0)
{loop}""",
    ),
    "Keras": (
        "import keras\nimport numpy as np\n\n",
        "to_keras",
        """
model = keras.Sequential([keras.layers.Dense(1)])  # your model
optimizer = keras.optimizers.SGD(to_keras(schedule), momentum=0.9)
model.compile(optimizer, loss="mse")

epochs, steps = {epochs}, {batches}  # optimizer steps in an epoch
# Your data, a batch for each optimizer step. The first step has the rate schedule(1).
batches = ((np.random.rand(32, 10), np.ones((32, 1))) for _ in range(epochs * steps))
model.fit(batches, epochs=epochs, steps_per_epoch=steps, shuffle=False)
""",
    ),
}
# The loops: without and with epochs, and of each framework a batch and an optimizer step.
FLAT = """\
for iteration in range(1, {steps} + 1):  # this step has the rate schedule(iteration)
    inputs, targets = {batch}  # your batch
"""
EPOCHS = """\
loader = {batches} * [({batch})]  # your data loader: {batches} batches

# The first optimizer step has the rate schedule(1).
for epoch in range({epochs}):
    for inputs, targets in loader:
"""
LOOPS = {
    "PyTorch": (
        "torch.randn(32, 10), torch.randn(32, 1)",
        """\
loss = torch.nn.functional.mse_loss(model(inputs), targets)
loss.backward()
optimizer.step()
scheduler.step()
optimizer.zero_grad()
""",
    ),
    "optax": (
        "jax.random.normal(key, (32, 10)), jnp.ones((32, 1))",
        "params, state = update(params, state, inputs, targets)\n",
    ),
}


def value_of(config: Any) -> Any:
    """Return a config whose numbers are numbers, not the texts that were typed."""
    if isinstance(config, dict):
        return {name: value_of(value) for name, value in config.items()}
    if isinstance(config, list):
        return [value_of(value) for value in config]
    if config in ("True", "False"):
        return config == "True"
    if isinstance(config, str):
        if is_number(config):
            for kind in (int, float):
                try:
                    number = kind(config)
                except ValueError:
                    continue
                return number if "." in config else integral(number)
        elif ARITHMETIC.issuperset(config) and not DIGITS.isdisjoint(config):
            return calculated(config)
    return config


def integral(value: Any) -> Any:
    """Return a number such as 1e3 as an integer; any other value unchanged."""
    is_whole = isinstance(value, float) and value % 1 == 0 and abs(value) <= 2**53
    return int(value) if is_whole else value


def is_number(text: str) -> bool:
    """Return whether a text looks like a decimal number; `int` or `float` decides."""
    unsigned = unsign(text)
    if unsigned in ("inf", "nan"):
        return True
    mantissa, e, exponent = unsigned.replace("E", "e").partition("e")
    digits = mantissa[1:] if mantissa[:1] == "." else mantissa
    is_mantissa = digits[:1] in DIGITS and DECIMAL.issuperset(digits)
    return is_mantissa and DIGITS.issuperset(unsign(exponent)) and bool(exponent) == bool(e)


def unsign(text: str) -> str:
    """Return a text without the sign that it may begin with."""
    return text[1:] if text[:1] in ("+", "-") else text


def calculated(text: str) -> Any:
    """Return what a text such as 1/3 comes to, or the text if it is no number."""
    from lr_scheduler._expression import number  # few need it, and it takes a while to load

    try:
        return number(text)
    except ValueError:
        return text


def config_text(values: Any, indent: str = "\n") -> str:
    """Write a config as JSON, with each number as Python writes it."""
    inner = indent + "  "
    if isinstance(values, dict):
        items = [f"{json.dumps(k)}: {config_text(v, inner)}" for k, v in values.items()]
        return "{" + inner + ("," + inner).join(items) + indent + "}"
    if isinstance(values, list):
        return "[" + ", ".join(config_text(value, indent) for value in values) + "]"
    return repr(values) if type(values) in (int, float) else json.dumps(values)


def expression(config: Any, room: int | None = None, used: int = 0) -> str:
    """Write a config as the expression that makes its scheduler.

    Where it needs more characters than there is room, each argument gets a line of its own. Of
    the first line a part is used already.
    """
    inner = room and room - len(INDENT)
    if isinstance(config, list):
        return bracketed("[", [expression(item, inner) for item in config], "]", room, used)
    if not isinstance(config, dict):
        value = value_of(config)
        is_calculated = not isinstance(value, str) and not is_number(str(config))
        return str(config) if is_calculated or isinstance(value, float) else literal(value)
    kind = config["type"]
    arguments = {name: value for name, value in config.items() if name != "type"}
    if kind in SIGNS:
        operands = [expression(item, inner) for item in arguments["operands"]]
        flat = "(" + SIGNS[kind].join(operands) + ")"
        if room is None or (len(flat) <= room - used and "\n" not in flat):
            return flat
        sign = SIGNS[kind].lstrip()
        lines = [operands[0], *[sign + each for each in operands[1:]]]
        return bracketed("(", lines, ")", 0, comma="")
    before = expression(arguments.pop("scheduler"), room, used) + "." if kind in METHODS else ""
    items = [
        f"{name}={expression(value, inner, len(name) + 1)}" for name, value in arguments.items()
    ]
    *above, last = before.rpartition("\n")
    return "".join(above) + bracketed(
        f"{last}{kind}(", items, ")", room, 0 if any(above) else used
    )


def ordered(config: Any) -> Any:
    """Return a config with its parameters in the order in which its functions take them."""
    if isinstance(config, list):
        return [ordered(item) for item in config]
    if not isinstance(config, dict):
        return config
    kind = config["type"]
    inside = {"type": kind} | {name: ordered(value) for name, value in config.items()}
    if kind in SIGNS:
        return inside
    make = getattr(lr_scheduler.Scheduler if kind in METHODS else lr_scheduler, kind)
    names = ["type", "scheduler", *getattr(make, "__match_args__", ()), *parameters_of(make)]
    return {name: inside[name] for name in names if name in inside}


def literal(value: Any) -> str:
    """Write a number, a word or a truth value as Python code."""
    return json.dumps(value) if isinstance(value, str) else repr(value)


def bracketed(
    before: str, items: list[str], after: str, room: int | None, used: int = 0, comma: str = ","
) -> str:
    """Write items in a line, or one below the other where there is no room for a line."""
    flat = before + ", ".join(items) + after
    if room is None or not items or (len(flat) <= room - used and "\n" not in flat):
        return flat
    lines = [INDENT + item.replace("\n", "\n" + INDENT) + comma for item in items]
    return "\n".join([before, *lines, after])


def code(config: Any, steps: int, per: float | None = None) -> dict[str, str]:
    """Return the code that makes a schedule and trains with it, for each framework.

    It trains for so many optimizer steps, or, where there are so many `per` epoch, for as many
    epochs as these steps need.
    """
    called = expression(config, WIDTH, len("schedule = "))
    if config["type"] in SIGNS and "\n" not in called:
        called = called[1:-1]
    assignment = f"schedule = {called}\n"
    used = public_names(assignment)
    batches = steps if per is None else ceil(per)
    numbers = {"steps": steps, "batches": batches, "epochs": ceil(steps / batches)}
    texts = {}
    for framework, (first, adapter, after) in FRAMEWORKS.items():
        names = ", ".join(sorted(used | {adapter} if adapter else used))
        batch, body = LOOPS.get(framework, ("", ""))
        head, inner = (FLAT, INDENT) if per is None else (EPOCHS, 2 * INDENT)
        loop = head.format(batch=batch, **numbers)
        loop += "".join([inner + line + "\n" for line in body.splitlines()])
        after = after.format(loop=loop, **numbers)
        imports = f"{first}from lr_scheduler import {names}\n\n"
        texts[framework] = f"{INSTALL}{imports}{assignment}{after}"
    return texts


def public_names(text: str) -> set[str]:
    """Return the public names of the package that occur in a text."""
    words = "".join([sign if sign in LETTERS else " " for sign in text]).split()
    return {word for word in words if word in lr_scheduler.__all__}
