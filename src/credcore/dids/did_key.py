"""did:key: the identifier is the key. (W3C CCG did:key method)"""

from __future__ import annotations

from credcore.dids.document import DidDocument, Method
from credcore.keys import multikey
from credcore.ports import Fetch

NAME = "key"


def resolve(did: str, *, fetch: Fetch) -> DidDocument:
    """No network is needed. Raises MalformedError, or UnavailableError `key.unsupported`."""
    text = did.removeprefix("did:key:")
    name = f"{did}#{text}"
    methods = {name: Method(id=name, controller=did, key=multikey.decode(text))}
    return DidDocument(id=did, assertion=methods, authentication=methods)
