"""A subclass is a frozen dataclass by itself, and one that is decorated keeps its options."""

import copy
import inspect
import pickle
import sys
from dataclasses import (
    KW_ONLY,
    FrozenInstanceError,
    InitVar,
    asdict,
    dataclass,
    field,
    fields,
    is_dataclass,
)
from typing import ClassVar

import numpy as np
import pytest
from support.samples import EVERY

from lr_scheduler import CosineScheduler, LRScheduler, Scheduler


class Bare(LRScheduler):
    """No decorator."""

    decay_steps: int
    names: list = field(default_factory=list)
    _: KW_ONLY
    power: float = 1.0
    note: str = field(default="", repr=False, compare=False)
    doubled: int = field(init=False)
    kind: ClassVar[str] = "a class variable"

    def __post_init__(self):
        super().__post_init__()
        object.__setattr__(self, "doubled", 2 * self.decay_steps)

    def decay(self, t):
        return self.base_lr / (1 + t / self.decay_steps) ** self.power


# Written out once more, because a decorated class must have the fields in its own body.
@dataclass(frozen=True)
class Decorated(LRScheduler):
    """The same with the decorator."""

    decay_steps: int
    names: list = field(default_factory=list)
    _: KW_ONLY
    power: float = 1.0
    note: str = field(default="", repr=False, compare=False)
    doubled: int = field(init=False)
    kind: ClassVar[str] = "a class variable"

    def __post_init__(self):
        super().__post_init__()
        object.__setattr__(self, "doubled", 2 * self.decay_steps)

    def decay(self, t):
        return self.base_lr / (1 + t / self.decay_steps) ** self.power


class BareBelow(Decorated):
    """A parameter more, below a decorated class."""

    extra: float = 0


@dataclass(frozen=True)
class DecoratedBelow(Bare):
    """A parameter more, below a bare class."""

    extra: float = 0


BOTH = pytest.mark.parametrize("cls", [Bare, Decorated, BareBelow, DecoratedBelow])


@BOTH
def test_fields_are_parameters_with_their_options(cls):
    made = cls(10, base_lr=1, power=2.0, note="mine")

    assert made.names == []
    assert made.names is not cls(10, base_lr=1).names
    assert made.doubled == 20
    assert repr(made) == f"{cls.__name__}(decay_steps=10, names=[], base_lr=1, power=2.0)"
    assert made == cls(10, base_lr=1, power=2.0)
    assert made != cls(11, base_lr=1, power=2.0)
    assert made.replace(power=1.0)(10) == 0.5
    assert made(10) == 0.25
    with pytest.raises(TypeError, match="positional argument"):
        cls(10, [], 0, 2.0, base_lr=1)
    with pytest.raises(TypeError, match="unexpected keyword argument 'doubled'"):
        cls(10, doubled=3, base_lr=1)


@BOTH
def test_the_class_shows_its_parameters(cls):
    extra = {"extra"} if cls in (BareBelow, DecoratedBelow) else set()
    warmup = {"base_lr", "warmup_steps", "warmup_begin_lr", "warmup_mode"}
    own = {"decay_steps", "names", "power", "note"}

    assert is_dataclass(cls)
    assert {*inspect.signature(cls).parameters} == own | warmup | extra
    assert {each.name for each in fields(cls)} == own | warmup | extra | {"doubled"}


@BOTH
def test_an_instance_cannot_be_changed(cls):
    made = cls(10, base_lr=1)

    with pytest.raises(FrozenInstanceError, match="power"):
        made.power = 2
    with pytest.raises(FrozenInstanceError, match="anything"):
        made.anything = 2
    with pytest.raises(FrozenInstanceError, match="power"):
        del made.power


class High(CosineScheduler):
    """A new default."""

    base_lr: float = 0.5


@dataclass(frozen=True)
class DecoratedHigh(CosineScheduler):
    """A new default, decorated."""

    base_lr: float = 0.5


class FieldHigh(CosineScheduler):
    """A new default, with a field's options."""

    base_lr: float = field(default=0.5)


@pytest.mark.parametrize("cls", [High, DecoratedHigh, FieldHigh])
def test_a_default_with_a_type_replaces_that_of_the_base_class(cls):
    assert cls(10)(0) == 0.5
    assert repr(cls(10)) == f"{cls.__name__}(max_update=10)"
    assert cls(10, base_lr=0.01).base_lr == 0.01
    with pytest.raises(TypeError, match="positional argument"):
        cls(10, 0.01)


def test_a_parameter_may_lose_its_default():
    class Asking(CosineScheduler):
        base_lr: float

    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'base_lr'"):
        Asking(10)
    assert Asking(10, base_lr=1)(0) == 1


METHODS = sorted(
    name
    for name in {*dir(LRScheduler)} - {"end"} - {each.name for each in fields(LRScheduler)}
    if not name.startswith("__")
)


