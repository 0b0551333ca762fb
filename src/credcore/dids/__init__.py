"""From an identifier to its keys. A new method is one file and one line in `METHODS`."""

from __future__ import annotations

from collections.abc import Callable

from credcore.dids import did_jwk, did_key, did_web
from credcore.dids.document import DidDocument, Method
from credcore.errors import UnavailableError
from credcore.ports import Fetch

__all__ = ["METHODS", "DidDocument", "Method", "resolve"]

Resolve = Callable[..., DidDocument]
METHODS: dict[str, Resolve] = {
    did_jwk.NAME: did_jwk.resolve,
    did_key.NAME: did_key.resolve,
    did_web.NAME: did_web.resolve,
}


def resolve(did: str, *, fetch: Fetch) -> DidDocument:
    """The key document of a DID (without fragment).

    Raises UnavailableError (`did.unsupported`, `fetch.…`, `key.unsupported`) or MalformedError (`did.malformed`,
    `key.malformed`, `multibase.bad`, `json.…`).
    """
    parts = did.split(":", 2)
    if len(parts) != 3 or parts[0] != "did" or parts[1] not in METHODS or not parts[2]:
        raise UnavailableError("did.unsupported", did[:80], permanent=True)
    return METHODS[parts[1]](did, fetch=fetch)
