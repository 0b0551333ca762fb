"""What a credential points at, with the digest of its bytes. (VC Data Model 2.0, section 5.3)

Nothing is fetched: where we hold the bytes ourselves (the pinned vocabularies) the digest is compared, else only its form
is looked at.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator

from credcore import contexts
from credcore.codec import multibase
from credcore.errors import MalformedError

# Subresource Integrity, section 3.5, and the multihash table of Controlled Identifiers 1.0, section 2.5
_HASHES = {"sha256": (0x12, 32), "sha384": (0x20, 48), "sha512": (0x13, 64)}
_MAX_DIGESTS = 8


def problems(value: object) -> Iterator[str]:
    """What is wrong with `relatedResource`, as texts such as `$.relatedResource[0].digestSRI: does not match`."""
    seen: set[str] = set()
    for number, one in enumerate(value if isinstance(value, list) else [value]):
        path = f"$.relatedResource[{number}]"
        name = one.get("id") if isinstance(one, dict) else None
        if not isinstance(one, dict):
            yield f"{path}: not an object"
        elif not isinstance(name, str) or not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:\S+\Z", name):
            yield f"{path}.id: not a URL"
        elif name in seen:
            yield f"{path}.id: there twice"
        elif not one.keys() & {"digestSRI", "digestMultibase"}:
            yield f"{path}: no digest"
        else:
            seen.add(name)
            for member, read in (("digestSRI", _integrity), ("digestMultibase", _multihash)):
                if member in one:
                    yield from _compared(read(one[member]), name, f"{path}.{member}")


def _compared(digests: list[tuple[str, bytes]], url: str, path: str) -> Iterator[str]:
    if not digests:
        yield f"{path}: not a digest that we read"
        return
    data = contexts.published(url)
    if data is not None and not any(hashlib.new(name, data).digest() == digest for name, digest in digests):
        yield f"{path}: does not match"


def _integrity(value: object) -> list[tuple[str, bytes]]:
    """`sha256-<base64>`, one or more with spaces between; only the strongest kind counts. Empty when one of them is none."""
    found = []
    words = value.split() if isinstance(value, str) else []
    for word in words[: _MAX_DIGESTS + 1]:
        name, _, text = word.partition("?")[0].partition("-")
        try:
            digest = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            return []
        if name not in _HASHES or len(digest) != _HASHES[name][1]:
            return []
        found.append((name, digest))
    strongest = max((name for name, _ in found), default="")
    return [] if len(words) > _MAX_DIGESTS else [one for one in found if one[0] == strongest]


def _multihash(value: object) -> list[tuple[str, bytes]]:
    """One digest behind two bytes that say which and how long, in multibase. Empty when it is none."""
    try:
        data = multibase.decode(value) if isinstance(value, str) else b""
    except MalformedError:
        return []
    kinds = [name for name, (code, size) in _HASHES.items() if data[:2] == bytes((code, size)) and len(data) == size + 2]
    return [(name, data[2:]) for name in kinds]
