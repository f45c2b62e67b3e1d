"""Numbers of other libraries and of files: 0-d arrays, integral floats, and text."""

from fractions import Fraction

import numpy as np
import pytest

from lr_scheduler import CosineScheduler, FactorScheduler, LRScheduler, from_config


class Scalar:
    """A 0-d array of another library, which is no number and has no kinds of dtypes."""

    ndim = 0

    def __init__(self, value, dtype):
        self.value, self.dtype = value, dtype

    def __repr__(self):
        return f"Scalar({self.value})"

    def __index__(self):
        return int(self.value)

    def item(self):
        if self.value is None:
            raise RuntimeError("a traced array has no value")
        return self.value


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        *((np.array(0.5), "0.5"), (np.array(2), "2"), (np.array(-0.0), "0.0")),
        *((Scalar(0.5, "torch.float32"), "0.5"), (Scalar(2, "torch.int64"), "2")),
    ],
    ids=repr,
)
def test_a_rate_may_be_a_0d_array(value, stored):
    assert repr(CosineScheduler(10, base_lr=value).base_lr) == stored


@pytest.mark.parametrize("value", [np.array(0.5), Scalar(0.5, "torch.float32")], ids=repr)
@pytest.mark.parametrize("iteration", [5, np.array([5])], ids=["a number", "an array"])
def test_decay_may_return_a_0d_array(value, iteration):
    class Given(LRScheduler):
        def decay(self, t):
            return value

    assert Given(base_lr=1)(iteration) == 0.5
    assert type(Given(base_lr=1)(5)) is float


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        *((1e6, 1_000_000), (-0.0, 0), (np.float32(2), 2), (np.array(2.0), 2)),
        *((Fraction(4, 2), 2), (Scalar(3.0, "torch.float64"), 3), (2.0**53, 2**53)),
    ],
    ids=repr,
)
def test_an_integral_float_is_stored_as_an_integer(value, stored):
    assert repr(FactorScheduler(10, warmup_steps=value).warmup_steps) == repr(stored)


@pytest.mark.parametrize("value", [5.0, np.float64(5), np.array(5.0)], ids=repr)
def test_an_iteration_stays_an_integer(value):
    with pytest.raises(TypeError, match="iteration must be an"):
        CosineScheduler(10)(value)


@pytest.mark.parametrize(
    "value",
    [np.True_, np.array(True), Scalar(True, "torch.bool"), Scalar(None, "<dtype: 'bool'>")],
    ids=repr,
)
def test_a_bool_of_any_library_is_no_number(value):
    with pytest.raises(TypeError, match="max_update must be an integer"):
        CosineScheduler(value)
    with pytest.raises(TypeError, match="base_lr must be a real number"):
        CosineScheduler(10, base_lr=value)
    with pytest.raises(TypeError, match="iteration must be an"):
        CosineScheduler(10)(value)


def test_an_array_without_a_value_is_no_number():
    with pytest.raises(TypeError, match=r"base_lr must be a real number, got Scalar\(None\)"):
        CosineScheduler(10, base_lr=Scalar(None, "float32"))


COSINE = {"type": "CosineScheduler", "max_update": 10}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"base_lr": "1e-4"}, "base_lr must be a real number, got '1e-4': write 1.0e-4 "),
        ({"base_lr": "1E4"}, "base_lr must be a real number, got '1E4': write 1.0e+4 "),
        ({"base_lr": "2.5e-4"}, "base_lr must be a real number, got '2.5e-4': write 2.5e-4 "),
        ({"base_lr": " .5 "}, "base_lr must be a real number, got ' .5 ': write .5 "),
        ({"max_update": "1e6"}, "max_update must be an integer, got '1e6': write 1.0e+6 "),
        ({"max_update": "1000"}, "max_update must be an integer, got '1000': write 1000 "),
        (
            {"type": "sum", "operands": [COSINE, "1e-4"]},
            "summand must be a number or callable with an iteration, got '1e-4': write 1.0e-4 ",
        ),
        (
            {"type": "MultiFactorScheduler", "step": [5, "1e1"]},
            "step[1] must be an integer, got '1e1': write 1.0e+1 ",
        ),
        (
            {"type": "PiecewiseScheduler", "boundaries": [0, 5], "values": [0, "1e-4"]},
            "values[1] must be a real number, got '1e-4': write 1.0e-4 ",
        ),
    ],
)
def test_a_number_in_text_is_told_how_to_be_written(change, words):
    """In YAML 1.1 a float needs a dot and a signed exponent, so PyYAML reads 1e-4 as text."""
    config = change if "type" in change else COSINE | change

    with pytest.raises(TypeError) as raised:
        from_config(config)
    assert str(raised.value) == f"config: {words}without quotes"


@pytest.mark.parametrize("text", ["nan", "inf", "fast", "", "1" * 41])
def test_other_text_is_shown_as_it_is(text):
    with pytest.raises(TypeError) as raised:
        CosineScheduler(10, base_lr=text)
    assert str(raised.value) == f"base_lr must be a real number, got {text!r}"
