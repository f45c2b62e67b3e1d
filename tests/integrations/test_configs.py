"""Schedulers in files and on command lines: what each tool loads is the scheduler."""

import json
import re
from dataclasses import dataclass

import hydra
import jsonargparse
import lightning
import pytest
import tyro
import yaml
from lightning.pytorch.cli import LightningCLI
from omegaconf import OmegaConf
from pydantic import BaseModel, TypeAdapter, ValidationError
from support import ROOT
from support.samples import OF_THE_PACKAGE

import lr_scheduler
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


def is_public(config):
    """Return whether every type in a config has a name to import; operators have none."""
    if isinstance(config, dict):
        return hasattr(lr_scheduler, config["type"]) and all(map(is_public, config.values()))
    return not isinstance(config, list) or all(map(is_public, config))


def written(config, form):
    """Return a config as another tool wants it."""
    if isinstance(config, dict):
        arguments = {key: written(value, form) for key, value in config.items()}
        return form(f"lr_scheduler.{arguments.pop('type')}", arguments)
    return [written(each, form) for each in config] if isinstance(config, list) else config


def hydras(name, arguments):
    return {"_target_": name, **arguments}


def class_path(name, arguments):
    return {"class_path": name, "init_args": arguments}


def parse(schedule):
    parser = jsonargparse.ArgumentParser(exit_on_error=False)
    parser.add_argument("--schedule", type=Scheduler)
    return parser.instantiate(parser.parse_object({"schedule": schedule})).schedule


PUBLIC = [each for each in OF_THE_PACKAGE if is_public(each.to_config())]
OTHERS = [each for each in OF_THE_PACKAGE if each not in PUBLIC]


@pytest.mark.parametrize("scheduler", PUBLIC, ids=repr)
def test_hydra_and_jsonargparse_make_the_scheduler(scheduler):
    config = scheduler.to_config()

    made = hydra.utils.instantiate(written(config, hydras), _convert_="all")
    assert made == scheduler
    assert parse(written(config, class_path)) == scheduler


@pytest.mark.parametrize("scheduler", OTHERS, ids=repr)
def test_hydra_and_jsonargparse_make_what_from_config_makes(scheduler):
    arguments = {"config": scheduler.to_config()}

    assert hydra.utils.instantiate(hydras("lr_scheduler.from_config", arguments)) == scheduler
    assert parse(class_path("lr_scheduler.from_config", arguments)) == scheduler


def test_the_yaml_of_the_page_is_a_product():
    page = (ROOT / "docs" / "how-to" / "config-tools.md").read_text("utf-8")
    (text,) = re.findall(r"^```yaml\n(.+?)^```$", page, re.MULTILINE | re.DOTALL)
    product = 0.1 * CosineScheduler(1000, base_lr=0.1)
    arguments = yaml.safe_load(text)["init_args"]

    assert parse(yaml.safe_load(text)) == product
    assert hydra.utils.instantiate(hydras("lr_scheduler.from_config", arguments)) == product


def test_jsonargparse_needs_the_path_of_a_function_and_the_name_of_a_class():
    parser = jsonargparse.ArgumentParser(exit_on_error=False)
    parser.add_argument("--schedule", type=Scheduler)
    rest = ["--schedule.max_update=9", "--schedule.base_lr=1e-4"]

    for name in "lr_scheduler.linear", "CosineScheduler":
        made = parser.instantiate(parser.parse_args([f"--schedule={name}", *rest])).schedule
        assert (made.max_update, made.base_lr) == (9, 1e-4)
    with pytest.raises(jsonargparse.ArgumentError, match="Expected a dot import path"):
        parser.parse_args(["--schedule=linear", *rest])


def test_omegaconf_reads_an_exponent_without_a_dot_but_pyyaml_does_not():
    assert OmegaConf.create("rate: 1e-4").rate == 1e-4
    assert yaml.safe_load("rate: 1e-4") == {"rate": "1e-4"}


def test_hydra_takes_a_schedule_in_a_list_apart_unless_it_converts_all():
    config = written(join([0.1, CosineScheduler(9)], [3]).to_config(), hydras)

    with pytest.raises(hydra.errors.InstantiationException, match="must be a number or calla"):
        hydra.utils.instantiate(OmegaConf.create(config))
    assert hydra.utils.instantiate(OmegaConf.create({**config, "_convert_": "all"}))


class Module(lightning.LightningModule):
    def __init__(self, schedule: Scheduler):
        super().__init__()
        self.schedule = schedule


@pytest.mark.filterwarnings("ignore:LightningCLI's args parameter")  # pytest has its own
@pytest.mark.filterwarnings("ignore:.*`tensorboardX` has been removed")
@pytest.mark.filterwarnings("ignore::DeprecationWarning:lightning")  # of jsonargparse
def test_lightning_cli_reads_a_file_and_the_command_line_changes_it(tmp_path):
    config = written(CosineScheduler(9, base_lr=0.1).to_config(), class_path)
    file = tmp_path / "config.yaml"
    file.write_text(yaml.safe_dump({"model": {"schedule": config}}), "utf-8")

    cli = LightningCLI(
        Module,
        run=False,
        save_config_callback=None,
        seed_everything_default=False,
        trainer_defaults={"accelerator": "cpu"},
        args=[f"--config={file}", "--model.schedule.max_update=12"],
    )

    assert cli.model.schedule == CosineScheduler(12, base_lr=0.1)


@dataclass
class Settings:
    schedule: CosineScheduler | MultiFactorScheduler


@pytest.mark.parametrize(
    ("options", "scheduler"),
    [
        (
            "cosine-scheduler --schedule.max-update 9 --schedule.base-lr 1e-3",
            CosineScheduler(9, base_lr=1e-3),
        ),
        (
            "multi-factor-scheduler --schedule.step 5 9 --schedule.factor 0.5",
            MultiFactorScheduler([5, 9], 0.5),
        ),
    ],
)
def test_tyro_makes_the_class_that_the_command_line_names(options, scheduler):
    made = tyro.cli(Settings, args=f"schedule:{options}".split())

    assert made.schedule == scheduler
