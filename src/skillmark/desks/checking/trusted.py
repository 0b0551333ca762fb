"""Whose proofs count: firms on this server, whom the firm trusts itself, and the lists that it follows.

Remembered from one check to the next, for as long as nothing was written in the journal: so a change counts at once.
"""

from __future__ import annotations

import functools
import logging
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from credcore.errors import MalformedError
from credcore.trust import TrustEntry, TrustList, files
from skillmark.desks.answers import ON_SERVER
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.journal.rules import Memory
from skillmark.rooms.people import queries as people
from skillmark.rooms.signing import queries as signing

log = logging.getLogger("skillmark.trust")


@dataclass(frozen=True, slots=True)
class Trusted:
    """The lists that count, and the keys of firms here that somebody else may know. Shared: nothing of it is changed."""

    lists: tuple[TrustList, ...]
    compromised: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read, whatever the time: each list with the moment until which its keeper lets it count, if there is one."""

    lists: tuple[tuple[TrustList, datetime | None], ...]
    compromised: frozenset[str]


_MEMORY: Memory[journal.Position, _Known] = Memory(most=32)


def by(*, org_id: UUID | None, now: datetime) -> Trusted:
    """Whose proofs count for a firm, or (None) for a stranger: then by the lists of the firm that runs this page.

    In this order, since the first list that knows a giver is the one that is named: the firm itself, its own list (which
    needs no name to be told by), the lists that it follows, and the other firms on this server.
    """
    spoken = "" if org_id is not None else translation.get_language()  # a list that is named to strangers has a name
    version = journal.position()
    known = _MEMORY.get(key=(org_id, spoken), version=version, make=lambda _before: _read_all(org_id))
    # A list that its keeper has let run out says nothing any more; a page tells the owner.
    return Trusted(tuple(one for one, until in known.lists if until is None or now < until), known.compromised)


def _read_all(org_id: UUID | None) -> _Known:
    return _Known(tuple(_lists(org_id)), signing.compromised())


def _lists(org_id: UUID | None) -> list[tuple[TrustList, datetime | None]]:
    made_up = [firm for firm in people.samples() if firm.id == org_id]  # known to itself, and to nobody else
    firms = sorted([*people.firms(), *made_up], key=lambda firm: firm.id != org_id)
    on_server: list[tuple[TrustList, datetime | None]] = [
        (_firm(firm.id, name=firm.name, since=firm.created_at.date()), None) for firm in firms
    ]
    host = org_id if org_id is not None else firms[0].id if len(firms) == 1 else None
    if host is None:
        return on_server
    name = "" if org_id is not None else _("the list of %(firm)s") % {"firm": firms[0].name}
    return [*on_server[:1], *_of_firm(host, name=name), *on_server[1:]]


def _firm(org_id: UUID, *, name: str, since: date) -> TrustList:
    aliases = tuple(credentials.giver_names(org_id=org_id))
    entries = tuple(
        TrustEntry(issuer=identity, name=name, since=since, aliases=aliases) for identity in signing.identities(org_id=org_id)
    )
    return TrustList(name=ON_SERVER, source=settings.BASE_URL, entries=entries)


def _of_firm(org_id: UUID, *, name: str) -> list[tuple[TrustList, datetime | None]]:
    trust = credentials.trust_of(org_id=org_id)
    own = tuple(
        TrustEntry(issuer=one.issuer, name=one.name, since=one.added_at.date(), source=one.added_by, reason=one.reason)
        for one in trust.givers
    )
    followed = [(_read(org_id, one.id, one.fetched_at), one.valid_until) for one in trust.lists]
    return [(TrustList(name=name, entries=own), None), *((one, until) for one, until in followed if one is not None)]


# Large lists are read once a process and not for every check; whoever reads them anew changes `fetched_at`.
@functools.lru_cache(maxsize=16)
def _read(org_id: UUID, list_id: UUID, fetched_at: datetime | None) -> TrustList | None:
    try:
        return files.parse(credentials.list_body(org_id=org_id, list_id=list_id), fetched_at=fetched_at)
    except MalformedError as error:  # written by us, so damaged; whom it named is unknown now, and other lists still count
        log.error("list %s cannot be read: %s", list_id, error)
        return None
