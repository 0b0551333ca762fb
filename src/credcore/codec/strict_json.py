"""JSON read strictly, so that two readers can never see two different documents in the same bytes (RFC 8259, I-JSON).

What Python's own reader lets through and this one refuses: the same key twice, NaN and Infinity, integers that other
languages would round, floats that overflow, half characters (lone surrogates), and nesting that costs the stack.
"""

from __future__ import annotations

import json
import re
from itertools import accumulate
from typing import Any, Final, NoReturn

import orjson

from credcore.errors import MalformedError

MAX_BYTES: Final = 524_288
MAX_DEPTH: Final = 32
MAX_INTEGER: Final = 2**53 - 1
"""Beyond this a double no longer tells neighbours apart, so JavaScript and we would read different numbers."""

_LONGEST_INTEGER: Final = 17  # sign and 16 digits: anything longer is refused before it is converted
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_ESCAPE: Final = re.compile(rb"\\.", re.DOTALL)
_UNSURE: Final = object()
_SIXTEEN_DIGITS: Final = b"0" * 16  # fewer, and every reader of numbers reads the same
_DIGITS_AS_ZEROS: Final = bytes(ord("0") if mark in b"0123456789" else ord(" ") for mark in range(256))
_NOT_MARKS: Final = bytes(set(range(256)) - set(b'[]{}"'))
_NOT_BRACKETS: Final = bytes(set(range(256)) - set(b"[]{}"))
_CONTAINERS: Final = (dict, list)
# Numbers that not every reader reads alike: with an exponent, or with more digits than a double tells apart.
_ODD_NUMBER: Final = re.compile(rb"[0-9][eE]|[0-9.]{16}")
_STEPS: Final = tuple(1 if mark in b"[{" else -1 for mark in range(256))


def loads(data: bytes, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> Any:
    """Read one JSON text in UTF-8 without a byte order mark (RFC 8259, section 8.1).

    `max_bytes` counts octets, `max_depth` counts arrays and objects inside each other (`[]` has depth 1).
    Returns plain `dict`, `list`, `str`, `int`, `float`, `bool` or `None`.

    Raises `MalformedError`: `json.too_large`, `json.not_json`, `json.too_deep`, `json.duplicate_key`,
    `json.bad_number` or `json.bad_text`.
    """
    if len(data) > max_bytes:
        raise MalformedError("json.too_large", f"{len(data)} bytes, at most {max_bytes}")
    _refuse_depth(_brackets(data), max_depth)
    value = _quickly(data)
    return _slowly(data) if value is _UNSURE else value


def _quickly(data: bytes) -> Any:
    """By a reader that keeps the last of two members with one name, and rounds: so make sure that nothing was lost.

    Written back the same by a writer that refuses long integers, nothing was, whatever it is. Else names are counted: a
    colon stands after every name and nowhere else outside of strings; and no number may be of a kind that readers read
    differently.
    """
    try:
        value = orjson.loads(data)
        if orjson.dumps(value, option=orjson.OPT_STRICT_INTEGER) == data:
            return value
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        return _UNSURE  # the slower reader says what is wrong
    if _SIXTEEN_DIGITS in data.translate(_DIGITS_AS_ZEROS):
        return _UNSURE
    outside = _outside_strings(data)
    if outside.count(b":") == _names(value) and not _ODD_NUMBER.search(outside):
        return value
    return _UNSURE


def _slowly(data: bytes) -> Any:
    """Looks at each member and number by itself."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedError("json.not_json", f"not UTF-8 at byte {error.start}") from error
    if text.startswith("\ufeff"):
        raise MalformedError("json.not_json", "byte order mark")
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise MalformedError("json.not_json", f"{error.msg} at character {error.pos}") from error
    # UTF-8 cannot carry a surrogate, so only an escape can have made one: most documents skip the walk.
    if "\\u" in text:
        _refuse_surrogates(value)
    return value


def dumps(value: Any) -> bytes:
    """Write a JSON value as compact UTF-8, keys in their given order.

    Raises `MalformedError`: `json.bad_number` for NaN and infinities, `json.bad_text` for lone surrogates,
    `json.not_json` for a Python type that JSON lacks, and `json.too_deep` for nesting beyond Python's stack.
    """
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")
    except UnicodeEncodeError as error:
        raise MalformedError("json.bad_text", "lone surrogate") from error
    except RecursionError as error:
        raise MalformedError("json.too_deep", "too deep, or a container that holds itself") from error
    except ValueError as error:
        raise MalformedError("json.bad_number", "not a finite number, or a container that holds itself") from error
    except TypeError as error:
        raise MalformedError("json.not_json", str(error)) from error


def _without_escapes(data: bytes) -> bytes:
    """Without backslashes and what each escapes: every quote that is left begins or ends a string.

    Other escapes than those two hide no quote, so where these are not, all may stay. A backslash outside of a string ends
    every reading, so it can hide nothing that would be read.
    """
    return _ESCAPE.sub(b"", data) if b'\\"' in data or rb"\\" in data else data


def _outside_strings(data: bytes) -> bytes:
    """What is left without strings: brackets, commas, colons, numbers. An unclosed string swallows the rest."""
    return b"".join(_without_escapes(data).split(b'"')[::2])


def _brackets(data: bytes) -> bytes:
    """The brackets outside of strings. Strings without brackets fall away at once; with them, one looks more closely."""
    left = _without_escapes(data).translate(None, delete=_NOT_MARKS).replace(b'""', b"")
    return left if b'"' not in left else _outside_strings(data).translate(None, delete=_NOT_BRACKETS)


def _refuse_depth(brackets: bytes, max_depth: int) -> None:
    """Before a reader comes whose recursion costs the stack."""
    left = brackets
    for _ in range(max_depth // 2):  # each time one level falls away, or two of different kinds
        if not left:
            return
        left = left.replace(b"[]", b"").replace(b"{}", b"")
    if max(accumulate(map(_STEPS.__getitem__, brackets)), default=0) > max_depth:
        raise MalformedError("json.too_deep", f"more than {max_depth} levels")


def _names(root: Any) -> int:
    """How many members all objects have together."""
    total, waiting = 0, [root]
    while waiting:
        value = waiting.pop()
        if type(value) is dict:
            total += len(value)
            waiting += [inner for inner in value.values() if type(inner) in _CONTAINERS]
        elif type(value) is list:
            waiting += [inner for inner in value if type(inner) in _CONTAINERS]
    return total


def _refuse_surrogates(root: Any) -> None:
    waiting = [root]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            if _SURROGATE.search(value):
                raise MalformedError("json.bad_text", "lone surrogate")
        elif isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            waiting.extend(value)
            waiting.extend(value.values())


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise MalformedError("json.duplicate_key", key[:80])
            seen.add(key)
    return members


def _integer(text: str) -> int:
    if len(text) > _LONGEST_INTEGER or abs(number := int(text)) > MAX_INTEGER:
        raise MalformedError("json.bad_number", f"{text[:40]} is not below 2^53")
    return number


def _float(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise MalformedError("json.bad_number", f"{text[:40]} overflows")
    return number


def _constant(text: str) -> NoReturn:
    raise MalformedError("json.bad_number", text)


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_object, parse_int=_integer, parse_float=_float, parse_constant=_constant)
