"""The packed bits of a status list: gzip, base64url, most significant bit first.
(W3C Bitstring Status List 1.0, section 3.3; StatusList2021 uses the same packing)"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable

from credcore.codec import multibase
from credcore.errors import MalformedError

MAX_BYTES = 2 * 1024 * 1024  # 16.7 million entries; more is a bomb


def pack(*, indexes: Iterable[int], length: int) -> str:
    """Multibase `u…` text of `length` bits with the given ones set. Same input, same bytes.

    Raises MalformedError `status.index` for an index outside the list.
    """
    bits = bytearray(length // 8)
    for index in indexes:
        if not 0 <= index < length:
            raise MalformedError("status.index", str(index))
        bits[index // 8] |= 0x80 >> index % 8
    return multibase.encode(gzip.compress(bytes(bits), mtime=0), base="u")


def unpack(text: str) -> bytes:
    """The bits as bytes. The leading `u` is optional: StatusList2021 came before multibase.

    Raises MalformedError `status.malformed`; never inflates more than MAX_BYTES.
    """
    packed = multibase.decode(text if text.startswith("u") else "u" + text.rstrip("="))
    inflate = zlib.decompressobj(wbits=31)
    try:
        bits = inflate.decompress(packed, MAX_BYTES + 1)
    except zlib.error as error:
        raise MalformedError("status.malformed", "not gzip") from error
    if len(bits) > MAX_BYTES or not inflate.eof or inflate.unused_data or inflate.unconsumed_tail:
        raise MalformedError("status.malformed", "too large, cut off, or followed by something else")
    return bits


def bit(bits: bytes, *, index: int) -> bool:
    """Whether the bit is set. Raises MalformedError `status.index` outside the list."""
    if not 0 <= index < len(bits) * 8:
        raise MalformedError("status.index", str(index))
    return bool(bits[index // 8] & (0x80 >> index % 8))
