"""Envelopes of the health store. Pure. Its keys open nothing else, and no other key opens it.

outer key (not in the database) → by HKDF a wrapping key for health alone → a data key a firm (wrapped) → each row.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
_PURPOSE = b"skillmark health store 1"


class CannotUnseal(Exception):
    """Another key, another place, or changed bytes."""


def wrapping_key(*, outer: bytes) -> bytes:
    """The key that wraps the data keys of this store. Whoever knows it cannot work out the outer one."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(outer)


def seal(*, key: bytes, plain: bytes, bound_to: str) -> bytes:
    """AES-256-GCM. `bound_to` names firm, row and person, so that a sealed row is worth nothing in another one's place."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def unseal(*, key: bytes, sealed: bytes, bound_to: str) -> bytes:
    """Raises CannotUnseal."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotUnseal from error
