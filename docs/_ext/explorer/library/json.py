"""JSON with the functions of Brython's own `json`, without its classes."""

import _json


class JSONDecodeError(ValueError):
    def __init__(self, error):
        super().__init__(str(error))
        self.msg, self.pos = str(error), 0


def dumps(value, *, ensure_ascii=True):
    return _json.dumps(value, 1, ensure_ascii=ensure_ascii)


def loads(text):
    try:
        return _json.loads(text)
    except _json.JSONDecodeError as error:
        raise JSONDecodeError(error) from None
