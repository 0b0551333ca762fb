"""Identifiers and envelopes. Pure."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
_SUITES = {"Ed25519": "eddsa-rdfc-2022", "P-256": "ecdsa-rdfc-2019"}
REASON_LENGTH = 500


class WrongOuterKey(Exception):
    """The outer key does not open what lies in the database."""


@dataclass(frozen=True, slots=True)
class IssuerIdentity:
    """Under which identifier a firm signs, and by which key."""

    did: str
    verification_method: str
    key_multibase: str


@dataclass(frozen=True, slots=True)
class Party:
    """Who shows or asks: `did` is a did:key, `jwk` the public key."""

    did: str
    verification_method: str
    jwk: dict[str, Any]


def suite_of(algorithm: str) -> str:
    """How a key of this kind signs a proof."""
    return _SUITES[algorithm]


def did_web(*, base_url: str, org_id: UUID) -> str:
    """did:web of a firm on this server. `base_url` is `https://host[:port]`."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    return f"did:web:{host}{f'%3A{parts.port}' if parts.port else ''}:o:{org_id}"


def wrap(*, key: bytes, secret: bytes, bound_to: str) -> bytes:
    """AES-256-GCM; `bound_to` (organisation, key, purpose) must be the same when it is opened."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, secret, bound_to.encode())


def unwrap(*, key: bytes, wrapped: bytes, bound_to: str) -> bytes:
    """Raises WrongOuterKey."""
    try:
        return AESGCM(key).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], bound_to.encode())
    except InvalidTag as error:
        raise WrongOuterKey from error
