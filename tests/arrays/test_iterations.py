"""An iteration is an integer from 0 to 2**53: every scheduler takes the same ones."""

from decimal import Decimal

import numpy as np
import pytest
from support.samples import EVERY

from lr_scheduler import FactorScheduler

LAST = 2**53
NOT_INTEGERS = [2.5, 250.0, "250", None, True, 1j, Decimal(2), np.float64(2), np.True_]
DTYPES = {
    "float64": [np.array([1.0]), np.array([])],
    "bool": [np.array([True])],
    "complex128": [np.array([1j])],
    "<U1": [np.array(["1"])],
    "object": [np.array([1], dtype=object)],
    "timedelta64[s]": [np.array([1], dtype="m8[s]")],
}
OTHER_TYPES = [
    *((value, f"an integer, got {value!r}") for value in NOT_INTEGERS),
    *(([5, value], f"an integer, got {value!r}") for value in [*NOT_INTEGERS, [5]]),
    *(
        (value, f"an array of integers, got dtype {dtype}")
        for dtype, values in DTYPES.items()
        for value in values
    ),
]
OUT_OF_RANGE = [
    (-1, "at least 0, got -1"),
    ([5, -1], "at least 0, got -1"),
    (range(LAST, LAST + 2), "at most 2**53, got 9007199254740993"),
    (np.int8(-128), f"at least 0, got {np.int8(-128)!r}"),
    (-(10**400), "at least 0, got -1000"),
    (LAST + 1, "at most 2**53, got 9007199254740993"),
    (10**400, "at most 2**53, got 1000"),
    (10**5000, "at most 2**53, got an integer of 16610 bits"),
    (np.uint64(2**63), "at most 2**53, got "),
    (np.array([5, -1]), "at least 0, got -1"),
    (np.array(-128, np.int8), "at least 0, got -128"),
    (np.array([[5, -(2**63)]]), "at least 0, got -9223372036854775808"),
    (np.ma.array([1, -5, 3], mask=[0, 1, 0]), "at least 0, got -5"),  # looks below the mask
    (np.array([LAST + 1, 5]), "at most 2**53, got 9007199254740993"),
    (np.array([5, 2**63], np.uint64), "at most 2**53, got 9223372036854775808"),
    (np.array(2**64 - 1, ">u8"), "at most 2**53, got 18446744073709551615"),
]


class Five:
    """An integer of another library."""

    def __index__(self):
        return 5


@pytest.mark.parametrize("scheduler", EVERY, ids=repr)
def test_refuses_what_is_no_iteration(scheduler):
    for rows, error in ((OTHER_TYPES, TypeError), (OUT_OF_RANGE, ValueError)):
        for iteration, rule in rows:
            with pytest.raises(error) as raised:
                scheduler(iteration)
            assert str(raised.value).startswith(f"iteration must be {rule}")
            assert len(str(raised.value)) < 130


@pytest.mark.parametrize("scheduler", EVERY, ids=repr)
def test_takes_any_integer(scheduler):
    for five in (Five(), np.int64(5), np.uint8(5)):
        rate = scheduler(five)

        assert (rate, type(rate)) == (scheduler(5), type(scheduler(5)))
    assert type(scheduler(5)) in (int, float)


@pytest.mark.parametrize("scheduler", EVERY, ids=repr)
def test_a_sequence_of_integers_is_an_array(scheduler):
    for several in [1, 5, 2], (np.int64(1), 5), range(1, 6, 2), [], ():
        rates = scheduler(several)

        assert (rates.dtype, rates.tolist()) == (float, [scheduler(t) for t in several])


@pytest.mark.parametrize(
    "scheduler", [FactorScheduler(250), 2 * FactorScheduler(250)], ids=repr
)
def test_a_call_without_an_iteration_says_what_keras_takes(scheduler):
    with pytest.raises(TypeError, match=r"iteration is missing: .* to_keras\(scheduler\)"):
        scheduler()
