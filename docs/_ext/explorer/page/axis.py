"""What the x-axis of a chart counts: iterations, epochs, tokens or percent."""

from math import inf
from typing import NamedTuple

from .code import value_of

# What a reader gives for each, and what the axis says.
KINDS = {
    "iterations": ("", "Iteration"),
    "epochs": ("iterations per epoch", "Epoch"),
    "tokens": ("tokens per iteration", "Tokens"),
    "percent": ("", "Percent of training"),
}
SCALES = ((1e12, "trillions"), (1e9, "billions"), (1e6, "millions"))


class Axis(NamedTuple):
    """What the x-axis counts, and how many iterations or tokens are one of the other."""

    kind: str
    per: float = 1

    @classmethod
    def read(cls, kind: str, per: str) -> "Axis":
        """Read what the reader has chosen, and the number typed for it."""
        kind = kind if kind in KINDS else "iterations"
        what, _ = KINDS[kind]
        if not what:
            return cls(kind)
        number = value_of(per)
        if type(number) in (int, float) and 0 < number < inf:
            return cls(kind, number)
        raise ValueError(f"{what} must be a number above 0, got {per!r}")

    def scale(self, last: int) -> tuple[float, str]:
        """Return what an iteration counts on an axis that ends at the last, and its name."""
        name = KINDS[self.kind][1]
        if self.kind == "epochs":
            return 1 / self.per, name
        if self.kind == "percent":
            return 100 / last, name
        if self.kind == "tokens":
            for size, word in SCALES:
                if self.per * last >= size:
                    return self.per / size, f"{name} ({word})"
            return self.per, name
        return 1, name
