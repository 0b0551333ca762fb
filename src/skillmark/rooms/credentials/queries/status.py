"""The public documents of our own: lists of what was cancelled and what is paused, key documents, proofs."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet

from skillmark.errors import NotFound
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Issued, Pause, StatusList
from skillmark.rooms.credentials.queries import token_lists
from skillmark.rooms.people import queries as people
from skillmark.rooms.signing import operations as signing
from skillmark.rooms.signing import queries as keys

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_KEYS = re.compile(rf"(?P<base>https?://[^/]+)/o/(?P<id>{_UUID})/did\.json")
_PROOF = re.compile(rf"(?P<base>https?://[^/]+)/verify/(?P<id>{_UUID})(/proof\.json)?/?")


def status_document(*, list_id: UUID) -> tuple[bytes, str]:
    """A list as last published, and its ETag (quoted). Raises NotFound, also before the first publication."""
    found = StatusList.objects.filter(id=list_id, published_version__gt=0).first()
    if found is None:
        raise NotFound
    document = bytes(found.document)
    return document, f'"{hashlib.sha256(document).hexdigest()[:32]}"'


def signed_list(*, row: StatusList, now: datetime) -> tuple[bytes, int]:
    """The list made again from its rows and signed, and how many changes are in it. Stores nothing.

    A pause is a change, its end another. Call it outside any transaction. Raises `signing.operations.CannotSign`.
    """
    if row.purpose == rules.Purpose.CANCELLED:
        indexes = list(row.changes.order_by("index").values_list("index", flat=True))
        changes = len(indexes)
    else:
        pauses = list(Pause.objects.filter(list_id=row.sibling_id).order_by("index").values_list("index", "resumed_at"))
        indexes = [index for index, resumed_at in pauses if resumed_at is None]
        changes = 2 * len(pauses) - len(indexes)
    unsigned = rules.list_payload(
        url=row.url, issuer=row.issuer, purpose=row.purpose, length=row.length, indexes=indexes, now=now
    )
    return signing.sign(org_id=row.org_id, purpose="status", unsigned=unsigned, now=now), changes


def lists_with_changes() -> QuerySet[StatusList, StatusList]:
    """Every list of every firm with `changed`: how many changes it should hold. For this room only."""
    # A list has either changes of its own or a sibling with pauses, so the joins do not multiply each other.
    return StatusList.objects.annotate(
        changed=Count("changes") + Count("sibling__pauses") + Count("sibling__pauses__resumed_at")
    )


def _changes_of(row: StatusList) -> int:
    """How many changes a list should hold."""
    found: int = lists_with_changes().only("id").get(id=row.id).__dict__["changed"]
    return found


def answer_own(*, url: str, now: datetime) -> bytes | None:
    """What our own server answers at `url`, from the database; None when the address is not one of ours.

    A list is made again when it does not hold every change yet, so that here a cancelled or paused proof is seen as that
    at once; key documents and proofs are found under every address that the firm has ever used.
    """
    row = StatusList.objects.filter(url=url).first()
    if row is not None:
        return _fresh_list(row, now)
    token = token_lists.fresh_tokens(url=url, now=now)
    if token is not None:
        return token
    wanted = _KEYS.fullmatch(url)
    if wanted is not None:
        return _key_document(base_url=wanted["base"], org_id=UUID(wanted["id"]))
    wanted = _PROOF.fullmatch(url)
    if wanted is not None:
        return _proof(base_url=wanted["base"], issued_id=UUID(wanted["id"]))
    return None


def base_url_of(*, org_id: UUID) -> str:
    """The address under which the firm's new documents are found: its public one, else this server's."""
    return people.organisation_public(org_id=org_id).base_url or settings.BASE_URL


def _fresh_list(row: StatusList, now: datetime) -> bytes:
    is_fresh = row.published_at is not None and now - row.published_at < rules.STATUS_FRESH
    if is_fresh and row.published_count == _changes_of(row):
        return bytes(row.document)
    return signed_list(row=row, now=now)[0]


def _key_document(*, base_url: str, org_id: UUID) -> bytes | None:
    try:
        document = keys.did_document(org_id=org_id, base_url=base_url)
    except NotFound:
        return None
    return json.dumps(document, ensure_ascii=False).encode()


def _proof(*, base_url: str, issued_id: UUID) -> bytes | None:
    found = Issued.objects.filter(id=issued_id, state=Issued.State.SIGNED).only("org_id", "document").first()
    if found is None:
        return None
    org = people.organisation_public(org_id=found.org_id)
    if base_url not in (settings.BASE_URL, org.base_url, *org.past_base_urls):
        return None
    return bytes(found.document)
