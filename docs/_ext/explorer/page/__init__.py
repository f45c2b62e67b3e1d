"""The Python that answers a page of the explorer, the same in CPython and in the browser."""

from .answer import answer

__all__ = ["answer"]
