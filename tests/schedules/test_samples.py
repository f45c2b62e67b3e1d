"""The samples that other tests share are complete."""

from support.samples import EVERY, SAMPLES

from lr_scheduler import LRScheduler, Scheduler
from lr_scheduler._schedule import REGISTRY


def classes(base):
    """Return the subclasses of a class that the package defines, at any depth."""
    found = [c for c in base.__subclasses__() if c.__module__.startswith("lr_scheduler.")]
    return {*found, *(inner for each in found for inner in classes(each))}


def test_every_class_has_a_sample():
    bases = {c for c in classes(Scheduler) if c.__subclasses__()} | {LRScheduler}

    assert classes(Scheduler) - bases <= {type(scheduler) for scheduler in EVERY}


def test_every_name_of_a_config_has_a_sample():
    assert REGISTRY.keys() <= SAMPLES.keys()
