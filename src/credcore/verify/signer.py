"""Whose key is it? From the named giver to its keys; what a proof says of its own key is only a name to look up there.

(trustworthy: verification rules 4 and 5; Controlled Identifiers 1.0; VC-JOSE-COSE 1.0, section 4; SD-JWT VC, section 5)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from credcore import dids
from credcore.codec import strict_json
from credcore.dids import DidDocument, Method
from credcore.dids import document as documents
from credcore.errors import MalformedError, UnavailableError
from credcore.keys import jwk
from credcore.ports import Fetch, FetchKind
from credcore.trust import certificates
from credcore.verify.report import Finding, Outcome

Json = dict[str, Any]

MAX_KEYS = 10


@dataclass(frozen=True, slots=True)
class Keys:
    """`methods`: the keys that may have signed. `finding`: what is known of the giver, once one of them fits."""

    methods: tuple[Method, ...]
    finding: Finding


def of_proof(*, issuer: str, reference: object, now: datetime, fetch: Fetch, relation: str = "assertion") -> Keys:
    """The key of an embedded proof. `relation` is `assertion` for statements, `authentication` for hand-overs."""
    if not isinstance(reference, str) or not reference:
        return _none("proof.no_method", state="signer.not_tied")
    owner = reference.partition("#")[0]
    giver = issuer if issuer.startswith("did:") or owner == issuer else owner
    try:
        known = getattr(_document(giver, fetch=fetch), relation)
    except UnavailableError as error:
        return _unreachable(error, giver)
    except MalformedError as error:
        return _none(error.code, error.detail, state="signer.not_tied")
    if owner == reference and giver.startswith("did:key:"):
        # A did:key has one key, so its bare identifier names it well enough.
        reference = next(iter(known), reference)
    found = known.get(reference)
    if found is not None and found.controller == giver:
        if ended := found.ended(now):
            return _none(ended, reference[:200], state="signer.not_tied")
        if giver == issuer:
            return Keys((found,), Finding("issuer", "issuer.key", Outcome.PASSED, reference[:200]))
        # An https giver and a key of its own: the signature may be fine, but nothing ties the two together.
        return Keys((found,), Finding("issuer", "issuer.not_tied", Outcome.UNKNOWN, state="signer.not_tied"))
    if giver == issuer and known:
        # The giver's own published keys contradict the signature.
        return _none("issuer.other_key", reference[:200], state="name.borrowed", outcome=Outcome.FAILED)
    return _none("issuer.no_such_key", reference[:200], state="signer.not_tied")


def of_token(
    *, issuer: str, header: Json, fetch: Fetch, now: datetime, roots: Sequence[bytes] = (), relation: str = "assertion"
) -> Keys:
    """The keys that may have signed a token of this giver. `roots` are certificates that a list names for the giver.

    `kid` chooses among the giver's own keys. `jwk`, `jku` and `x5u` are never looked at; `x5c` counts only below a root.
    """
    if roots and "x5c" in header:
        return _certified(header["x5c"], issuer=issuer, roots=roots, now=now)
    kid = header.get("kid")
    if kid is not None and not isinstance(kid, str):
        return _none("jose.kid", str(kid)[:60], state="signer.not_tied")
    try:
        if issuer.startswith("did:"):
            return _among(_document(issuer, fetch=fetch), kid, now=now, relation=relation)
        if issuer.startswith("https://"):
            return _of_site(issuer, kid, now=now, fetch=fetch, relation=relation)
    except UnavailableError as error:
        return _unreachable(error, issuer)
    except MalformedError as error:
        return _none(error.code, error.detail, state="signer.not_tied")
    return _none("issuer.no_keys", issuer[:120], state="signer.not_tied")


def site(identifier: str) -> str:
    """The host of a did:web or of a web address, for the sentence; the identifier itself otherwise."""
    if identifier.startswith("did:web:"):
        return identifier.split(":")[2].replace("%3A", ":")
    try:
        return (urlsplit(identifier).hostname if identifier.startswith(("https://", "http://")) else "") or identifier
    except ValueError:  # no address, though it begins as one
        return identifier


def _document(giver: str, *, fetch: Fetch) -> DidDocument:
    if not giver.startswith("https://"):
        return dids.resolve(giver, fetch=fetch)
    return documents.parse(did=giver, data=strict_json.loads(fetch(giver, kind=FetchKind.DID).body))


def _among(document: DidDocument, kid: str | None, *, now: datetime, relation: str) -> Keys:
    """By `kid`, full or relative; without one, or with a word of the giver's own, all the giver's keys are tried."""
    known: dict[str, Method] = {
        name: method for name, method in getattr(document, relation).items() if method.controller == document.id
    }
    if not known:
        return _none("issuer.no_keys", document.id[:120], state="signer.not_tied")
    over = {name: ended for name, method in known.items() if (ended := method.ended(now))}
    passed = Finding("issuer", "issuer.key", Outcome.PASSED, (kid or document.id)[:200])
    if kid is not None:
        for name in (kid, f"{document.id}#{kid.removeprefix('#')}"):
            if name in over:
                return _none(over[name], name[:200], state="signer.not_tied")
            if name in known:
                return Keys((known[name],), passed)
        if kid.startswith(("did:", "https:")) and kid != document.id:
            return _none("issuer.other_key", kid[:200], state="name.borrowed", outcome=Outcome.FAILED)
    still = [method for name, method in known.items() if name not in over]
    if not still:
        return _none(next(iter(over.values())), document.id[:120], state="signer.not_tied")
    return Keys(tuple(still[:MAX_KEYS]), passed)


def _of_site(issuer: str, kid: str | None, *, now: datetime, fetch: Fetch, relation: str) -> Keys:
    """An https giver: the key behind a `kid` below its own address, its metadata, or its key document, in this order.

    Below, because a site may house many givers, and one of them must not sign for its neighbour.
    """
    if kid is not None and _is_below(kid, issuer):
        return _of_keys(_json(kid.partition("#")[0], fetch=fetch), kid, issuer=issuer, now=now, relation=relation)
    address = _metadata_url(issuer)
    try:
        metadata = _json(address, fetch=fetch)
    except (UnavailableError, MalformedError):
        return _among(_document(issuer, fetch=fetch), kid, now=now, relation=relation)
    if metadata.get("issuer") != issuer:
        raise MalformedError("issuer.metadata", "about another giver")
    place = metadata.get("jwks_uri")
    keys = metadata.get("jwks") if place is None else _json(str(place), fetch=fetch)
    return _of_keys(keys, kid, issuer=issuer, now=now, relation=relation)


def _is_below(kid: str, issuer: str) -> bool:
    """No way up: servers answer `…/givers/1/../2` with what belongs to 2."""
    steps = unquote(kid).replace("\\", "/").split("/")
    return kid.startswith(tuple(issuer.rstrip("/") + mark for mark in "/#?")) and ".." not in steps


def _metadata_url(issuer: str) -> str:
    """SD-JWT VC, section 5: the well-known part goes between host and path."""
    try:
        parts = urlsplit(issuer)
    except ValueError as error:
        raise MalformedError("issuer.metadata", "no address") from error
    return f"https://{parts.netloc}/.well-known/jwt-vc-issuer{parts.path.rstrip('/')}"


def _json(url: str, *, fetch: Fetch) -> Json:
    value = strict_json.loads(fetch(url, kind=FetchKind.DID).body)
    if not isinstance(value, dict):
        raise MalformedError("issuer.metadata", "not an object")
    return value


def _of_keys(value: object, kid: str | None, *, issuer: str, now: datetime, relation: str) -> Keys:
    """A JWK, a JWK set, or a key document."""
    if not isinstance(value, dict):
        raise MalformedError("issuer.metadata", "no keys")
    if "id" in value and ("verificationMethod" in value or "assertionMethod" in value):
        return _among(documents.parse(did=issuer, data=value), kid, now=now, relation=relation)
    listed = value.get("keys", [value])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise MalformedError("issuer.metadata", "keys")
    named = [one for one in listed if kid is not None and one.get("kid") == kid]
    methods = []
    for one in (named or listed)[:MAX_KEYS]:
        name = f"{issuer}#{one.get('kid', '')}"
        try:
            methods.append(Method(id=name, controller=issuer, key=jwk.decode(one)))
        except (MalformedError, UnavailableError) as error:
            methods.append(Method(id=name, controller=issuer, key=None, problem=error.code))
    return Keys(tuple(methods), Finding("issuer", "issuer.key", Outcome.PASSED, (kid or issuer)[:200]))


def _certified(chain: object, *, issuer: str, roots: Sequence[bytes], now: datetime) -> Keys:
    try:
        listed = chain if isinstance(chain, list) and all(isinstance(one, str) for one in chain) else []
        key = certificates.leaf_key(listed, roots=roots, issuer=issuer, now=now)
    except (MalformedError, UnavailableError) as error:
        return _none(error.code, error.detail, state="signer.not_tied")
    method = Method(id=f"{issuer}#x5c", controller=issuer, key=key)
    return Keys((method,), Finding("issuer", "issuer.certificate", Outcome.PASSED, issuer[:200]))


def _none(code: str, detail: str = "", *, state: str, outcome: Outcome = Outcome.UNKNOWN, **facts: str) -> Keys:
    return Keys((), Finding("issuer", code, outcome, detail, state=state, facts=facts))


def _unreachable(error: UnavailableError, giver: str) -> Keys:
    state = "signer.unreachable" if error.code.startswith("fetch.") else "unsupported"
    return _none(error.code, error.detail, state=state, site=site(giver))
