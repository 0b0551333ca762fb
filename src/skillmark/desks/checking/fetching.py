"""Where answers come from: our own from the database, those of others over the network, or from memory when that is silent."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from credcore.errors import UnavailableError
from credcore.net import addresses
from credcore.net.cached import CachedFetch
from credcore.net.guarded import Counted, GuardedFetcher
from credcore.net.remembering import RememberingFetch
from credcore.ports import Fetch, Fetched, FetchKind, Post, Posted
from skillmark.desks.checking import inside
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.people import queries as people
from skillmark.rooms.signing import operations as signing

# Addresses below our own that hold documents: when the database has none there, there is none.
_DOCUMENTS = ("/verify/", "/status/", "/o/")

MESSAGES, SECONDS = 100, 60.0
"""To other programs in one hand-over: enough for twenty proofs, each asked for twice."""

Own = Callable[[str], bytes | None]
"""What the database has at an address of ours; None: it is no document of ours."""


def own_documents(*, now: datetime) -> Own:
    """The same, each read once however often it is asked for: for several checks of the same moment."""
    return functools.cache(lambda url: queries.answer_own(url=url, now=now))


def for_check(*, now: datetime, remember: bool, own: Own | None = None) -> Fetch:
    """A way to fetch for one check, within the limits of one check. When nobody answers, what was known last.

    `remember`: key documents and status lists of others are stored for the day without internet. Only a firm's own checks
    and those of what somebody keeps on their page may do that: else any stranger could fill our disk. `own`: see
    `own_documents`.
    """
    outside = RememberingFetch(Counted(_outside()), load=_load, store=_store if remember else None)
    return _own_first(outside, now=now, own=own)


def for_lists(*, now: datetime, limit: int, seconds: float) -> Fetch:
    """A way to fetch lists of givers: at most `limit` addresses, within `seconds`. Nothing old passes for having been read."""
    return _own_first(Counted(_outside(), limit=limit, seconds=seconds), now=now)


def for_apps(*, now: datetime) -> tuple[Fetch, Post]:
    """How we talk with other programs: their documents, and messages to them. (OpenID4VCI, OpenID4VP, as the holder's side)

    What lies on this server is answered in this thread, without a socket: the only thread might be the one that waits.
    Only the addresses that are meant for programs are; the others raise `fetch.own`. Messages have an end, too: a giver who
    names a thousand things, and answers each slowly, would hold a thread for hours.
    """
    check, messages = _own_first(Counted(_outside()), now=now), Counted(_outside(), limit=MESSAGES, seconds=SECONDS)
    bases = functools.cache(_bases)

    def fetch(url: str, *, kind: FetchKind) -> Fetched:
        if kind is not FetchKind.MESSAGE or not _is_ours(url, bases()):
            return check(url, kind=kind)
        said = inside.answer(method="GET", url=url)
        if said.status != 200:
            raise UnavailableError("fetch.status", str(said.status), permanent=said.status in (404, 410))
        return Fetched(url=url, body=said.body, media_type=said.media_type, fetched_at=now)

    def post(url: str, *, body: bytes, media_type: str, bearer: str = "", accept: str = "application/json") -> Posted:
        messages.spend()
        if _is_ours(url, bases()):
            return inside.answer(method="POST", url=url, body=body, media_type=media_type, bearer=bearer, accept=accept)
        return _guarded().post(url, body=body, media_type=media_type, bearer=bearer, accept=accept)

    return fetch, post


def demand_postable(url: str) -> None:
    """Return when a message could be sent there. Raises UnavailableError `fetch.bad_url`, `fetch.private_address`.

    Before somebody is asked whether it should be; whoever sends it looks again, at what the name stands for then.
    """
    if not _is_ours(url, _bases()):
        addresses.check_url(url, allow_private=False)


def _own_first(outside: Fetch, *, now: datetime, own: Own | None = None) -> Fetch:
    ours = own or own_documents(now=now)
    bases = functools.cache(_bases)  # most checks ask nobody

    def fetch(url: str, *, kind: FetchKind) -> Fetched:
        try:
            document = ours(url)
        except signing.CannotSign as error:
            raise UnavailableError("fetch.own", error.code) from error
        if document is not None:
            return Fetched(url=url, body=document, media_type="application/json", fetched_at=now)
        if _is_ours(url, bases()):
            # Never asked over the network: the only thread might be the one that is waiting.
            if urlsplit(url).path.startswith(_DOCUMENTS):
                raise UnavailableError("fetch.status", "404", permanent=True)
            return Fetched(url=url, body=b"", media_type="text/html", fetched_at=now)
        return outside(url, kind=kind)

    return fetch


def _is_ours(url: str, bases: frozenset[str]) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:  # no address at all; whoever fetches says so
        return False
    return f"{parts.scheme}://{parts.netloc}" in bases


def _bases() -> frozenset[str]:
    firms: Sequence[str] = [url for firm in people.firms() for url in (firm.base_url, *firm.past_base_urls) if url]
    return frozenset((settings.BASE_URL, *firms))


@functools.cache
def _outside() -> Fetch:
    """One for the process, so that answers are kept in memory for as long as they may be."""
    return CachedFetch(_guarded())


@functools.cache
def _guarded() -> GuardedFetcher:
    return GuardedFetcher()


def _load(url: str, *, kind: FetchKind) -> Fetched | None:
    found = queries.remembered(url=url, kind=kind.value)
    return Fetched(url, bytes(found.body), found.media_type, found.fetched_at) if found is not None else None


def _store(answer: Fetched, *, kind: FetchKind) -> None:
    operations.remember_answer(
        url=answer.url, kind=kind.value, body=answer.body, media_type=answer.media_type, fetched_at=answer.fetched_at
    )
