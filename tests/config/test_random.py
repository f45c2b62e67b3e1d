"""Any config gives the scheduler that it describes, or an error that names the place."""

import inspect
import json
import sys
from functools import reduce
from operator import add, mul, truediv

from hypothesis import given
from hypothesis import strategies as st
from support.random_schedulers import algebra

import lr_scheduler
from lr_scheduler import Scheduler, _schedule, from_config

MAKERS = _schedule.REGISTRY
OPERATORS = {"sum": add, "product": mul, "quotient": truediv, "power": pow}
OTHER_NAMES = [
    *("Scheduler", "LRScheduler", "AnnealingScheduler", "SGD", "plot", "from_config", "Sum"),
    *("__class__", "__init__", "__import__", "__main__", "eval", "exec", "open", "object"),
    *("os.system", "subprocess.run", "builtins.eval", "torch_scheduler", "lr_scheduler.join"),
    *("__import__('os').abort()", "{0.__class__}", "%s", "", " join", "join\0", "ｊｏｉｎ"),
]
KEYS = sorted(
    {"type", "_depth", "_starts", "__class__", "_"}.union(
        *(inspect.signature(make).parameters for make in MAKERS.values())
    )
)
NUMBERS = [2**53, 2**53 + 1, 10**400, 1e308, 5e-324, -0.0, 1.0, True, None]
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-3, 30)
    | st.integers()
    | st.sampled_from(NUMBERS)
    | st.floats()
    | st.sampled_from(["linear", "constant", "cosine", "1-sqrt", *OTHER_NAMES])
    | st.text(max_size=9)
)
NAMES = st.sampled_from([*MAKERS]) | st.sampled_from(OTHER_NAMES) | LEAVES


def objects(inner):
    """Return dicts, most of them with a type."""
    keys = st.sampled_from(KEYS) | st.text(max_size=9)
    return st.dictionaries(keys, inner, max_size=5) | st.builds(
        lambda name, others: {"type": name} | others,
        NAMES,
        st.dictionaries(keys, inner, max_size=4),
    )


JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | objects(inner), max_leaves=15
)


def described(config):
    """Return what a config describes: what a reader would write in its place."""
    if isinstance(config, list):
        return [described(item) for item in config]
    if not isinstance(config, dict):
        return config
    arguments = {name: described(item) for name, item in config.items() if name != "type"}
    name = config["type"]
    if name in OPERATORS:
        return reduce(OPERATORS[name], arguments["operands"])
    if name in ("clip", "delay", "over", "stretch"):
        return getattr(arguments.pop("scheduler"), name)(**arguments)
    return getattr(lr_scheduler, name)(**arguments)


def check(config):
    """Read a config, and check the scheduler or the error."""
    modules, text = set(sys.modules), json.dumps(config)
    scheduler, error = None, None
    try:
        scheduler = from_config(config)
    except (TypeError, ValueError) as raised:
        error = raised

    assert set(sys.modules) == modules
    assert json.dumps(config) == text
    if error is not None:
        assert type(error) in (TypeError, ValueError)
        assert str(error).startswith("config")
        assert len(str(error)) < 500
    else:
        assert isinstance(scheduler, Scheduler)
        assert scheduler == described(config)
        assert from_config(json.loads(json.dumps(scheduler.to_config()))) == scheduler


@given(JSON)
def test_any_json(value):
    check(value)


def items(value):
    """Return the keys of a dict or a list, each with what stands there."""
    if isinstance(value, dict):
        return [*value.items()]
    return [*enumerate(value)] if isinstance(value, list) else []


def places(value, path=()):
    """Return the paths to everything in a config."""
    inside = [places(item, (*path, key)) for key, item in items(value)]
    return reduce(add, inside, [path])


def changed(value, path, change):
    """Return a config with a change at a place in it."""
    if not path:
        return change(value)
    key, *rest = path
    new = {k: changed(v, rest, change) if k == key else v for k, v in items(value)}
    return new if isinstance(value, dict) else list(new.values())


@st.composite
def nearly_valid(draw):
    """Return the config of a scheduler with one thing changed."""
    config = json.loads(json.dumps(draw(algebra()).to_config()))
    path = draw(st.sampled_from([path for path in places(config) if path[-1:] != ("type",)]))
    near = draw(st.integers(0, 30) | st.floats(0, 1) | st.sampled_from(NUMBERS))
    new, key = draw(JSON), draw(st.sampled_from(KEYS))

    def change(value):
        choices = [near, near, near, new, [value], str(value)]
        if isinstance(value, dict):
            name = draw(st.sampled_from(sorted(value)))
            without = {k: v for k, v in value.items() if k != name}
            renamed, retyped = {**without, key: value[name]}, {**value, "type": draw(NAMES)}
            choices = [renamed, retyped, {**value, key: new}, without, [value], new]
        if isinstance(value, list):
            as_dict = {str(i): item for i, item in enumerate(value)}
            choices = [as_dict, value[1:], [*value, new], value[::-1], [value], new]
        return draw(st.sampled_from(choices))

    return changed(config, path, change)


@given(nearly_valid())
def test_a_config_with_one_thing_changed(config):
    check(config)


@given(algebra())
def test_the_config_of_any_scheduler(scheduler):
    check(scheduler.to_config())
