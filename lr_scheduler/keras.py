"""The class of the schedules that :func:`to_keras` makes.

Import this module before you load a model that was saved with one.
"""

from .frameworks._keras import KerasSchedule

__all__ = ["KerasSchedule"]
