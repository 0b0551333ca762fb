"""The canonical form of proof options, which for one giver differ in their date only.

The date is a literal of its own statement, and no other statement has its predicate: so it stands in the same place
whatever it says, and the form around it can be remembered. (RDFC-1.0, section 4.4: statements in code point order)
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import orjson

from credcore.codec import rdf

Json = dict[str, Any]

_MEMBERS = frozenset({"@context", "type", "cryptosuite", "created", "verificationMethod", "proofPurpose"})
_DATE = re.compile(r"[0-9T:.Z+-]{1,40}", re.ASCII)
_STAND_IN = "2000-01-01T00:00:00Z"
_USUAL = 600
"""Bytes of what is worth remembering; a did:key has about fifty, and is there twice."""
_ONLY_JSON = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS


def canonical(options: Json, *, hash_name: str) -> bytes:
    """Canonical N-Quads of proof options under their `@context`. Raises as `rdf.canonicalize`."""
    created = options.get("created")
    if isinstance(created, str) and _DATE.fullmatch(created) and options.keys() <= _MEMBERS:
        around = _remembered(options, hash_name)
        if around is not None:
            return created.encode().join(around)
    return rdf.canonicalize(options, hash_name=hash_name)


def _remembered(options: Json, hash_name: str) -> tuple[bytes, bytes] | None:
    try:
        content = orjson.dumps({**options, "created": _STAND_IN}, option=_ONLY_JSON)
    except TypeError:  # no JSON
        return None
    return _around(content, hash_name) if len(content) <= _USUAL else None


@lru_cache(maxsize=1024)
def _around(content: bytes, hash_name: str) -> tuple[bytes, bytes] | None:
    """The form before and after the date, of options that are given as JSON with another date."""
    form = rdf.canonicalize(orjson.loads(content), hash_name=hash_name)
    before, _, after = form.partition(f'"{_STAND_IN}"'.encode())
    # One unnamed thing, or the label of another could depend on the date; and one place for it.
    if not after or b"_:c14n1" in form or _STAND_IN.encode() in after:
        return None
    return before + b'"', b'"' + after
