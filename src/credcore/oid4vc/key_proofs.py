"""Proof that an app has a key: a token signed with it, made for one giver, with the giver's number in it.

(OpenID4VCI 1.0, appendix F.1)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from credcore import dids
from credcore.codec import jose, multibase, strict_json
from credcore.errors import CredcoreError, MalformedError, UnavailableError
from credcore.keys import jwk
from credcore.keys.public import ED25519, P256, PublicKey
from credcore.ports import Fetched, FetchKind
from credcore.proofs import jose as jose_proof

Json = dict[str, Any]

TYPE: Final = "openid4vci-proof+jwt"
LASTS: Final = timedelta(minutes=5)
SKEW: Final = timedelta(seconds=60)
_KINDS: Final = (P256, ED25519)
_METHODS: Final = ("did:key:", "did:jwk:")  # those that are the key: nobody has to be asked
_NAMES: Final = ("kid", "jwk", "x5c")


@dataclass(frozen=True, slots=True)
class KeyProof:
    """`key` is the app's, `did` the identifier that stands for it, `nonce` the number that was signed (perhaps not ours)."""

    key: PublicKey
    did: str
    nonce: str

    @property
    def thumbprint(self) -> str:
        """The name of the key, by which copies are told apart. (RFC 7638)"""
        return jwk.thumbprint(self.key)


def did_jwk(key: PublicKey) -> str:
    """The did:jwk of a key."""
    return "did:jwk:" + multibase.encode(strict_json.dumps(jwk.encode(key)), base="u")[1:]


def payload(*, audience: str, nonce: str, now: datetime) -> Json:
    """What an app signs. `nonce` empty: the giver has none."""
    said = {"aud": audience, "iat": int(now.timestamp())}
    return said | ({"nonce": nonce} if nonce else {})


def check(token: str, *, audience: str, now: datetime) -> KeyProof:
    """Read a proof and check its signature, type, audience and age; whether the nonce is ours is up to the caller.

    Raises MalformedError `oid4vci.proof`, whatever is wrong: the detail says it.
    """
    try:
        jws = jose.parse(token.encode("ascii"))
        if jws.header.get("typ") != TYPE:
            raise _bad("typ")
        key, did = _key(jws.header)
        if key.algorithm not in _KINDS:
            raise _bad("a key of another kind than ES256 and EdDSA have")
        jose_proof.verify(jws=jws, key=key)
        claims = jose.claims(jws)
    except UnicodeEncodeError as error:
        raise _bad("not ASCII") from error
    except CredcoreError as error:
        if error.code == "oid4vci.proof":
            raise
        raise _bad(f"{error.code} {error.detail}") from error
    if claims.get("aud") != audience:
        raise _bad("aud")
    _in_time(claims, now)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not nonce:
        raise _bad("no nonce")
    return KeyProof(key=key, did=did, nonce=nonce)


def _key(header: Json) -> tuple[PublicKey, str]:
    named = [name for name in _NAMES if name in header]
    if len(named) != 1 or named == ["x5c"]:
        raise _bad("exactly one of kid and jwk names the key")
    if "jwk" in header:
        if not isinstance(header["jwk"], dict):
            raise _bad("jwk")
        key = jwk.decode(header["jwk"])
        return key, did_jwk(key)
    kid = header["kid"]
    if not isinstance(kid, str) or not kid.startswith(_METHODS):
        raise _bad("kid is neither did:key nor did:jwk")
    did, _, fragment = kid.partition("#")
    methods = dids.resolve(did, fetch=_nobody).authentication
    found = methods.get(kid) if fragment else next(iter(methods.values()), None)
    if found is None or found.key is None:
        raise _bad("kid names no key")
    return found.key, did


def _in_time(claims: Json, now: datetime) -> None:
    moments = {name: claims[name] for name in ("iat", "exp", "nbf") if name in claims}
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in moments.values()) or "iat" not in moments:
        raise _bad("iat, exp or nbf")
    second, skew = now.timestamp(), SKEW.total_seconds()
    if not second - LASTS.total_seconds() - skew <= moments["iat"] <= second + skew:
        raise _bad("iat is not of this moment")
    if moments.get("exp", second) < second - skew or moments.get("nbf", second) > second + skew:
        raise _bad("exp or nbf")


def _nobody(url: str, *, kind: FetchKind) -> Fetched:
    raise UnavailableError("fetch.offline", url, permanent=True)


def _bad(detail: str) -> MalformedError:
    return MalformedError("oid4vci.proof", detail[:200])
