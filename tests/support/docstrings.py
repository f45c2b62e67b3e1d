"""The docstrings of the site, read: what each promises of its parameters and its errors.

A range is written in the words of `PROMISE`, so that it can be compared with the table of wrong
values. What is demanded of another parameter is written as "a `period_factor` of at least 1".
"""

import inspect
import re
from typing import NamedTuple

import lr_scheduler
from lr_scheduler.optimizer import SGD
from support.bad_values import FACTOR, KINDS, NUMBER, POSITIVE, RATE, SPECIAL, integer


def parameters_of(value):
    """Return the names of the parameters of what can be called, but for `**keywords`."""
    found = inspect.signature(value).parameters if callable(value) else {}
    return [n for n, each in found.items() if n != "self" and each.kind != each.VAR_KEYWORD]


def public():
    """Return everything that has a docstring on the site, by name."""
    found = {name: getattr(lr_scheduler, name) for name in lr_scheduler.__all__}
    found = {name: value for name, value in found.items() if callable(value)} | {"SGD": SGD}
    for owner in [value for value in found.values() if inspect.isclass(value)]:
        for name, value in vars(owner).items():
            documented = inspect.isfunction(value) or isinstance(value, property)
            if documented and (name[0] != "_" or name == "__call__"):
                found[f"{owner.__name__}.{name}"] = value
    return found


PUBLIC = public()
PARAMETERS = {parameter for value in PUBLIC.values() for parameter in parameters_of(value)}

PROMISE = re.compile(
    r"(?<!of )(?<!by )\b(?:(?:at least|at most|above|less than) \d+(?:\.\d+)?(?:\*\*\d+)?"
    r"|finite|1 or different|from -?\d[\d*]*(?= to))"
)
RELATION = re.compile(
    r"(?:with `(\w+)` it is )?\b(at least|at most|above|less than|from \d+ to) `(\w+)`"
)


class Entry(NamedTuple):
    """What the section *Parameters* says of a parameter."""

    type: str
    text: str


def section(name, title):
    """Return the items of a section, each with the text below it, on one line."""
    text = inspect.getdoc(PUBLIC[name]) or ""
    found = re.search(rf"^{title}\n-+\n(.+?)(?=\n\n\S.*\n---|\Z)", text, re.M | re.S)
    items = re.split(r"\n(?=\S)", found[1]) if found else []
    pairs = [item.partition("\n")[::2] for item in items]
    return {head: " ".join(body.split()) for head, body in pairs}


def entries(name):
    """Return what a docstring says of each parameter, and the names that it has elsewhere."""
    own, elsewhere = {}, {}
    for head, text in section(name, "Parameters").items():
        names, _, kind = head.partition(" : ")
        if kind:
            own[names] = Entry(kind, text)
        elif not names.startswith("**"):
            (target,) = re.findall(r": see :\w+:`(\w+)`", text)
            elsewhere |= dict.fromkeys(names.split(", "), target)
    return own, elsewhere


def rows(name, parameter):
    """Return the wrong values of a parameter: by its docstring, if the table lacks its name."""
    special = SPECIAL.get((re.sub(r"^Scheduler\.", "LRScheduler.", name), parameter))
    return special or KINDS.get(parameter) or excluded(*entries(name)[0][parameter])


def excluded(kind, text):
    """Return the wrong values that a type and a range exclude."""
    what = " ".join([kind.partition(", ")[0], *sorted(promised(text) - {"finite"})])
    if least := re.fullmatch(r"int at least (\d+)", what):
        return integer(int(least[1]), "")
    known = {
        "float": NUMBER,
        "float at least 0": RATE,
        "float above 0": POSITIVE,
        "float above 0 at most 1": FACTOR,
    }
    assert what in known, f"write the wrong values of {what!r} in tests/support/bad_values.py"
    return known[what]


def rules(name, parameter, error):
    """Return the rules of the table whose breach is such an error, as a message states them."""
    found = {rule for _, kind, rule, _ in rows(name, parameter) if kind is error}
    return {re.sub(r"^(\[\d\])? must | iterations?$", "", rule) for rule in found}


# Every number keeps these, and the conventions say so once.
OF_EVERY_NUMBER = {"at most 2**53", "finite"}


def promised(text):
    """Return the ranges that a text promises for a value."""
    return {
        re.sub(r"^from (\d)", r"at least \1", found) for found in PROMISE.findall(text.lower())
    }


def implied(name, text):
    """Return the ranges that follow from the default of a parameter that is a minimum."""
    defaults = inspect.signature(PUBLIC[name]).parameters
    limits = [
        limit for _, word, limit in RELATION.findall(text) if word in ("above", "at least")
    ]
    return {f"at least {defaults[each].default}" for each in limits}


def demanded(name, parameter):
    """Return the ranges that the table of wrong values demands of a parameter."""
    text = "\n".join(rules(name, parameter, ValueError))
    text = text.replace("greater than", "above").replace("differ", "different")
    words = {rule.removeprefix("be ").strip() for rule in text.split("\n")}
    return {word for word in words if PROMISE.fullmatch(word) or word.startswith("from ")}


def relations(name):
    """Return the order that a docstring demands of two parameters, as (less, strict, more)."""
    found = set()
    own, elsewhere = entries(name)
    for parameter, entry in own.items():
        for other, word, limit in RELATION.findall(entry.text.lower()):
            low = f"{other} + {parameter}" if other else parameter
            order = (limit, low) if word in ("at least", "above") else (low, limit)
            found.add((order[0], word in ("above", "less than"), order[1]))
    for parameter, target in elsewhere.items():
        found |= {each for each in relations(target) if parameter in (each[0], each[2])}
    return found
