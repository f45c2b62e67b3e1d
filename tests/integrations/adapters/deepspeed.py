"""DeepSpeed's schedulers, on a real optimizer that takes real steps.

DeepSpeed itself is not imported, since it looks for devices and compilers: its module of
schedulers needs PyTorch and a logger, and is loaded on its own.
"""

import importlib.util
import logging
import sys
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from adapters import pytorch


def load():
    """Return DeepSpeed's module of schedulers."""
    package = Path(importlib.util.find_spec("deepspeed").origin).parent
    path = package / "runtime" / "lr_schedules.py"
    spec = importlib.util.spec_from_file_location("deepspeed_lr", path)
    module = importlib.util.module_from_spec(spec)
    logger = logging.getLogger("deepspeed")
    logger.setLevel(logging.ERROR)  # a warning for each scheduler that is made
    with patch.dict(sys.modules, {"deepspeed.utils": SimpleNamespace(logger=logger)}):
        spec.loader.exec_module(module)
    return module


sys.modules["deepspeed.runtime.lr_schedules"] = load()


def rates(code, updates):
    """Return the rates that the optimizer used."""
    return pytorch.rates(code, updates)
