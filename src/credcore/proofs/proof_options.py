"""The canonical form of proof options, which for one giver differ in their date only.

The date is a literal of its own statement, and no other statement has its predicate: so it stands in the same place
whatever it says, and the form around it can be remembered. (RDFC-1.0, section 4.4: statements in code point order)
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from credcore.codec import rdf

Json = dict[str, Any]

_MEMBERS = {"@context", "type", "cryptosuite", "created", "verificationMethod", "proofPurpose"}
_DATE = re.compile(r"[0-9T:.Z+-]{1,40}", re.ASCII)
_STAND_IN = "2000-01-01T00:00:00Z"
_USUAL = 400
"""Characters of what is worth remembering; a did:key has about fifty."""


def canonical(options: Json, *, hash_name: str) -> bytes:
    """Canonical N-Quads of proof options under their `@context`. Raises as `rdf.canonicalize`."""
    key = _key(options)
    if key is not None:
        around = _around(key, hash_name)
        if around is not None:
            return str(options["created"]).encode().join(around)
    return rdf.canonicalize(options, hash_name=hash_name)


def _key(options: Json) -> tuple[tuple[str, Any], ...] | None:
    """Everything but the date; None for options that are not of the usual kind."""
    if options.keys() - _MEMBERS or not isinstance(options.get("created"), str) or not _DATE.fullmatch(options["created"]):
        return None
    named = options["@context"]
    named = tuple(named) if isinstance(named, list) else named
    rest = [(name, value) for name, value in options.items() if name not in ("@context", "created")]
    words = [*(named if isinstance(named, tuple) else (named,)), *(value for _, value in rest)]
    if not all(isinstance(word, str) for word in words) or sum(map(len, words)) > _USUAL:
        return None
    return (*rest, ("@context", named))


@lru_cache(maxsize=1024)
def _around(key: tuple[tuple[str, Any], ...], hash_name: str) -> tuple[bytes, bytes] | None:
    options = dict(key) | {"created": _STAND_IN}
    named = options["@context"]
    form = rdf.canonicalize(options | {"@context": list(named) if isinstance(named, tuple) else named}, hash_name=hash_name)
    before, _, after = form.partition(f'"{_STAND_IN}"'.encode())
    # One unnamed thing, or the label of another could depend on the date; and one place for it.
    if not after or b"_:c14n1" in form or _STAND_IN.encode() in after:
        return None
    return before + b'"', b'"' + after
