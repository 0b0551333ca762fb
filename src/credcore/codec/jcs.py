"""JCS: the one spelling of a JSON value, so that it can be signed without being wrapped. (RFC 8785)"""

from __future__ import annotations

from typing import Any

import rfc8785

from credcore.errors import MalformedError


def canonicalize(value: Any) -> bytes:
    """Canonical JSON in UTF-8: names sorted by UTF-16, numbers and letters as JavaScript writes them.

    Raises MalformedError `json.not_canonical` for what I-JSON cannot say: integers beyond 2⁵³, NaN, lone surrogates, names
    that are no text, other Python types, and nesting beyond Python's stack.
    """
    try:
        return rfc8785.dumps(value)
    except (ValueError, RecursionError) as error:
        raise MalformedError("json.not_canonical", str(error)[:120]) from error
