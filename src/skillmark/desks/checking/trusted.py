"""Whose proofs count: firms on this server, whom the firm trusts itself, and the lists that it follows."""

from __future__ import annotations

import functools
import logging
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from credcore.errors import MalformedError
from credcore.trust import TrustEntry, TrustList, files
from skillmark.desks.answers import ON_SERVER
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.people import queries as people
from skillmark.rooms.signing import queries as signing

log = logging.getLogger("skillmark.trust")


def lists(*, org_id: UUID | None, now: datetime) -> list[TrustList]:
    """The lists that count for a firm, or (None) for a stranger: then those of the firm that runs this page.

    In this order, since the first list that knows a giver is the one that is named: the firm itself, its own list (which
    needs no name to be told by), the lists that it follows, and the other firms on this server.
    """
    made_up = [firm for firm in people.samples() if firm.id == org_id]  # known to itself, and to nobody else
    firms = sorted([*people.firms(), *made_up], key=lambda firm: firm.id != org_id)
    on_server = [_firm(firm.id, name=firm.name, since=firm.created_at.date()) for firm in firms]
    host = org_id if org_id is not None else firms[0].id if len(firms) == 1 else None
    if host is None:
        return on_server
    name = "" if org_id is not None else _("the list of %(firm)s") % {"firm": firms[0].name}
    return [*on_server[:1], *_of_firm(host, name=name, now=now), *on_server[1:]]


def _firm(org_id: UUID, *, name: str, since: date) -> TrustList:
    aliases = tuple(credentials.giver_names(org_id=org_id))
    entries = tuple(
        TrustEntry(issuer=identity, name=name, since=since, aliases=aliases) for identity in signing.identities(org_id=org_id)
    )
    return TrustList(name=ON_SERVER, source=settings.BASE_URL, entries=entries)


def _of_firm(org_id: UUID, *, name: str, now: datetime) -> list[TrustList]:
    trust = credentials.trust_of(org_id=org_id)
    own = tuple(
        TrustEntry(issuer=one.issuer, name=one.name, since=one.added_at.date(), source=one.added_by, reason=one.reason)
        for one in trust.givers
    )
    # A list that its keeper has let run out says nothing any more; a page tells the owner.
    current = [one for one in trust.lists if one.valid_until is None or now < one.valid_until]
    followed = [_read(org_id, one.id, one.fetched_at) for one in current]
    return [TrustList(name=name, entries=own), *(one for one in followed if one is not None)]


# Large lists are read once a process and not for every check; whoever reads them anew changes `fetched_at`.
@functools.lru_cache(maxsize=16)
def _read(org_id: UUID, list_id: UUID, fetched_at: datetime | None) -> TrustList | None:
    try:
        return files.parse(credentials.list_body(org_id=org_id, list_id=list_id), fetched_at=fetched_at)
    except MalformedError as error:  # written by us, so damaged; whom it named is unknown now, and other lists still count
        log.error("list %s cannot be read: %s", list_id, error)
        return None
