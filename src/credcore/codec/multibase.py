"""Bytes as text with a letter in front that says how: `z` base58-btc, `u` base64url without padding.
(W3C Controlled Identifiers 1.0, section 2.4)"""

from __future__ import annotations

import base64
import binascii

from credcore.errors import MalformedError

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_NONE = 255  # in the place of a character that is no digit
_DIGITS = bytes(_ALPHABET.find(chr(value)) & _NONE for value in range(256))
_PAIRS = [left + right for left in _ALPHABET for right in _ALPHABET]
_WORD = 58**10
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
        return _base64url(text[1:])
    raise MalformedError("multibase.bad", text[:1])


def _base58(text: str) -> bytes:
    if len(text) > MAX_BASE58:
        raise MalformedError("multibase.bad", f"{len(text)} characters")
    digits = text.encode("ascii", "replace").translate(_DIGITS)
    if _NONE in digits:
        raise MalformedError("multibase.bad", repr(next(one for one in text if one not in _ALPHABET)))
    # Ten digits at a time: they fit into a machine word, and only the words are put together as a long number.
    number, rest = 0, len(digits) % 10
    for digit in digits[:rest]:
        number = number * 58 + digit
    for a, b, c, d, e, f, g, h, i, j in zip(*[iter(digits[rest:])] * 10, strict=True):
        word = ((((((((a * 58 + b) * 58 + c) * 58 + d) * 58 + e) * 58 + f) * 58 + g) * 58 + h) * 58 + i) * 58 + j
        number = number * _WORD + word
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _base64url(text: str) -> bytes:
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedError("multibase.bad", "base64url") from error
    if base64.urlsafe_b64encode(data).decode().rstrip("=") != text:
        raise MalformedError("multibase.bad", "not canonical base64url")
    return data
