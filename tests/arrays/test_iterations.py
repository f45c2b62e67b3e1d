"""The iteration: an integer from 0 to 2**53, and nothing else."""

from decimal import Decimal

import numpy as np
import pytest

from lr_scheduler import (
    CosineScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    PolyScheduler,
)

EVERY = pytest.mark.parametrize(
    "scheduler",
    [
        FactorScheduler(10, 0.5),
        MultiFactorScheduler([10], 0.5),
        PolyScheduler(10),
        CosineScheduler(10),
    ],
    ids=repr,
)
NOT_INTEGERS = [2.5, 250.0, "250", None, True, 1j, [250], Decimal(2), np.float64(2), np.True_]


@EVERY
@pytest.mark.parametrize("value", NOT_INTEGERS, ids=repr)
def test_other_types(scheduler, value):
    with pytest.raises(TypeError) as raised:
        scheduler(value)
    assert str(raised.value).startswith("iteration must be an integer")
    assert str(raised.value).endswith(f", got {value!r}")


@EVERY
@pytest.mark.parametrize("value", [[1, 2], (1, 2), range(3)], ids=repr)
def test_a_sequence_is_told_to_be_an_array(scheduler, value):
    with pytest.raises(TypeError, match=r"such as numpy\.array gives, got"):
        scheduler(value)


@EVERY
@pytest.mark.parametrize(
    ("value", "words"),
    [
        (-1, "must be at least 0, got -1"),
        (np.int8(-1), f"must be at least 0, got {np.int8(-1)!r}"),
        (2**53 + 1, "must be at most 2**53, got 9007199254740993"),
        (10**5000, "must be at most 2**53, got an integer of 16610 bits"),
    ],
    ids=["negative", "NumPy", "beyond floats", "too long to print"],
)
def test_out_of_range(scheduler, value, words):
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the words are compared below
        scheduler(value)
    assert str(raised.value) == f"iteration {words}"


@EVERY
def test_anything_with_an_index_is_an_integer(scheduler):
    class Five:
        def __index__(self):
            return 5

    assert scheduler(Five()) == scheduler(5)
