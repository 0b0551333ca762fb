"""A federation's anchor and its direct members. (OpenID Federation 1.0, sections 3, 8 and 9)

The anchor describes itself in a statement signed with its own keys, and answers with one statement for each member. What a
member says about itself, trust marks, and members of members are not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from credcore.codec import strict_json
from credcore.codec.jose import Json, Jws
from credcore.errors import CredcoreError, MalformedError, SignatureMismatch, UnavailableError
from credcore.keys import jwk
from credcore.keys.public import PublicKey
from credcore.ports import Fetch, FetchKind
from credcore.proofs import jose
from credcore.trust import TrustEntry, TrustList, tokens

TYPE: Final = "entity-statement+jwt"
WELL_KNOWN: Final = "/.well-known/openid-federation"
MAX_KEYS: Final = 20
MAX_KINDS: Final = 50
MAX_IDENTIFIER: Final = 2048
# Names that an organisation is given in the metadata, the first the one to show.
_NAMES: Final = ("organization_name", "display_name", "legal_name")
# An anchor that does not answer any more must not cost a time-out for every member.
_SILENCES: Final = 5


@dataclass(frozen=True, slots=True)
class Entity:
    """A federation's anchor: identifier, name, keys by `kid`, where it answers about members, until when this counts."""

    id: str
    name: str
    keys: Mapping[str, PublicKey]
    list_endpoint: str
    fetch_endpoint: str
    until: datetime

    @property
    def thumbprints(self) -> frozenset[str]:
        """The keys as RFC 7638 thumbprints, to pin them by."""
        return frozenset(jwk.thumbprint(key) for key in self.keys.values())


def entity_configuration(token: bytes, *, now: datetime) -> Entity:
    """What an entity says about itself, signed with one of the keys that it names. (section 3)

    This proves nothing beyond that: who it is, is known from where the token was fetched, or from pinned keys.

    Raises SignatureMismatch `proof.mismatch`, `trust.other_key`; UnavailableError `trust.out_of_date`,
    `key.unsupported`, `proof.unsupported`; MalformedError `trust.malformed`, `key.malformed`, `jose.…`, `json.…`.
    """
    jws, claims = _statement(token)
    if claims["iss"] != claims["sub"] or not claims["iss"].startswith("https://"):
        raise MalformedError("trust.malformed", "not a statement of an entity about itself")
    keys = _keys(claims.get("jwks"))
    _verify(jws, keys=keys)
    until = tokens.require_current(claims, now=now)
    about = _metadata(claims).get("federation_entity")
    if not isinstance(about, dict):
        raise MalformedError("trust.malformed", "no federation_entity")
    return Entity(
        id=claims["iss"],
        name=next(iter(_names(_metadata(claims))), claims["iss"]),
        keys=keys,
        list_endpoint=_endpoint(about, "federation_list_endpoint"),
        fetch_endpoint=_endpoint(about, "federation_fetch_endpoint"),
        until=until,
    )


def subordinate(token: bytes, *, anchor: Entity, now: datetime) -> TrustEntry:
    """What the anchor says about a member (section 3): an entry for `sub`, by the name that the anchor gives it.

    Raises SignatureMismatch `trust.other_keeper`, `trust.other_key`, `proof.mismatch`; UnavailableError
    `trust.out_of_date`; MalformedError `trust.malformed`, `jose.…`, `json.…`.
    """
    jws, claims = _statement(token)
    if claims["iss"] != anchor.id:
        raise SignatureMismatch("trust.other_keeper", claims["iss"][:120])
    _verify(jws, keys=anchor.keys)
    tokens.require_current(claims, now=now)
    if claims["sub"] == anchor.id or not claims["sub"].startswith(("did:", "https://")):
        raise MalformedError("trust.malformed", "not a statement about a member")
    name, *aliases = _names(_metadata(claims)) or [""]
    if not name:
        raise MalformedError("trust.malformed", "a member without a name")
    return TrustEntry(issuer=claims["sub"], name=name, aliases=tuple(aliases), source=anchor.id)


