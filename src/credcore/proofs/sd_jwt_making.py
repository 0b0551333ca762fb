"""Making tokens of which the holder shows a part, and showing a part. (RFC 9901, sections 5 and 6)"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from credcore.codec import multibase, strict_json
from credcore.codec.jose import Json
from credcore.errors import MalformedError
from credcore.ports import Signer
from credcore.proofs import jose, sd_jwt
from credcore.proofs.sd_jwt_disclosures import RESERVED, Path, digest


def new_salt() -> str:
    """128 random bits in base64url (RFC 9901, section 9.3)."""
    return multibase.encode(secrets.token_bytes(16), base="u")[1:]


def issue(
    *, claims: Json, disclosable: Collection[Path], signer: Signer, header: Json, salt: Callable[[], str] = new_salt
) -> bytes:
    """A signed SD-JWT with all its disclosures, for the holder.

    `disclosable` are the places in `claims` that the holder may hide, also inside each other; `header` holds `typ`, `kid`
    and the like, `alg` is the signer's own; `salt` gives a new secret text each time.

    Raises MalformedError `sdjwt.path` for a place that is not there, `sdjwt.reserved` for a name that the format keeps
    for itself, `sdjwt.disclosed` for a place that an SD-JWT VC must show, `json.…`; UnavailableError `proof.unsupported`.
    """
    strict_json.loads(strict_json.dumps(claims))  # what our own reader would refuse must not be signed
    concealing = _Concealing(set(disclosable), salt)
    payload = concealing.value(claims, ())
    if concealing.waiting:
        raise MalformedError("sdjwt.path", str(sorted(map(str, concealing.waiting)))[:200])
    if "vct" in claims and any(path[0] in sd_jwt.ALWAYS_SHOWN for path in disclosable):
        raise MalformedError("sdjwt.disclosed")
    if concealing.encoded:
        payload["_sd_alg"] = "sha-256"
    token = jose.sign(payload=strict_json.dumps(payload), signer=signer, header=header)
    return b"~".join([token, *concealing.encoded, b""])


@dataclass(frozen=True, slots=True)
class Binding:
    """What a holder signs to show that it is theirs: for whom, against which nonce, and when (aware)."""

    holder: Signer
    audience: str
    nonce: str
    now: datetime


def present(held: bytes, *, shown: Collection[Path], binding: Binding | None = None) -> bytes:
    """What the holder hands over of an SD-JWT: of its disclosures those of `shown`, and those that they stand in.

    `shown` are places as in `sd_jwt.parse(held).disclosed`. With a `binding` the holder's token is appended (section 4.3).
    Raises MalformedError `sdjwt.path` for a place that is not there, or as `sd_jwt.parse`.
    """
    sd = sd_jwt.parse(held)
    if missing := set(shown) - set(sd.disclosed):
        raise MalformedError("sdjwt.path", str(sorted(map(str, missing)))[:200])
    needed = {path[:length] for path in shown for length in range(1, len(path) + 1)}
    kept = [disclosure.encoded for disclosure in sd.disclosures if disclosure.path in needed]
    presented = b"~".join([sd.jws.compact, *kept, b""])
    if binding is None:
        return presented
    said: Json = {"iat": int(binding.now.timestamp()), "aud": binding.audience, "nonce": binding.nonce}
    payload = strict_json.dumps(said | {"sd_hash": digest(presented)})
    return presented + jose.sign(payload=payload, signer=binding.holder, header={"typ": "kb+jwt"})


class _Concealing:
    """Replaces what may be hidden by digests, from the inside out. `waiting` are the places not met yet."""

    def __init__(self, waiting: set[Path], salt: Callable[[], str]) -> None:
        self.waiting = waiting
        self.salt = salt
        self.encoded: list[bytes] = []

    def value(self, value: Any, path: Path) -> Any:
        if len(path) > strict_json.MAX_DEPTH:
            raise MalformedError("json.too_deep", f"more than {strict_json.MAX_DEPTH} levels")
        if isinstance(value, dict):
            return self.members(value, path)
        if isinstance(value, list):
            return [self.element(element, (*path, place)) for place, element in enumerate(value)]
        return value

    def members(self, value: Json, path: Path) -> Json:
        if reserved := value.keys() & RESERVED:
            raise MalformedError("sdjwt.reserved", str(sorted(reserved)))
        result: Json = {}
        digests = []
        for name, member in value.items():
            inner, place = self.value(member, (*path, name)), (*path, name)
            if place in self.waiting:
                digests.append(self.conceal(place, [name, inner]))
            else:
                result[name] = inner
        # In the order of their digests, so that their order tells nothing about the claims (section 4.2.4.1).
        return result | {"_sd": sorted(digests)} if digests else result

    def element(self, element: Any, path: Path) -> Any:
        inner = self.value(element, path)
        return {"...": self.conceal(path, [inner])} if path in self.waiting else inner

    def conceal(self, path: Path, parts: list[Any]) -> str:
        self.waiting.remove(path)
        text = multibase.encode(strict_json.dumps([self.salt(), *parts]), base="u")[1:].encode()
        self.encoded.append(text)
        return digest(text)