@pytest.mark.parametrize("name", [*METHODS, "end"])
@pytest.mark.parametrize("default", [{}, {"default": 1}], ids=["no default", "a default"])
def test_a_parameter_named_like_a_method_is_refused(name, default):
    body = {"__annotations__": {name: "float", "more": "int"}}
    body |= dict.fromkeys([name], default["default"]) if default else {}

    with pytest.raises(TypeError, match=rf"^Hidden\.{name} must have another name"):
        type("Hidden", (LRScheduler,), body)


@pytest.mark.parametrize("kind", [InitVar[int], InitVar, "InitVar[int]"], ids=repr)
def test_an_initvar_is_refused(kind):
    with pytest.raises(TypeError, match=r"Passing\.seed must not be an InitVar"):
        type("Passing", (LRScheduler,), {"__annotations__": {"seed": kind}})


@pytest.mark.parametrize("kind", [ClassVar[list[int]], ClassVar, "ClassVar[int]"], ids=repr)
def test_a_class_variable_is_no_parameter_and_may_replace_an_attribute(kind):
    body = {
        "__annotations__": {"end": kind},
        "end": 3,
        "decay": lambda self, t: self.base_lr * t,
    }

    made = type("Ending", (LRScheduler,), body)(base_lr=1)

    assert repr(made) == "Ending(base_lr=1)"
    assert [made(t) for t in (2, 3, 9)] == [2, 3, 3]


@pytest.mark.skipif(sys.version_info < (3, 14), reason="annotations are lazy from 3.14 on")
def test_an_annotation_may_name_what_does_not_exist_yet():
    class Early(LRScheduler):
        other: Later = None  # noqa: F821

        def decay(self, t):
            return self.base_lr

    assert repr(Early(base_lr=1)) == "Early(base_lr=1)"


@pytest.mark.parametrize(
    "scheduler",
    [*EVERY, Bare(10, base_lr=1), Decorated(9, base_lr=1)],
    ids=lambda s: repr(s)[:60],
)
def test_a_pickle_and_a_dict_hold_parameters_alone(scheduler):
    parameters = {each.name for each in fields(scheduler) if each.init}
    copies = (
        pickle.loads(pickle.dumps(scheduler)),
        copy.copy(scheduler),
        copy.deepcopy(scheduler),
    )

    assert scheduler.__getstate__().keys() == parameters
    assert {*asdict(scheduler)} - {"doubled"} == parameters
    for again in copies:
        assert again == scheduler
        assert vars(again) == vars(scheduler)
        assert [again(t) for t in range(40)] == [scheduler(t) for t in range(40)]


class Vectorized(LRScheduler):
    """A formula with every public function of the array namespace."""

    decay_steps: int

    def decay(self, t, xp):
        x = (t - self.warmup_steps) / self.decay_steps
        high = xp.exp(-x) + xp.sqrt(x) + xp.log(1 + x) + xp.pow(1 + x, -0.5)
        low = xp.cos(x) + xp.sin(x) + xp.tanh(x) + xp.floor(x) + xp.ceil(x)
        return self.base_lr * xp.where(x < 1, xp.maximum(high, low), xp.minimum(high, low))


class Halved(Vectorized):
    """A formula over that of the base class."""

    def decay(self, t, xp):
        return super().decay(t, xp) / 2


def test_a_formula_with_xp_takes_numbers_and_arrays():
    scheduler = Vectorized(10, base_lr=1, warmup_steps=5)
    iterations = np.arange(60).reshape(3, 20)

    rates = scheduler(iterations)

    assert rates.shape == (3, 20)
    # NumPy's exp, log, sin and tanh may differ from those of `math` in the last bit.
    np.testing.assert_allclose(rates.ravel(), [scheduler(t) for t in range(60)], rtol=1e-15)


def test_a_formula_may_call_that_of_its_base_class():
    whole, half = Vectorized(10, base_lr=1), Halved(10, base_lr=1)

    assert half(25) == whole(25) / 2
    assert half(np.arange(60)).tolist() == (whole(np.arange(60)) / 2).tolist()


def test_a_formula_with_xp_is_called_once_for_an_array():
    calls = []

    class Counting(LRScheduler):
        def decay(self, t, xp):
            calls.append(t)
            return self.base_lr + 0 * t

    Counting(base_lr=1)(np.arange(100))

    assert len(calls) == 1


def test_a_decorated_formula_is_understood():
    class Wrapped(LRScheduler):
        @_twice
        def decay(self, t, xp):
            return self.base_lr * xp.exp(-t)

    assert Wrapped(base_lr=1)(0) == 2
    assert Wrapped(base_lr=1)(np.array([0])).tolist() == [2]


def _twice(function):
    from functools import wraps

    @wraps(function)
    def doubled(*arguments):
        return 2 * function(*arguments)

    return doubled


def test_a_formula_whose_parameters_cannot_be_read_is_one_in_plain_python():
    class Callable(LRScheduler):
        decay = abs

    assert Callable(base_lr=1)(np.array([3, 4])).tolist() == [3, 4]


def test_scheduler_has_no_rate_of_its_own():
    with pytest.raises(NotImplementedError):
        Scheduler._rate(CosineScheduler(10), 1, None)
