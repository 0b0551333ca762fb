"""The public documents of a firm as they are at this moment: its lists of what was cancelled or is paused, and its keys."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from credcore.codec import strict_json
from credcore.codec.moments import instant
from credcore.dids import did_web
from skillmark.errors import NotFound
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.signing import operations as signing

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Public:
    """What an address of ours answers, and since when that has been so."""

    url: str
    body: bytes
    at: datetime


class Snapshot:
    """Asks for each address once, however many people's proofs name it. All people of one run get the same documents."""

    def __init__(self, *, now: datetime) -> None:
        self.now = now
        self._asked: dict[str, Public | None] = {}
        self._histories: dict[UUID, bytes | None] = {}

    def named_in(self, document: bytes) -> list[Public]:
        """The documents that a check of this proof asks for. What is not ours, or not published, is left out."""
        proof = strict_json.loads(document)
        return [found for url in _addresses(proof) if (found := self._ask(url)) is not None]

    def key_history(self, *, org_id: UUID) -> bytes | None:
        """Every key that the firm ever had and who followed whom, signed; None when the key is out of reach."""
        if org_id not in self._histories:
            try:
                self._histories[org_id] = signing.signed_history(org_id=org_id)
            except signing.CannotSign:
                self._histories[org_id] = None
        return self._histories[org_id]

    def _ask(self, url: str) -> Public | None:
        if url not in self._asked:
            body = _answer(url, now=self.now)
            self._asked[url] = None if body is None else Public(url, body, _signed_at(body) or self.now)
        return self._asked[url]


def _addresses(proof: Json) -> list[str]:
    status = proof.get("credentialStatus")
    entries = [] if status is None else status if isinstance(status, list) else [status]
    urls = [str(entry["statusListCredential"]) for entry in entries if "statusListCredential" in entry]
    issuer = proof["issuer"]
    giver = str(issuer["id"] if isinstance(issuer, dict) else issuer)
    if giver.startswith("did:web:"):
        urls.append(did_web.url(giver))
    return list(dict.fromkeys(urls))


def _answer(url: str, *, now: datetime) -> bytes | None:
    try:
        return credentials.answer_own(url=url, now=now)
    except signing.CannotSign:
        # The key is out of reach on the very day on which a firm closes down: what was published last still says something.
        return _published(url)


def _published(url: str) -> bytes | None:
    try:
        return credentials.status_document(list_id=UUID(url.rpartition("/")[2]))[0]
    except (ValueError, NotFound):
        return None


def _signed_at(body: bytes) -> datetime | None:
    """When a list was signed; None for keys, which carry no date."""
    return instant(json.loads(body).get("validFrom"))
