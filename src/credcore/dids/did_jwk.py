"""did:jwk: the identifier is the key, as a JSON Web Key in base64url. (did:jwk method specification)"""

from __future__ import annotations

from credcore.codec import multibase, strict_json
from credcore.dids.document import DidDocument, Method
from credcore.errors import MalformedError
from credcore.keys import jwk
from credcore.ports import Fetch

NAME = "jwk"
MAX_BYTES = 4096  # an RSA key of 8192 bits has less than 1500


def resolve(did: str, *, fetch: Fetch) -> DidDocument:
    """No network is needed.

    Raises MalformedError (`did.malformed`, `key.malformed`, `json.…`, `multibase.bad`), or UnavailableError
    `key.unsupported`.
    """
    text = did.removeprefix("did:jwk:")
    if len(text) > 2 * MAX_BYTES:
        raise MalformedError("did.malformed", f"{len(text)} characters")
    value = strict_json.loads(multibase.decode("u" + text), max_bytes=MAX_BYTES)
    if not isinstance(value, dict):
        raise MalformedError("did.malformed", "not a JSON Web Key")
    name = f"{did}#0"
    methods = {name: Method(id=name, controller=did, key=jwk.decode(value))}
    return DidDocument(id=did, assertion=methods, authentication=methods)
