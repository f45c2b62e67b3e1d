"""What the page asks Python for while the reader edits: a text read, a schedule wrapped."""

from typing import Any

from lr_scheduler import from_config

from .code import LETTERS, value_of
from .shape import length, rounded
from .table import short

# What the names of a library's modules and schedulers begin and end with, or are.
LIBRARIES = {
    "Hugging Face Transformers": (("transformers.", "get_"), (), ()),
    "optax": (("optax.",), ("_schedule", "_schedules"), ("exponential_decay",)),
    "timm": (("timm.",), ("LRScheduler",), ()),
    "PyTorch": (
        ("torch.",),
        ("LR",),
        ("ChainedScheduler", "CosineAnnealingWarmRestarts", "ReduceLROnPlateau"),
    ),
    "Keras": (("keras.",), ("Decay", "DecayRestarts"), ()),
}
NO_CODE = ("#", "from ", "import ")  # lines that no schedule begins with
PARTS = 200  # iterations at which the highest rate is looked for


def read(text: str) -> dict[str, Any]:
    """Return the config of a text that the reader typed or pasted, or its error.

    The text is an expression, a `repr`, or a config as JSON.
    """
    from lr_scheduler._expression import ExpressionError  # it takes a while to load

    from .expressions import read as read_text

    try:
        return {"config": read_text(expression_in(text))}
    except ExpressionError as error:
        return {"error": other_library(text) or str(error)}


def other_library(text: str) -> str:
    """Return where the page is that tells how to write another library's schedule here."""
    spaced = "".join([sign if sign in LETTERS or sign == "." else " " for sign in text])
    for library, (starts, ends, names) in LIBRARIES.items():
        for name in spaced.split():
            if name.startswith(starts) or (ends and name.endswith(ends)) or name in names:
                return (
                    f"this is code of {library}: the page Coming from {library} has an "
                    "expression for each of its schedules"
                )
    return ""


def expression_in(text: str) -> str:
    """Return the expression in the code that the page shows, or a text without code."""
    for block in text.split("\n\n"):
        if block.startswith("schedule = "):
            text = block
    lines = [line for line in text.splitlines() if not line.startswith(NO_CODE)]
    code = "\n".join(lines).strip()
    name, sign, value = code.partition("=")
    return value if sign and name.strip().isidentifier() else code


def fitted(config: Any, length_wanted: int, last: int) -> Any:
    """Return the config that brings a schedule of training to a length, and to a peak of 1.

    The schedule is as long as `last` says, or as its shape if that is 0.
    """
    scheduler = from_config(value_of(config))
    last = last or length(scheduler)
    if last <= length_wanted:
        return config
    peak = max([scheduler(1 + (last - 1) * i // PARTS) for i in range(PARTS + 1)])
    factor = f"{length_wanted} / {last}"
    stretched = {"type": "stretch", "scheduler": config, "factor": factor}
    return (
        {"type": "quotient", "operands": [stretched, repr(rounded(peak))]}
        if peak
        else stretched
    )


def wrapped(kind: str, start: dict[str, Any], config: Any) -> dict[str, Any]:
    """Return the config that puts a schedule into another, in numbers that suit it.

    A warm-up rises to the schedule's first rate, a cycle is as long as the schedule, limits are
    parts of its highest rate.
    """
    try:
        scheduler = from_config(value_of(config))
        last = length(scheduler)
        if not 1 <= last <= 10**12:
            last = 1000
        peak = max([scheduler(1 + (last - 1) * i // PARTS) for i in range(PARTS + 1)])
    except (TypeError, ValueError):
        return start  # the reader is still typing, or the schedule divides by 0

    def part(of: float) -> str:
        return str(max(1, int(rounded(last * of))))

    def rate(of: float) -> str:
        return short(rounded(peak * of))

    match kind:
        case "join":
            steps = part(0.05)
            warmup = {
                "type": "PiecewiseScheduler",
                "boundaries": ["0", steps],
                "values": ["0", short(float(f"{scheduler(1):.4g}"))],
            }
            return start | {"schedulers": [warmup, config], "boundaries": [steps]}
        case "sum":
            return start | {"operands": [config, rate(0.1)]}
        case "product" | "quotient" | "power":
            return start | {"operands": [config, *start["operands"][1:]]}
        case "clip":
            numbers = {"low": rate(0.1), "high": rate(0.8)}
        case "cooldown":
            numbers = {"at": part(0.5), "decay_steps": part(0.2)}
        case "delay":
            numbers = {"n": part(0.2)}
        case "repeat":
            numbers = {"period": str(last)}
        case _:
            numbers = {}
    return start | {"scheduler": config} | numbers
