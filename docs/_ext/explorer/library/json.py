"""JSON with the functions of Brython's own `json`, without its other classes."""

import _json


class JSONDecodeError(ValueError):  # Brython raises it
    def __init__(self, msg, doc, pos):
        super().__init__(msg)
        self.msg, self.doc, self.pos = msg, doc, pos


def dumps(value, *, ensure_ascii=True):
    return _json.dumps(value, 1, ensure_ascii=ensure_ascii)


def loads(text):
    return _json.loads(text)
