"""JSON without second meanings: no duplicate keys, no numbers that two readers would read differently.
(RFC 8259; RFC 7493, I-JSON)"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from credcore.errors import MalformedError

MAX_BYTES = 524_288
MAX_DEPTH = 32
MAX_INTEGER = 2**53 - 1

_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")


def loads(data: bytes, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> Any:
    """Read JSON.

    Raises MalformedError: `json.too_large`, `json.too_deep`, `json.not_json`, `json.duplicate_key`, `json.bad_number`,
    `json.bad_text`.
    """
    if len(data) > max_bytes:
        raise MalformedError("json.too_large", f"{len(data)} bytes")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedError("json.not_json", "not UTF-8") from error
    _measure(data, max_depth)
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_float=_float, parse_constant=_constant
        )
    except json.JSONDecodeError as error:
        raise MalformedError("json.not_json", f"line {error.lineno}, column {error.colno}") from error
    _refuse_lone_surrogates(text, value)
    return value


def dumps(value: Any) -> bytes:
    """Compact UTF-8 JSON in the order of the value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _measure(data: bytes, max_depth: int) -> None:
    """Refuse deep nesting before a recursive reader meets it."""
    depth = 0
    for match in _BRACKETS.finditer(_STRINGS.sub(b"", data)):
        depth += 1 if match[0] in b"[{" else -1
        if depth > max_depth:
            raise MalformedError("json.too_deep", f"more than {max_depth} levels")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise MalformedError("json.duplicate_key", next(n for n in names if names.count(n) > 1)[:60])
    return found


def _refuse_lone_surrogates(text: str, value: Any) -> None:
    """A lone surrogate has no UTF-8, so nobody could have signed it. Only an escape can bring one in."""
    if re.search(r"\\u[dD][89a-fA-F]", text):
        try:
            dumps(value)
        except UnicodeEncodeError as error:
            raise MalformedError("json.bad_text", "lone surrogate") from error


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > MAX_INTEGER:
        raise MalformedError("json.bad_number", text[:40])
    return int(text)


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise MalformedError("json.bad_number", text[:40])
    return value


def _constant(text: str) -> Any:
    raise MalformedError("json.bad_number", text)
