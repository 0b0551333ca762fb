"""Credentials baked into PNG pictures: Open Badges 3.0 section 8.1 (PNG) and the Open Badges 2.0 baking specification.

Our own walk over the chunks instead of Pillow's: it needs no decoding of pixels, and its limits are ours to show.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from credcore.errors import MalformedError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_TEXT = 1_048_576

_OB3 = b"openbadgecredential"
_OB2 = b"openbadges"
_MAX_CHUNKS = 20_000
_MAX_TEXTS = 4  # each keyword should be there once; some bakers write the same text again
_HEAD = struct.Struct(">I4s")
_CRC = struct.Struct(">I")


def read(data: bytes) -> bytes | None:
    """The baked text (JSON, a compact token, or for Open Badges 1 and 2 a URL); None if nothing is baked in.

    An Open Badges 3.0 credential wins over an older one. Raises MalformedError: `png.bad` for a broken file or for
    two texts under one keyword that differ (the specifications forbid a second one, so we must not choose).
    """
    texts: dict[bytes, bytes] = {}
    baked = [(keyword, kind, body) for kind, body, _ in _chunks(data) if (keyword := _keyword(kind, body)) is not None]
    if len(baked) > _MAX_TEXTS:
        raise MalformedError("png.bad", f"{len(baked)} baked texts")
    for keyword, kind, body in baked:
        text = _text(kind, body[len(keyword) + 1 :])
        if texts.setdefault(keyword, text) != text:
            raise MalformedError("png.bad", f"two different {keyword.decode()} texts")
    return texts.get(_OB3, texts.get(_OB2))


def bake(*, png: bytes, credential: bytes) -> bytes:
    """The picture with the credential in one uncompressed iTXt chunk; an earlier baked text is replaced.

    `credential` is UTF-8 text of at most 1 MiB. Raises MalformedError `png.bad`.
    """
    _utf8(credential)
    if not credential or len(credential) > MAX_TEXT:
        raise MalformedError("png.bad", "the credential is empty or over 1 MiB")
    out = [SIGNATURE]
    for kind, body, raw in _chunks(png):
        if _keyword(kind, body) is None:
            out.append(raw)
        if kind == b"IHDR":
            # keyword, NUL, not compressed, method 0, no language tag, no translated keyword (PNG section 11.3.3.4)
            out.append(_chunk(b"iTXt", _OB3 + b"\0\0\0\0\0" + credential))
    return b"".join(out)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """(type, body, whole chunk) from IHDR to IEND. What follows IEND is ignored, as every viewer does."""
    if not data.startswith(SIGNATURE):
        raise MalformedError("png.bad", "no PNG signature")
    at = len(SIGNATURE)
    for number in range(_MAX_CHUNKS):
        if at + 12 > len(data):
            raise MalformedError("png.bad", "ends before IEND")
        length, kind = _HEAD.unpack_from(data, at)
        end = at + 8 + length
        if end + 4 > len(data):
            raise MalformedError("png.bad", "a chunk is longer than the file")
        if _CRC.unpack_from(data, end)[0] != zlib.crc32(data[at + 4 : end]):
            raise MalformedError("png.bad", "a checksum does not match")
        if (number == 0) != (kind == b"IHDR"):
            raise MalformedError("png.bad", "IHDR is not the first chunk")
        yield kind, data[at + 8 : end], data[at : end + 4]
        if kind == b"IEND":
            return
        at = end + 4
    raise MalformedError("png.bad", "too many chunks")


def _keyword(kind: bytes, body: bytes) -> bytes | None:
    if kind not in (b"iTXt", b"tEXt", b"zTXt"):
        return None
    keyword = body[:80].partition(b"\0")[0]
    return keyword if keyword in (_OB3, _OB2) else None


def _text(kind: bytes, rest: bytes) -> bytes:
    """The text behind the keyword, inflated where needed, at most 1 MiB, valid UTF-8."""
    if kind == b"tEXt":
        text = rest
    elif kind == b"zTXt":
        text = _inflate(rest[:1], rest[1:])
    else:
        flag, method = rest[:1], rest[1:2]
        _language, first, tail = rest[2:].partition(b"\0")
        _translated, second, text = tail.partition(b"\0")
        if not first or not second or flag not in (b"\0", b"\1"):
            raise MalformedError("png.bad", "a broken iTXt chunk")
        if flag == b"\1":  # the specifications say "not compressed"; some bakers do, and no harm is in it
            text = _inflate(method, text)
    if len(text) > MAX_TEXT:
        raise MalformedError("png.bad", "a text is over 1 MiB")
    _utf8(text)
    return text


def _inflate(method: bytes, packed: bytes) -> bytes:
    if method != b"\0":
        raise MalformedError("png.bad", "an unknown compression method")
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(packed, MAX_TEXT + 1)
    except zlib.error as error:
        raise MalformedError("png.bad", "a compressed text is broken") from error
    if len(text) > MAX_TEXT:
        raise MalformedError("png.bad", "a text is over 1 MiB")
    if not inflater.eof or inflater.unused_data or inflater.unconsumed_tail:
        raise MalformedError("png.bad", "a compressed text is cut off or followed by something")
    return text


def _utf8(text: bytes) -> None:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedError("png.bad", "the text is not UTF-8") from error


def _chunk(kind: bytes, body: bytes) -> bytes:
    return _HEAD.pack(len(body), kind) + body + _CRC.pack(zlib.crc32(kind + body))
