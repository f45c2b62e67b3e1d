"""The functions for formulas, the same for numbers, NumPy arrays and traced arrays."""

from collections.abc import Callable
from typing import Any, Protocol

EXACT_FORMS = {1: 1, 2: 2, 0.5: -1}
"""The exponents whose powers have exact forms: x, x * x and sqrt(x).

A formula may write them without a call of `pow`: it asks for the `int`, which is fast to
compare.
"""


class Backend(Protocol):
    """The functions for formulas: the parameter `xp` of :meth:`LRScheduler.decay`.

    There are three backends: `_scalar` for Python numbers, `_arrays.ArrayBackend` for any
    array library, and `_arrays.NumPyBackend` for NumPy, with exactly the results of `_scalar`.
    """

    @property
    def exact(self) -> bool:
        """Whether every sum, product and quotient is rounded as Python rounds it."""

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
        """Return x raised to the exponent, exactly for the numbers 1, 2 and 0.5.

        A fractional power of a number below 0 counts as 0.
        """

    def sin(self, x: Any, /) -> Any:
        """Return the sine."""

    def sqrt(self, x: Any, /) -> Any:
        """Return the square root."""

    def tanh(self, x: Any, /) -> Any:
        """Return the hyperbolic tangent."""

    def where(self, condition: Any, x: Any, y: Any, /) -> Any:
        """Return x where the condition holds, and y elsewhere."""

    # Functions beyond the array API standard.

    def add(self, x: Any, y: Any, /) -> Any:
        """Return the sum of two rates; refuse an infinite sum unless traced."""

    def as_float(self, x: Any, /) -> Any:
        """Return numbers in a type in which a product does not overflow."""

    def as_int(self, x: Any, /) -> Any:
        """Return whole numbers in an integer type."""

    def call(self, function: Callable[[Any], Any], t: Any, what: str = ..., /) -> Any:
        """Call a user's function with the times t; an error says what it returns."""

    def clamp_time(self, t: Any, low: float = ..., high: float = ..., /) -> Any:
        """Clamp the times t from low to high."""

    def count_below(self, boundaries: Any, t: Any, /) -> Any:
        """Return how many boundaries are less than t."""

    def count_to(self, boundaries: Any, t: Any, /) -> Any:
        """Return how many boundaries are at most t."""

    def delay(self, t: Any, n: float, /) -> Any:
        """Return t - n, clamped to the times."""

    def elapsed(self, times: Any, index: Any, t: Any, /) -> Any:
        """Return the time that has passed from the times at the indices to t."""

    def divide(self, x: Any, y: Any, /) -> Any:
        """Return the quotient of two rates; refuse an infinite quotient unless traced."""

    def exponential(self, rate: float, factor: float, x: Any, t: Any, /) -> Any:
        """Return rate * factor**x, the rates at the times t.

        Refuse an infinite rate unless traced.
        """

    def fit(self, rate: Any, t: Any, start: Any, end: Any, old: Any, new: Any, /) -> Any:
        """Return the rates between old and new; old up to the start and new from the end."""

    def int_power(self, x: Any, count: Any, /) -> Any:
        """Return x**count. For count 0 return the int 1, so that an int rate stays an int."""

    def lookup(self, values: Any, index: Any, /) -> Any:
        """Return the rates at the indices."""

    def multiply(self, x: Any, y: Any, /) -> Any:
        """Return the product of two rates; refuse an infinite product unless traced."""

    def plain_pow(self, x: Any, exponent: Any, /) -> Any:
        """Return x raised to the exponent, for x above 0, without exact forms."""

    def power(self, x: Any, exponent: Any, /) -> Any:
        """Return a rate raised to a rate; refuse an infinite power unless traced."""

    def require(self, is_allowed: Any, t: Any, rate: Any, rule: str, schedule: Any, /) -> None:
        """Refuse a schedule's rate that breaks a rule; a traced rate has no value to check."""

    def round_if_close(self, t: Any, /) -> Any:
        """Round t to an integer where t misses the integer only by rounding error."""

    def select(self, index: Any, count: int, function: Callable[..., Any], t: Any, /) -> Any:
        """Return function(k, t, xp) where the index is k, for each k below the count."""

    def widen(self, value: Any, /) -> Any:
        """Return a schedule, tuple or number, with a float for each integer too large for t.

        Use it where the time is a float, which may be larger than every integer of a library.
        """