def collect(
    anchor_url: str, *, fetch: Fetch, now: datetime, most: int = 200, pinned: tuple[str, ...] = ()
) -> TrustList:  # fmt: skip
    """The direct members of the federation at `anchor_url`, at most `most`; whoever cannot be read is counted in `left_out`.

    `pinned`: RFC 7638 thumbprints of the anchor's keys as they were when somebody decided to follow it.

    Raises UnavailableError `trust.keeper_changed` when the keys are others, and what `entity_configuration` raises.
    """
    base = anchor_url.rstrip("/")
    anchor = entity_configuration(fetch(base + WELL_KNOWN, kind=FetchKind.DID).body, now=now)
    if anchor.id.rstrip("/") != base:
        raise SignatureMismatch("trust.other_keeper", anchor.id[:120])
    if pinned and anchor.thumbprints != frozenset(pinned):
        raise UnavailableError("trust.keeper_changed", " ".join(sorted(anchor.thumbprints)), permanent=True)
    listing = fetch(anchor.list_endpoint, kind=FetchKind.DID)
    members = strict_json.loads(listing.body)
    if not isinstance(members, list) or not all(isinstance(one, str) and len(one) <= MAX_IDENTIFIER for one in members):
        raise MalformedError("trust.malformed", "the list of members")
    members = list(dict.fromkeys(members))
    entries = _members(members[:most], anchor=anchor, fetch=fetch, now=now)
    return TrustList(
        anchor.name,
        entries,
        source=anchor.id,
        fetched_at=listing.fetched_at,
        left_out=len(members) - len(entries),
        valid_until=anchor.until,
        thumbprints=tuple(sorted(anchor.thumbprints)),
    )


def _members(members: list[str], *, anchor: Entity, fetch: Fetch, now: datetime) -> tuple[TrustEntry, ...]:
    entries: dict[str, TrustEntry] = {}
    silences = 0
    for member in members:
        try:
            entry = subordinate(fetch(_about(member, anchor), kind=FetchKind.DID).body, anchor=anchor, now=now)
        except CredcoreError as error:
            silences = silences + 1 if error.code.startswith("fetch.") else 0
            if silences == _SILENCES:
                break
            continue
        silences = 0
        # A true statement about somebody else is no answer to the question.
        if entry.issuer == member:
            entries[member] = entry
    return tuple(entries.values())


def _about(member: str, anchor: Entity) -> str:
    mark = "&" if "?" in anchor.fetch_endpoint else "?"
    return f"{anchor.fetch_endpoint}{mark}sub={quote(member, safe='')}"


def _statement(token: bytes) -> tuple[Jws, Json]:
    jws, claims = tokens.opened(token, typ=TYPE)
    for name in ("iss", "sub"):
        if not isinstance(claims.get(name), str) or not 0 < len(claims[name]) <= MAX_IDENTIFIER:
            raise MalformedError("trust.malformed", f"no {name}")
    # Claims that must be understood (section 3.1.1), and we know of none beyond the standard's own.
    if "crit" in claims:
        raise MalformedError("trust.malformed", f"critical claims {str(claims['crit'])[:80]}")
    return jws, claims


def _keys(jwks: Any) -> dict[str, PublicKey]:
    listed = jwks.get("keys") if isinstance(jwks, dict) else None
    if not isinstance(listed, list) or not 0 < len(listed) <= MAX_KEYS or not all(isinstance(one, dict) for one in listed):
        raise MalformedError("trust.malformed", "jwks")
    names = [one.get("kid") for one in listed]
    if not all(isinstance(name, str) and name for name in names) or len(set(names)) != len(names):
        raise MalformedError("trust.malformed", "keys need a kid each")
    keys = {}
    for name, one in zip(names, listed, strict=True):
        try:
            keys[str(name)] = jwk.decode(one)
        except UnavailableError:
            continue  # a key of a kind that we do not read must not hide the others
    if not keys:
        raise UnavailableError("key.unsupported", "none of the anchor's keys", permanent=True)
    return keys


def _verify(jws: Jws, *, keys: Mapping[str, PublicKey]) -> None:
    if jws.header["kid"] not in keys:
        raise SignatureMismatch("trust.other_key", jws.header["kid"][:120])
    jose.verify(jws=jws, key=keys[jws.header["kid"]])


def _metadata(claims: Json) -> Json:
    metadata = claims.get("metadata", {})
    if not isinstance(metadata, dict) or len(metadata) > MAX_KINDS:
        raise MalformedError("trust.malformed", "metadata")
    return metadata


def _names(metadata: Json) -> list[str]:
    """Every name once: those of the federation entity first."""
    kinds = [metadata.get("federation_entity"), *metadata.values()]
    found = (about.get(key) for about in kinds if isinstance(about, dict) for key in _NAMES)
    return list(dict.fromkeys(name for name in found if isinstance(name, str) and name))


def _endpoint(about: Json, name: str) -> str:
    url = about.get(name)
    if not isinstance(url, str) or not url.startswith("https://") or "#" in url:
        raise MalformedError("trust.malformed", f"no {name}")
    return url
