"""Tokens of which the holder shows a part. (RFC 9901; SD-JWT-based Verifiable Credentials, draft-ietf-oauth-sd-jwt-vc)

The giver's signature on `jws` is not checked here, `proofs.jose.verify` does that. What is checked is that every shown
part belongs to a digest in what the giver signed, and whether the holder's own token fits what was asked.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from credcore.codec import jose, strict_json
from credcore.codec.jose import Json, Jws
from credcore.errors import MalformedError, UnavailableError
from credcore.keys import jwk
from credcore.keys.public import PublicKey
from credcore.proofs import jose as jose_proof
from credcore.proofs.sd_jwt_disclosures import Disclosure, Path, Placing, digest

MAX_DISCLOSURES: Final = 1_000
TYPES: Final = frozenset({"dc+sd-jwt", "vc+sd-jwt"})
ALWAYS_SHOWN: Final = frozenset({"iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "aka_vcts", "status"})
"""What an SD-JWT VC must say openly (draft-ietf-oauth-sd-jwt-vc, section 2.2.2.2)."""

FRESH: Final = timedelta(minutes=5)
SKEW: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class SdJwt:
    """An SD-JWT with its shown parts put in place.

    `claims` is the processed payload, without digests; `hidden` is the number of digests whose value is not shown
    (decoys count); `key_binding` is the holder's token, unverified; `presented` are the octets that `sd_hash` is over.
    """

    jws: Jws
    claims: Json
    disclosures: tuple[Disclosure, ...]
    key_binding: Jws | None
    presented: bytes
    hidden: int

    @property
    def disclosed(self) -> tuple[Path, ...]:
        """Where the shown parts stand in `claims`."""
        return tuple(disclosure.path for disclosure in self.disclosures)


def parse(data: bytes) -> SdJwt:
    """Read a compact SD-JWT or SD-JWT+KB (RFC 9901, section 4), or its JSON serialization with one signature (section 8).

    Raises MalformedError: `sdjwt.malformed`, `sdjwt.too_many` (over 1,000 disclosures), `sdjwt.hash`, `sdjwt.reserved`,
    `sdjwt.repeated`, `sdjwt.overwrites`, `sdjwt.unused`, or `jose.…` and `json.…` for its parts.
    """
    if len(data) > jose.MAX_TOKEN:
        raise MalformedError("jose.too_large", f"{len(data)} bytes, at most {jose.MAX_TOKEN}")
    jws, encoded, binding = _from_json(data) if data.startswith(b"{") else _from_compact(data)
    if len(encoded) > MAX_DISCLOSURES:
        raise MalformedError("sdjwt.too_many", f"{len(encoded)} disclosures")
    payload = jose.claims(jws)
    if payload.pop("_sd_alg", "sha-256") != "sha-256":
        raise MalformedError("sdjwt.hash", "only sha-256 is read")
    placing = Placing(encoded)
    claims = placing.members(payload)
    if placing.waiting:
        raise MalformedError("sdjwt.unused", f"{len(placing.waiting)} disclosures")
    return SdJwt(
        jws=jws,
        claims=claims,
        disclosures=tuple(placing.placed),
        key_binding=jose.parse(binding) if binding else None,
        presented=b"~".join([jws.compact, *encoded, b""]),
        hidden=len(placing.seen) - len(encoded),
    )


def check_type(sd: SdJwt) -> None:
    """Return when the giver's token says that it is an SD-JWT VC. Raises MalformedError `jose.type`."""
    kind = sd.jws.header.get("typ")
    if not isinstance(kind, str) or kind not in TYPES:
        raise MalformedError("jose.type", str(kind)[:40])


def check_undisclosed(sd: SdJwt) -> None:
    """Return when all that decides about an SD-JWT VC was signed openly. Raises MalformedError `sdjwt.disclosed`."""
    for path in sd.disclosed:
        if path[0] in ALWAYS_SHOWN:
            raise MalformedError("sdjwt.disclosed", str(path[0]))


def check_key_binding(sd: SdJwt, *, now: datetime, audience: str | None, nonce: str | None) -> None:
    """Return when the holder's token fits (RFC 9901, sections 4.3 and 7.3), or when there is none and none was asked for.

    `audience` and `nonce` are what was asked for, None for nothing. With a nonce the token must be made within five
    minutes of `now`; without one it is a kept document, and only must not come from the future.

    Raises MalformedError `sdjwt.no_key_binding`, `sdjwt.key_binding`, `sdjwt.no_holder_key`, `sdjwt.other_presentation`,
    `sdjwt.audience`, `sdjwt.nonce`, `sdjwt.time`, `jose.type`, `jose.key_mismatch` or of the key; SignatureMismatch
    `proof.mismatch`; UnavailableError `key.unsupported` for a holder key that is only named.
    """
    token = sd.key_binding
    if token is None:
        if audience is not None or nonce is not None:
            raise MalformedError("sdjwt.no_key_binding")
        return
    if token.header.get("typ") != "kb+jwt":
        raise MalformedError("jose.type", str(token.header.get("typ"))[:40])
    jose_proof.verify(jws=token, key=_holder_key(sd.claims.get("cnf")))
    said = jose.claims(token)
    if not all(isinstance(said.get(name), str) for name in ("aud", "nonce", "sd_hash")):
        raise MalformedError("sdjwt.key_binding", "aud, nonce and sd_hash are each one text")
    if said["sd_hash"] != digest(sd.presented):
        raise MalformedError("sdjwt.other_presentation", "sd_hash")
    if audience is not None and said["aud"] != audience:
        raise MalformedError("sdjwt.audience", said["aud"][:80])
    if nonce is not None and said["nonce"] != nonce:
        raise MalformedError("sdjwt.nonce")
    _check_time(said.get("iat"), now, fresh=nonce is not None)


def _check_time(made: object, now: datetime, *, fresh: bool) -> None:
    if isinstance(made, bool) or not isinstance(made, int | float) or not math.isfinite(made):
        raise MalformedError("sdjwt.key_binding", "no iat")
    age = now.timestamp() - made
    if age < -SKEW.total_seconds() or (fresh and age > FRESH.total_seconds()):
        raise MalformedError("sdjwt.time", f"made {age:.0f} seconds ago")


def _holder_key(confirmation: object) -> PublicKey:
    """The key in the giver's `cnf` (RFC 7800, section 3.2)."""
    if not isinstance(confirmation, dict):
        raise MalformedError("sdjwt.no_holder_key", "no cnf")
    if isinstance(key := confirmation.get("jwk"), dict):
        return jwk.decode(key)
    if "kid" in confirmation:
        raise UnavailableError("key.unsupported", "cnf names a key without giving it", permanent=True)
    raise MalformedError("sdjwt.no_holder_key", "no jwk in cnf")


def _from_compact(data: bytes) -> tuple[Jws, list[bytes], bytes]:
    token, mark, rest = data.partition(b"~")
    if not mark:
        raise MalformedError("sdjwt.malformed", "no ~")
    *encoded, binding = rest.split(b"~")
    return jose.parse(token), encoded, binding


def _from_json(data: bytes) -> tuple[Jws, list[bytes], bytes]:
    value = strict_json.loads(data)
    jws = jose.parse_json(value)
    header = (value["signatures"][0] if "signatures" in value else value).get("header", {})
    encoded, binding = header.get("disclosures", []), header.get("kb_jwt", "")
    texts = [*encoded, binding] if isinstance(encoded, list) else [None]
    if not all(isinstance(text, str) for text in texts):
        raise MalformedError("sdjwt.malformed", "disclosures or kb_jwt")
    return jws, [text.encode() for text in encoded], binding.encode()
