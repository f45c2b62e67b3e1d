"""Schedulers in the models of Pydantic, and in the configs of OmegaConf and PyYAML."""

import json

import pytest
import yaml
from omegaconf import OmegaConf
from pydantic import BaseModel, TypeAdapter, ValidationError
from support.samples import OF_THE_PACKAGE

from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    LRScheduler,
    MultiFactorScheduler,
    Scheduler,
    from_config,
    join,
)


class Own(LRScheduler):
    """A class of one's own."""

    points: tuple[tuple[int, int], ...] = ()

    def decay(self, t):
        return self.base_lr


class Any(BaseModel):
    """A field of any schedule."""

    schedule: Scheduler


class Certain(BaseModel):
    """Fields of certain classes."""

    cosine: CosineScheduler = CosineScheduler(10)
    own: Own | None = None


OWN = Own(((1, 2), (3, 4)), base_lr=1)


@pytest.mark.parametrize("scheduler", OF_THE_PACKAGE, ids=repr)
def test_a_model_dumps_the_config_and_reads_it(scheduler):
    model = Any(schedule=scheduler)

    assert model.schedule is scheduler
    assert model.model_dump() == {"schedule": scheduler.to_config()}
    assert json.loads(model.model_dump_json()) == model.model_dump()
    assert Any.model_validate(model.model_dump()) == model
    assert Any.model_validate_json(model.model_dump_json()) == model


def test_a_field_of_ones_own_class_may_name_it_in_a_config():
    model = Certain(own=OWN)

    assert Any(schedule=OWN).schedule is OWN
    assert Certain.model_validate_json(model.model_dump_json()) == model
    with pytest.raises(ValidationError, match=r"config\['type'\] must be one of .* got 'Own'"):
        Any.model_validate({"schedule": OWN.to_config()})


def test_a_field_of_one_class_needs_no_type():
    read = Certain.model_validate({"cosine": {"max_update": 5}, "own": {"base_lr": 1}})

    assert read == Certain(cosine=CosineScheduler(5), own=Own(base_lr=1))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"type": "CosineScheduler", "max_update": "1e4"}, "got '1e4': write 1.0e"),
        ({"type": "CosineScheduler", "max_update": 0}, "must be at least 1 iteration, got 0"),
        ({"type": "FactorScheduler", "step": 5}, "must be a CosineScheduler or its config"),
        (FactorScheduler(5), r"must be a CosineScheduler or its config, got FactorSch"),
        (0.1, "must be a CosineScheduler or its config, got 0.1"),
    ],
)
def test_what_is_refused_names_the_field(value, words):
    with pytest.raises(ValidationError, match=f"cosine\n.*{words}"):
        Certain(cosine=value)


def test_a_schedule_without_a_config_is_no_empty_dict():
    with pytest.raises(ValueError, match=r"operands\[1\] must be a scheduler or plain data"):
        Any(schedule=CosineScheduler(10) + abs).model_dump()


def test_the_json_schema_is_of_a_config():
    assert TypeAdapter(Scheduler).json_schema() == {
        "type": "object",
        "properties": {"type": {"type": "string"}},
    }


TEXT = """
type: join
schedulers: [0.1, {type: MultiFactorScheduler, step: [5, 9], factor: "${factor}"}]
boundaries: [3]
"""


def test_a_config_of_omegaconf():
    config = OmegaConf.create({"factor": 0.5, "schedule": OmegaConf.create(TEXT)})
    step = OmegaConf.create([5, 9])

    made = MultiFactorScheduler([5, 9], 0.5)
    assert from_config(config.schedule) == join([0.1, made], [3])
    assert MultiFactorScheduler(step, 0.5) == made


@pytest.mark.parametrize(
    "library", [yaml.safe_load, OmegaConf.create], ids=["yaml", "omegaconf"]
)
def test_the_number_that_a_message_gives_is_one(library):
    """OmegaConf reads 1e-4 as a number itself."""
    config = "{type: CosineScheduler, max_update: 10, base_lr: %s}"
    assert yaml.safe_load("1e-4") == "1e-4"
    with pytest.raises(TypeError, match=r"write 1\.0e-4 without quotes"):
        from_config(yaml.safe_load(config % "1e-4"))

    assert from_config(library(config % "1.0e-4")).base_lr == 1e-4
    assert from_config(library(config % "1.0e+0")).base_lr == 1
