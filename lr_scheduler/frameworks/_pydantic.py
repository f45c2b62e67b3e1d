"""A scheduler as a field of a Pydantic model: validated from a config, dumped as a config.

Pydantic asks the class for its schema. `Scheduler` must not import `from_config`, which imports
`Scheduler`, so this module adds the two methods to the class.
"""

from collections.abc import Mapping
from typing import Any

from .. import _validation as check
from .._config import from_config
from .._schedule import REGISTRY, Scheduler, public_name
from .._warmup import LRScheduler


def _core_schema(cls: type[Scheduler], source: Any, handler: Any) -> Any:
    from pydantic_core import core_schema

    # A config may name the package's classes, and the class of the field, which is its default.
    abstract = (Scheduler, LRScheduler)
    classes = [] if cls in (*abstract, *REGISTRY.values()) else [cls]
    default = {} if cls in abstract else {"type": public_name(cls)}

    def validate(value: Any) -> Scheduler:
        made = value
        try:
            if isinstance(value, Mapping):
                made = from_config({**default, **value}, classes=classes)
        except TypeError as error:  # Pydantic adds the field to a ValueError alone
            raise ValueError(str(error)) from error
        if not isinstance(made, cls):
            raise ValueError(
                f"value must be a {cls.__name__} or its config, got {check.short_repr(value)}"
            )
        return made

    return core_schema.no_info_plain_validator_function(
        validate,
        serialization=core_schema.plain_serializer_function_ser_schema(Scheduler.to_config),
    )


def _json_schema(cls: type[Scheduler], schema: Any, handler: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"type": {"type": "string"}},
    }


Scheduler.__get_pydantic_core_schema__ = classmethod(_core_schema)  # type: ignore[attr-defined]
Scheduler.__get_pydantic_json_schema__ = classmethod(_json_schema)  # type: ignore[attr-defined]
