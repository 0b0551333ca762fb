"""Check whatever is handed over: our own addresses answered from the database, all others fetched with care."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from credcore.errors import UnavailableError
from credcore.net.cached import CachedFetch
from credcore.net.guarded import Counted, GuardedFetcher
from credcore.ports import Fetch, Fetched, FetchKind
from credcore.trust import TrustEntry, TrustList
from credcore.verify import Explanation, Line, Report, Verifier, check_item, explain
from credcore.verify import check_link as check_link_with
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.people import queries as people
from skillmark.rooms.signing import operations as signing_operations
from skillmark.rooms.signing import queries as signing

__all__ = ["Explanation", "Line", "check_bytes", "check_link", "check_text", "explain", "verifier"]

# Addresses below our own that hold documents: when the database has none there, there is none.
_DOCUMENTS = ("/verify/", "/status/", "/o/")


def check_bytes(*, data: bytes, name: str, now: datetime, org_id: UUID | None) -> list[Report]:
    """A report for each proof in the file; at least one. `org_id` is the firm of whoever is signed in, if anyone."""
    return check_item(data, verifier=verifier(org_id=org_id, now=now), now=now, name=name)


def check_link(*, url: str, now: datetime, org_id: UUID | None) -> list[Report]:
    """A report for each proof behind the link; at least one."""
    return check_link_with(url, verifier=verifier(org_id=org_id, now=now), now=now)


def check_text(*, text: str, now: datetime, org_id: UUID | None) -> list[Report]:
    """A report for each proof in pasted text; at least one."""
    return check_bytes(data=text.encode(), name="", now=now, org_id=org_id)


def verifier(*, org_id: UUID | None, now: datetime) -> Verifier:
    """Knows every firm on this server. The signed-in firm's own list comes first, so that it is the one that is named."""
    return Verifier(fetch=_own_first(now=now), trust=_lists(org_id=org_id))


def _lists(*, org_id: UUID | None) -> list[TrustList]:
    firms = sorted(people.firms(), key=lambda firm: firm.id != org_id)
    return [
        TrustList(
            name=_("firms on this server"),
            source=settings.BASE_URL,
            entries=tuple(
                TrustEntry(
                    issuer=identity, name=firm.name, since=firm.created_at.date(),
                    aliases=tuple(credentials.giver_names(org_id=firm.id)),
                )
                for identity in signing.identities(org_id=firm.id)
            ),
        )
        for firm in firms
    ]  # fmt: skip


def _own_first(*, now: datetime) -> Fetch:
    bases = _bases()
    outside = Counted(_outside())

    def fetch(url: str, *, kind: FetchKind) -> Fetched:
        try:
            document = credentials.answer_own(url=url, now=now)
        except signing_operations.CannotSign as error:
            raise UnavailableError("fetch.own", error.code) from error
        if document is not None:
            return Fetched(url=url, body=document, media_type="application/json", fetched_at=now)
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" in bases:
            # Never asked over the network: the only thread might be the one that is waiting.
            if parts.path.startswith(_DOCUMENTS):
                raise UnavailableError("fetch.status", "404", permanent=True)
            return Fetched(url=url, body=b"", media_type="text/html", fetched_at=now)
        return outside(url, kind=kind)

    return fetch


def _bases() -> frozenset[str]:
    firms: Sequence[str] = [url for firm in people.firms() for url in (firm.base_url, *firm.past_base_urls) if url]
    return frozenset((settings.BASE_URL, *firms))


@functools.cache
def _outside() -> Fetch:
    """One for the process, so that answers are remembered for as long as they may be."""
    return CachedFetch(GuardedFetcher())
