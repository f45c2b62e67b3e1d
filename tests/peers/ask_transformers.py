"""The schedules of Hugging Face Transformers, on a real optimizer that makes real updates."""

import ask_pytorch
from transformers import optimization

NAMES = vars(optimization)


def rates(code, updates):
    """Return the rates that the optimizer used."""
    return ask_pytorch.rates(code, updates, NAMES)
