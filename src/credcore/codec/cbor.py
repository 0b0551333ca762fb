"""CBOR read strictly: one value, in its one shortest spelling, of the plain kinds only. (RFC 8949, section 4.2.1)

Plain kinds are integers, byte and text strings, true, false, null, arrays, and maps from integers or texts. Tags are left
to the caller to take off: their decoders could make one short input into a huge value.
"""

from __future__ import annotations

from typing import Any, Final

import cbor2

from credcore.errors import MalformedError

MAX_DEPTH: Final = 32
"""Arrays and maps inside each other."""


def loads(data: bytes, *, max_bytes: int) -> Any:
    """The value as `int`, `bytes`, `str`, `bool`, `None`, `list` or `dict`.

    Raises MalformedError `cbor.malformed` for anything else: more bytes than allowed, bytes after the value, other
    spellings (long numbers, indefinite lengths, the same key twice), tags, floats, and more than 32 levels.
    """
    if len(data) > max_bytes:
        raise MalformedError("cbor.malformed", f"{len(data)} bytes, at most {max_bytes}")
    try:
        value = cbor2.loads(data)
    except cbor2.CBORError as error:
        raise MalformedError("cbor.malformed", str(error)[:120]) from error
    _refuse_unplain(value, work=len(data))
    if dumps(value) != data:
        raise MalformedError("cbor.malformed", "not the shortest spelling, or bytes after the end")
    return value


def dumps(value: Any) -> bytes:
    """The shortest spelling; map entries in their given order. Raises MalformedError `cbor.malformed`."""
    try:
        return cbor2.dumps(value)
    except cbor2.CBORError as error:
        raise MalformedError("cbor.malformed", str(error)[:120]) from error


def _refuse_unplain(root: Any, *, work: int) -> None:
    """A loop, and each step paid for by a byte of the input: tags that repeat a part can make it round, or explode."""
    waiting = [(root, 0)]
    while waiting:
        value, depth = waiting.pop()
        kind = type(value)
        work -= 1
        if kind in (bytes, str):
            work -= len(value)
        elif kind is list:
            waiting.extend((item, depth + 1) for item in value)
        elif kind is dict:
            if not all(type(key) in (int, str) for key in value):
                raise MalformedError("cbor.malformed", "a map key that is neither number nor text")
            waiting.extend((item, depth + 1) for pair in value.items() for item in pair)
        elif kind not in (int, bool, type(None)):
            raise MalformedError("cbor.malformed", kind.__name__[:40])
        if work < 0 or depth > MAX_DEPTH:
            raise MalformedError("cbor.malformed", "too deep, or parts that are used more than once")
