"""The recovery code: the outer key in a form that a person can print, keep in a safe, and type.

The code *is* the outer key, so the sheet of paper alone brings back both the backup file and the signing keys in it:

    code     = base32(outer key ‖ first 3 bytes of SHA-256(outer key)), 56 characters in 14 groups of four
    identity = HKDF-SHA256(outer key, no salt, info "skillmark backup v1"), as an age X25519 identity

The alphabet is Douglas Crockford's: no I, L, O or U; a typed O is read as 0, an I or L as 1. The three bytes at the end find
a typing mistake. The file is sealed with an age key pair rather than an age passphrase: a passphrase is stretched with scrypt,
which needs half a gigabyte of memory, too much for a small machine and of no use for a secret of 256 bits.
"""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pyrage.x25519 import Identity

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY_LENGTH = 32
_CHECK_LENGTH = 3
_CODE_LENGTH = 56
_GROUP = 4
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_STEPS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


class MistypedError(ValueError):
    """This is not a recovery code: wrong length, wrong letters, or the check at its end does not fit."""


def code_of(*, key: bytes) -> str:
    """The recovery code of an outer key (32 bytes), in groups of four with hyphens."""
    if len(key) != KEY_LENGTH:
        raise ValueError("an outer key has 32 bytes")
    number = int.from_bytes(key + hashlib.sha256(key).digest()[:_CHECK_LENGTH], "big")
    letters = "".join(ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(_CODE_LENGTH)))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _CODE_LENGTH, _GROUP))


def key_of(*, code: str) -> bytes:
    """The outer key of a typed recovery code; spaces, hyphens and small letters do not matter. Raises MistypedError."""
    letters = "".join(code.split()).replace("-", "").upper().translate(_READ_AS)
    if len(letters) != _CODE_LENGTH or not set(letters) <= set(ALPHABET):
        raise MistypedError
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    both = number.to_bytes(KEY_LENGTH + _CHECK_LENGTH, "big")
    key, check = both[:KEY_LENGTH], both[KEY_LENGTH:]
    if hashlib.sha256(key).digest()[:_CHECK_LENGTH] != check:
        raise MistypedError
    return key


def identity_of(*, key: bytes, purpose: str = "backup") -> Identity:
    """The age identity that opens backups sealed for this outer key, or, for another `purpose`, what is sealed for that."""
    secret = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"skillmark {purpose} v1".encode()).derive(key)
    return Identity.from_str(_bech32("age-secret-key-", secret).upper())


def _bech32(prefix: str, data: bytes) -> str:
    """How age writes keys (BIP 173)."""
    number, bits = int.from_bytes(data, "big"), len(data) * 8
    padding = -bits % 5
    number <<= padding
    values = [(number >> shift) & 31 for shift in range(bits + padding - 5, -1, -5)]
    stretched = [ord(one) >> 5 for one in prefix] + [0] + [ord(one) & 31 for one in prefix]
    check = _polymod([*stretched, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [(check >> 5 * (5 - place)) & 31 for place in range(6)]
    return f"{prefix}1" + "".join(_BECH32[value] for value in values)


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, step in enumerate(_BECH32_STEPS):
            check ^= step if (top >> place) & 1 else 0
    return check
