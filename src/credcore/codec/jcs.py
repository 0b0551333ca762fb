"""JCS: the one spelling of a JSON value, so that it can be signed without being wrapped. (RFC 8785)"""

from __future__ import annotations

from typing import Any, Final

import orjson
import rfc8785

from credcore.errors import MalformedError

_LARGEST: Final = 2**53 - 1
_ALIKE: Final = frozenset({str, bool, type(None)})


def canonicalize(value: Any) -> bytes:
    """Canonical JSON in UTF-8: names sorted by UTF-16, numbers and letters as JavaScript writes them.

    Raises MalformedError `json.not_canonical` for what I-JSON cannot say: integers beyond 2⁵³, NaN, lone surrogates, names
    that are no text, other Python types, and nesting beyond Python's stack.
    """
    try:
        orjson.dumps(value)  # so it has an end, and is not too deep to be walked
        return orjson.dumps(_plain(value), option=orjson.OPT_SORT_KEYS)
    except TypeError:
        pass  # not plain, or wrong: the other writer knows all the rules
    try:
        return rfc8785.dumps(value)
    except (ValueError, RecursionError) as error:
        raise MalformedError("json.not_canonical", str(error)[:120]) from error


def _plain(value: Any) -> Any:
    """The same, with numbers such that every JSON writer makes the same of it. Raises TypeError where writers differ: long
    and tiny numbers, and names in other letters, whose order in UTF-16 is one of its own.
    """
    kind = type(value)
    if kind in _ALIKE:
        return value
    if kind is dict:
        if not "".join(value).isascii():  # also a TypeError for a name that is no text
            raise TypeError
        if _ALIKE.issuperset(map(type, value.values())):
            return value
        return {name: inner if type(inner) in _ALIKE else _plain(inner) for name, inner in value.items()}
    if kind is list:
        if _ALIKE.issuperset(map(type, value)):
            return value
        return [_plain(inner) for inner in value]
    if kind is int and -_LARGEST <= value <= _LARGEST:
        return value
    if kind is float and 1e-3 < abs(value) < 1e15:
        return int(value) if value.is_integer() else value
    raise TypeError
