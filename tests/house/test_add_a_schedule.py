"""Every schedule is in each place that the guide lists; a place that lacks one is named."""

import re
from inspect import isfunction, signature
from typing import NamedTuple

import pytest
from support import ROOT

import lr_scheduler
from lr_scheduler import LRScheduler, Scheduler, as_scheduler, from_config
from lr_scheduler._schedule import REGISTRY


class Place(NamedTuple):
    """Files as the guide writes them, how they name a schedule, and how to add its NAME."""

    files: str
    pattern: str
    advice: str


PLACES = [
    Place(
        "lr_scheduler/_<topic>.py",
        r"^@register\n(?:class|def) (?i:NAME)\b",
        "write the class or the function, below @register",
    ),
    Place("lr_scheduler/__init__.py", '^    "NAME",\n', "import it, and add it to __all__"),
    Place(
        "docs/reference/<Name>.md",
        r"^```\{api\} NAME\nNAME\(.+\n",
        "write {api} NAME with the arguments that show it best, and list it in reference.md",
    ),
    Place(
        "docs/choose.md",
        r"^```\{formula\} NAME\n",
        "write a section with its {curve} and {formula} NAME, and say when to take it",
    ),
    Place("docs/changelog.md", r"lr_scheduler\.NAME\b", "link to it in the newest version"),
    Place(
        "gallery/plot_<number>_<topic>.py",
        r"\bNAME\(",
        "write a script that plots it with the arguments of the reference",
    ),
    Place(
        "tests/support/formulas.py",
        r'^@formula\(\s*"NAME",',
        "write the formula again, as a function of its symbols below @formula",
    ),
    Place(
        "tests/support/formulas.py",
        r'^    "NAME": ',
        "add arguments to ARGUMENTS, with which the formula is compared",
    ),
    Place(
        "tests/release/surface.txt",
        r"^lr_scheduler\.NAME\(.+\n",
        "run python tests/release/check.py > tests/release/surface.txt",
    ),
]


def makes_a_schedule(value):
    """Return whether a public name is a concrete scheduler, or a function that returns one."""
    kind = signature(value).return_annotation if isfunction(value) else value
    is_scheduler = isinstance(kind, type) and issubclass(kind, Scheduler)
    others = Scheduler, LRScheduler, as_scheduler, from_config
    return is_scheduler and value not in others


EXPORTED = {n for n in lr_scheduler.__all__ if makes_a_schedule(getattr(lr_scheduler, n))}
OPERATORS = {"sum", "product", "quotient", "power", *vars(Scheduler)}
SCHEDULES = sorted((EXPORTED | {*REGISTRY}) - OPERATORS)
TEXTS = {
    place.files: "\n".join(
        path.read_text("utf-8") for path in ROOT.glob(re.sub("<.+?>", "*", place.files))
    )
    for place in PLACES
}


def find(place, name):
    return re.compile(place.pattern.replace("NAME", name), re.MULTILINE)


def missing(name, texts):
    """Return what is missing of a schedule, a line for each place."""
    return [
        f"{name} is not in {place.files}: {place.advice.replace('NAME', name)}"
        for place in PLACES
        if not find(place, name).search(texts[place.files])
    ]


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_schedule_is_in_every_place(name):
    found = missing(name, TEXTS)

    assert not found, "\n".join(found)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.files)
@pytest.mark.parametrize("name", ["PowerScheduler", "cosine_restarts", "join"])
def test_a_missing_place_is_named(name, place):
    without = find(place, name).sub("", TEXTS[place.files])

    (line,) = missing(name, TEXTS | {place.files: without})
    assert line.startswith(f"{name} is not in {place.files}: ")


def test_a_schedule_that_is_nowhere_lacks_every_place():
    assert len(missing("NoSuchScheduler", TEXTS)) == len(PLACES)


def test_the_guide_lists_these_places():
    guide = (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8")
    section = re.search(r"^## Add a schedule.*?(?=^## )", guide, re.MULTILINE | re.DOTALL)[0]
    listed = re.findall(r"^\d\. `([^`]+)`", section, re.MULTILINE)

    assert listed == list(TEXTS)
    assert len(listed) <= 8
