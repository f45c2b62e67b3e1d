"""The schedules of Hugging Face Transformers, on a real optimizer that takes real steps."""

from adapters import pytorch
from transformers import optimization

NAMES = vars(optimization)


def rates(code, updates):
    """Return the rates that the optimizer used."""
    return pytorch.rates(code, updates, NAMES)
