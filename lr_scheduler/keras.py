"""The Keras class of the schedules from :func:`to_keras`.

Import this module before you load a model that was saved with such a schedule.
"""

from .frameworks._keras import KerasSchedule

__all__ = ["KerasSchedule"]
