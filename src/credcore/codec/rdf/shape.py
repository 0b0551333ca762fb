"""What a document must look like before JSON-LD touches it: plain JSON, not too deep, and contexts that are only named
(unless the caller stands in `contexts.own_words`).

Everything here is found by a loop, never by recursion, so that a hostile document cannot cost the stack.
"""

from __future__ import annotations

import math
from typing import Any, Final

from credcore import contexts
from credcore.errors import BudgetError, MalformedError, UnavailableError, UnsafeError

MAX_DEPTH: Final = 48
"""Arrays and objects inside each other. Expansion is recursive; a real credential has fewer than 20 levels."""

MAX_CONTEXTS: Final = 64
"""Places in one document where a context is named. Each may cost milliseconds to process the first time."""

MAX_OBJECTS: Final = 5_000
"""Objects in one document. An object with a type makes two statements, of which no more than 10,000 are signed: to find
that out only after expanding all of them would take seconds."""

_MAX_EACH: Final = 16
_DOUBLE_MAX: Final = 2**1023


def check(document: Any) -> None:
    """Refuse what is not a plain JSON document with named, pinned contexts.

    Raises MalformedError (`rdf.not_json`, `json.too_deep`, `json.bad_number`, `json.bad_text`, `context.malformed`),
    UnsafeError `context.inline`, BudgetError (`context.too_many`, `rdf.budget`), UnavailableError `context.unknown`.
    """
    if not isinstance(document, dict):
        raise MalformedError("rdf.not_json", "a document is one JSON object")
    contexts_named = objects = 0
    level: list[Any] = [document]
    for _ in range(MAX_DEPTH):
        inner: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                objects += 1
                for key, item in value.items():
                    _text(key)
                    if key == "@context":
                        contexts_named += 1
                        inner.extend(_context(item))
                    else:
                        inner.append(item)
            elif isinstance(value, list):
                inner.extend(value)
            else:
                _scalar(value)
        if contexts_named > MAX_CONTEXTS:
            raise BudgetError("context.too_many", f"more than {MAX_CONTEXTS}")
        if objects > MAX_OBJECTS:
            raise BudgetError("rdf.budget", f"more than {MAX_OBJECTS} objects")
        if not inner:
            return
        level = inner
    raise MalformedError("json.too_deep", f"more than {MAX_DEPTH} levels")


def _scalar(value: Any) -> None:
    if isinstance(value, str):
        _text(value)
    elif isinstance(value, float) and not math.isfinite(value):
        raise MalformedError("json.bad_number", str(value))
    elif isinstance(value, int) and not -_DOUBLE_MAX < value < _DOUBLE_MAX:
        raise MalformedError("json.bad_number", "an integer that no double holds")
    elif value is not None and not isinstance(value, bool | int | float):
        raise MalformedError("rdf.not_json", type(value).__name__)


def _text(value: Any) -> None:
    if not isinstance(value, str):
        raise MalformedError("rdf.not_json", "a key that is no string")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise MalformedError("json.bad_text", "lone surrogate") from error


def _context(value: Any) -> list[Any]:
    """The contexts that are written in place, to be looked at like anything else."""
    written: list[Any] = []
    named = value if isinstance(value, list) else [value]
    if len(named) > _MAX_EACH:
        raise BudgetError("context.too_many", f"more than {_MAX_EACH} in one place")
    for item in named:
        if isinstance(item, dict):
            if not contexts.own_words_allowed():
                raise UnsafeError("context.inline", "a context must be named, not written into the document")
            written.append(item)
        elif not isinstance(item, str):
            raise MalformedError("context.malformed", repr(item)[:60])
        elif not contexts.is_known(item):
            raise UnavailableError("context.unknown", item[:200], permanent=True)
    return written
