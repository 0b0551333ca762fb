"""What proofs that are tokens point at: the lists of what was cancelled or is paused as tokens, and what their kinds mean.
(Token Status List; SD-JWT VC)"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from skillmark.errors import NotFound
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Pause, StatusChange, StatusList, Template, TokenList
from skillmark.rooms.people import queries as people
from skillmark.rooms.signing import operations as signing


def token_document(*, list_id: UUID) -> tuple[bytes, str]:
    """A list as a token as last published, and its ETag (quoted). Raises NotFound, also where no proof names it."""
    found = TokenList.objects.filter(list_id=list_id).first()
    if found is None:
        raise NotFound
    document = bytes(found.document)
    return document, f'"{hashlib.sha256(document).hexdigest()[:32]}"'


def signed_tokens(*, row: StatusList, now: datetime) -> tuple[bytes, int]:
    """The list made again from its rows and signed, and how many changes are in it. Stores nothing.

    A pause is a change, its end another. Call it outside any transaction. Raises `signing.operations.CannotSign`.
    """
    cancelled = list(row.changes.values_list("index", flat=True))
    pauses = list(row.pauses.values_list("index", "resumed_at"))
    paused = [index for index, resumed_at in pauses if resumed_at is None]
    claims = rules.token_list_claims(
        url=row.url, issuer=row.issuer, values=rules.place_values(cancelled=cancelled, paused=paused), length=row.length,
        now=now,
    )  # fmt: skip
    changes = len(cancelled) + 2 * len(pauses) - len(paused)
    return signing.sign_list(org_id=row.org_id, claims=claims, now=now), changes


def tokens_with_changes() -> QuerySet[TokenList, TokenList]:
    """Every list that is published as a token, with `changed`: how many changes it should hold. For this room only."""
    return TokenList.objects.select_related("list").annotate(
        changed=_count(StatusChange) + _count(Pause) + _count(Pause, resumed_at__isnull=False)
    )


def fresh_tokens(*, url: str, now: datetime) -> bytes | None:
    """What our own server answers at the address of a list as a token; None where there is none.

    Made again when it does not hold every change yet. Raises `signing.operations.CannotSign`.
    """
    base, mark, rest = url.rpartition("/token")
    if not mark or rest:
        return None
    found = tokens_with_changes().filter(list__url=base).first()
    if found is None:
        return None
    holds_all = vars(found)["changed"] == found.count
    is_fresh = found.published_at is not None and now - found.published_at < rules.STATUS_FRESH
    return bytes(found.document) if holds_all and is_fresh else signed_tokens(row=found.list, now=now)[0]


def kind_document(*, template_id: UUID, url: str) -> dict[str, Any]:
    """What a kind of proof is, in its newest words. `url` is the address that was asked.

    Raises NotFound, also where the firm has no public address: then the kind's name is no address.
    """
    found = Template.objects.filter(id=template_id).select_related("current").first()
    if found is None or found.current is None:
        raise NotFound
    org = people.organisation_public(org_id=found.org_id)
    if not org.base_url:
        raise NotFound
    bases = (org.base_url, *org.past_base_urls)
    names = [rules.kind_url(list_url=f"{base}/status/", template_id=found.id) for base in bases]
    # Behind a proxy the address may look different from here: then the present one is meant.
    name = url if url in names else names[0]
    return rules.kind_metadata(name=name, names=found.current.name, did=found.current.did)


def _count(model: type[Model], **where: bool) -> Coalesce:
    """How many rows of a model the list has. Counted apart, so that joins do not multiply one another."""
    rows = model._default_manager.filter(list=OuterRef("list"), **where).order_by()
    return Coalesce(Subquery(rows.values("list").annotate(rows=Count("pk")).values("rows")), 0)
