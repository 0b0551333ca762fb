"""did:web: a key document on a web site. (W3C CCG did:web method)"""

from __future__ import annotations

import re

from credcore.codec import strict_json
from credcore.dids.document import DidDocument, parse
from credcore.errors import MalformedError
from credcore.ports import Fetch, FetchKind

NAME = "web"
_HOST = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*(?:%3[Aa][0-9]{1,5})?"
)
_SEGMENT = re.compile(r"[A-Za-z0-9._~-]+")


def url(did: str) -> str:
    """Where the document lives. Only the port may be percent-encoded. Raises MalformedError `did.malformed`."""
    host, *path = did.removeprefix("did:web:").split(":")
    if not _HOST.fullmatch(host) or any(not _SEGMENT.fullmatch(part) or set(part) == {"."} for part in path):
        raise MalformedError("did.malformed", did[:120])
    place = "/".join(path) if path else ".well-known"
    return f"https://{host.replace('%3A', ':').replace('%3a', ':')}/{place}/did.json"


def resolve(did: str, *, fetch: Fetch) -> DidDocument:
    """Fetch and read the document. Raises UnavailableError `fetch.…`, MalformedError `did.malformed` or `json.…`."""
    answer = fetch(url(did), kind=FetchKind.DID)
    return parse(did=did, data=strict_json.loads(answer.body))
