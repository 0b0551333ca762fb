"""Who follows a key: hand-overs that each old key has signed about the next one. (shape: docs/reference/keys.md)

Whoever trusts an old did:key can follow it to the new one without asking a server, however many keys lie between.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, NoReturn

from credcore.codec import strict_json
from credcore.errors import MalformedError, UnavailableError
from credcore.formats import vcdm
from credcore.formats.vcdm import Json
from credcore.ports import Fetched, FetchKind
from credcore.trust import TrustEntry, TrustList
from credcore.verify.policy import Policy
from credcore.verify.verifier import Verifier

MAX_STATEMENTS: Final = 1_000
_CONTEXTS: Final = [vcdm.V2, "https://www.w3.org/ns/did/v1"]


def successors(statements: Sequence[bytes], *, trusted: str, now: datetime) -> tuple[str, ...]:
    """The did:keys that follow `trusted`, the nearest first. `statements` may come from anywhere, in any order.

    Only a hand-over that the older key itself has signed counts. A key that names two followers has lost its say: then
    neither is followed. What is no hand-over is passed over. Raises MalformedError `trust.malformed` for more than 1,000.
    """
    if len(statements) > MAX_STATEMENTS:
        raise MalformedError("trust.malformed", f"{len(statements)} hand-overs, at most {MAX_STATEMENTS}")
    named: dict[str, dict[str, list[bytes]]] = {}
    for one in statements:
        pair = _pair(one)
        if pair is not None:
            named.setdefault(pair[0], {}).setdefault(pair[1], []).append(one)
    found: list[str] = []
    at = trusted
    while at in named:
        followers = [new for new, said in named[at].items() if any(_holds(one, old=at, now=now) for one in said)]
        if len(followers) != 1 or followers[0] in (trusted, *found):
            break
        at = followers[0]
        found.append(at)
    return tuple(found)


def extended(one: TrustList, *, statements: Sequence[bytes], now: datetime) -> TrustList:
    """The list, with an entry for each key that follows one of its givers. Raises as `successors`."""
    return replace(one, entries=(*one.entries, *_followers(one.entries, statements, now)))


def _followers(entries: Iterable[TrustEntry], statements: Sequence[bytes], now: datetime) -> Iterable[TrustEntry]:
    for entry in entries:
        if entry.issuer.startswith("did:key:"):
            for issuer in successors(statements, trusted=entry.issuer, now=now):
                yield replace(entry, issuer=issuer, source=f"follows {entry.issuer}")


def _pair(statement: bytes) -> tuple[str, str] | None:
    """Who says it, and whom it names; None for anything that has not exactly the shape of a hand-over."""
    try:
        document = strict_json.loads(statement)
    except MalformedError:
        return None
    if not isinstance(document, dict) or document.get("@context") != _CONTEXTS:
        return None
    if document.get("type") != ["VerifiableCredential"] or "credentialStatus" in document:
        return None
    return _named(document, old=vcdm.issuer_id(document))


def _named(document: Json, *, old: str) -> tuple[str, str] | None:
    subject = document.get("credentialSubject")
    if not isinstance(subject, dict) or set(subject) != {"id", "alsoKnownAs"} or subject["id"] != old:
        return None
    new = subject["alsoKnownAs"]
    if not isinstance(new, list) or len(new) != 1 or not isinstance(new[0], str) or old == new[0]:
        return None
    return (old, new[0]) if old.startswith("did:key:") and new[0].startswith("did:key:") else None


def _holds(statement: bytes, *, old: str, now: datetime) -> bool:
    return Policy.own(issuers=[old]).accepts(Verifier(fetch=_nobody).check(statement, now=now))


def _nobody(url: str, *, kind: FetchKind) -> Fetched:
    _refuse(url)


def _refuse(url: str) -> NoReturn:
    raise UnavailableError("fetch.offline", url)
