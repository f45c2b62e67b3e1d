"""JSON with the functions of Brython's own `json`, without its classes."""

import _json


def dumps(value, *, ensure_ascii=True):
    return _json.dumps(value, 1, ensure_ascii=ensure_ascii)


def loads(text):
    return _json.loads(text)
