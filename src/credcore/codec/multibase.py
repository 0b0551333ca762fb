"""Bytes as text with a letter in front that says how: `z` base58-btc, `u` base64url without padding.
(W3C Controlled Identifiers 1.0, section 2.4)"""

from __future__ import annotations

import base64
import binascii
from functools import cache

from credcore.errors import MalformedError

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_NONE = 255  # in the place of a character that is no digit
_DIGITS = bytes(_ALPHABET.find(chr(value)) & _NONE for value in range(256))
_PAIRS = [left + right for left in _ALPHABET for right in _ALPHABET]
_WORD = 58**10
# The two letters in which base64url differs, and for those that are only in base64, and padding, one that is in neither.
_TO_BASE64 = bytes.maketrans(b"-_+/=", b"+/???")
MAX_BASE58 = 4096  # base58 costs the square of its length; keys and signatures are far shorter


def encode(data: bytes, *, base: str = "z") -> str:
    """Bytes to multibase text; `base` is `z` or `u`. Raises MalformedError `multibase.bad` for another base."""
    if base == "u":
        return "u" + base64.urlsafe_b64encode(data).decode().rstrip("=")
    if base != "z":
        raise MalformedError("multibase.bad", f"base {base[:10]}")
    number, pairs = int.from_bytes(data, "big"), []
    while number:  # the long number gives away ten digits at a time, and those two at a time
        number, word = divmod(number, _WORD)
        for _ in range(5):
            word, pair = divmod(word, 3364)
            pairs.append(_PAIRS[pair])
    pairs.reverse()
    text = "".join(pairs).lstrip(_ALPHABET[0])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + "1" * zeros + text


def decode(text: str) -> bytes:
    """Multibase text to bytes. Only canonical spellings are read. Raises MalformedError `multibase.bad`."""
    if text.startswith("z"):
        return _base58(text[1:])
    if text.startswith("u"):
        return base64url(text[1:].encode("ascii", "replace"))
    raise MalformedError("multibase.bad", text[:1])


def _base58(text: str) -> bytes:
    if len(text) > MAX_BASE58:
        raise MalformedError("multibase.bad", f"{len(text)} characters")
    digits = text.encode("ascii", "replace").translate(_DIGITS)
    if _NONE in digits:
        raise MalformedError("multibase.bad", repr(next(one for one in text if one not in _ALPHABET)))
    number = _number(digits)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _number(digits: bytes) -> int:
    """Digits to the base of 58 as a number. All neighbours are put together at once: to pairs, these to fours, and so on.

    Within the long number each takes up as many bits as the next step needs: 8, 16, 32 …
    """
    number, width, base = int.from_bytes(digits, "big"), 8, 58
    for mask in _masks((len(digits) - 1).bit_length() if digits else 0):
        number = (number & mask) + (number >> width & mask) * base
        width, base = 2 * width, base * base
    return number


@cache
def _masks(steps: int) -> tuple[int, ...]:
    """What picks out the right one of every two neighbours, at each step. There are no more than 12 steps."""
    widths = [8 * 2**step for step in range(steps)]
    return tuple(sum((2**width - 1) << at for at in range(0, 8 * 2**steps, 2 * width)) for width in widths)


def base64url(text: bytes) -> bytes:
    """Base64url without padding and without a letter in front, as tokens have it (RFC 7515, section 2).

    Only the canonical spelling is read. Raises MalformedError `multibase.bad`.
    """
    rest = len(text) % 4
    try:
        data = binascii.a2b_base64(text.translate(_TO_BASE64) + b"=" * (-rest % 4), strict_mode=True)
    except binascii.Error as error:
        raise MalformedError("multibase.bad", "base64url") from error
    # Each four letters have one meaning and one spelling; of fewer at the end, some bits are said by no byte.
    if rest and base64.urlsafe_b64encode(data[len(data) // 3 * 3 :]).rstrip(b"=") != text[-rest:]:
        raise MalformedError("multibase.bad", "not canonical base64url")
    return data
