"""The samples that other tests share are complete."""

import inspect

from support.samples import EVERY, SAMPLES

import lr_scheduler
from lr_scheduler import LRScheduler, Scheduler


def classes(base):
    """Return the subclasses of a class that the package defines, at any depth."""
    found = [c for c in base.__subclasses__() if c.__module__.startswith("lr_scheduler.")]
    return {*found, *(inner for each in found for inner in classes(each))}


def test_every_class_has_a_sample():
    bases = {c for c in classes(Scheduler) if c.__subclasses__()} | {LRScheduler}

    assert classes(Scheduler) - bases <= {type(scheduler) for scheduler in EVERY}


def test_every_public_name_that_makes_a_scheduler_has_a_sample():
    elsewhere = {"Scheduler", "LRScheduler", "from_config", "plot", "optimizer"}
    elsewhere |= {"to_keras", "to_optax", "to_torch"}
    methods = {
        name
        for name, method in inspect.getmembers(Scheduler, inspect.isfunction)
        if name[0] != "_" and method.__annotations__.get("return") == "Scheduler"
    }

    assert {*lr_scheduler.__all__} - elsewhere | methods <= {*SAMPLES}
