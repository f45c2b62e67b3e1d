"""The rates that the formula of a docstring gives, with the symbols bound as it says.

"`w` is `warmup_steps`" gives the twin's `w` the value of that parameter.
"""

import inspect
import re

from support import formulas as twins
from support.docstrings import PUBLIC
from support.formulas import DOCSTRINGS, WARM, falling

GREEK = dict(
    zip(["alpha", "eta", "gamma", "lambda", "mu", "tau", "theta"], "αηγλμτθ", strict=True)
)


def identifier(symbol):
    """Return the symbol as a twin writes it."""
    return re.sub(r"\\([a-z]+)", lambda letter: GREEK.get(letter[1], letter[1]), symbol)


def symbols(name):
    """Return the parameter that each symbol stands for, as a docstring says."""
    text = " ".join(inspect.getdoc(PUBLIC[name]).split())
    pairs = re.findall(r":math:`([^`]+)` (?:is|are) (?:the )?`(\w+)`", text)
    own = {identifier(symbol): parameter for symbol, parameter in pairs}
    return (symbols("PolyScheduler") if name == "linear" else {}) | own


def with_defaults(name, arguments):
    """Return the arguments, and the defaults of those that are left out."""
    bound = inspect.signature(PUBLIC[name]).bind_partial(**arguments)
    bound.apply_defaults()
    return bound.arguments


def bind(name, twin, arguments):
    """Return the twin's arguments: the values of the parameters that its symbols stand for."""
    values = with_defaults(name, arguments)
    values |= {symbol: values[own] for symbol, own in symbols(name).items() if own in values}
    return {each: values[each] for each in inspect.signature(twin).parameters if each in values}


def expected(name, arguments):
    """Return the rates that the formula of a docstring gives, with a warm-up if it has one."""
    (*_, twin) = DOCSTRINGS[name].values()
    given = bind(name, twin, arguments)
    if name == "LRScheduler":
        given["decay"] = falling
    if "η" in inspect.signature(twin).parameters:
        given["η"] = falling

    def rate(t):
        return twin(t, **given)

    if "warmup_mode" not in inspect.signature(PUBLIC[name]).parameters or "η_b" in given:
        return rate
    own = {key: value for key, value in with_defaults(name, arguments).items() if key in WARM}
    start = bind("LRScheduler", twins.warm_up, own)
    return lambda t: twins.warm_up(t, **start, decay=rate)
