"""The packed bits of status lists, opened within bounds.

Bitstring Status List and StatusList2021: gzip, most significant bit first. (W3C Bitstring Status List 1.0, section 3.3)
Token Status List: zlib, least significant bit first; read in `token_status_list`. (draft-ietf-oauth-status-list, section 4)
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable

from credcore.codec import multibase
from credcore.errors import MalformedError

MAX_BYTES = 2 * 1024 * 1024  # 16.7 million entries; more is a bomb
GZIP, ZLIB = 31, 15  # what zlib calls these two wrappings


def inflate(packed: bytes, *, wrapping: int) -> bytes:
    """The bytes inside, never more than MAX_BYTES. `wrapping` is GZIP or ZLIB.

    Raises MalformedError `status.malformed` for what is larger, broken, cut off, or followed by something else.
    """
    stream = zlib.decompressobj(wbits=wrapping)
    try:
        data = stream.decompress(packed, MAX_BYTES + 1)
    except zlib.error as error:
        raise MalformedError("status.malformed", "not compressed as it should be") from error
    if len(data) > MAX_BYTES or not stream.eof or stream.unused_data or stream.unconsumed_tail:
        raise MalformedError("status.malformed", "too large, cut off, or followed by something else")
    return data


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
    return inflate(packed, wrapping=GZIP)


def bit(bits: bytes, *, index: int) -> bool:
    """Whether the bit is set. Raises MalformedError `status.index` outside the list."""
    return bool(value(bits, index=index))


def value(bits: bytes, *, index: int, size: int = 1) -> int:
    """The number in the entry's `size` bits (at most 8), most significant first.

    Raises MalformedError `status.index` for an entry that is not wholly inside the list.
    """
    first = index * size
    if index < 0 or first + size > len(bits) * 8:
        raise MalformedError("status.index", str(index))
    pair = int.from_bytes(bits[first // 8 : first // 8 + 2].ljust(2, b"\0"), "big")
    return pair >> (16 - first % 8 - size) & ((1 << size) - 1)
