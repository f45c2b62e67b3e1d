"""Iterations of all sizes, in arrays of all kinds: every scheduler takes the same ones."""

import numpy as np
import pytest

from lr_scheduler import (
    CosineScheduler,
    ExponentialScheduler,
    FactorScheduler,
    MultiFactorScheduler,
    PiecewiseScheduler,
    PolyScheduler,
    PowerScheduler,
    cosine_restarts,
    cyclic,
    inverse_sqrt,
    join,
    one_cycle,
    repeat,
    warmup_stable_decay,
)

LAST = 2**53
COSINE = CosineScheduler(90, base_lr=1, final_lr=0.1, warmup_steps=5)
EVERY = pytest.mark.parametrize(
    "scheduler",
    [
        COSINE,
        ExponentialScheduler(50, 0.9, base_lr=1),
        FactorScheduler(7, 0.9, base_lr=1),
        MultiFactorScheduler([5, 50], 0.3, base_lr=1),
        PiecewiseScheduler([0, 9, 70], [0.1, 1, 0], ["cosine", "1-sqrt"]),
        PolyScheduler(80, base_lr=1),
        PowerScheduler(50, base_lr=1),
        cosine_restarts(10, base_lr=1, final_lr=0.1, step_factor=2, lr_factor=0.5),
        cyclic(10, base_lr=1),
        inverse_sqrt(9, base_lr=1),
        one_cycle(90, 30, base_lr=1),
        warmup_stable_decay(90, 30, base_lr=1, warmup_steps=9),
        join([0.5, COSINE, 1], [5, 100]),
        repeat(COSINE, 9, 1.5, count=8, count_from=0),
        COSINE + 1,
        0.5 * COSINE,
        COSINE - MultiFactorScheduler([9], 0.5),
        COSINE.clip(0.2, 0.9),
        COSINE.shift(-3),
        COSINE.stretch(2.5),
        COSINE.stretch(7, hold=True),
        join([lambda t: 1 / (1 + t)], []),
    ],
    ids=lambda scheduler: repr(scheduler)[:60],
)


@EVERY
class TestIterations:
    """Integers from 0 to 2**53 in arrays of every kind, and nothing beyond."""

    @pytest.mark.parametrize(
        ("iteration", "words"),
        [
            (-1, "at least 0, got -1"),
            (np.int8(-128), "at least 0, got "),
            (-(10**400), "at least 0, got -1000"),
            (LAST + 1, r"at most 2\*\*53, got 9007199254740993"),
            (10**400, r"at most 2\*\*53, got 1000"),
            (10**5000, r"at most 2\*\*53, got an integer of 16610 bits"),
            (np.uint64(2**63), r"at most 2\*\*53, got "),
            (np.array([5, -1]), "at least 0, got -1"),
            (np.array(-128, np.int8), "at least 0, got -128"),
            (np.array([[5, -(2**63)]]), "at least 0, got -9223372036854775808"),
            (np.array([LAST + 1, 5]), r"at most 2\*\*53, got 9007199254740993"),
            (np.array([5, 2**63], np.uint64), r"at most 2\*\*53, got 9223372036854775808"),
            (np.array(2**64 - 1, ">u8"), r"at most 2\*\*53, got 18446744073709551615"),
        ],
        ids=[*("negative", "int8", "far below", "2**53 + 1", "10**400", "10**5000", "uint64")]
        + [f"array {i}" for i in range(6)],
    )
    def test_out_of_range(self, scheduler, iteration, words):
        with pytest.raises(ValueError, match=f"iteration must be {words}") as raised:
            scheduler(iteration)
        assert len(str(raised.value)) < 130

    @pytest.mark.parametrize(
        "dtype", [f"{o}{k}{n}" for o in "<>" for k in "iu" for n in "1248"]
    )
    def test_the_largest_of_a_dtype(self, scheduler, dtype):
        last = min(np.iinfo(dtype).max, LAST)
        iterations = np.array([0, 1, last - 1, last], dtype)

        assert scheduler(iterations).tolist() == [scheduler(int(t)) for t in iterations]

    @pytest.mark.parametrize("shape", [(), (0,), (0, 3), (3, 0), (1,), (2, 1, 2)])
    def test_any_shape(self, scheduler, shape):
        rates = scheduler(np.full(shape, 9))

        assert type(rates) is np.ndarray
        assert (rates.shape, rates.dtype) == (shape, np.float64)
        assert rates.tolist() == np.full(shape, float(scheduler(9))).tolist()

    @pytest.mark.parametrize(
        "arrange",
        [
            lambda t: t[::2],
            lambda t: t[::-1],
            lambda t: t.T,
            lambda t: t[1:, 2],
            np.asfortranarray,
            lambda t: np.broadcast_to(t, (2, *t.shape)),
            lambda t: np.frombuffer(t.tobytes(), t.dtype),
            lambda t: np.ma.masked_greater(t, 50),
        ],
        ids=[
            "strided",
            "reversed",
            "transposed",
            "cut",
            "Fortran",
            "repeated",
            "bytes",
            "masked",
        ],
    )
    def test_any_memory(self, scheduler, arrange):
        table = np.arange(99).reshape(9, 11)
        table.flags.writeable = False
        iterations = arrange(table)

        rates = scheduler(iterations)

        assert not np.shares_memory(rates, iterations)
        assert rates.flags.writeable
        assert rates.ravel().tolist() == [
            scheduler(int(t)) for t in np.asarray(iterations).flat
        ]
        assert table.tolist() == np.arange(99).reshape(9, 11).tolist()


def test_a_file_of_iterations(tmp_path):
    path = tmp_path / "iterations"
    np.arange(99).tofile(path)

    rates = COSINE(np.memmap(path, int, "r"))

    assert type(rates) is np.ndarray
    assert rates.tolist() == [COSINE(t) for t in range(99)]
