"""A signed list of givers: what a hub publishes and firms follow.

A compact JWS (RFC 7515) with `typ` “skillmark-trust-list+jwt” and `kid`, the full identifier of a key of the keeper. Its
payload is our JSON form (see `files`) and beside it `iss` (the keeper's DID), `iat` and `exp`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from credcore import dids
from credcore.codec import strict_json
from credcore.errors import MalformedError, SignatureMismatch, UnavailableError
from credcore.keys.public import PublicKey
from credcore.ports import Fetch, Signer
from credcore.proofs import jose
from credcore.trust import TrustList, files, tokens

TYPE: Final = "skillmark-trust-list+jwt"


def parse(token: bytes, *, keeper: str, fetch: Fetch, now: datetime, fetched_at: datetime | None = None) -> TrustList:
    """The list, when `keeper` (the DID that the follower once chose) signed it and it counts at `now`.

    The key comes from the keeper's DID, under `assertionMethod`. `fetched_at` defaults to `now`.

    Raises SignatureMismatch: `trust.other_keeper`, `trust.other_key`, `proof.mismatch`; UnavailableError:
    `trust.out_of_date`, and `did.…`, `key.…`, `fetch.…` when the keeper's key cannot be had; MalformedError:
    `trust.malformed`, `did.malformed`, `jose.…`, `json.…`.
    """
    jws, claims = tokens.opened(token, typ=TYPE)
    if claims.get("iss") != keeper:
        raise SignatureMismatch("trust.other_keeper", str(claims.get("iss"))[:120])
    jose.verify(jws=jws, key=_key(jws.header["kid"], keeper=keeper, fetch=fetch))
    ends = tokens.require_current(claims, now=now)
    read = files.from_json(claims, fetched_at=fetched_at or now)
    return replace(read, source=read.source or keeper, valid_until=ends)


def make(one: TrustList, *, signer: Signer, now: datetime, until: datetime) -> bytes:
    """The list signed by its keeper, the DID of `signer`. It counts from `now` until `until`, both aware.

    Raises MalformedError `trust.malformed` for a list that nobody could read, UnavailableError `proof.unsupported`.
    """
    if until <= now:
        raise MalformedError("trust.malformed", "it would end before it begins")
    members = files.to_json(one)
    files.from_json(members)
    keeper = signer.verification_method.partition("#")[0]
    claims = {"iss": keeper, "iat": int(now.timestamp()), "exp": int(until.timestamp())} | members
    header = {"typ": TYPE, "kid": signer.verification_method}
    return jose.sign(payload=strict_json.dumps(claims), signer=signer, header=header)


def _key(reference: str, *, keeper: str, fetch: Fetch) -> PublicKey:
    known = dids.resolve(keeper, fetch=fetch).assertion
    method = known.get(reference)
    if method is None or method.controller != keeper:
        raise SignatureMismatch("trust.other_key", reference[:200])
    if method.key is None:
        raise UnavailableError(method.problem, reference[:200], permanent=True)
    return method.key
