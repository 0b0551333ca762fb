"""Tokens with shown parts, put together by hand: right ones, and ones that nobody's maker would make."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from credcore.codec import multibase
from credcore.keys import ecdsa, jwk
from credcore.keys.public import P256
from credcore.proofs import jose
from credcore.proofs.sd_jwt_disclosures import digest

Json = dict[str, Any]

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
GIVER = ecdsa.LocalSigner(P256, 21)
HOLDER = ecdsa.LocalSigner(P256, 22)
CNF = {"jwk": jwk.encode(HOLDER.key)}


def part(*parts: Any) -> bytes:
    """One disclosure with a fixed salt, or whatever is given."""
    return multibase.encode(json.dumps(["salt", *parts]).encode(), base="u")[1:].encode()


def raw(text: bytes) -> bytes:
    """One disclosure of these octets."""
    return multibase.encode(text, base="u")[1:].encode()


def marks(*parts: bytes) -> list[str]:
    """The digests of disclosures, for `_sd`."""
    return [digest(one) for one in parts]


def token(payload: Json | bytes, *parts: bytes, header: Json | None = None, binding: bytes = b"") -> bytes:
    """Signed by the giver, with these parts beside it."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    signed = jose.sign(payload=body, signer=GIVER, header=header or {"typ": "dc+sd-jwt"})
    return b"~".join([signed, *parts, binding])


def as_json(compact: bytes, *, general: bool = False) -> bytes:
    """The same in a JSON serialization. (RFC 9901, section 8)"""
    signed, *parts, binding = compact.decode().split("~")
    protected, payload, signature = signed.split(".")
    header: Json = {"disclosures": parts} | ({"kb_jwt": binding} if binding else {})
    one = {"protected": protected, "signature": signature, "header": header}
    return json.dumps({"payload": payload, "signatures": [one]} if general else {"payload": payload, **one}).encode()
