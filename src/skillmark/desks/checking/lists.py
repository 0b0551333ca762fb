"""Follow lists of givers that others keep: fetch, check the signature where there is one, and write down what they say."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

from credcore.errors import CredcoreError, MalformedError, UnavailableError
from credcore.ports import Fetch, FetchKind
from credcore.trust import TrustList, federation, files, registry, signed, tokens
from skillmark.desks.checking import fetching
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.credentials.rules import LIST_BYTES, ListAnswer
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor, server_for

if TYPE_CHECKING:
    from skillmark.rooms.credentials.models import FollowedList

MEMBERS = 200
"""So many members of a federation are read; the others are counted as left out."""
SECONDS = 30.0
_FETCHES = MEMBERS + 10
log = logging.getLogger("skillmark.trust")


def follow(*, actor: Actor, kind: str, url: str, keeper: str, reason: str, now: datetime, body: bytes = b"") -> FollowedList:
    """Read a list and follow it from now on. `body` is the file itself where it has no address (kind `file`).

    Raises CannotTrust as `operations.follow_list`, and `list.unreachable`, `list.unreadable` (fact `why`: a code of the
    library); CannotDo. Call it outside any transaction.
    """
    people.demand(actor=actor, action="trust.change")
    operations.demand_follow(kind=kind, url=url, keeper=keeper, reason=reason)
    try:
        answer = _answer(kind=kind, url=url, keeper=keeper, pinned=(), body=body, now=now)
    except UnavailableError as error:
        code = "list.unreachable" if error.code.startswith("fetch.") else "list.unreadable"
        raise operations.CannotTrust(code, why=error.code) from error
    except CredcoreError as error:
        raise operations.CannotTrust("list.unreadable", why=error.code) from error
    return operations.follow_list(actor=actor, kind=kind, url=url, keeper=keeper, reason=reason, answer=answer, now=now)


def refresh(*, actor: Actor, list_id: UUID, now: datetime) -> FollowedList:
    """Read a followed list again. Cannot be read: what it said last stays, and `problem` says why.

    Raises NotFound, CannotDo.
    """
    people.demand(actor=actor, action="trust.change")
    one = queries.followed_one(actor=actor, list_id=list_id)
    if not one.url:
        return one  # handed over as a file: there is nowhere to ask
    try:
        answer = _answer(kind=one.kind, url=one.url, keeper=one.keeper, pinned=tuple(one.thumbprints), body=b"", now=now)
    except CredcoreError as error:
        return operations.update_list(actor=actor, list_id=list_id, problem=error.code, now=now)
    return operations.update_list(actor=actor, list_id=list_id, answer=answer, now=now)


def refresh_all(*, org_id: UUID, now: datetime) -> int:
    """Read every list that a firm follows again; how many could be read. One that cannot does not hold up the others."""
    actor, good = server_for(org_id=org_id), 0
    for one in queries.followed(actor=actor):
        try:
            good += not refresh(actor=actor, list_id=one.id, now=now).problem
        except NotFound:
            log.info("list %s was given up while it was read", one.id)
    return good


def _answer(*, kind: str, url: str, keeper: str, pinned: tuple[str, ...], body: bytes, now: datetime) -> ListAnswer:
    fetch = fetching.for_lists(now=now, limit=_FETCHES, seconds=SECONDS)
    if kind == "federation":
        pins = pinned or _pins(url, fetch=fetch, now=now)
        return _told(federation.collect(url, fetch=fetch, now=now, most=MEMBERS, pinned=pins), now=now, thumbprints=pins)
    answer_at = now
    if url:
        fetched = fetch(url, kind=FetchKind.ITEM)
        body, answer_at = fetched.body, fetched.fetched_at
    if kind == "signed":
        read = signed.parse(body, keeper=keeper, fetch=fetch, now=now, fetched_at=answer_at)
        ends = datetime.fromtimestamp(tokens.opened(body, typ=signed.TYPE)[1]["exp"], tz=UTC)
        return _told(read, now=now, valid_until=ends)
    if kind == "registry":
        name = keeper or urlsplit(url).hostname or url
        return _told(registry.parse(body, name=name, source=url, fetched_at=answer_at), now=now)
    return _told(files.parse(body, fetched_at=answer_at), now=now)


def _pins(url: str, *, fetch: Fetch, now: datetime) -> tuple[str, ...]:
    """The federation's keys at the moment at which somebody decides to follow it."""
    said = fetch(url.rstrip("/") + federation.WELL_KNOWN, kind=FetchKind.DID)
    return tuple(sorted(federation.entity_configuration(said.body, now=now).thumbprints))


def _told(read: TrustList, *, now: datetime, **more: Any) -> ListAnswer:
    # Where an entry says nothing of its own about its source, the list's is meant; 20,000 copies of it would not fit.
    entries = tuple(replace(one, source="" if one.source == read.source else one.source) for one in read.entries)
    body = files.dumps(replace(read, entries=entries))
    if len(body) > LIST_BYTES:
        raise MalformedError("trust.malformed", f"over {LIST_BYTES} bytes")
    return ListAnswer(
        name=read.name, body=body, entries=len(entries), fetched_at=read.fetched_at or now, left_out=read.left_out, **more
    )
