"""Bytes as text with a letter in front that says how: `z` base58-btc, `u` base64url without padding.
(W3C Controlled Identifiers 1.0, section 2.4)"""

from __future__ import annotations

import base64
import binascii

from credcore.errors import MalformedError

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_DIGITS = {character: value for value, character in enumerate(_ALPHABET)}
_WORD = 10
MAX_BASE58 = 4096  # base58 costs the square of its length; keys and signatures are far shorter


def encode(data: bytes, *, base: str = "z") -> str:
    """Bytes to multibase text; `base` is `z` or `u`. Raises MalformedError `multibase.bad` for another base."""
    if base == "u":
        return "u" + base64.urlsafe_b64encode(data).decode().rstrip("=")
    if base != "z":
        raise MalformedError("multibase.bad", f"base {base[:10]}")
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = _ALPHABET[digit] + text
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
    number = 0
    try:
        # Ten digits at a time: they fit into a machine word, and only the words are put together as a long number.
        for start in range(0, len(text), _WORD):
            word = 0
            for character in (part := text[start : start + _WORD]):
                word = word * 58 + _DIGITS[character]
            number = number * 58 ** len(part) + word
    except KeyError as error:
        raise MalformedError("multibase.bad", repr(error.args[0])) from error
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
