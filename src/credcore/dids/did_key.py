"""did:key: the identifier is the key. (W3C CCG did:key method)"""

from __future__ import annotations

from functools import lru_cache

from credcore.dids.document import DidDocument, Method
from credcore.keys import multikey
from credcore.ports import Fetch

NAME = "key"
_USUAL = 100
"""Characters of an identifier that is worth remembering; one of P-384 has 82."""


def resolve(did: str, *, fetch: Fetch) -> DidDocument:
    """No network is needed. Raises MalformedError, or UnavailableError `key.unsupported`."""
    return _read(did) if len(did) <= _USUAL else _read.__wrapped__(did)


@lru_cache(maxsize=1024)
def _read(did: str) -> DidDocument:
    """Remembered: one giver gives many proofs, and its identifier never means another key."""
    text = did.removeprefix("did:key:")
    name = f"{did}#{text}"
    methods = {name: Method(id=name, controller=did, key=multikey.decode(text))}
    return DidDocument(id=did, assertion=methods, authentication=methods)
