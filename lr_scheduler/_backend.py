"""What a formula may use, for a number, a NumPy array or a traced array of iterations."""

from collections.abc import Callable
from typing import Any, Protocol


class Backend(Protocol):
    """The functions of the formulas: the parameter `xp` of :meth:`LRScheduler.decay`.

    The module `_scalar` computes with Python's numbers, `_arrays.ArrayBackend` in the namespace
    of any array library, and `_arrays.NumPyBackend` with NumPy, to the same bits as `_scalar`.
    """

    def ceil(self, x: Any, /) -> Any:
        """Return the smallest integer that is at least x."""

    def cos(self, x: Any, /) -> Any:
        """Return the cosine."""

    def exp(self, x: Any, /) -> Any:
        """Return the exponential."""

    def floor(self, x: Any, /) -> Any:
        """Return the largest integer that is at most x."""

    def log(self, x: Any, /) -> Any:
        """Return the natural logarithm."""

    def maximum(self, x: Any, y: Any, /) -> Any:
        """Return the larger number."""

    def minimum(self, x: Any, y: Any, /) -> Any:
        """Return the smaller number."""

    def pow(self, x: Any, exponent: Any, /) -> Any:
        """Return x raised to the exponent."""

    def sin(self, x: Any, /) -> Any:
        """Return the sine."""

    def sqrt(self, x: Any, /) -> Any:
        """Return the square root."""

    def tanh(self, x: Any, /) -> Any:
        """Return the hyperbolic tangent."""

    def where(self, condition: Any, x: Any, y: Any, /) -> Any:
        """Return x where the condition holds, and y elsewhere."""

    # What the package needs beyond the array API standard.

    def add(self, x: Any, y: Any, /) -> Any:
        """Return the sum of two rates; refuse an infinite one where it has a value."""

    def as_int(self, x: Any, /) -> Any:
        """Return integers as an integer type."""

    def call(self, function: Callable[[Any], Any], t: Any, /) -> Any:
        """Return what a user's function gives for the times t."""

    def clamp_time(self, t: Any, low: float = ..., high: float = ..., /) -> Any:
        """Return the times t, kept from low to high."""

    def count_below(self, boundaries: Any, t: Any, /) -> Any:
        """Return how many boundaries are less than t."""

    def int_power(self, x: Any, count: Any, /) -> Any:
        """Return x**count. For count 0 return the int 1, so that an int rate stays an int."""

    def lookup(self, values: Any, index: Any, /) -> Any:
        """Return the values at the indices."""

    def multiply(self, x: Any, y: Any, /) -> Any:
        """Return the product of two rates; refuse an infinite one where it has a value."""

    def round_if_close(self, t: Any, /) -> Any:
        """Return the nearest integer where t differs from it by rounding alone, else t."""

    def select(self, index: Any, count: int, function: Callable[..., Any], t: Any, /) -> Any:
        """Return function(k, t, xp) where the index is k, which is less than the count."""
